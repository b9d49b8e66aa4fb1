"""From paths to documents: what to read, in which format, and what can't be read."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, NoReturn

from corpus import archives
from corpus.formats import HEAD, Format, format_of, known, root_of
from corpus.quarantine import BadRecord
from corpus.text_lines import head_text
from rag.errors import InputError, UnreadableInput
from rag.types import Document

__all__ = ["LARGEST", "BadRecord", "find_inputs", "read", "read_stream"]

LARGEST = 2 * 2**30
"""Bytes of one file, unpacked; far more than a real one has, and an end to archives without one."""

_BLOCK = 2**20  # what is asked for is set aside, however little there is
_GZIP_MAGIC = b"\x1f\x8b"


def find_inputs(paths: Sequence[Path], recursive: bool) -> list[Path]:
    """Files at `paths`: a file itself, a folder's direct files, or with `recursive` all below it.

    Sorted, each real file once. Hidden files and folders are passed over, and so is what a symbolic
    link would bring in from outside the folders that were given.

    Raises:
        InputError: a path is neither a file nor a folder, or a folder can't be listed.
    """
    folders = [path.resolve() for path in paths if path.is_dir()]
    found: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            for file in _files_below(path, recursive):
                real = file.resolve()
                if any(real.is_relative_to(folder) for folder in folders):
                    found.setdefault(real, file)
        elif path.is_file():
            found.setdefault(path.resolve(), path)
        else:
            raise InputError(f"{path} is neither a file nor a folder; check its spelling")
    return sorted(found.values())


def read(path: Path, largest: int = LARGEST) -> Iterator[Document | BadRecord]:
    """Documents in the file `path`, in order, and a `BadRecord` for each record that can't be used.

    The format is told by the content, not the name. Records that were read before a fault of the
    file, such as a cut archive, are kept; the fault then follows as a `BadRecord`.

    Args:
        path: of a regular file.
        largest: bytes of it, unpacked, after which reading stops.

    Raises:
        UnreadableInput: nothing of the file can be read; the message says which formats are.
    """
    stream = _opened(path, largest)
    try:
        records = read_stream(stream, str(path))
    except UnreadableInput:
        stream.close()
        raise
    return _kept(stream, records)


def read_stream(stream: IO[bytes], source: str) -> Iterator[Document | BadRecord]:
    """Documents of a seekable stream in whatever format it is; of an archive, those of all its members.

    Raises:
        UnreadableInput: nothing of it can be read.
    """
    head = stream.read(HEAD)
    stream.seek(0)
    if archives.looks_like(head):
        return archives.read(stream, source, read_stream)
    return _format(head, source).reader.read(stream, source)


def _files_below(folder: Path, recursive: bool) -> Iterator[Path]:
    for where, folders, names in os.walk(folder, onerror=_refuse_folder):
        folders[:] = [name for name in folders if recursive and not name.startswith(".")]
        for name in names:
            file = Path(where, name)
            if not name.startswith(".") and file.is_file():
                yield file


def _refuse_folder(error: OSError) -> NoReturn:
    raise InputError(
        f"folder {error.filename} can't be listed: {error.strerror}; give it read permission"
    ) from error


def _format(head: bytes, source: str) -> Format:
    text = head_text(head)
    if not text:
        raise UnreadableInput(f"{source} is empty; {known()}")
    found = format_of(head)
    if found is None:
        raise UnreadableInput(f"{source} {_described(text)}; {known()}")
    return found


def _described(text: str) -> str:
    if text.startswith("<"):
        root = root_of(text)
        named = f"its root element is {root!r}" if root else "it has no root element"
        return f"is markup, but of no kind that is known here ({named})"
    if "\0" in text:
        return "is a binary file"
    return "has no format that is known here, and plain text is read where a manifest gives its title"


def _kept(stream: IO[bytes], records: Iterator[Document | BadRecord]) -> Iterator[Document | BadRecord]:
    """The records, and a fault of the file after some of them as one more that is bad."""
    count = 0
    with stream:
        try:
            for record in records:
                count += 1
                yield record
        except UnreadableInput as error:
            if not count:
                raise
            yield BadRecord(f"after record {count}", str(error))


def _opened(path: Path, largest: int) -> IO[bytes]:
    """The file for reading, unpacked where it is gzip.

    Raises:
        UnreadableInput: it can't be opened.
    """
    if not path.is_file():
        raise UnreadableInput(f"{path} is no file; give a file or a folder")
    try:
        raw = path.open("rb")
    except OSError as error:
        raise UnreadableInput(f"{path} can't be opened: {error.strerror}; give it read permission") from error
    packed = raw.peek(2)[:2] == _GZIP_MAGIC
    return io.BufferedReader(
        _Limited(gzip.GzipFile(fileobj=raw) if packed else raw, raw, path, largest), HEAD
    )


class _Limited(io.RawIOBase):
    """Bytes of a file up to a number, its faults translated into ours."""

    def __init__(
        self, unpacked: io.BufferedReader | gzip.GzipFile, raw: io.BufferedReader, path: Path, largest: int
    ) -> None:
        self._unpacked, self._raw, self._path = unpacked, raw, path
        self._largest, self._count = largest, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the protocol's name is not public
        try:
            # `read1` hands on what comes before a fault; `read` would lose it.
            block = self._unpacked.read1(min(len(buffer), _BLOCK))
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableInput(f"{self._path} is damaged or cut short: {error}; fetch it again") from error
        self._count += len(block)
        if self._count > self._largest:
            raise UnreadableInput(
                f"{self._path} has more than {self._largest:,} bytes when unpacked; split it"
            )
        buffer[: len(block)] = block
        return len(block)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._count = self._unpacked.seek(offset, whence)
        return self._count

    def tell(self) -> int:
        return self._count

    def close(self) -> None:
        self._raw.close()
        super().close()
