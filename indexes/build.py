"""Bringing the library up to date: the flow of a batch."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import Connection

from corpus.passages import passages
from indexes import ledger
from indexes.batch import Batch
from indexes.generations import advance
from indexes.intake import close, take_in
from indexes.ledger import BatchReport, FileReport, FileState
from indexes.library import Library, known_num, snapshot
from indexes.records import embedded_text, given_document
from indexes.schema import transaction
from indexes.staging import Reader, StagedFile, fingerprint, staged
from indexes.vector_store import Progress, embed_missing
from rag.types import Document, Embedder

# So many documents are held in memory and become one generation; a single input is never divided.
DOCUMENTS_A_GENERATION = 20_000


def index_paths(
    library: Library,
    paths: Sequence[Path],
    embedder: Embedder,
    *,
    retry_quarantined: bool = False,
    progress: Progress | None = None,
    read: Reader | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> BatchReport:
    """Bring the library up to date with the files `paths`; one report for each, in their order.

    It may be stopped at any point and run again: what was embedded is kept, and a file counts as
    done only when its documents are in the library.

    Args:
        library: made if it isn't there.
        paths: files, as `corpus.reading.find_inputs` lists them.
        embedder: the one that the library was made with.
        retry_quarantined: read files in quarantine again although they didn't change.
        progress: told how far the batch is.
        read: gives the documents of a file; `corpus.reading.read` unless given.
        pause: called with the seconds to wait before a failed model is tried again.

    Raises:
        LibraryLocked: another writer is at work.
        ModelMismatch: the library was made with another embedding model.
        ModelUnavailable: the model failed again and again.
    """
    started = time.perf_counter()
    with library.writing() as connection:
        snapshot(connection).check_model(embedder)
        run = _Run(library, connection, embedder, progress or _silent, read or _default_reader(), pause)
        run.read_all(paths, retry_quarantined=retry_quarantined)
        generation = snapshot(connection).stamp.generation
    reports = tuple(run.reports[number] for number in range(len(paths)))
    return BatchReport(reports, run.passages, time.perf_counter() - started, generation)


def remove_documents(
    library: Library, names: Sequence[str], *, progress: Progress | None = None
) -> tuple[str, ...]:
    """Take documents out of the library, by id or alias; returns their ids.

    A later batch that is given the file of one brings it back.

    Raises:
        InputError: one of `names` isn't in the library; then none is removed.
        LibraryProblem: there is no library.
    """
    with library.reading() as now:
        for name in names:
            known_num(now.connection, name)
    with library.writing() as connection, transaction(connection):
        before = snapshot(connection)
        batch = Batch(connection, before.model or "")
        nums = dict.fromkeys(known_num(connection, name) for name in names)
        ids = tuple(given_document(connection, num).id for num in nums)
        for num in nums:
            ledger.read_again(connection, num)
            batch.remove(num)
        batch.settle()
        advance(library.folder, batch, before, progress or _silent)
    return ids


def rebuild(library: Library, embedder: Embedder, *, progress: Progress | None = None) -> BatchReport:
    """Cut and embed every document of the library anew, with any model, and make its caches anew.

    The inputs themselves aren't read: the library holds all that it needs.
    """
    started = time.perf_counter()
    tell = progress or _silent
    with library.reading():  # so that a library that isn't there is an error, not a new one
        pass
    with library.writing() as connection:
        nums = [row[0] for row in connection.execute("SELECT num FROM documents ORDER BY num")]
        documents = (given_document(connection, num) for num in nums)
        embed_missing(connection, embedder, _texts(documents), tell)
        with transaction(connection):
            before = snapshot(connection)
            batch = Batch(connection, embedder.name)
            for done, num in enumerate(nums):
                tell("writing", done, len(nums))
                batch.recut(num)
            advance(library.folder, batch, before, tell, embedder, anew=True)
        generation = snapshot(connection).stamp.generation
    return BatchReport((), len(batch.added), time.perf_counter() - started, generation)


@dataclass(slots=True)
class _Run:
    """The inputs of one call, read one after the other and written a generation at a time."""

    library: Library
    connection: Connection
    embedder: Embedder
    progress: Progress
    read: Reader
    pause: Callable[[float], None]
    reports: dict[int, FileReport] = field(default_factory=dict)
    """By number of the input."""
    passages: int = 0
    waiting: dict[int, StagedFile] = field(default_factory=dict)
    """Read and not yet written, by number of the input."""

    def read_all(self, paths: Sequence[Path], *, retry_quarantined: bool) -> None:
        for number, path in enumerate(paths):
            self.progress("reading", number, len(paths))
            file = fingerprint(path)
            done = self._done_before(file, retry_quarantined=retry_quarantined)
            if done is not None:
                self.reports[number] = done
                continue
            self.waiting[number] = staged(file, self.read)
            if sum(len(file.documents) for file in self.waiting.values()) >= DOCUMENTS_A_GENERATION:
                self._write()
        self.progress("reading", len(paths), len(paths))
        if self.waiting:
            self._write()

    def _done_before(self, file: StagedFile, *, retry_quarantined: bool) -> FileReport | None:
        """The report of a file that is as it was when it was last dealt with; None where it must be read."""
        row = ledger.find(self.connection, file.key)
        if row is None or not file.sha256 or row.sha256 != file.sha256:
            return None
        if row.state is FileState.QUARANTINED and retry_quarantined:
            return None
        kept = row.state in {FileState.QUARANTINED, FileState.EXCLUDED}
        documents = tuple(ledger.brought_by(self.connection, file.key).values())
        state = row.state if kept else FileState.UNCHANGED
        return FileReport(str(file.path), state, row.reason, row.attempts, documents)

    def _write(self) -> None:
        """Embed what is waiting, then write all of it in one transaction."""
        documents = [document for file in self.waiting.values() for document in file.documents]
        keys = embed_missing(self.connection, self.embedder, _texts(documents), self.progress, self.pause)
        with transaction(self.connection):
            before = snapshot(self.connection)
            batch = Batch(self.connection, self.embedder.name, loose_keys=keys)
            self._put_waiting(batch, before.stamp.generation)
            advance(self.library.folder, batch, before, self.progress, self.embedder)
        self.library.tidy(self.connection)
        self.passages += len(batch.added)
        self.waiting.clear()

    def _put_waiting(self, batch: Batch, generation: int) -> None:
        taken = {}
        for done, (number, file) in enumerate(self.waiting.items()):
            self.progress("writing", done, len(self.waiting))
            taken[number] = take_in(batch, file)
        batch.settle()
        for number, intake in taken.items():
            self.reports[number] = close(batch, intake, generation + batch.changed)


def _texts(documents: Iterable[Document]) -> Iterator[str]:
    return (embedded_text(document, passage) for document in documents for passage in passages(document))


def _default_reader() -> Reader:
    from corpus.reading import read

    return read


def _silent(stage: str, done: int, total: int) -> None:
    """Tells nobody."""
