"""Documents on their way out of the reading process: frames of JSON, never objects."""

from __future__ import annotations

import struct
from dataclasses import replace
from enum import Enum
from typing import IO

from pydantic import TypeAdapter

from corpus.quarantine import BadRecord
from rag.types import Document

HEADER = struct.Struct(">cI")
"""Before each frame: its kind and the number of bytes that follow."""

_DOCUMENT = TypeAdapter(Document)
_BAD_RECORD = TypeAdapter(BadRecord)


class Kind(bytes, Enum):
    """What a frame is."""

    READY = b"R"
    """The process has started."""
    DOCUMENT = b"D"
    BAD_RECORD = b"B"
    UNREADABLE = b"U"
    """The file can't be read; why, as text."""
    WORN = b"W"
    """Nor should another be, by this process: nobody knows what the fault left in it. Why, as text."""
    END = b"E"
    """All of the file was read."""


def send(stream: IO[bytes], record: Document | BadRecord) -> None:
    """Write one record; a document that is no Unicode goes as the `BadRecord` that says so."""
    if isinstance(record, BadRecord):
        send_frame(stream, Kind.BAD_RECORD, _dumped(record))
        return
    try:
        body = _DOCUMENT.dump_json(_with_plain_path(record))
    except ValueError:
        where = f"document {record.id.encode('ascii', 'backslashreplace').decode()}"
        half = BadRecord(where, "its text holds half a surrogate pair, which is no character")
        send_frame(stream, Kind.BAD_RECORD, _BAD_RECORD.dump_json(half))
    else:
        send_frame(stream, Kind.DOCUMENT, body)


def send_frame(stream: IO[bytes], kind: Kind, body: bytes = b"") -> None:
    """Write one frame and let it go."""
    stream.write(HEADER.pack(kind.value, len(body)) + body)
    stream.flush()


def received(kind: bytes, body: bytes) -> Document | BadRecord:
    """The record of a frame.

    Raises:
        ValueError: the frame holds none.
    """
    if kind == Kind.DOCUMENT.value:
        return _DOCUMENT.validate_json(body)
    if kind == Kind.BAD_RECORD.value:
        return _BAD_RECORD.validate_json(body)
    raise ValueError(f"{kind!r} is no record")


def _with_plain_path(document: Document) -> Document:
    """With escapes for the bytes of its path that are no UTF-8."""
    path = document.source_path
    if path is None or path.isascii():
        return document
    plain = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return replace(document, source_path=plain)


def _dumped(bad: BadRecord) -> bytes:
    plain = (text.encode("utf-8", "backslashreplace").decode() for text in (bad.where, bad.reason))
    return _BAD_RECORD.dump_json(BadRecord(*plain))
