"""Made-up trials that overturn older ones, and what an answer must do with them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from made_up import evidence
from made_up_answers import answer

from eval.bench_reversal import reversal_rows
from eval.made_up_trials import OLD_TRIALS, Newcomer, documents_of, reversal_cases
from rag.polarity import Stance, stance
from rag.types import Citation, Claim, Design, KeyPoint
from service.cli import cli

CASES = reversal_cases()
STRONG = [case for case in CASES if case.newcomer is Newcomer.STRONG]


def newest(case):
    return next(document for document in case.documents if document.id == case.newest)


def test_there_are_ten_topics_and_more_in_both_directions():
    assert len({case.topic for case in STRONG}) >= 10
    assert {(case.topic, case.helped) for case in STRONG} == {
        (case.topic, helped) for case in STRONG for helped in (True, False)
    }


def test_all_studies_are_marked_as_made_up_and_have_ids_of_their_own():
    documents = list(documents_of(CASES))

    assert len({document.id for document in documents}) == len(documents)
    assert all(d.authors == ("Made Up",) and d.id.startswith("ref:made-up-") for d in documents)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.newest)
def test_the_newest_study_is_newer_than_fifteen_old_trials(case):
    old = [document for document in case.documents if document.id != case.newest]

    assert len(old) == OLD_TRIALS
    assert all(d.published.year < newest(case).published.year - 10 for d in old)
    assert {d.design for d in old} == {Design.RANDOMISED_TRIAL}


def test_only_large_trials_are_larger_than_the_old_ones():
    for case in CASES:
        most = max(d.sample_size for d in case.documents if d.id != case.newest)
        weak = case.newcomer in {Newcomer.SMALL, Newcomer.WEAKER}
        assert (newest(case).sample_size < most) is weak


@pytest.mark.parametrize("case", STRONG, ids=lambda case: case.newest)
def test_the_newest_trial_says_the_opposite_of_the_old_ones(case):
    def against(document):
        return any(stance(section.text) is Stance.AGAINST for section in document.sections)

    old = [document for document in case.documents if document.id != case.newest]
    assert {against(document) for document in old} == {not case.helped}
    assert against(newest(case)) is case.helped


def cited(item):
    citation = Citation(item.document.id, item.passage.id, item.passage.text, "", 0, len(item.passage.text))
    return Claim(item.passage.text, (citation,), context="made up")


def answered(case, *, lead=(), points=(), among=()):
    """An answer that cites the case's documents with these places."""
    of = {at: evidence(f"Finding {at}.", case.documents[at]) for at in {*lead, *points, *among}}
    told = KeyPoint("Made up", tuple(cited(of[at]) for at in points))
    return answer(lead=tuple(cited(of[at]) for at in lead), key_points=(told,), evidence=tuple(of.values()))


def rows(case, **places):
    return {row.newcomer: row for row in reversal_rows([case], lambda _: answered(case, **places))}


def test_a_large_trial_is_shown_by_a_key_point_as_by_the_lead():
    case = STRONG[0]

    for places in ({"lead": [0], "points": [OLD_TRIALS]}, {"lead": [0, OLD_TRIALS]}):
        row = rows(case, **places)[Newcomer.STRONG]
        assert (row.in_evidence.count, row.shown.count, row.first.count, row.missed) == (1, 1, 0, ())


def test_a_large_trial_that_is_evidence_and_not_shown_is_missed():
    row = rows(STRONG[0], lead=[0], among=[OLD_TRIALS])[Newcomer.STRONG]

    assert (row.in_evidence.count, row.shown.count, row.missed) == (1, 0, (STRONG[0].question,))


def test_a_weak_study_may_be_shown_and_not_open_the_answer():
    case = next(case for case in CASES if case.newcomer is Newcomer.SMALL)

    assert rows(case, lead=[0, OLD_TRIALS])[Newcomer.SMALL].missed == ()
    assert rows(case, lead=[OLD_TRIALS, 0])[Newcomer.SMALL].missed == (case.question,)


def test_the_command_measures_a_library_that_it_removes_again(tmp_path, monkeypatch):
    monkeypatch.setenv("VOUCH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("VOUCH_MODEL", "hashing")
    monkeypatch.setenv("VOUCH_TODAY", "2026-11-24")

    run = CliRunner().invoke(
        cli, ["bench", "reversal", "--limit", "1", "--format", "json"], prog_name="vouch"
    )

    found = {row["is"]: row for row in json.loads(run.stdout)["newest"]}
    assert found["large trial"]["questions"] == found["large trial"]["in_evidence"] == 2
    assert found["retracted trial"]["in_evidence"] == 0
    assert not (tmp_path / "home/bench").exists()
