"""USPSTF: graded recommendations on prevention, as guidelines and as questions for their grade."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.adapters.dataset import Dataset, Source
from eval.adapters.files import Fields, read_json, records_of
from eval.gold import BEST, GoldQuestion
from rag.errors import InputError
from rag.types import Design, Document, Link, LinkKind, PublicationDate, Section, Status

SOURCE = Source(
    "guidelines_uspstf",
    "USPSTF",
    "US Preventive Services Task Force, Prevention TaskForce API (AHRQ), dated snapshots",
    "terms not verified: internal evaluation only, with attribution",
    internal=True,
)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One graded recommendation as a snapshot has it."""

    document: Document
    topic: str
    grade: str
    statement: str
    """Its first sentence or paragraph, without markup."""


def read(folder: Path) -> Dataset:
    """Recommendations as guidelines, and questions for their grades."""
    snapshots = read_snapshots(folder)
    return Dataset(SOURCE, documents=documents(snapshots), questions=questions(snapshots))


def read_snapshots(folder: Path) -> tuple[tuple[Recommendation, ...], ...]:
    """The recommendations of each snapshot, oldest snapshot first.

    Raises:
        InputError: there is no snapshot, or one isn't what it should be; names it.
    """
    files = sorted(folder.glob("uspstf_*.json"))  # the names hold ISO dates
    if not files:
        raise InputError(f"{folder} holds no uspstf_*.json; give the folder that holds the data set")
    return tuple(_snapshot(file) for file in files)


def documents(snapshots: Sequence[Sequence[Recommendation]]) -> tuple[Document, ...]:
    """All recommendations as guidelines; an earlier text of the same title is superseded by the latest."""
    latest = {one.topic.casefold(): one for snapshot in snapshots for one in snapshot}
    found = (_standing(one, latest[one.topic.casefold()]) for snapshot in snapshots for one in snapshot)
    return tuple({document.id: document for document in found}.values())


def questions(snapshots: Sequence[Sequence[Recommendation]]) -> tuple[GoldQuestion, ...]:
    """What the task force recommends for each topic of the last snapshot; the current grade must be named."""
    return tuple(
        GoldQuestion(
            id=f"uspstf-{one.document.id.rsplit('-', 1)[-1]}",
            question=f"What does the USPSTF recommend for {one.topic}?",
            must_have=(one.statement, f"USPSTF grade {one.grade}"),
            cite_any_of=((one.document.id,), (one.document.id,)),
            best_evidence=(one.document.id,),
            relevant={one.document.id: BEST},
            question_type="guideline",
            topic="uspstf",
        )
        for one in snapshots[-1]
    )


def _standing(one: Recommendation, latest: Recommendation) -> Document:
    if one.document.sections == latest.document.sections:
        return latest.document
    by = Link(LinkKind.SUPERSEDED_BY, latest.document.id)
    return replace(one.document, status=Status.SUPERSEDED, links=(by,))


def _snapshot(path: Path) -> tuple[Recommendation, ...]:
    with records_of(path):
        record = read_json(path)
        general: Mapping[str, Fields] = record.get("generalRecommendations", {})
        grades: Mapping[str, Sequence[str]] = record.get("grades", {})
        taken = path.stem.removeprefix("uspstf_").removesuffix("_given")
        return tuple(
            _recommendation(one, general.get(str(one.get("general")), {}), grades, taken)
            for one in record["specificRecommendations"]
        )


def _recommendation(
    one: Fields, general: Fields, grades: Mapping[str, Sequence[str]], taken: str
) -> Recommendation:
    topic, grade, text = str(one["title"]).strip(), str(one["grade"]), str(one["text"])
    meaning = grades[grade][0] if grades.get(grade) else ""
    sections = (
        Section("Recommendation", _plain(text)),
        Section("Grade", f"USPSTF grade {grade}. {_plain(meaning)}".strip()),
        Section("Rationale", _plain(str(general.get("rationale", "")))),
    )
    document = Document(
        id=f"ref:uspstf-{taken}-{one['id']}",
        title=topic,
        sections=tuple(section for section in sections if section.text),
        authors=("US Preventive Services Task Force",),
        journal="US Preventive Services Task Force",
        published=PublicationDate(int(general.get("topicYear") or taken[:4])),
        design=Design.GUIDELINE,
        level_inferred=False,
    )
    return Recommendation(document, topic, grade, _plain(re.split(r"<br|</p>", text, maxsplit=1)[0]))


def _plain(marked: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", marked)).split())
