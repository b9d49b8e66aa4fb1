"""From paths to documents. All records are made up."""

from __future__ import annotations

import gzip
import os
import zlib
from pathlib import Path

import pytest

from corpus.formats import FORMATS, Format
from corpus.quarantine import BadRecord
from corpus.reading import find_inputs, read
from rag.errors import InputError, UnreadableInput
from rag.types import Document

LINE = '{"id": "ref:1", "title": "A made-up title"}\n'
XML = "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>A</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
MARKDOWN = "---\nid: ref:1\ntitle: A made-up title\n---\n\n# Results\n\nIt fell.\n"


def write(path: Path, content: str | bytes = LINE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content", [LINE, "\ufeff \n" + LINE, XML, f"<?xml version='1.0'?>\n<!-- > -->{XML}", MARKDOWN]
)
def test_the_content_tells_the_format_and_the_name_does_not(tmp_path: Path, content: str) -> None:
    (found,) = read(write(tmp_path / "name.pdf", content))

    assert isinstance(found, Document)
    assert found.source_path == str(tmp_path / "name.pdf")


@pytest.mark.parametrize("content", [LINE, XML])
def test_packed_content_is_read(tmp_path: Path, content: str) -> None:
    (found,) = read(write(tmp_path / "name", gzip.compress(content.encode())))

    assert isinstance(found, Document)


def test_utf_16_is_read_where_the_xml_says_so(tmp_path: Path) -> None:
    (found,) = read(
        write(tmp_path / "a.xml", f'<?xml version="1.0" encoding="UTF-16"?>{XML}'.encode("utf-16"))
    )

    assert isinstance(found, Document)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"\x7fELF\0\0", "binary"),
        (b"PK\x03\x04\0", "can't be unpacked"),
        (b"Some words.", "no format"),
        (b"<svg></svg>", "'svg'"),
        (b"<!DOCTYPE x [ <!ENTITY a 'b'> ", "no root element"),
        (gzip.compress(b""), "is empty"),
        (b"\x1f\x8bnot gzip", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: bytes, reason: str) -> None:
    path = write(tmp_path / "a.xml", content)

    with pytest.raises(UnreadableInput, match=reason) as error:
        list(read(path))

    assert str(path) in str(error.value)


def test_the_message_says_which_formats_are_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput) as error:
        list(read(write(tmp_path / "a.txt", "Some words.")))

    assert [one.name for one in FORMATS if one.name not in str(error.value)] == []


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_each_format_has_its_reader(one: Format) -> None:
    assert one.reader.looks_like(b"") is False
    assert callable(one.reader.read)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl")
    path.chmod(0)

    with pytest.raises(UnreadableInput, match="permission"):
        list(read(path))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no file"):
        list(read(tmp_path))


def test_a_cut_archive_keeps_what_came_before(tmp_path: Path) -> None:
    lines = "".join(f'{{"id": "ref:{n}", "title": "{os.urandom(40).hex()}"}}\n' for n in range(5000))
    packed = gzip.compress(lines.encode())

    half = packed[: len(packed) // 2]

    *documents, last = read(write(tmp_path / "a.gz", half))

    whole_lines = zlib.decompressobj(wbits=zlib.MAX_WBITS + 16).decompress(half).count(b"\n")
    assert whole_lines - len(documents) < 10
    assert isinstance(last, BadRecord)
    assert "damaged or cut short" in last.reason


def test_an_archive_that_unpacks_without_end_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.gz", gzip.compress(LINE.encode() * 10_000))

    *_, last = read(path, largest=100_000)

    assert isinstance(last, BadRecord)
    assert "100,000 bytes" in last.reason


def test_a_folder_gives_its_direct_files_sorted(tmp_path: Path) -> None:
    files = [write(tmp_path / name) for name in ("b", "a", "c")]
    write(tmp_path / "below" / "d")

    assert find_inputs([tmp_path], recursive=False) == sorted(files)


def test_with_recursive_all_below_is_found(tmp_path: Path) -> None:
    files = [write(tmp_path / name) for name in ("a", "below/b", "below/again/c")]

    assert find_inputs([tmp_path], recursive=True) == sorted(files)


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path / ".hidden")
    write(tmp_path / ".git" / "a")
    seen = write(tmp_path / "seen")

    assert find_inputs([tmp_path], recursive=True) == [seen]


def test_each_real_file_is_found_once(tmp_path: Path) -> None:
    file = write(tmp_path / "a")
    (tmp_path / "b").symlink_to(file)

    assert find_inputs([file, tmp_path, tmp_path / ".." / tmp_path.name], recursive=True) == [file]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "secret")
    folder = tmp_path / "folder"
    inside = write(folder / "a")
    (folder / "file").symlink_to(outside)
    (folder / "whole").symlink_to(outside.parent)
    (folder / "loop").symlink_to(folder)
    (folder / "broken").symlink_to(tmp_path / "nothing")

    assert find_inputs([folder], recursive=True) == [inside]


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere is neither a file nor a folder"):
        find_inputs([tmp_path / "nowhere"], recursive=False)
