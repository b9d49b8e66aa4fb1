"""An answer as it is kept: with its evidence snapshot, its review and whether it still stands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Row, select

from rag.errors import LibraryDamaged
from rag.types import Answer, QuestionType, SafetyKind
from service.answer_json import answer_json
from service.json_text import Json
from service.records.review import Review, ReviewState
from service.records.schema import answers, stale_marks

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class StaleMark:
    """One reason for which an answer doesn't stand as it is."""

    kind: str
    document_id: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list shows of an answer."""

    id: str
    question: str
    question_type: str
    status: str
    generation: int
    issued_at: str
    risk: int
    reads: int
    review: Review
    stale: tuple[StaleMark, ...]
    content_hash: str
    reissue_of: str | None
    reissued_as: str | None

    @property
    def etag(self) -> str:
        """Changes whenever anything that is shown of it changes."""
        return f'"{self.content_hash[:16]}-{self.review.version}-{len(self.stale)}-{self.reissued_as or 0}"'


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer with what became of it."""

    summary: Summary
    answer: Answer


_RISK = {
    QuestionType.THERAPY: 2,
    QuestionType.HARM: 2,
    QuestionType.DIAGNOSIS: 2,
    QuestionType.GUIDELINE: 2,
}


def risk_of(answer: Answer) -> int:
    """How much harm a wrong answer may do: 1 to know, 2 to act on, 1 more for doses and emergencies."""
    urgent = any(notice.kind is not SafetyKind.SCOPE for notice in answer.safety)
    return _RISK.get(answer.question_type, 1) + urgent


def review_json(review: Review) -> dict[str, Json]:
    """The state of a review; `requested` says whether anybody asked for one."""
    return {
        "state": review.state.value,
        "by": review.by,
        "at": review.at,
        "requested": review.requested_by is not None,
        "version": review.version,
    }


def stale_json(stale: Sequence[StaleMark]) -> dict[str, Json] | None:
    """Why an answer doesn't stand as it is; null where it does."""
    if not stale:
        return None
    return {
        "reason": "; ".join(dict.fromkeys(mark.reason for mark in stale)),
        "since": stale[0].at,
        "kinds": list(dict.fromkeys(mark.kind for mark in stale)),
        "documents": list(dict.fromkeys(mark.document_id for mark in stale)),
    }


def stored_json(stored: Stored) -> dict[str, Json]:
    """The whole answer as the contract has it, with its present review and staleness."""
    summary = stored.summary
    return {
        **answer_json(stored.answer),
        "id": summary.id,
        # Of what was kept: a later version may write the same answer in another form.
        "content_hash": summary.content_hash,
        "review": review_json(summary.review),
        "stale": stale_json(summary.stale),
        "issued_at": summary.issued_at,
        "reissue_of": summary.reissue_of,
        "reissued_as": summary.reissued_as,
    }


def summary_json(summary: Summary) -> dict[str, Json]:
    """One line of a list."""
    return {
        "id": summary.id,
        "question": summary.question,
        "question_type": summary.question_type,
        "status": summary.status,
        "generation": summary.generation,
        "issued_at": summary.issued_at,
        "reads": summary.reads,
        "risk": summary.risk,
        "review": review_json(summary.review),
        "stale": stale_json(summary.stale),
        "content_hash": summary.content_hash,
        "reissue_of": summary.reissue_of,
        "reissued_as": summary.reissued_as,
    }


def body_of(answer: Answer) -> str:
    """An answer with all that it was drawn from, as text."""
    return _adapter().dump_json(answer).decode()


def answer_of(body: str, key: str) -> Answer:
    """The answer that `body_of` made a text of.

    Raises:
        LibraryDamaged: it isn't what was written.
    """
    from pydantic import ValidationError

    try:
        return _adapter().validate_json(body)
    except ValidationError as error:
        raise LibraryDamaged(f"saved answer {key} can't be read; ask the question again") from error


def subject_of(answer: Answer) -> str:
    """The terms that its question is about, as a JSON list."""
    from rag.question import understand

    return json.dumps(understand(answer.understood_as).subject)


SHOWN = tuple(column for column in answers.c if column.name not in {"body", "subject"})
"""The columns of a summary."""


def summaries(connection: Connection, rows: Sequence[Row[tuple[object, ...]]]) -> tuple[Summary, ...]:
    """Rows of `SHOWN` as summaries, in their order."""
    marks = _marks_of(connection, [row.id for row in rows])
    heirs = _heirs_of(connection, [row.id for row in rows])
    return tuple(
        Summary(
            id=row.id,
            question=row.question,
            question_type=row.question_type,
            status=row.status,
            generation=row.generation,
            issued_at=row.issued_at,
            risk=row.risk,
            reads=row.reads,
            review=Review(ReviewState(row.state), row.requested_by, row.state_by, row.state_at, row.version),
            stale=tuple(marks.get(row.id, ())),
            content_hash=row.content_hash,
            reissue_of=row.reissue_of,
            reissued_as=heirs.get(row.id),
        )
        for row in rows
    )


@cache
def _adapter() -> TypeAdapter[Answer]:
    from pydantic import TypeAdapter

    return TypeAdapter(Answer)


def _marks_of(connection: Connection, keys: Sequence[str]) -> dict[str, list[StaleMark]]:
    found: dict[str, list[StaleMark]] = {}
    query = select(stale_marks).where(stale_marks.c.answer_id.in_(keys)).order_by(stale_marks.c.id)
    for row in connection.execute(query):
        found.setdefault(row.answer_id, []).append(StaleMark(row.kind, row.document_id, row.reason, row.at))
    return found


def _heirs_of(connection: Connection, keys: Sequence[str]) -> dict[str, str]:
    """The latest re-issue of each answer that has one."""
    query = (
        select(answers.c.reissue_of, answers.c.id)
        .where(answers.c.reissue_of.in_(keys))
        .order_by(answers.c.issued_at, answers.c.id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
