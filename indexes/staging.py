"""An input as it was read, before any of it is in the library."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path
from typing import TypeAlias

from corpus import manifest
from corpus.manifest_entry import Entry
from corpus.quarantine import BadRecord
from rag.errors import InputError, UnreadableInput
from rag.types import Document

Reader: TypeAlias = Callable[[Path], Iterator[Document | BadRecord]]

_REASONS_NAMED = 3


@dataclass(frozen=True, slots=True)
class StagedFile:
    """The documents of one input, and what couldn't be read of it."""

    path: Path
    sha256: str
    """Empty where the file can't be opened."""
    size: int
    documents: tuple[Document, ...] = ()
    bad_records: tuple[BadRecord, ...] = ()
    failure: str | None = None
    """Why nothing of it can be used."""
    excluded: str | None = None
    """Why it is no input of its own."""

    @property
    def key(self) -> str:
        """How the ledger knows the input."""
        return ledger_key(self.path)

    @property
    def characters(self) -> int:
        """Of all sections of its documents: what it takes of the memory, roughly."""
        return sum(len(section.text) for document in self.documents for section in document.sections)

    @property
    def reason(self) -> str | None:
        """What a person should know about the reading of it."""
        if self.failure is not None or self.excluded is not None:
            return self.failure or self.excluded
        if not self.bad_records:
            return None
        total = len(self.documents) + len(self.bad_records)
        named = "; ".join(f"{bad.where}: {bad.reason}" for bad in self.bad_records[:_REASONS_NAMED])
        more = "; …" if len(self.bad_records) > _REASONS_NAMED else ""
        return f"{len(self.bad_records)} of {total} records unreadable: {named}{more}"


def ledger_key(path: Path) -> str:
    """The absolute path of an input; bytes that are no UTF-8 are written as escapes."""
    return os.fsencode(path.resolve()).decode("utf-8", "backslashreplace")


def fingerprint(path: Path, entry: Entry | None = None) -> StagedFile:
    """The file with its sha256 and size, not yet read; a failure where it can't be opened.

    Args:
        path: of the file.
        entry: what a manifest says of it; a change of that is a change of the input.
    """
    try:
        if not path.is_file():
            return StagedFile(path, "", 0, failure="no such file; check the path")
        with path.open("rb") as file:
            sha256 = manifest.fingerprint(file_digest(file, "sha256").hexdigest(), entry)
            return StagedFile(path, sha256, path.stat().st_size)
    except OSError as error:
        return StagedFile(
            path, "", 0, failure=f"can't be opened: {error.strerror or error}; check permissions"
        )


def staged_manifest(file: StagedFile) -> StagedFile:
    """A manifest as an input: excluded with the number of files that it describes, or unreadable."""
    if file.failure is not None:
        return file
    try:
        found = manifest.read_manifest(file.path)
    except InputError as error:
        return replace(file, failure=str(error))
    says = f"it describes {len(found.entries)} files beside it"
    missing = "; ".join(f"{bad.where}: {bad.reason}" for bad in found.missing[:_REASONS_NAMED])
    return replace(file, excluded=f"{says}; {missing}" if missing else says)


def staged(file: StagedFile, read: Reader) -> StagedFile:
    """The file with its documents as `read` gives them; whatever is wrong with it becomes a reason and stops nothing else."""
    if file.failure is not None:
        return file
    documents: list[Document] = []
    bad: list[BadRecord] = []
    failure = None
    try:
        for record in read(file.path):
            _sort_in(record, documents, bad)
    except UnreadableInput as error:
        failure = str(error)
    except Exception as error:  # noqa: BLE001  # one bad file, or a fault of a reader, costs only itself
        failure = f"reading it failed: {type(error).__name__}: {error}"
    if not documents and failure is None:
        failure = _nothing_usable(bad)
    if failure is not None:
        return StagedFile(file.path, file.sha256, file.size, failure=failure)
    return StagedFile(file.path, file.sha256, file.size, tuple(documents), tuple(bad))


def _sort_in(record: Document | BadRecord, documents: list[Document], bad: list[BadRecord]) -> None:
    if isinstance(record, BadRecord):
        bad.append(record)
    elif not _is_unicode(_texts(record)):
        where = f"document {record.id.encode('ascii', 'backslashreplace').decode()}"
        bad.append(BadRecord(where, "its text holds half a surrogate pair, which is no character"))
    else:
        documents.append(record)


def _texts(document: Document) -> Iterable[str]:
    yield from (document.id, document.title, *document.aliases)
    yield from (link.target for link in document.links)
    for section in document.sections:
        yield from (section.heading, section.text)


def _is_unicode(texts: Iterable[str]) -> bool:
    try:
        for text in texts:
            text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _nothing_usable(bad: list[BadRecord]) -> str:
    if not bad:
        return "no document in it"
    return f"none of {len(bad)} records can be read: {bad[0].where}: {bad[0].reason}"
