"""What holds of every reader of exported records, whatever bytes it is given."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import archives, bibtex, csl, docx, nbib, ris, table
from corpus.quarantine import BadRecord
from corpus.reference_text import abstract_sections, author, plain, slashed_date
from rag.errors import UnreadableInput
from rag.types import Document

READERS = (nbib, ris, bibtex, csl, table, docx)
STARTS = (
    b"",
    b"PMID- 7\n",
    b"TY  - JOUR\n",
    b"@misc{a,\n",
    b'[{"type":"book","DOI":',
    b"title,abstract\n",
    b"PK\x03\x04",
    b"\xff\xfe",
)
PIECES = (
    b"TI  - ",
    b"AB  - METHODS: ",
    b"\n",
    b"\r",
    b"\0",
    b'"',
    b"{",
    b"}",
    b"\\",
    b"@",
    b",",
    b"\xff",
    b"AU  - \xe9",
    b"ER  - \n",
    b"ustar",
)


@pytest.mark.parametrize("reader", READERS, ids=lambda module: module.__name__)
@given(
    start=st.sampled_from(STARTS),
    rest=st.lists(st.one_of(st.binary(max_size=30), st.sampled_from(PIECES)), max_size=20),
)
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_records_or_a_reason(reader, start: bytes, rest: list[bytes]) -> None:
    content = start + b"".join(rest)

    reader.looks_like(content)
    try:
        found = list(reader.read(io.BytesIO(content), "made-up"))
    except UnreadableInput:
        return
    assert all(isinstance(one, Document | BadRecord) for one in found)


@given(rest=st.binary(max_size=200), cut=st.integers(0, 400), at=st.integers(0, 400))
@settings(max_examples=100, deadline=None)
def test_a_damaged_archive_is_members_or_a_reason(rest: bytes, cut: int, at: int) -> None:
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"<a/>" * 20)
        archive.writestr("b.xml", b"<b/>")
    content = bytearray(stream.getvalue())
    content[at : at + cut] = rest[:cut]

    try:
        for one in archives.members(io.BytesIO(bytes(content)), "a"):
            if not isinstance(one, BadRecord):
                one.stream.read()
    except UnreadableInput:
        pass


WORDS = (
    "METHODS:",
    "Results:",
    "MAIN OUTCOME MEASURES:",
    "One.",
    "two",
    "HIV:",
    "(A)",
    "p = .05.",
    "Conclusion:",
    "\n",
    "E. coli?",
)


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=8)), max_size=30).map(" ".join))
def test_no_word_of_an_abstract_is_lost(text: str) -> None:
    kept = " ".join(f"{part.heading} {part.text}" for part in abstract_sections(text)).lower()

    for word in text.lower().split():
        letters = "".join(letter for letter in word if letter.isalnum())
        assert letters in "".join(letter for letter in kept if letter.isalnum())


@given(st.text(max_size=60))
def test_no_name_date_or_markup_raises(text: str) -> None:
    author(text)
    slashed_date(text)
    plain(text)


@pytest.mark.parametrize("name", ["10 15", "soon", "2019/13/40", "0000", "2019-02-30", "31 Feb 2019"])
def test_a_date_that_can_not_be_is_shortened_or_left_out(name: str) -> None:
    found = slashed_date(name)

    assert found is None or found.earliest.year == 2019


def test_each_real_export_is_told_by_one_reader_alone(shared: Path) -> None:
    for file in (shared / "data" / "medline_nbib_ris").iterdir():
        if file.name not in {"README.md", "LICENSE-NOTE.txt"}:
            head = file.read_bytes()[: 2**16]
            assert [reader.__name__ for reader in READERS if reader.looks_like(head)].__len__() == 1, (
                file.name
            )
