"""The caches of one generation: made, checked, published, opened, and rebuilt when they can't be trusted."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from weakref import finalize

from indexes import lexical, manifest, vector_files
from indexes.checked_file import CacheUnusable
from indexes.durability import sync_folder
from indexes.lexical import LexicalIndex
from indexes.lock import writer_lock
from indexes.manifest import Stamp
from indexes.records import entries_of
from indexes.vectors import VectorIndex
from rag.errors import LibraryProblem

_FOLDER, _LEXICAL = "caches", "lexical"
# A reader makes the caches of so many passages anew within seconds; of more only a writer does.
REBUILT_BY_READERS = 50_000
# Up to so many passages the lexical cache is made anew: BM25 then counts nothing that was deleted.
_LEXICAL_ANEW_UP_TO = 5_000
# Above, it is made anew when this share of the passages has changed at once.
_LEXICAL_ANEW_SHARE = 0.5

_log = logging.getLogger("vouch.indexes")


@dataclass(frozen=True, slots=True)
class Caches:
    """The open caches of one generation."""

    stamp: Stamp
    vectors: VectorIndex
    lexical: LexicalIndex


@dataclass(frozen=True, slots=True)
class Change:
    """Numbers of the passages by which a generation differs from the one before."""

    previous: Stamp
    removed: Sequence[int]
    added: Sequence[int]


def publish(
    library: Path, connection: sqlite3.Connection, stamp: Stamp, change: Change | None = None
) -> None:
    """Make, check and put in place the caches of what `connection` sees; the caller holds the writer's lock.

    Args:
        library: the library's folder.
        connection: sees the generation, committed or not.
        stamp: of that generation.
        change: what differs from the generation before; None: all is made from the library.
    """
    target = _place(library, stamp.generation)
    making = target.with_name(f".{stamp.generation}-{stamp.token}")
    _remove(making)
    try:
        known = _make(making, library, connection, stamp, change)
        _open(making, stamp, known)
        _remove(target)
        making.rename(target)
        sync_folder(target.parent)
    finally:
        _remove(making)


def opened(library: Path, connection: sqlite3.Connection, stamp: Stamp) -> Caches:
    """The caches of the generation that `connection` reads, rebuilt where they can't be trusted.

    Raises:
        LibraryProblem: they can't be trusted, and rebuilding them takes too long for a reader.
    """
    place = _place(library, stamp.generation)
    try:
        return _open(place, stamp)
    except CacheUnusable as fault:
        if stamp.passages > REBUILT_BY_READERS:
            manifest.condemn(place)
            raise LibraryProblem(
                f"{fault}; the next writer makes it anew from the library, which loses nothing: "
                "run vouch index with any PATH"
            ) from fault
        _log.warning("%s; rebuilding it from the library", fault)
    try:
        with writer_lock(library):
            publish(library, connection, stamp)
            return _open(place, stamp)
    except (LibraryProblem, OSError):
        # A writer is at work or the folder can't be written: this process makes its own.
        return _private(library, connection, stamp)


def checked(library: Path, stamp: Stamp) -> Caches:
    """The caches of a generation, every byte of them checked; nothing is rebuilt.

    Raises:
        CacheUnusable: they aren't there or aren't as they were written.
    """
    found = _open(_place(library, stamp.generation), stamp)
    found.vectors.check_all()
    return found


def condemn(library: Path, stamp: Stamp) -> None:
    """See to it that nobody trusts the caches of a generation any more: a part of them was found damaged."""
    manifest.condemn(_place(library, stamp.generation))


def mend(library: Path, connection: sqlite3.Connection, stamp: Stamp) -> None:
    """Make the caches of the newest generation anew where they are missing or condemned; for the writer alone."""
    if stamp.passages and manifest.token_in(_place(library, stamp.generation)) != stamp.token:
        _log.warning(
            "the caches of generation %d are missing; making them from the library", stamp.generation
        )
        publish(library, connection, stamp)


def tidy(library: Path, tokens: Mapping[int, str]) -> None:
    """Remove every cache but those of the generations in `tokens`; one of another token was never committed."""
    folder = library / _FOLDER
    kept = {str(generation): token for generation, token in tokens.items()}
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in kept or manifest.token_in(path) != kept[path.name]:
            _remove(path)


def size_on_disk(library: Path) -> int:
    """Bytes that the caches take, files shared between generations counted once."""
    files = {}
    for path in (library / _FOLDER).rglob("*"):
        found = path.stat()
        files[found.st_ino] = found.st_size if path.is_file() else 0
    return sum(files.values())


def _place(library: Path, generation: int) -> Path:
    return library / _FOLDER / str(generation)


def _private(library: Path, connection: sqlite3.Connection, stamp: Stamp) -> Caches:
    folder = Path(mkdtemp(prefix="vouch-caches-"))
    _make(folder, library, connection, stamp, None)
    found = _open(folder, stamp)
    finalize(found.lexical, shutil.rmtree, folder, ignore_errors=True)
    return found


def _make(
    folder: Path, library: Path, connection: sqlite3.Connection, stamp: Stamp, change: Change | None
) -> dict[str, str]:
    """Make all files in `folder`; the digests of those that it shares with the generation before."""
    (folder / _LEXICAL).mkdir(parents=True)
    known: dict[str, str] = {}
    previous = _usable_previous(library, change)
    if change is None or previous is None:
        vector_files.build(folder, connection, stamp.dim, stamp.passages)
        lexical.build(folder / _LEXICAL, entries_of(connection))
    else:
        before = _place(library, change.previous.generation)
        vector_files.bring_forward(
            before,
            folder,
            previous.vectors,
            change.removed,
            change.added,
            connection=connection,
            dim=stamp.dim,
        )
        _bring_lexical_forward(folder, before, connection, stamp, change)
        known = manifest.carried(before, folder)
    manifest.write(folder, stamp, known)
    sync_folder(folder)
    return known


def _usable_previous(library: Path, change: Change | None) -> Caches | None:
    if change is None or change.previous.passages == 0:
        return None
    try:
        return _open(_place(library, change.previous.generation), change.previous)
    except CacheUnusable as fault:
        _log.warning("%s; making the next one from the library", fault)
        return None


def _bring_lexical_forward(
    folder: Path, before: Path, connection: sqlite3.Connection, stamp: Stamp, change: Change
) -> None:
    changed = len(change.removed) + len(change.added)
    if stamp.passages <= _LEXICAL_ANEW_UP_TO or changed > _LEXICAL_ANEW_SHARE * stamp.passages:
        lexical.build(folder / _LEXICAL, entries_of(connection))
        return
    entries = entries_of(connection, change.added)
    lexical.bring_forward(before / _LEXICAL, folder / _LEXICAL, change.removed, entries)


def _open(folder: Path, stamp: Stamp, known: Mapping[str, str] | None = None) -> Caches:
    held = manifest.verified(folder, stamp, vector_files.HELD, known)
    try:
        vectors, terms = vector_files.open_index(folder, held), LexicalIndex.open(folder / _LEXICAL)
    except CacheUnusable:
        raise
    except LibraryProblem as error:
        raise CacheUnusable(f"the cache {folder} can't be used: {error}") from error
    if not vectors.size == terms.size == stamp.passages:
        sizes = f"{vectors.size} vectors and {terms.size} entries"
        raise CacheUnusable(f"the cache {folder} has {sizes} for {stamp.passages} passages")
    return Caches(stamp, vectors, terms)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
