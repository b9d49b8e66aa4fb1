"""NLI4CT: statements about records of trials, numbers included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.pairs import VerificationPair
from eval.set_files import Fields, json_lines, json_object, reading

SOURCE = "NLI4CT, SemEval-2023 task 7 (Jullien et al. 2023); records of ClinicalTrials.gov"
LICENCE = "none stated by the authors; the records are in the public domain: internal evaluation"
_VERDICTS = {"Entailment": True, "Contradiction": False}


def read_nli4ct(folder: Path, part: str = "dev") -> tuple[VerificationPair, ...]:
    """Each statement of `part` (`train` or `dev`) beside the section of the trials that it speaks of.

    A statement that compares two trials stands beside both of their sections.

    Raises:
        InputError: a file isn't there or isn't what it should be; names it.
    """
    trials_file, statements_file = folder / "clinical_trials.jsonl", folder / f"{part}.json"
    with reading(trials_file):
        trials = {str(trial["Clinical Trial ID"]): trial for trial in json_lines(trials_file)}
    with reading(statements_file):
        return tuple(_pair(record, trials) for record in json_object(statements_file).values())


def _pair(record: Fields, trials: Mapping[str, Fields]) -> VerificationPair:
    section = str(record["Section_id"])
    named = [str(record[key]) for key in ("Primary_id", "Secondary_id") if record.get(key)]
    sections: list[Sequence[str]] = [trials[trial][section] for trial in named]
    evidence = "\n".join(line.strip() for lines in sections for line in lines)
    return VerificationPair(str(record["Statement"]), evidence, _VERDICTS[str(record["Label"])])
