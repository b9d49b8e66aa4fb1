"""NLI4CT: statements about records of trials, numbers included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.adapters.dataset import Dataset, Source
from eval.adapters.files import Fields, read_json, read_lines, records_of
from eval.pairs import VerificationPair

SOURCE = Source(
    "nli4ct",
    "NLI4CT",
    "SemEval-2023 task 7 (Jullien et al. 2023); records of ClinicalTrials.gov",
    "none stated by the authors; the records are in the public domain: internal evaluation only",
    internal=True,
)
_VERDICTS = {"Entailment": True, "Contradiction": False}


def read(folder: Path) -> Dataset:
    """The statements of both parts."""
    parts = ("train", "dev")
    return Dataset(SOURCE, pairs=tuple(pair for part in parts for pair in read_nli4ct(folder, part)))


def read_nli4ct(folder: Path, part: str = "dev") -> tuple[VerificationPair, ...]:
    """Each statement of `part` (`train` or `dev`) beside the section of the trials that it speaks of.

    A statement that compares two trials stands beside both of their sections.

    Raises:
        InputError: a file isn't there or isn't what it should be; names it.
    """
    trials_file, statements_file = folder / "clinical_trials.jsonl", folder / f"{part}.json"
    with records_of(trials_file):
        trials = {str(trial["Clinical Trial ID"]): trial for trial in read_lines(trials_file)}
    with records_of(statements_file):
        return tuple(_pair(record, trials) for record in read_json(statements_file).values())


def _pair(record: Fields, trials: Mapping[str, Fields]) -> VerificationPair:
    section = str(record["Section_id"])
    named = [str(record[key]) for key in ("Primary_id", "Secondary_id") if record.get(key)]
    sections: list[Sequence[str]] = [trials[trial][section] for trial in named]
    evidence = "\n".join(line.strip() for lines in sections for line in lines)
    return VerificationPair(str(record["Statement"]), evidence, _VERDICTS[str(record["Label"])])
