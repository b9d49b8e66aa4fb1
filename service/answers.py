"""Saved answers: only those that the reader asked to keep."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rag.errors import InputError, LibraryDamaged, LibraryProblem
from rag.types import Answer
from service.answer_json import answer_id

_SCHEMA = "CREATE TABLE IF NOT EXISTS answers (id TEXT PRIMARY KEY, question TEXT NOT NULL, answer TEXT NOT NULL, at TEXT NOT NULL) STRICT"


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """What a list of saved answers shows of one."""

    id: str
    question: str
    at: str


@dataclass(frozen=True, slots=True)
class Answers:
    """The saved answers of one data home."""

    path: Path

    def save(self, answer: Answer, at: datetime) -> str:
        """Keep an answer and return its id; the same answer again stays one."""
        from pydantic import TypeAdapter

        key = answer_id(answer)
        body = TypeAdapter(Answer).dump_json(answer).decode()
        with self._open(create=True) as connection:
            connection.execute(
                "INSERT OR IGNORE INTO answers VALUES (?, ?, ?, ?)",
                (key, answer.question, body, at.isoformat(timespec="seconds")),
            )
        return key

    def load(self, key: str) -> Answer:
        """The saved answer with this id, or whose id starts with it.

        Raises:
            InputError: if there is none or more than one.
            LibraryDamaged: if what was saved can't be read.
        """
        from pydantic import TypeAdapter, ValidationError

        body = self._body(key)
        try:
            return TypeAdapter(Answer).validate_json(body)
        except ValidationError as error:
            raise LibraryDamaged(
                f"saved answer {key} in {self.path} can't be read; ask the question again with --save"
            ) from error

    def saved(self) -> tuple[SavedAnswer, ...]:
        """All saved answers, the latest first."""
        if not self.path.exists():
            return ()
        with self._open() as connection:
            rows = connection.execute("SELECT id, question, at FROM answers ORDER BY at DESC, id").fetchall()
        return tuple(SavedAnswer(*row) for row in rows)

    def _body(self, key: str) -> str:
        matches = [saved.id for saved in self.saved() if key and saved.id.startswith(key)]
        if len(matches) != 1:
            problem = f"{len(matches)} saved answers start with" if matches else "there is no saved answer"
            raise InputError(
                f"{problem} {key!r}; `vouch export --list` shows the ids, `vouch ask … --save` saves an answer"
            )
        with self._open() as connection:
            row = connection.execute("SELECT answer FROM answers WHERE id = ?", matches).fetchone()
        return str(row[0])

    @contextmanager
    def _open(self, *, create: bool = False) -> Iterator[sqlite3.Connection]:
        try:
            if create:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                # Questions may be private: the file is for its owner alone, from its first byte.
                os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            with closing(sqlite3.connect(self.path, timeout=10)) as connection, connection:
                connection.execute(_SCHEMA)
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise LibraryProblem(
                f"the saved answers in {self.path} can't be used: {error}; check the file and the disk"
            ) from error
