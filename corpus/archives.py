"""Zip and tar archives, packed or not, opened within limits: each member is read as if it were a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from corpus.archive_limits import LIMITS, Budget, Limits
from corpus.archive_members import Raw, first_name, tar_members, unpacked, zip_members
from corpus.quarantine import BadRecord
from rag.errors import UnreadableInput
from rag.types import Document

_PACKED = {b"\x1f\x8b": "gzip", b"\xfd7zXZ\x00": "lzma", b"BZh": "bz2"}
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# Files of an office program are zip files, too, and have readers of their own or none; told by their first part.
_OFFICE = re.compile(rb"\[Content_Types\]\.xml$|mimetype|(?:_rels|docProps|word|xl|ppt|customXml)/")
_TAR_MARK, _TAR_MARK_AT = b"ustar", 257
_HEAD = 64 * 2**10
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")
_NO_DOCUMENT = re.compile(
    r"(?:licen[cs]e|copying|notice|readme|thumbs\.db|desktop\.ini)(?:[.-].*)?|.*\.(?:md5|sha\d*|sha\d+sums?|asc|sig)|\w+sums?(?:\.txt)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, unpacked."""

    name: str
    """`<archive>!/<path in it>`."""
    stream: IO[bytes]
    """Can be set back to its start; good until the next member is asked for."""


def looks_like(head: bytes) -> bool:
    """Whether a file is an archive, or packed, by its first bytes."""
    return _kind(head) is not None


def read(
    stream: IO[bytes],
    source: str,
    read_member: Callable[[IO[bytes], str], Iterator[Document | BadRecord]],
    limits: Limits = LIMITS,
) -> Iterator[Document | BadRecord]:
    """Documents of all members that `read_member` can read; a member that it can't costs only itself.

    Raises:
        UnreadableInput: the archive can't be opened, or has no document in it.
    """
    count = 0
    for member in members(stream, source, limits):
        count += 1
        if isinstance(member, BadRecord):
            yield member
        elif member.name == source:  # one file that is packed, and no archive
            yield from read_member(member.stream, source)
        else:
            yield from _read_one(member, member.name.removeprefix(f"{source}!/"), read_member)
    if not count:
        raise UnreadableInput(f"{source} is an archive without a document in it; look into it")


def members(stream: IO[bytes], source: str, limits: Limits = LIMITS) -> Iterator[Member | BadRecord]:
    """Files in an archive and in the archives in it, in order; nothing is written to disk.

    Links, devices, hidden files, checksums, licence texts and pictures are passed over. A member
    that is encrypted, damaged or too large is a `BadRecord`; damage to the archive itself ends it,
    with a `BadRecord` that says so where a member came before.

    Args:
        stream: can be set back to its start.
        source: path of the archive, for names.
        limits: counted over the archive and all archives in it.

    Raises:
        UnreadableInput: it is damaged or hostile before its first member.
    """
    budget, count = Budget(limits), 0
    try:
        for member in _expanded(stream, source, budget, 1):
            count += 1
            yield member
    except UnreadableInput as error:
        if not count:
            raise UnreadableInput(f"{source} can't be unpacked: {error}") from error
        yield BadRecord(f"after member {budget.members}", str(error))


def _read_one(
    member: Member, where: str, read_member: Callable[[IO[bytes], str], Iterator[Document | BadRecord]]
) -> Iterator[Document | BadRecord]:
    try:
        for record in read_member(member.stream, member.name):
            yield (
                record
                if isinstance(record, Document)
                else BadRecord(f"{where}, {record.where}", record.reason)
            )
    except UnreadableInput as error:
        yield BadRecord(where, str(error).removeprefix(f"{member.name} "))


def _kind(head: bytes) -> str | None:
    if head[_TAR_MARK_AT:].startswith(_TAR_MARK):
        return "tar"
    if head.startswith(_ZIP):
        return None if _OFFICE.match(first_name(head)) else "zip"
    return next((kind for magic, kind in _PACKED.items() if head.startswith(magic)), None)


def _head(stream: IO[bytes]) -> bytes:
    stream.seek(0)
    head = stream.read(_HEAD)
    stream.seek(0)
    return head


def _expanded(stream: IO[bytes], name: str, budget: Budget, depth: int) -> Iterator[Member | BadRecord]:
    """The file itself as a member, or what is in it where it is an archive."""
    head = _head(stream)
    kind = _kind(head)
    if kind is None:
        if not head.startswith(_PICTURES):
            yield Member(name, stream)
    elif depth > budget.limits.nesting:
        yield BadRecord(
            name, f"it is nested deeper than {budget.limits.nesting} archives; unpack the outer ones"
        )
    elif kind == "zip":
        yield from _each(zip_members(stream, budget), name, budget, depth)
    elif kind == "tar":
        yield from _each(tar_members(stream, budget), name, budget, depth)
    else:
        inner = unpacked(stream, kind, name, budget)
        if _kind(_head(inner)) == "tar":
            yield from _expanded(inner, name, budget, depth)
        else:
            yield from _expanded(inner, name, budget, depth + 1)


def _each(
    found: Iterator[Raw | BadRecord], archive: str, budget: Budget, depth: int
) -> Iterator[Member | BadRecord]:
    for one in found:
        if isinstance(one, BadRecord):
            yield one
        elif not _passed_over(one.name):
            yield from _one(one, f"{archive}!/{one.name}", budget, depth)


def _one(raw: Raw, name: str, budget: Budget, depth: int) -> Iterator[Member | BadRecord]:
    try:
        yield from _expanded(raw.stream, name, budget, depth + 1)
    except UnreadableInput as error:
        if budget.spent:
            raise
        yield BadRecord(raw.name, str(error))


def _passed_over(name: str) -> bool:
    parts = PurePosixPath(name).parts
    hidden = any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in parts)
    return not parts or hidden or _NO_DOCUMENT.fullmatch(parts[-1]) is not None
