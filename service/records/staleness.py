"""Which answers don't stand as they are any more, after documents came, changed or went."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, and_, exists, select, update

from indexes.changes import Standing, newest_passage, standings
from rag.types import Status
from service.records import audit, desk
from service.records.clock import stamp
from service.records.database import insert_new
from service.records.newer import Finding, Overtaken
from service.records.schema import answers, citations, marks, stale_marks
from service.records.stored import SHOWN, summaries

if TYPE_CHECKING:
    from indexes.library import Library
    from rag.pipeline import Pipeline
    from service.records.database import Database

_SEEN = "newest passage seen"


@dataclass(frozen=True, slots=True)
class Touched:
    """What a look at all answers found."""

    checked: int = 0
    stale: tuple[tuple[str, str], ...] = ()
    """Id of each answer that is newly stale, or stale for another reason too, with that reason."""
    fell_back: int = 0
    """How many of them were approved and are under review again."""


def refresh(
    database: Database,
    library: Library,
    open_pipeline: Callable[[], Pipeline],
    *,
    today: date,
    at: datetime,
) -> Touched:
    """Hold every answer against the library as it is now, and mark those that don't stand any more.

    Answers that were re-issued are left as they are. What is marked stays marked until it is re-issued.

    Args:
        database: the records.
        library: as it is after a batch.
        open_pipeline: called only where new documents may bear on a question.
        today: the day as of which questions are asked.
        at: the time that is written.
    """
    with database.reading() as connection:
        cited = _cited(connection)
        seen = connection.execute(select(marks.c.value).where(marks.c.name == _SEEN)).scalar()
        open_answers = connection.execute(select(answers.c.id).where(_open())).scalars().all()
    newest = newest_passage(library)
    findings: list[Finding] = []
    if open_answers:
        now = standings(library, {row.document_id for row in cited})
        findings = [found for row in cited if (found := _changed(row, now)) is not None]
        overtaken = Overtaken(database, library, open_pipeline, today)
        findings += overtaken.since(int(seen or 0), newest)
    with database.writing() as connection:
        touched = _mark(connection, findings, at)
        _remember(connection, newest)
    return Touched(len(open_answers), *touched)


def _open() -> ColumnElement[bool]:
    heir = answers.alias()
    return ~exists().where(heir.c.reissue_of == answers.c.id)


@dataclass(frozen=True, slots=True)
class _Cited:
    answer_id: str
    passage_id: str
    document_id: str
    status: Status


def _cited(connection: Connection) -> tuple[_Cited, ...]:
    query = select(citations).join(answers, answers.c.id == citations.c.answer_id).where(_open())
    return tuple(
        _Cited(row.answer_id, row.passage_id, row.document_id, Status(row.status or Status.CURRENT))
        for row in connection.execute(query.order_by(citations.c.answer_id, citations.c.passage_id))
    )


_WORDS = {
    Status.RETRACTED: ("retracted", "was retracted"),
    Status.CONCERN: ("concern", "is under an expression of concern"),
    Status.SUPERSEDED: ("superseded", "was superseded"),
    Status.CORRECTED: ("corrected", "was corrected"),
}


def _changed(cited: _Cited, now: Mapping[str, Standing | None]) -> Finding | None:
    """What became of one citation; None where it stands as it did."""
    key, standing = cited.document_id, now[cited.document_id]
    if standing is None:
        return Finding(cited.answer_id, "removed", key, f"{key} is no longer in the library")
    if standing.status is not cited.status:
        if standing.status is Status.CURRENT:
            reason = f"{key} is no longer of status {cited.status.value}"
            return Finding(cited.answer_id, "lifted", key, reason)
        kind, words = _WORDS[standing.status]
        by = f" by {standing.by}" if standing.by else ""
        return Finding(cited.answer_id, kind, key, f"{key} {words}{by}")
    if not standing.has(cited.passage_id):
        return Finding(cited.answer_id, "revised", key, f"the words cited from {key} were revised")
    return None


def _mark(
    connection: Connection, findings: Sequence[Finding], at: datetime
) -> tuple[tuple[tuple[str, str], ...], int]:
    """Write what was found, each once; the answers with the reasons, and how many fell back."""
    wanted = {(one.answer_id, one.kind, one.document_id): one for one in findings}
    known = _known(connection, {one.answer_id for one in findings})
    told, fell_back = [], 0
    for key, one in wanted.items():
        if key in known or one.answer_id not in {answer for answer, _, _ in known}:
            continue
        _write(connection, one, at)
        told.append((one.answer_id, one.reason))
        before = connection.execute(select(*SHOWN).where(answers.c.id == one.answer_id)).all()
        fell_back += desk.fall_back(connection, summaries(connection, before)[0], at, one.reason)
    return tuple(told), fell_back


def _known(connection: Connection, keys: Iterable[str]) -> set[tuple[str, str, str]]:
    """Marks that answers have already; an answer that is still there has at least an empty one."""
    found = {
        (key, "", "")
        for key in connection.execute(select(answers.c.id).where(answers.c.id.in_(keys))).scalars()
    }
    query = select(stale_marks).where(stale_marks.c.answer_id.in_(keys))
    return found | {(row.answer_id, row.kind, row.document_id) for row in connection.execute(query)}


def _write(connection: Connection, finding: Finding, at: datetime) -> None:
    row = {
        "answer_id": finding.answer_id,
        "kind": finding.kind,
        "document_id": finding.document_id,
        "reason": finding.reason,
        "at": stamp(at),
    }
    connection.execute(stale_marks.insert().values(**row))
    first = and_(answers.c.id == finding.answer_id, answers.c.stale_since.is_(None))
    connection.execute(update(answers).where(first).values(stale_since=stamp(at)))
    told: dict[str, str | int | None] = {"kind": finding.kind, "document": finding.document_id}
    subject = f"answer:{finding.answer_id}"
    audit.append(connection, at=at, actor="vouch", action="stale", subject=subject, detail=told)


def _remember(connection: Connection, newest: int) -> None:
    row = {"name": _SEEN, "value": str(newest)}
    if not insert_new(connection, marks, row):
        connection.execute(update(marks).where(marks.c.name == _SEEN).values(value=str(newest)))
