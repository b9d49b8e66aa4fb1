"""Every record in here is made up."""

import json
from dataclasses import replace

import pytest

from corpus.currency import status_of
from eval import adapters_evidence_inference as inference
from eval import adapters_uspstf as uspstf
from eval.adapters_nli4ct import read_nli4ct
from eval.adapters_retractions import Notice, flagged, read_notices
from eval.adapters_rewrites import Rewrite, read_rewrites, score_rewrites, token_f1
from rag.errors import InputError
from rag.types import Link, LinkKind, Status

PROMPT = inference.Prompt("7", "pmcid:PMC0", "dromedaril", "placebo", "night cramps", -1, "Cramps fell.")


@pytest.mark.parametrize(
    "read", [read_nli4ct, read_notices, read_rewrites, inference.read_prompts, uspstf.read_snapshots]
)
def test_a_missing_folder_is_an_error_with_the_remedy(read, tmp_path):
    with pytest.raises(InputError, match="give the folder that holds the data set"):
        read(tmp_path / "absent")


def test_a_comparison_stands_beside_the_sections_of_both_trials(tmp_path):
    trials = [{"Clinical Trial ID": key, "Results": [f"  Result of {key}"]} for key in ("N1", "N2")]
    (tmp_path / "clinical_trials.jsonl").write_text("\n".join(map(json.dumps, trials)))
    statement = {"Section_id": "Results", "Primary_id": "N1", "Secondary_id": "N2", "Statement": "Same"}
    (tmp_path / "dev.json").write_text(json.dumps({"a": statement | {"Label": "Contradiction"}}))

    (pair,) = read_nli4ct(tmp_path)

    assert (pair.claim, pair.evidence, pair.supported) == ("Same", "Result of N1\nResult of N2", False)


def test_a_finding_is_supported_in_its_own_direction_alone():
    assert [pair.supported for pair in inference.pairs((PROMPT,))] == [False, False, True]


def test_a_prompt_with_two_annotations_is_one_question():
    found = inference.questions((PROMPT, replace(PROMPT, evidence="They fell.")))

    assert [question.best_evidence for question in found] == [("pmcid:PMC0",)]


def test_token_f1_counts_repeats():
    """Three words of four are shared on one side, three of three on the other: 2 * 3 / (4 + 3)."""
    assert token_f1("is it is treatable", "is it treatable") == pytest.approx(6 / 7)


def test_only_turns_that_had_to_change_are_scored():
    turns = [Rewrite("Is it?", ("What is it?",), "Is cramp it?", True), Rewrite("A?", (), "a", True)]

    scores = score_rewrites(turns, lambda question, earlier: f"{question} cramp" if earlier else question)

    assert (scores.ours.value, scores.ours.n) == (1.0, 1)
    assert scores.copied.value == pytest.approx(0.8)


def test_a_paper_is_due_what_its_gravest_notice_says():
    said = [("a", LinkKind.RETRACTS), ("a", LinkKind.CORRECTS), ("b", LinkKind.RAISES_CONCERN)]
    said += [("c", LinkKind.RETRACTS), ("c", LinkKind.REINSTATES)]
    notices = [Notice(f"doi:{key}", Link(kind, f"doi:{key.upper()}")) for key, kind in said]

    assert flagged(notices, status_of) == {
        Status.RETRACTED: (1, 1),
        Status.CONCERN: (1, 1),
        Status.CURRENT: (1, 1),
    }
    assert flagged(notices, lambda document, links: Status.CURRENT)[Status.RETRACTED] == (1, 0)


def test_an_earlier_grade_is_superseded_by_the_latest_and_not_asked_for(tmp_path):
    for taken, grade in (("2021-01-01", "C"), ("2024-01-01", "B")):
        one = {"id": "9", "title": "Cramps: Screening", "grade": grade, "text": f"Screen {grade}.<br>More."}
        (tmp_path / f"uspstf_{taken}.json").write_text(json.dumps({"specificRecommendations": [one]}))
    snapshots = uspstf.read_snapshots(tmp_path)

    old, new = uspstf.documents(snapshots)
    (question,) = uspstf.questions(snapshots)

    assert (old.status, old.linked(LinkKind.SUPERSEDED_BY)) == (Status.SUPERSEDED, (new.id,))
    assert new.status is Status.CURRENT
    assert question.must_have == ("Screen B.", "USPSTF grade B")
