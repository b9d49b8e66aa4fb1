"""What is asked, on questions of public sets that were labelled by hand: they are read where they lie.

The labels were made by reading, before a rule was run on them. Rules were then chosen on one half, by the
hash of set and id, and the other half was only counted.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from rag.named import drugs_in, names_a_study
from rag.populations import groups_of, older
from rag.question_type import type_of
from rag.time_words import When, when
from rag.types import Population

_TABLE = Path(__file__).parent / "questions" / "labelled.tsv"
_GROUPS = {
    "children": {Population.CHILD},
    "pregnancy": {Population.PREGNANCY},
    "animals": {Population.ANIMAL},
    "adults": {Population.ADULT},
    "older": {Population.ADULT},
    "": set(),
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with its labels; `?` where it has none."""

    text: str
    kind: str
    population: str
    time: str
    named: str
    held_out: bool


@pytest.fixture(scope="module")
def labelled(shared) -> list[Labelled]:
    wording = {**dict(_public(shared / "data")), **dict(_gold())}
    rows = [line.split("\t") for line in _TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [Labelled(wording[s, i], *labels, held_out=_held_out(s, i)) for s, i, *labels in rows]


@pytest.mark.parametrize(("held_out", "at_least"), [(False, 0.88), (True, 0.80)])
def test_the_type_is_right(labelled, held_out, at_least):
    rows = [row for row in labelled if row.kind != "?" and row.held_out is held_out]
    wrong = Counter((row.kind, type_of(row.text).value) for row in rows if type_of(row.text) != row.kind)

    assert 1 - wrong.total() / len(rows) >= at_least, wrong


@pytest.mark.parametrize("held_out", [False, True])
def test_the_population_is_right(labelled, held_out):
    rows = [row for row in labelled if row.population != "?" and row.held_out is held_out]
    right = [
        groups_of(row.text) == _GROUPS[row.population] and older(row.text) == (row.population == "older")
        for row in rows
    ]

    assert sum(right) / len(rows) >= 0.97


@pytest.mark.parametrize("held_out", [False, True])
def test_the_time_is_right(labelled, held_out):
    wrong = [row.text for row in labelled if row.held_out is held_out and _said(when(row.text)) != row.time]

    assert not wrong


@pytest.mark.parametrize("held_out", [False, True])
def test_genes_tests_and_viruses_are_no_studies(labelled, held_out):
    rows = [row for row in labelled if row.named != "study" and row.held_out is held_out]

    assert sum(names_a_study(row.text) for row in rows) / len(rows) <= 0.01


def test_a_study_is_known_by_name_or_by_where_it_was_published(labelled):
    rows = [row for row in labelled if row.named == "study"]

    assert sum(names_a_study(row.text) for row in rows) / len(rows) >= 0.85


@pytest.mark.parametrize(("named", "at_least"), [(True, 0.85), (False, 0.95)])
def test_drugs_are_known_by_their_stems_codes_and_names(labelled, named, at_least):
    rows = [row for row in labelled if row.named != "study" and (row.named == "drug") is named]

    assert sum(bool(drugs_in(row.text)) is named for row in rows) / len(rows) >= at_least


def _held_out(name: str, key: str) -> bool:
    return sha256(f"{name} {key}".encode()).digest()[0] % 2 == 1


def _said(time: When) -> str:
    parts = ["latest"] if time.latest else []
    if time.since and time.until:
        parts.append(f"{time.since}-{time.until}")
    elif time.since:
        parts.append(f"since {time.since}")
    elif time.until:
        parts.append(f"until {time.until}")
    return ", ".join([*parts, *map(str, time.years)])


def _public(folder: Path) -> Iterator[tuple[tuple[str, str], str]]:
    for path in folder.glob("bioasq/*_golden.json"):
        for row in json.loads(path.read_text("utf-8"))["questions"]:
            yield ("bioasq", row["id"]), row["body"]
    for key, row in json.loads((folder / "pubmedqa/pubmedqa_dev500.json").read_text("utf-8")).items():
        yield ("pubmedqa", key), row["QUESTION"]
    with (folder / "pubmedrs200/PubMedRS-200_given.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield ("pubmedrs200", row["PMID"]), row["HumanQuestions"] or row["questions"]
    path = folder / "expertqa_med/expertqa_medical_answers_given.jsonl"
    for line in path.read_text("utf-8").splitlines():
        text = json.loads(line)["question"]
        yield ("expertqa_med", sha256(text.encode()).hexdigest()[:12]), text


def _gold() -> Iterator[tuple[tuple[str, str], str]]:
    import eval as package

    for path in (Path(str(package.__file__)).parent / "gold").glob("*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield (f"gold/{path.stem}", row["id"]), row["question"]
