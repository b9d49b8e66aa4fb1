"""The library: one SQLite database, the truth of what is known."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.ids import document_id
from indexes import records
from indexes.ledger import FileReport, quarantined_files
from indexes.lock import writer_lock
from indexes.manifest import Stamp
from indexes.readers import Readers
from indexes.schema import DATABASE, open_for_writing, transaction, translated_errors
from rag.errors import InputError, LibraryProblem, ModelMismatch
from rag.types import Coverage, Design, Document, Embedder, Passage, Status


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The library at one generation, read in one transaction."""

    connection: sqlite3.Connection
    stamp: Stamp
    model: str | None
    """Name of the embedding model; None before the first document."""
    documents: int
    made_at: str
    """When the generation was made, ISO 8601 in UTC; empty for generation 0."""

    @property
    def coverage(self) -> Coverage:
        """What the library holds."""
        return Coverage(self.stamp.generation, self.documents, self.stamp.passages)

    def check_model(self, embedder: Embedder) -> None:
        """Refuse an embedder that the library wasn't made with.

        Raises:
            ModelMismatch: names both and the remedy.
        """
        if self.model is not None and (self.model, self.stamp.dim) != (embedder.name, embedder.dim):
            raise ModelMismatch(
                f"the library was made with the embedding model {self.model!r} ({self.stamp.dim} dimensions), "
                f"the settings ask for {embedder.name!r} ({embedder.dim}); set the model back, "
                "or embed the library anew with: vouch index --rebuild"
            )


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """What is in the library, for a person to look at."""

    coverage: Coverage
    model: str | None
    dim: int
    indexed_at: str
    """When the generation was made, ISO 8601 in UTC; empty where nothing was ever indexed."""
    by_status: Mapping[Status, int]
    by_design: Mapping[Design, int]
    years: tuple[int, int] | None
    """First and last year of publication."""
    undated: int
    inputs: Mapping[str, int]
    """Number of inputs for each state that the ledger has for them."""
    quarantined: tuple[FileReport, ...]
    database_bytes: int
    cache_bytes: int


class Library:
    """The library in a folder. Reading never waits for a writer; a writer never waits for another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._readers = Readers(folder)

    @property
    def exists(self) -> bool:
        """Whether anything was ever written to it."""
        return (self.folder / DATABASE).is_file()

    @contextmanager
    def reading(self) -> Iterator[Snapshot]:
        """The newest generation, for as long as the block lasts, whatever is written meanwhile.

        Raises:
            LibraryProblem: there is no library yet, or it can't be read.
        """
        if not self.exists:
            raise LibraryProblem(f"there is no library in {self.folder} yet; make one with: vouch index PATH")
        with (
            translated_errors(self.folder),
            self._readers.one() as connection,
            transaction(connection, "DEFERRED"),
        ):
            yield snapshot(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The one writing connection, under the writer's lock; makes a new library where there is none.

        Raises:
            LibraryLocked: another writer is at work.
            LibraryProblem: the folder can't be written.
        """
        with (
            writer_lock(self.folder),
            translated_errors(self.folder),
            closing(open_for_writing(self.folder)) as connection,
        ):
            self.tidy(connection)
            self._mend(connection)
            yield connection
            self.tidy(connection)

    def _mend(self, connection: sqlite3.Connection) -> None:
        from indexes import caches

        caches.mend(self.folder, connection, snapshot(connection).stamp)

    def tidy(self, connection: sqlite3.Connection) -> None:
        """Remove the caches that a killed writer left, and those of old generations; for the writer alone."""
        from indexes import caches

        # Two, so that a reader that has just begun on the one before finds its files.
        query = "SELECT generation, token FROM generations ORDER BY generation DESC LIMIT 2"
        caches.tidy(self.folder, dict(connection.execute(query).fetchall()))

    def document(self, name: str) -> Document:
        """The document with the id or alias `name`.

        Raises:
            InputError: there is none.
        """
        with self.reading() as now:
            return records.document_of(now.connection, known_num(now.connection, name))

    def passages_of(self, name: str) -> tuple[Passage, ...]:
        """The passages of a document, by id or alias, in the order of its text."""
        with self.reading() as now:
            return records.passages_of(now.connection, known_num(now.connection, name))

    def coverage(self) -> Coverage:
        """What the library holds."""
        with self.reading() as now:
            return now.coverage

    def status(self) -> LibraryStatus:
        """What is in the library, in figures."""
        from indexes.caches import size_on_disk

        with self.reading() as now:
            connection = now.connection
            first, last, undated = connection.execute(
                "SELECT min(year), max(year), count(*) - count(year) FROM documents"
            ).fetchone()
            inputs = connection.execute("SELECT state, count(*) FROM ledger GROUP BY 1 ORDER BY 1").fetchall()
            return LibraryStatus(
                coverage=now.coverage,
                model=now.model,
                dim=now.stamp.dim,
                indexed_at=now.made_at,
                by_status={Status(key): n for key, n in records.counts(connection, "status").items()},
                by_design={Design(key): n for key, n in records.counts(connection, "design").items()},
                years=None if first is None else (first, last),
                undated=undated,
                inputs=dict(inputs),
                quarantined=quarantined_files(connection),
                database_bytes=sum(path.stat().st_size for path in self.folder.glob(f"{DATABASE}*")),
                cache_bytes=size_on_disk(self.folder),
            )


def snapshot(connection: sqlite3.Connection) -> Snapshot:
    """The generation that a connection sees at present."""
    meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    generation, token, made_at, documents, passages = connection.execute(
        "SELECT generation, token, made_at, documents, passages FROM generations "
        "ORDER BY generation DESC LIMIT 1"
    ).fetchone()
    stamp = Stamp(generation, token, passages, int(meta.get("dim", 0)))
    return Snapshot(connection, stamp, meta.get("model"), documents, made_at)


def known_num(connection: sqlite3.Connection, name: str) -> int:
    """Number of the document with the id or alias `name`.

    Raises:
        InputError: there is none.
    """
    num = records.document_num(connection, name) or records.document_num(connection, document_id(name))
    if num is None:
        raise InputError(
            f"no document {name!r} in the library; ids look like pmid:30635115 or doi:10.1000/182 "
            "and are listed by: vouch search QUERY"
        )
    return num
