"""Bringing the library up to date: the flow of a batch."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from sqlite3 import Connection

from corpus.bare_text import is_bare, read_bare
from corpus.isolation import IsolatedReader
from corpus.manifest import described, is_manifest
from corpus.manifest_entry import Entry
from corpus.manifests import Manifests
from corpus.passages import passages
from corpus.quarantine import BadRecord
from indexes import ledger
from indexes.batch import Batch
from indexes.generations import advance
from indexes.intake import close, take_in
from indexes.ledger import BatchReport, FileReport, FileState, LedgerRow
from indexes.library import Library, known_num, snapshot
from indexes.read_ahead import read_ahead
from indexes.recognition_records import texts_beside
from indexes.records import embedded_text, given_document
from indexes.schema import transaction
from indexes.staging import Reader, StagedFile, fingerprint, staged, staged_manifest
from indexes.vector_store import Progress, embed_missing
from rag.types import Document, Embedder

# So much is held in memory and becomes one generation; a single input is never divided.
DOCUMENTS_A_GENERATION = 20_000
CHARACTERS_A_GENERATION = 60_000_000
_CHARACTERS_AHEAD = 20_000_000  # read and waiting while others are embedded and written


def index_paths(
    library: Library,
    paths: Sequence[Path],
    embedder: Embedder,
    *,
    retry_quarantined: bool = False,
    progress: Progress | None = None,
    read: Reader | None = None,
    manifests: Manifests | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> BatchReport:
    """Bring the library up to date with the files `paths`; one report for each, in their order.

    It may be stopped at any point and run again: a file counts as done when its documents are in.

    Args:
        library: made if it isn't there.
        paths: files, as `corpus.reading.find_inputs` lists them.
        embedder: the library's own.
        retry_quarantined: read files in quarantine again although they didn't change.
        progress: told how far the batch is.
        read: gives the documents of a file; a process of its own reads them unless given.
        manifests: say more of some files; those beside the files unless given.
        pause: called with the seconds to wait before a failed model is tried again.

    Raises:
        LibraryLocked: another writer is at work.
        ModelMismatch: the library was made with another embedding model.
        ModelUnavailable: the model failed again and again.
    """
    started = time.perf_counter()
    with library.writing() as connection, ExitStack() as stack:
        snapshot(connection).check_model(embedder)
        run = _Run(library, connection, embedder, progress or _silent, pause)
        reader = read or stack.enter_context(IsolatedReader()).read
        rows = ledger.all_rows(connection)
        run.take_all(paths, _Staging(reader, manifests or Manifests(), rows, retry_quarantined))
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
        documents = chain((given_document(connection, num) for num in nums), texts_beside(connection, nums))
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


@dataclass(frozen=True, slots=True)
class _Staging:
    """Reads one input after the other; on a thread of its own, so without the library."""

    read: Reader
    manifests: Manifests
    rows: Mapping[str, LedgerRow]
    """What the ledger held before the batch, by its name of an input."""
    retry_quarantined: bool

    def staged(self, path: Path) -> tuple[StagedFile, LedgerRow | None]:
        """The file with its documents; or without them and with the row that says that it needn't be read."""
        if is_manifest(path):
            file = fingerprint(path)
            return (file, row) if (row := self._done_before(file)) else (staged_manifest(file), None)
        entry = self.manifests.entry_of(path)
        file = fingerprint(path, entry)
        if (row := self._done_before(file)) is not None:
            return file, row
        return staged(file, self.read if entry is None else partial(self._described, entry)), None

    def _described(self, entry: Entry, path: Path) -> Iterator[Document | BadRecord]:
        """The documents of a file with what its entry says; a bare text can be read since that names it."""
        return described(read_bare(path) if entry.title and is_bare(path) else self.read(path), entry)

    def _done_before(self, file: StagedFile) -> LedgerRow | None:
        """The row of a file that is as it was when it was last dealt with; None where it must be read."""
        row = self.rows.get(file.key)
        if row is None or not file.sha256 or row.sha256 != file.sha256:
            return None
        return None if row.state is FileState.QUARANTINED and self.retry_quarantined else row


@dataclass(slots=True)
class _Run:
    """The inputs of one call, in their order, written a generation at a time."""

    library: Library
    connection: Connection
    embedder: Embedder
    progress: Progress
    pause: Callable[[float], None]
    reports: dict[int, FileReport] = field(default_factory=dict)
    """By number of the input."""
    passages: int = 0
    waiting: dict[int, StagedFile] = field(default_factory=dict)
    """Read and not yet written, by number of the input."""
    documents: int = 0
    """Waiting."""
    characters: int = 0
    """Of the documents that wait."""

    def take_all(self, paths: Sequence[Path], staging: _Staging) -> None:
        ahead = read_ahead(paths, staging.staged, lambda made: made[0].characters, _CHARACTERS_AHEAD)
        with closing(ahead) as inputs:
            for number, (file, row) in enumerate(inputs):
                self.progress("reading", number, len(paths))
                if row is not None:
                    self.reports[number] = self._report_again(file, row)
                else:
                    self._hold(number, file)
        self.progress("reading", len(paths), len(paths))
        if self.waiting:
            self._write()

    def _report_again(self, file: StagedFile, row: LedgerRow) -> FileReport:
        kept = row.state in {FileState.QUARANTINED, FileState.EXCLUDED}
        documents = tuple(ledger.brought_by(self.connection, file.key).values())
        state = row.state if kept else FileState.UNCHANGED
        return FileReport(str(file.path), state, row.reason, row.attempts, documents)

    def _hold(self, number: int, file: StagedFile) -> None:
        self.waiting[number] = file
        self.documents += len(file.documents)
        self.characters += file.characters
        if self.documents >= DOCUMENTS_A_GENERATION or self.characters >= CHARACTERS_A_GENERATION:
            self._write()

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
        self.documents = self.characters = 0

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


def _silent(stage: str, done: int, total: int) -> None:
    """Tells nobody."""
