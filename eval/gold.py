"""Gold questions: what is asked, and what a good answer must and must not say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rag.errors import InputError

BEST, ACCEPTABLE = 2, 1  # grades of the documents that a question of ours names
_ROLES = frozenset({"clinician", "researcher", "student", "patient"})


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with what is known of its answer; an empty field means that this isn't known."""

    id: str
    question: str
    role: str = "clinician"
    history: tuple[str, ...] = ()
    """Earlier questions of the conversation, oldest first."""
    answerable: bool = True
    must_have: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    cite_any_of: tuple[tuple[str, ...], ...] = ()
    """For each of `must_have`, in its order, documents that can vouch for it; empty where none is asked for."""
    best_evidence: tuple[str, ...] = ()
    conflict: str | None = None
    kind: str = "single"
    """What the question tests."""
    question_type: str | None = None
    """Therapy, prognosis …, where the set says; else a report takes it from the answer."""
    topic: str | None = None
    """The set or file that it comes from."""
    relevant: Mapping[str, int] = field(default_factory=dict)
    """Graded judgements by document id, 0 for judged and not relevant."""


def read_gold(path: Path) -> tuple[GoldQuestion, ...]:
    """The questions of a JSON-lines file in the format of `eval/gold`, in its order.

    Where a line has no `relevant`, the documents that it names are: best evidence with grade 2, the
    others of `cite_any_of` with grade 1.

    Raises:
        InputError: the file can't be read, or a line isn't a question; names file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path} can't be read as gold questions: {error}; give a JSON-lines file"
        ) from error
    questions = tuple(_questions(lines, path))
    if not questions:
        raise InputError(f"{path} has no question in it; give a file with one JSON object a line")
    _refuse_twins(questions, path)
    return questions


def gold_question(record: Mapping[str, Any], topic: str | None, where: str) -> GoldQuestion:
    """The question in one record of our format; `where` names the record in errors.

    Raises:
        InputError: a field is missing or isn't what it should be.
    """
    must_have, cited = _texts(record, "must_have", where), _lists(record, "cite_any_of", where)
    if cited and len(cited) != len(must_have):
        raise InputError(
            f"{where}: cite_any_of has {len(cited)} lists for {len(must_have)} statements of must_have; "
            "give one list for each, empty where no source is asked for"
        )
    best = _texts(record, "best_evidence", where)
    role = _text(record, "role", where, "clinician")
    if role not in _ROLES:
        raise InputError(f"{where}: role is {role!r}; choose from {', '.join(sorted(_ROLES))}")
    return GoldQuestion(
        id=_text(record, "id", where),
        question=_text(record, "question", where),
        role=role,
        history=_texts(record, "history", where),
        answerable=_flag(record, "answerable", where),
        must_have=must_have,
        must_not=_texts(record, "must_not", where),
        cite_any_of=cited,
        best_evidence=best,
        conflict=_optional(record, "conflict", where),
        kind=_text(record, "kind", where, "single"),
        question_type=_optional(record, "question_type", where),
        topic=_optional(record, "topic", where) or topic,
        relevant=_grades(record, where) or _named(best, cited),
    )


def gold_record(question: GoldQuestion) -> dict[str, Any]:
    """The record that `gold_question` reads back as the same question."""
    return {
        "id": question.id,
        "question": question.question,
        "role": question.role,
        "history": list(question.history),
        "answerable": question.answerable,
        "must_have": list(question.must_have),
        "must_not": list(question.must_not),
        "cite_any_of": [list(ids) for ids in question.cite_any_of],
        "best_evidence": list(question.best_evidence),
        "conflict": question.conflict,
        "kind": question.kind,
        "question_type": question.question_type,
        "topic": question.topic,
        "relevant": dict(question.relevant),
    }


def _questions(lines: Sequence[str], path: Path) -> Iterator[GoldQuestion]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            record = json.loads(line)
        except ValueError as error:
            raise InputError(f"{where}: not valid JSON ({error}); give one object a line") from error
        if not isinstance(record, dict):
            raise InputError(f"{where}: {line.strip()[:40]!r} is no JSON object; give one object a line")
        yield gold_question(record, path.stem.removesuffix("_dev"), where)


def _refuse_twins(questions: Sequence[GoldQuestion], path: Path) -> None:
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise InputError(f"{path}: the id {question.id!r} is given twice; give each question its own")
        seen.add(question.id)


def _text(record: Mapping[str, Any], key: str, where: str, default: str = "") -> str:
    value = record.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{where}: {key} is {value!r}; give some text")
    return value


def _optional(record: Mapping[str, Any], key: str, where: str) -> str | None:
    return None if record.get(key) is None else _text(record, key, where)


def _flag(record: Mapping[str, Any], key: str, where: str) -> bool:
    value = record.get(key, True)
    if not isinstance(value, bool):
        raise InputError(f"{where}: {key} is {value!r}; give true or false")
    return value


def _texts(record: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = record.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise InputError(f"{where}: {key} is {value!r}; give a list of texts")
    return tuple(value)


def _lists(record: Mapping[str, Any], key: str, where: str) -> tuple[tuple[str, ...], ...]:
    value = record.get(key, [])
    if not isinstance(value, list):
        raise InputError(f"{where}: {key} is {value!r}; give a list of lists of document ids")
    return tuple(_texts({key: one}, key, where) for one in value)


def _grades(record: Mapping[str, Any], where: str) -> dict[str, int]:
    value = record.get("relevant") or {}
    if not isinstance(value, dict) or not all(type(grade) is int for grade in value.values()):
        raise InputError(f"{where}: relevant is {value!r}; give an object of document ids and whole grades")
    return dict(value)


def _named(best: Sequence[str], cited: Sequence[Sequence[str]]) -> dict[str, int]:
    acceptable = {key: ACCEPTABLE for ids in cited for key in ids}
    return acceptable | dict.fromkeys(best, BEST)
