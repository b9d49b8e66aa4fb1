"""Lines of a text file in whatever encoding it turns out to be."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import IO

from rag.errors import UnreadableInput

LONGEST_LINE = 16 * 2**20
"""Bytes of one line; a longer one is no text that a person exported."""
LONGEST_TEXT = 256 * 2**20
"""Characters of a file that can't be read a record at a time."""


def lines(stream: IO[bytes], source: str) -> Iterator[str]:
    """Lines of `stream` without their ends: UTF-8 or UTF-16, with or without a mark at the start.

    A line that isn't UTF-8 is read as Windows-1252, on its own: one line of another encoding, as
    merged exports have it, costs nothing around it.

    Raises:
        UnreadableInput: a line is longer than `LONGEST_LINE`.
    """
    stream.seek(0)
    encoding = utf_16(stream.read(64))
    stream.seek(0)
    texts = _wide_lines(stream, encoding) if encoding else _byte_lines(stream, source)
    for number, text in enumerate(texts):
        plain = text.removeprefix("\ufeff") if number == 0 else text
        yield from plain.rstrip("\r\n").replace("\0", "").split("\r")


def whole_text(stream: IO[bytes], source: str) -> str:
    """All lines of `stream`, parted by line feeds.

    Raises:
        UnreadableInput: it has more than `LONGEST_TEXT` characters.
    """
    kept, length = [], 0
    for line in lines(stream, source):
        kept.append(line)
        length += len(line) + 1
        if length > LONGEST_TEXT:
            raise UnreadableInput(f"{source} has more than {LONGEST_TEXT:,} characters; split it")
    return "\n".join(kept)


def head_text(head: bytes) -> str:
    """The text of a file's first bytes, for a look at them, without what is blank before it."""
    return head.decode(utf_16(head[:64]) or "utf-8", "replace").lstrip("\ufeff \t\r\n")


def utf_16(start: bytes) -> str | None:
    """Which UTF-16 a file's first bytes are of: by its mark, else by the zeros of plain letters; None for none."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    pairs = len(start) // 2
    if pairs < 2:
        return None
    if start[1 : 2 * pairs : 2] == bytes(pairs) and 0 not in start[: 2 * pairs : 2]:
        return "utf-16-le"
    if start[: 2 * pairs : 2] == bytes(pairs) and 0 not in start[1 : 2 * pairs : 2]:
        return "utf-16-be"
    return None


def _byte_lines(stream: IO[bytes], source: str) -> Iterator[str]:
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise UnreadableInput(
                f"{source}, line {number} is longer than {LONGEST_LINE:,} bytes; break the line or split the file"
            )
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            yield line.decode("cp1252", "replace")


def _wide_lines(stream: IO[bytes], encoding: str) -> Iterator[str]:
    text = io.TextIOWrapper(_Borrowed(stream), encoding, errors="replace", newline="\n")  # type: ignore[type-var]
    while line := text.readline(LONGEST_LINE):
        yield line
    text.detach()


class _Borrowed(io.BufferedIOBase):
    """A stream that its wrapper can't close."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        return self._stream.read(-1 if size is None else size)

    def read1(self, size: int = -1) -> bytes:
        return self._stream.read(size)
