"""What lies in one zip or tar archive, a file at a time, as its library gives it."""

from __future__ import annotations

import io
import stat
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from corpus.archive_limits import FAULTS, Budget, Unpacked
from corpus.quarantine import BadRecord
from rag.errors import UnreadableInput

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

_BUFFER = 64 * 2**10
_ENCRYPTED = 0x1
_LONGEST_NAME = 512
_END_OF_ZIP = b"PK\x05\x06"
_END_OF_ZIP_REACH = 22 + 65_535
_LARGEST_DICTIONARY = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Raw:
    """A file in an archive, before it is known what it is."""

    name: str
    stream: IO[bytes]


def unpacked(stream: IO[bytes], kind: str, name: str, budget: Budget) -> IO[bytes]:
    """What a `gzip`, `lzma` or `bz2` stream holds, within the limits.

    Raises:
        UnreadableInput: it asks for more memory than a text needs.
    """
    import bz2
    import gzip
    import lzma

    if kind == "lzma":
        _refuse_hungry(stream)
    openers: dict[str, Callable[[IO[bytes]], object]] = {
        "gzip": gzip.open,
        "bz2": bz2.open,
        "lzma": lzma.open,
    }
    opened = openers[kind](stream)
    held = Unpacked(cast("IO[bytes]", opened), name, budget, budget.limits.total_bytes, stream)
    return io.BufferedReader(held, _BUFFER)


def zip_members(stream: IO[bytes], budget: Budget) -> Iterator[Raw | BadRecord]:
    """Files of a zip archive in the order of its list.

    Raises:
        UnreadableInput: it is damaged, or its list alone is too large.
    """
    from zipfile import ZipFile

    whole = (
        stream if isinstance(stream, io.BytesIO) or _read_from_disk(stream) else _in_memory(stream, budget)
    )
    _refuse_long_list(whole, budget)
    try:
        archive = ZipFile(whole)
    except FAULTS as error:
        raise UnreadableInput(f"the zip archive is damaged or cut short: {error}; fetch it again") from error
    with archive:
        for info in archive.infolist():
            if not info.is_dir() and not stat.S_ISLNK(info.external_attr >> 16):
                budget.count_member()
                yield from _zip_member(archive, info, budget)


def first_name(head: bytes) -> bytes:
    """The name of the first file in a zip archive, by the archive's first bytes; empty where they are too few."""
    if len(head) < 30:
        return b""
    (length,) = struct.unpack_from("<H", head, 26)
    return head[30 : 30 + length]


def tar_members(stream: IO[bytes], budget: Budget) -> Iterator[Raw | BadRecord]:
    """Files of a tar archive in their order, each held in memory; read once, from start to end.

    Raises:
        UnreadableInput: it is damaged or cut short; the files before that were given.
    """
    import tarfile

    try:
        with tarfile.open(fileobj=stream, mode="r|", bufsize=_BUFFER) as archive:
            while (info := archive.next()) is not None:
                archive.members = []  # type: ignore[attr-defined]  # else it keeps a list of all that it has passed
                if not info.isreg():
                    continue
                budget.count_member()
                name = _shown(info.name)
                if info.size > budget.limits.member_bytes:
                    yield _too_large(name, budget)
                    continue
                file = archive.extractfile(info)
                content = file.read() if file else b""
                yield Raw(name, io.BytesIO(content))
    except FAULTS as error:
        raise UnreadableInput(f"the tar archive is damaged or cut short: {error}; fetch it again") from error


def _zip_member(archive: ZipFile, info: ZipInfo, budget: Budget) -> Iterator[Raw | BadRecord]:
    name = _shown(info.filename)
    if info.flag_bits & _ENCRYPTED:
        yield BadRecord(name, "it is encrypted; unpack it with its password and give the file itself")
    elif info.file_size > budget.limits.member_bytes:
        yield _too_large(name, budget)
    else:
        try:
            opened = archive.open(info)
        except FAULTS as error:
            yield BadRecord(name, f"it is damaged or packed in an unknown way: {error}; fetch it again")
            return
        with opened:
            largest = budget.limits.member_bytes
            held = Unpacked(opened, name, budget, largest, max(info.compress_size, 1))
            yield Raw(name, io.BufferedReader(held, _BUFFER))


def _too_large(name: str, budget: Budget) -> BadRecord:
    return BadRecord(name, f"it has more than {budget.limits.member_bytes:,} bytes unpacked; split it")


def _read_from_disk(stream: IO[bytes]) -> bool:
    """Whether going back and forth in it costs nothing."""
    raw = stream.raw if isinstance(stream, io.BufferedReader) else stream
    return not isinstance(raw, Unpacked)


def _in_memory(stream: IO[bytes], budget: Budget) -> IO[bytes]:
    content = stream.read(budget.limits.member_bytes + 1)
    if len(content) > budget.limits.member_bytes:
        raise UnreadableInput(
            f"the zip archive has more than {budget.limits.member_bytes:,} bytes; unpack the outer one"
        )
    return io.BytesIO(content)


def _refuse_long_list(stream: IO[bytes], budget: Budget) -> None:
    """Look at the size of a zip archive's list before a library reads it whole."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _END_OF_ZIP_REACH))
    end = stream.read(_END_OF_ZIP_REACH)
    at = end.rfind(_END_OF_ZIP)
    stream.seek(0)
    if at >= 0 and len(end) >= at + 16:
        (length,) = struct.unpack_from("<I", end, at + 12)
        if length != 0xFFFFFFFF and length > budget.limits.directory_bytes:
            raise UnreadableInput(f"its list of members alone has {length:,} bytes; split the archive")


def _refuse_hungry(stream: IO[bytes]) -> None:
    import lzma

    stream.seek(0)
    start = stream.read(_BUFFER)
    stream.seek(0)
    try:
        lzma.LZMADecompressor(memlimit=_LARGEST_DICTIONARY).decompress(start, 1)
    except lzma.LZMAError as error:
        raise UnreadableInput(
            f"it is damaged or needs too much memory to unpack: {error}; pack it anew"
        ) from error


def _shown(name: str) -> str:
    """A member's name as it can be printed and kept."""
    readable = name.encode("utf-8", "backslashreplace").decode()
    return "".join(letter if letter.isprintable() else "?" for letter in readable)[:_LONGEST_NAME]
