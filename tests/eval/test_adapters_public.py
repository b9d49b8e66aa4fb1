"""Every record in here is made up."""

import json
from dataclasses import replace

from eval.adapters import evidence_inference as inference
from eval.adapters import uspstf
from eval.adapters.nli4ct import read_nli4ct
from rag.types import LinkKind, Status

PROMPT = inference.Prompt("7", "pmcid:PMC0", "dromedaril", "placebo", "night cramps", -1, "Cramps fell.")


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
