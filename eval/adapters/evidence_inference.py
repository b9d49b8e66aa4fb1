"""Evidence Inference 2.0: what trials found of an intervention, a comparator and an outcome."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from eval.adapters.dataset import Dataset, Source
from eval.adapters.files import Fields, read_lines, records_of
from eval.gold import BEST, GoldQuestion
from eval.pairs import VerificationPair

SOURCE = Source(
    "evidence_inference",
    "Evidence Inference 2.0",
    "DeYoung et al., BioNLP 2020; github.com/jayded/evidence-inference",
    "annotations MIT; articles CC BY or CC0, each by its own statement",
)
_FOUND = {
    "1": "significantly increased",
    "0": "did not significantly change",
    "-1": "significantly decreased",
}


@dataclass(frozen=True, slots=True)
class Prompt:
    """What was asked of one trial, and what an annotator found in it."""

    id: str
    document_id: str
    intervention: str
    comparator: str
    outcome: str
    direction: int
    """1 increased, 0 no significant difference, -1 decreased."""
    evidence: str
    """The words of the article that the annotator marked."""

    @property
    def question(self) -> str:
        """The prompt in words."""
        return f"Does {self.intervention} compared with {self.comparator} change {self.outcome}?"

    def claim(self, direction: int) -> str:
        """The finding in words, if it had `direction`."""
        return (
            f"Compared with {self.comparator}, {self.intervention} {_FOUND[str(direction)]} {self.outcome}."
        )


def read(folder: Path) -> Dataset:
    """The full texts as files; a question a prompt; each finding and the two that it isn't, beside what was marked."""
    prompts = read_prompts(folder)
    papers = tuple(sorted((folder / "nxml").glob("*.nxml")))
    return Dataset(SOURCE, questions=questions(prompts), pairs=pairs(prompts), papers=papers)


def read_prompts(folder: Path) -> tuple[Prompt, ...]:
    """The annotations that a second reader found right, in the order of the file.

    Raises:
        InputError: the file isn't there or isn't what it should be; names it.
    """
    path = folder / "annotations_given.jsonl"
    with records_of(path):
        records = list(read_lines(path))
        return tuple(_prompt(record) for record in records if _is_sound(record))


def questions(prompts: tuple[Prompt, ...]) -> tuple[GoldQuestion, ...]:
    """One question a prompt, each once; the article that it was asked of is the one to find."""
    return tuple(
        GoldQuestion(
            id=f"evidence-inference-{prompt.id}",
            question=prompt.question,
            best_evidence=(prompt.document_id,),
            relevant={prompt.document_id: BEST},
            topic=SOURCE.name,
        )
        for prompt in {prompt.id: prompt for prompt in prompts}.values()
    )


def pairs(prompts: tuple[Prompt, ...]) -> tuple[VerificationPair, ...]:
    """The finding and the two that it isn't, each beside the words that were marked."""
    return tuple(
        VerificationPair(prompt.claim(direction), prompt.evidence, direction == prompt.direction)
        for prompt in prompts
        for direction in (1, 0, -1)
    )


def _is_sound(record: Fields) -> bool:
    return bool(record["valid_label"] == record["valid_reasoning"] == "True" and record["evidence"])


def _prompt(record: Fields) -> Prompt:
    direction = str(record["label_code"])
    if direction not in _FOUND:
        raise ValueError(f"label_code is {direction!r}")
    return Prompt(
        id=str(record["prompt_id"]),
        document_id=f"pmcid:{record['pmcid']}",
        intervention=str(record["intervention"]).strip(),
        comparator=str(record["comparator"]).strip(),
        outcome=str(record["outcome"]).strip(),
        direction=int(direction),
        evidence=str(record["evidence"]),
    )
