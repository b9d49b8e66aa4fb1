"""Archives, made up here, within limits."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest

from corpus import archives
from corpus.archive_limits import LIMITS
from corpus.quarantine import BadRecord
from rag.errors import UnreadableInput
from rag.types import Document, Section

FILES = {"one.xml": b"<one/>", "folder/two.xml": b"<two/>"}


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def opened(content: bytes, **limits: int) -> list[tuple[str, bytes] | BadRecord]:
    found = archives.members(io.BytesIO(content), "a", replace(LIMITS, **limits))
    return [one if isinstance(one, BadRecord) else (one.name, one.stream.read()) for one in found]


@pytest.mark.parametrize(
    "pack",
    [
        zipped,
        tarred,
        lambda f: gzip.compress(tarred(f)),
        lambda f: lzma.compress(tarred(f)),
        lambda f: bz2.compress(tarred(f)),
    ],
    ids=["zip", "tar", "tar.gz", "tar.xz", "tar.bz2"],
)
def test_every_kind_gives_its_members_by_name(pack) -> None:
    content = pack(FILES)

    assert archives.looks_like(content[: 2**16])
    assert opened(content) == [("a!/one.xml", b"<one/>"), ("a!/folder/two.xml", b"<two/>")]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress])
def test_a_packed_file_is_one_member_also_in_an_archive(pack) -> None:
    assert opened(pack(b"<one/>")) == [("a", b"<one/>")]
    assert opened(tarred({"x.gz": pack(b"<one/>")})) == [("a!/x.gz", b"<one/>")]


@pytest.mark.parametrize("outer", [zipped, tarred])
@pytest.mark.parametrize("inner", [zipped, tarred])
def test_an_archive_in_an_archive_is_opened_and_one_in_that_is_not(outer, inner) -> None:
    content = outer({"in": inner(FILES | {"deep": zipped(FILES)}), "last.xml": b"<last/>"})

    assert opened(content) == [
        ("a!/in!/one.xml", b"<one/>"),
        ("a!/in!/folder/two.xml", b"<two/>"),
        BadRecord("a!/in!/deep", "it is nested deeper than 2 archives; unpack the outer ones"),
        ("a!/last.xml", b"<last/>"),
    ]


def test_junk_is_passed_over() -> None:
    junk = [
        "__MACOSX/._one.xml",
        "__MACOSX/one.xml",
        ".hidden",
        ".git/x",
        "LICENSE.txt",
        "licence",
        "README.md",
        "x.xml.md5",
        "SHA256SUMS",
        "Thumbs.db",
    ]

    assert opened(zipped(dict.fromkeys(junk, b"x") | {"fig.dat": b"\x89PNG..."} | FILES)) == opened(
        zipped(FILES)
    )


def test_links_and_devices_are_passed_over() -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            info = tarfile.TarInfo("x")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    link = zipfile.ZipInfo("x")
    link.external_attr = 0o120777 << 16
    zip_stream = io.BytesIO()
    with zipfile.ZipFile(zip_stream, "w") as zip_archive:
        zip_archive.writestr(link, "/etc/passwd")

    assert opened(stream.getvalue()) == []
    assert opened(zip_stream.getvalue()) == []


def test_a_name_that_climbs_out_is_a_name_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert opened(tarred({"../../up.xml": b"x", "/etc/x": b"y"})) == [
        ("a!/../../up.xml", b"x"),
        ("a!//etc/x", b"y"),
    ]
    assert list(tmp_path.iterdir()) == []


def test_an_encrypted_member_is_named_and_the_others_are_read() -> None:
    content = bytearray(zipped(FILES))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(magic) + offset] |= 1

    found = opened(bytes(content))

    assert isinstance(found[0], BadRecord)
    assert (found[0].where, "encrypted" in found[0].reason) == ("one.xml", True)
    assert found[1] == ("a!/folder/two.xml", b"<two/>")


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress])
def test_a_bomb_ends_at_the_ratio(pack) -> None:
    bomb = pack(bytes(40 * 2**20))

    with pytest.raises(UnreadableInput, match="300 times"):
        exhausted(archives.read(io.BytesIO(bomb), "a", swallow))
    found = exhausted(archives.read(io.BytesIO(tarred({"x": bomb, "good": b"word"})), "a", swallow))
    assert [(one.where, "300 times" in one.reason) for one in found if isinstance(one, BadRecord)] == [
        ("x", True)
    ]


def test_a_bomb_in_a_zip_ends_at_the_ratio() -> None:
    found = exhausted(
        archives.read(io.BytesIO(zipped({"x": bytes(40 * 2**20), "good": b"word"})), "a", swallow)
    )

    assert [(one.where, "300 times" in one.reason) for one in found if isinstance(one, BadRecord)] == [
        ("x", True)
    ]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_too_many_members_end_the_archive_after_what_was_read(pack) -> None:
    found = opened(pack({f"{number}.xml": b"x" for number in range(9)}), members=3)

    assert [type(one) for one in found] == [tuple, tuple, tuple, BadRecord]
    assert found[3] == BadRecord("after member 4", "it has more than 3 members; split the archive")


@pytest.mark.parametrize(
    "pack", [zipped, lambda f: gzip.compress(tarred(f)), lambda f: tarred({"in": zipped(f)})]
)
def test_too_many_bytes_end_the_archive_after_what_was_read(pack) -> None:
    """A member that is read twice counts once."""
    files = {f"{number}.xml": b"word" * 25_000 for number in range(9)}
    found = []
    for one in archives.members(io.BytesIO(pack(files)), "a", replace(LIMITS, total_bytes=500_000)):
        found.append(one)
        if not isinstance(one, BadRecord):
            for _ in range(2):
                one.stream.seek(0)
                assert len(one.stream.read()) == 100_000

    assert [type(one) for one in found] in (
        [archives.Member] * 5 + [BadRecord],
        [archives.Member] * 4 + [BadRecord],  # of a tar, headers count as well
    )
    assert "500,000 bytes" in found[-1].reason


def test_a_tar_that_is_cut_short_says_so() -> None:
    content = tarred({"one.xml": b"x" * 5_000, "two.xml": b"y" * 5_000})

    found = opened(content[:8_000])

    assert found[0] == ("a!/one.xml", b"x" * 5_000)
    assert isinstance(found[1], BadRecord)
    assert "cut short" in found[1].reason


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_member_that_is_too_large_costs_only_itself(pack) -> None:
    found = opened(pack({"big": bytes(2000), "small": b"x"}), member_bytes=1000)

    assert found == [BadRecord("big", "it has more than 1,000 bytes unpacked; split it"), ("a!/small", b"x")]


def test_what_comes_before_the_cut_is_read() -> None:
    content = gzip.compress(tarred({f"{number}.xml": bytes([number]) * 50_000 for number in range(9)}), 0)

    found = opened(content[: len(content) // 2])

    assert len(found) > 3
    assert isinstance(found[-1], BadRecord)
    assert all(isinstance(one, tuple) for one in found[:-1])


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 nothing", b"\x1f\x8b nothing", b"\xfd7zXZ\x00 nothing", b"BZh nothing"]
)
def test_an_archive_that_can_not_be_opened_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableInput, match="damaged"):
        opened(content)


def test_a_damaged_archive_in_an_archive_costs_only_itself() -> None:
    found = opened(tarred({"in.zip": b"PK\x03\x04 nothing", "last.xml": b"x"}))

    assert isinstance(found[0], BadRecord)
    assert found[1] == ("a!/last.xml", b"x")


def test_a_member_that_its_reader_refuses_is_named_and_so_are_its_records() -> None:
    found = exhausted(read(tarred({"bad": b"?", "good": b"word", "half": b"word?"})))

    assert [getattr(one, "source_path", None) or one for one in found] == [
        BadRecord("bad", "is none; mend it"),
        "a!/good",
        "a!/half",
        BadRecord("half, record 2", "no word"),
    ]


def test_a_packed_file_is_read_as_the_file_itself() -> None:
    assert exhausted(read(lzma.compress(b"word?")))[1] == BadRecord("record 2", "no word")
    with pytest.raises(UnreadableInput, match="a is none; mend it"):
        exhausted(read(lzma.compress(b"?")))


def test_an_archive_without_a_document_is_unreadable() -> None:
    with pytest.raises(UnreadableInput, match="without a document"):
        exhausted(read(tarred({"LICENSE": b"x"})))


def test_all_articles_of_a_real_archive_are_found_in_little_memory(shared: Path) -> None:
    path = next((shared / "data" / "jats_bulk_ccby").glob("*.tar.xz"))

    with path.open("rb") as stream:
        found = sum(one.name.endswith(".nxml") for one in archives.members(stream, path.name))

    assert found == 2411


def swallow(stream: IO[bytes], source: str) -> Iterator[Document | BadRecord]:
    while stream.read(2**20):
        pass
    return iter(())


def plain(stream: IO[bytes], source: str) -> Iterator[Document | BadRecord]:
    words = stream.read().decode("latin-1")
    if not words.startswith("word"):
        raise UnreadableInput(f"{source} is none; mend it")
    yield Document("sha256:0", words, (Section("", words),), source_path=source)
    if words.endswith("?"):
        yield BadRecord("record 2", "no word")


def read(content: bytes, **limits: int) -> Iterator[Document | BadRecord]:
    return archives.read(io.BytesIO(content), "a", plain, replace(LIMITS, **limits))


def exhausted(found: Iterator[Document | BadRecord]) -> list[Document | BadRecord]:
    return list(found)
