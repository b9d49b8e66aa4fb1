"""What is asked, on questions of public sets that were labelled by hand: they are read where they lie.

The labels were made by reading, before a rule was run on them. The last column of the table says which were
used in choosing the rules (`rules`), which were read along with them but only counted (`held out`), and which
were drawn when the rules were done (`late`): then 24 of 40 types were right, and a few cues were added.
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

PARTS = ("rules", "held out", "late")
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
    part: str


@pytest.fixture(scope="module")
def labelled(shared) -> list[Labelled]:
    wording = {**dict(_public(shared / "data")), **dict(_gold())}
    rows = [line.split("\t") for line in _TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [Labelled(wording[name, key], *labels) for name, key, *labels in rows]


@pytest.mark.parametrize(("part", "at_least"), [("rules", 0.88), ("held out", 0.80), ("late", 0.70)])
def test_the_type_is_right(labelled, part, at_least):
    rows = [row for row in labelled if row.kind != "?" and row.part == part]
    wrong = Counter((row.kind, type_of(row.text).value) for row in rows if type_of(row.text) != row.kind)

    assert 1 - wrong.total() / len(rows) >= at_least, wrong


@pytest.mark.parametrize("part", PARTS)
def test_the_population_is_right(labelled, part):
    rows = [row for row in labelled if row.population != "?" and row.part == part]
    right = [
        groups_of(row.text) == _GROUPS[row.population] and older(row.text) == (row.population == "older")
        for row in rows
    ]

    assert sum(right) / len(rows) >= 0.97


@pytest.mark.parametrize("part", PARTS)
def test_the_time_is_right(labelled, part):
    wrong = [row.text for row in labelled if row.part == part and _said(when(row.text)) != row.time]

    assert not wrong


@pytest.mark.parametrize("part", PARTS)
def test_genes_tests_and_viruses_are_no_studies(labelled, part):
    rows = [row for row in labelled if row.named != "study" and row.part == part]

    assert sum(names_a_study(row.text) for row in rows) / len(rows) <= 0.01


def test_a_study_is_known_by_name_or_by_where_it_was_published(labelled):
    rows = [row for row in labelled if row.named == "study"]

    assert sum(names_a_study(row.text) for row in rows) / len(rows) >= 0.85


@pytest.mark.parametrize(("named", "at_least"), [(True, 0.8), (False, 0.95)])
def test_drugs_are_known_by_their_stems_codes_and_names(labelled, named, at_least):
    rows = [row for row in labelled if row.named != "study" and (row.named == "drug") is named]

    assert sum(bool(drugs_in(row.text)) is named for row in rows) / len(rows) >= at_least


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
