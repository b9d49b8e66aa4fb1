"""A table beside bare files that says what they are: `manifest.csv` or `manifest.json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from pathlib import Path

from corpus.appraisal import TITLE_ONLY, appraised
from corpus.ids import distinct
from corpus.manifest_entry import Entry, entries
from corpus.quarantine import BadRecord
from rag.errors import InputError
from rag.types import Document

__all__ = [
    "NAMES",
    "Entry",
    "Manifest",
    "described",
    "find_manifest",
    "fingerprint",
    "is_manifest",
    "read_manifest",
]

NAMES = ("manifest.csv", "manifest.json")
"""Names under which a manifest is found in the folder of the files that it describes."""

_NOT_OF_THE_DOCUMENT = frozenset({"row", "file", "ids"})


@dataclass(frozen=True, slots=True)
class Manifest:
    """What it says of each file, by the file's resolved path."""

    path: Path
    entries: Mapping[Path, Entry]

    def entry_of(self, file: Path) -> Entry | None:
        """What it says of a file; None where it says nothing."""
        return self.entries.get(file.resolve())

    @property
    def missing(self) -> tuple[BadRecord, ...]:
        """A report for each row whose file isn't there."""
        return tuple(
            BadRecord(
                f"{self.path.name}, row {entry.row}",
                f"its file {entry.file!r} isn't there; mend the name or delete the row",
            )
            for file, entry in self.entries.items()
            if not file.is_file()
        )


def is_manifest(path: Path) -> bool:
    """Whether a file is a manifest by its name, and so no input of its own."""
    return path.name in NAMES


def find_manifest(folder: Path) -> Path | None:
    """The manifest of a folder; None where it has none.

    Raises:
        InputError: it has two.
    """
    found = [folder / name for name in NAMES if (folder / name).is_file()]
    if len(found) > 1:
        raise InputError(f"{folder} has both {' and '.join(NAMES)}; keep one of them")
    return found[0] if found else None


def read_manifest(path: Path) -> Manifest:
    """The manifest in a CSV or JSON file; the names of files in it start from its folder.

    Raises:
        InputError: it can't be read, has an unknown column or a wrong value, names a file outside
            its folder, or one file twice.
    """
    home = path.parent.resolve()
    found: dict[Path, Entry] = {}
    for entry in entries(path):
        file = (home / entry.file).resolve()
        if not file.is_relative_to(home):
            raise InputError(
                f"{path}, row {entry.row}: file {entry.file!r} lies outside its folder; put the manifest above it"
            )
        if file in found:
            raise InputError(
                f"{path}, rows {found[file].row} and {entry.row} are both of {entry.file!r}; keep one"
            )
        found[file] = entry
    return Manifest(path, found)


def fingerprint(file_sha256: str, entry: Entry | None) -> str:
    """What the ledger knows an input by: its sha256 alone, or that of file and entry together.

    So a row that was edited is a change of its file, and a file without a row is known as ever.
    """
    return file_sha256 if entry is None else sha256(f"{file_sha256} {entry.sha256}".encode()).hexdigest()


def described(records: Iterator[Document | BadRecord], entry: Entry) -> Iterator[Document | BadRecord]:
    """Records of a file, with what its entry says of the one document in it.

    An entry describes one document. Where the file holds more, all stay as they are, and a
    `BadRecord` says so.
    """
    held: Document | None = None
    several = False
    for record in records:
        if several or isinstance(record, BadRecord):
            yield record
        elif held is None:
            held = record
        else:
            several = True
            yield BadRecord(
                f"manifest, row {entry.row}",
                f"{entry.file!r} holds more than one document, a row describes one; delete the row",
            )
            yield held
            yield record
    if held is not None and not several:
        yield with_metadata(held, entry)


def with_metadata(document: Document, entry: Entry) -> Document:
    """`document` with what `entry` says; what that leaves empty stays as the file has it.

    An id of the entry takes the place of one of the same scheme: what was read off a page may be
    the number of another paper. Design and level are judged anew where the entry bears on them.
    """
    said = {
        one.name: value
        for one in fields(entry)
        if one.name not in _NOT_OF_THE_DOCUMENT and (value := getattr(entry, one.name))
    }
    known = _with_ids(replace(document, **said), entry.ids)
    if not said.keys() & {"title", "publication_types", "design_text"}:
        return known
    notes = tuple(note for note in known.notes if note != TITLE_ONLY)
    return appraised(replace(known, notes=notes))


def _with_ids(document: Document, given: tuple[str, ...]) -> Document:
    if not given:
        return document
    replaced = {_scheme(one) for one in given} | {"sha256"}
    kept = [one for one in (document.id, *document.aliases) if _scheme(one) not in replaced]
    ids = distinct((*given, *kept))
    return replace(document, id=ids[0], aliases=ids[1:])


def _scheme(document_id: str) -> str:
    return document_id.partition(":")[0]
