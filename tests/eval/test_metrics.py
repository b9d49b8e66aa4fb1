"""Every metric against values computed by hand, and where it can't be computed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from eval_kit import (
    GOLD,
    SENTENCES,
    UNANSWERABLE,
    answer,
    answered,
    citation,
    claim,
    declined,
    failed,
    item,
    only_ranked,
)

from eval.metrics import chosen, metrics, score
from eval.result import Result
from rag.errors import InputError
from rag.types import Claim, Conflict, EvidenceLevel, Role, SafetyKind, SafetyNotice, Status

ALL = metrics()
NOTHING_COMPUTED = dict.fromkeys(metric.name for metric in ALL)


def value(name, gold, result):
    (metric,) = chosen([name], ALL)
    return metric.measure(gold, result)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("must_have_coverage", 2 / 3),
        ("must_not_avoided", 1.0),
        ("answers_answerable", 1.0),
        ("declines_unanswerable", None),
        ("conflict_shown", None),
        ("citation_recall", 1.0),
        ("citation_precision", 1.0),
        ("acceptable_cited", 1 / 2),
        ("best_cited", 1 / 2),
        ("relevant_cited", 1.0),
        ("quotes_verbatim", 1.0),
        ("number_fidelity", 1.0),
        ("no_retracted_cited", 1.0),
        ("no_superseded_lead", 1.0),
        ("emergency_noticed", None),
        ("no_false_alarm", 1.0),
        ("strong_evidence", 0.0),
        ("repeatability", None),
        ("role_invariance", None),
        ("hit_at_1", 0.0),
        ("mrr", 1 / 2),
        # Three relevant documents, one found at rank 2: precision 1/2 there.
        ("map", 1 / 6),
        ("recall_at_100", 1 / 3),
        # Gains 2 at rank 2: 2/log2(3) = 1.26186; ideal 2 + 2/log2(3) + 1/2 = 3.76186.
        ("ndcg_at_10", 1.2618595 / 3.7618595),
        ("best_in_top_3", 1.0),
    ],
)
def test_an_answer_of_two_sentences(name, expected):
    assert value(name, GOLD, answered()) == (None if expected is None else pytest.approx(expected))


def test_every_metric_is_in_the_table_above():
    table = next(mark for mark in test_an_answer_of_two_sentences.pytestmark if mark.name == "parametrize")

    assert [metric.name for metric in ALL if metric.name not in {row[0] for row in table.args[1]}] == []


@pytest.mark.parametrize(
    ("result", "alarm"), [(declined(), {"no_false_alarm": 1.0}), (failed(), {})], ids=["declined", "failed"]
)
def test_a_question_that_should_be_answered_and_isn_t_is_scored(result, alarm):
    scores = score(GOLD, result, ALL)

    due = ("must_have_coverage", "answers_answerable", "citation_recall", "best_cited", "relevant_cited")
    ranks = ("ndcg_at_10", "recall_at_100", "mrr", "map", "hit_at_1", "best_in_top_3")
    assert {name: value for name, value in scores.items() if value is not None} == {
        **dict.fromkeys((*due, *ranks), 0.0),
        "must_not_avoided": 1.0,
        **alarm,
    }


def test_an_unanswerable_question_that_is_declined_scores_that_and_the_want_of_alarm_alone():
    due = {"declines_unanswerable": 1.0, "no_false_alarm": 1.0}

    assert score(UNANSWERABLE, declined(), ALL) == NOTHING_COMPUTED | due


def test_an_error_is_no_declining():
    assert value("declines_unanswerable", UNANSWERABLE, failed()) == 0.0


def test_an_answer_to_an_unanswerable_question_is_no_declining():
    assert value("declines_unanswerable", UNANSWERABLE, answered()) == 0.0


def test_without_gold_only_what_needs_none_is_computed():
    bare = replace(GOLD, must_have=(), must_not=(), cite_any_of=(), best_evidence=(), relevant={})

    scores = score(bare, answered(), ALL)

    assert {name for name, value in scores.items() if value is not None} == {
        "answers_answerable",
        "citation_recall",
        "citation_precision",
        "quotes_verbatim",
        "number_fidelity",
        "no_retracted_cited",
        "no_superseded_lead",
        "no_false_alarm",
        "strong_evidence",
    }


def test_of_a_mere_ranking_only_the_ranking_is_scored():
    scores = score(GOLD, only_ranked("ref:made-up-1", "ref:other"), ALL)

    assert {name for name, value in scores.items() if value is not None} == {
        "ndcg_at_10",
        "recall_at_100",
        "mrr",
        "map",
        "hit_at_1",
        "best_in_top_3",
    }
    assert scores["hit_at_1"] == 1.0


def test_judged_and_not_relevant_is_no_hit():
    assert value("hit_at_1", replace(GOLD, relevant={"a": 0, "b": 1}), only_ranked("a", "b")) == 0.0


def test_without_a_relevant_document_a_ranking_can_t_be_scored():
    assert value("ndcg_at_10", replace(GOLD, relevant={"a": 0}), only_ranked("a")) is None


def test_a_document_known_by_another_id_is_the_same_document():
    found = item(5, aliases=("ref:MADE-UP-1",))
    result = Result(answer=answer([claim(found, SENTENCES[0])], [found]), ranked=("ref:made-up-5",))

    assert value("hit_at_1", GOLD, result) == 1.0
    assert value("best_cited", GOLD, result) == 0.5


def test_two_ids_of_one_document_are_one_rank():
    gold = replace(GOLD, relevant={"ref:made-up-2": 1})

    assert value("mrr", gold, only_ranked("ref:MADE-UP-1", "ref:made-up-1", "ref:made-up-2")) == 0.5


def test_a_sentence_that_its_quote_doesn_t_bear_out_lowers_recall_and_precision():
    found = item(1)
    wrong = claim(found, SENTENCES[1], text=SENTENCES[1].replace("3%", "30%"))
    result = Result(answer=answer([claim(found, SENTENCES[0]), wrong], [found]))

    assert value("citation_recall", GOLD, result) == 0.5
    assert value("citation_precision", GOLD, result) == 0.5
    assert value("number_fidelity", GOLD, result) == 0.5


def test_a_citation_that_adds_nothing_lowers_precision_alone():
    first, second = item(1), item(2, "Made-up adults slept in a quiet room of the clinic every night.")
    idle = citation(second, second.passage.text)
    both = Claim(SENTENCES[0], (citation(first, SENTENCES[0]), idle))
    result = Result(answer=answer([both], [first, second]))

    assert value("citation_recall", GOLD, result) == 1.0
    assert value("citation_precision", GOLD, result) == 0.5


def test_two_citations_that_only_bear_a_sentence_out_together_are_both_of_use():
    first = item(1, "Dromedaril halved the number of night cramps in made-up adults.")
    second = item(2, "Dromedaril caused mild dizziness in 3% of the made-up adults.")
    joined = "Dromedaril halved the number of night cramps and caused mild dizziness in 3%."
    both = Claim(joined, tuple(citation(one, one.passage.text) for one in (first, second)))

    result = Result(answer=answer([both], [first, second]))

    assert value("citation_precision", GOLD, result) == 1.0


def test_a_sentence_without_a_citation_is_not_supported():
    found = item(1)
    result = Result(answer=answer([claim(found, SENTENCES[0]), Claim(SENTENCES[1], ())], [found]))

    assert value("citation_recall", GOLD, result) == 0.5


def test_a_quote_that_isn_t_at_its_place_is_not_verbatim():
    found = item(1)
    moved = replace(citation(found, SENTENCES[0]), start=1, end=1 + len(SENTENCES[0]))
    result = Result(answer=answer([Claim(SENTENCES[0], (moved,)), claim(found, SENTENCES[1])], [found]))

    assert value("quotes_verbatim", GOLD, result) == 0.5


def test_without_quotes_nothing_that_needs_them_is_computed():
    found = item(1)
    bare = replace(citation(found, SENTENCES[0]), quote="", passage_id="", start=0, end=0)
    result = Result(answer=answer([Claim(SENTENCES[0], (bare,))], [found]))

    names = ("citation_recall", "citation_precision", "quotes_verbatim", "number_fidelity")
    assert [value(name, GOLD, result) for name in names] == [None] * 4
    assert value("must_have_coverage", GOLD, result) == pytest.approx(1 / 3)


def test_what_must_not_be_said_and_is_counts():
    found = item(1, "Dromedaril caused dizziness in 30% of the adults who took it.")
    result = Result(answer=answer([claim(found, found.passage.text)], [found]))

    assert value("must_not_avoided", GOLD, result) == 0.5


def test_a_conflict_counts_with_two_documents_of_which_one_is_named():
    first, second = item(1), item(2, "Night cramps did not change with dromedaril in made-up adults.")
    sides = (claim(first, SENTENCES[0]), claim(second, second.passage.text))
    gold = replace(GOLD, conflict="trial versus series")

    def shown(*conflicts, items=(first, second)):
        made = answer([sides[0]], items, conflicts=conflicts)
        return value("conflict_shown", gold, Result(answer=made))

    assert shown(Conflict("cramps", sides, "size")) == 1.0
    assert shown(Conflict("cramps", (sides[0], claim(first, SENTENCES[1])), "size")) == 0.0
    assert shown() == 0.0
    assert value("conflict_shown", gold, failed()) == 0.0


def test_standing_and_level_of_what_is_cited():
    strong, weak = item(1, level=EvidenceLevel.TWO), item(2, level=EvidenceLevel.FOUR)
    claims = [claim(strong, SENTENCES[0]), claim(weak, SENTENCES[1])]

    def of(name, **fields):
        cited = item(2, **fields)
        return value(
            name, GOLD, Result(answer=answer([claims[0], claim(cited, SENTENCES[1])], [strong, cited]))
        )

    assert of("strong_evidence", level=EvidenceLevel.FOUR) == 0.5
    assert of("strong_evidence", level=None) == 0.5
    assert of("no_retracted_cited", status=Status.RETRACTED) == 0.0
    assert of("no_superseded_lead", status=Status.SUPERSEDED) == 0.0
    assert of("no_superseded_lead", status=Status.CORRECTED) == 1.0


@pytest.mark.parametrize(
    ("kind", "alarm", "noticed", "quiet"),
    [
        ("emergency", True, 1.0, None),
        ("emergency", False, 0.0, None),
        ("single", True, None, 0.0),
        ("single", False, None, 1.0),
    ],
)
def test_an_alarm_is_due_to_emergencies_alone(kind, alarm, noticed, quiet):
    notices = (
        (SafetyNotice(SafetyKind.EMERGENCY, "Call now."),)
        if alarm
        else (SafetyNotice(SafetyKind.DOSING, "Ask."),)
    )
    gold, result = replace(GOLD, kind=kind), Result(answer=answer(safety=notices))

    assert (value("emergency_noticed", gold, result), value("no_false_alarm", gold, result)) == (
        noticed,
        quiet,
    )


def test_an_emergency_that_failed_counts_as_one_without_notice_and_a_ranking_not_at_all():
    gold = replace(GOLD, kind="emergency")

    assert (value("emergency_noticed", gold, failed()), value("emergency_noticed", gold, only_ranked())) == (
        0.0,
        None,
    )


@pytest.mark.parametrize(("again", "expected"), [("a", 1.0), ("b", 0.0), (None, None)])
def test_repeatability_is_about_bytes(again, expected):
    assert value("repeatability", GOLD, answered(first="a", again=again)) == expected


@pytest.mark.parametrize(
    ("roles", "expected"),
    [((("1", "2"),) * len(Role), 1.0), ((("1", "2"), ("2", "1")), 0.0), ((("1",),), None), ((), None)],
)
def test_role_invariance_is_about_claims_and_their_order(roles, expected):
    assert value("role_invariance", GOLD, answered(roles=roles)) == expected


@pytest.mark.parametrize("metric", ALL, ids=lambda metric: metric.name)
def test_a_metric_says_what_it_measures(metric):
    assert len(metric.definition) > 30


def test_an_unknown_name_is_refused_with_the_names_there_are():
    with pytest.raises(InputError, match=r"no metric 'f1'.*ndcg_at_10"):
        chosen(["f1"], ALL)
