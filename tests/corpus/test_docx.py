"""Word files, made up here."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from docx.api import Document as Word

from corpus import archives, docx
from rag.errors import UnreadableInput
from rag.types import Document, PublicationDate, Section


def saved(word: object) -> bytes:
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def only(content: bytes) -> Document:
    (found,) = docx.read(io.BytesIO(content), "made-up.docx")
    assert isinstance(found, Document)
    return found


def guideline() -> bytes:
    word = Word()
    word.add_heading("A made-up guideline", 0)
    word.add_paragraph("First  words.")
    word.add_heading("Treatment", 1)
    word.add_heading("Dose", 2)
    word.add_paragraph("Give 5 mg.", style="List Bullet")
    table = word.add_table(2, 3)
    for place, words in ((0, "Drug"), (1, "Dose"), (2, "Grade"), (3, "A"), (5, "1B")):
        table.cell(place // 3, place % 3).text = words
    wide = word.add_table(1, 2)
    wide.cell(0, 0).merge(wide.cell(0, 1)).text = "Wide"
    word.core_properties.created = datetime(2024, 5, 6, tzinfo=UTC)
    word.core_properties.author = "Doe J; Roe R"
    return saved(word)


def test_headings_become_heading_paths_and_tables_text() -> None:
    found = only(guideline())

    assert found.title == "A made-up guideline"
    assert found.sections == (
        Section("", "First words."),
        Section("Treatment / Dose", "Give 5 mg.\n\nDrug | Dose | Grade\nA |  | 1B\n\nWide"),
    )
    assert found.authors == ("Doe J", "Roe R")
    assert found.published == PublicationDate(2024, 5, 6)


def test_the_date_of_a_template_is_no_date() -> None:
    word = Word()
    word.add_paragraph("Words.")

    assert only(saved(word)).published is None


@pytest.mark.parametrize(
    ("property_", "title"),
    [("A title", "A title"), ("Microsoft Word - x.doc", "First line"), ("", "First line")],
)
def test_the_title_is_that_of_the_properties_unless_a_program_wrote_it(property_: str, title: str) -> None:
    word = Word()
    word.add_paragraph("First line")
    word.add_paragraph("Words.")
    word.core_properties.title = property_

    assert only(saved(word)).title == title


def test_it_is_told_from_other_zip_files() -> None:
    content = guideline()
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "x")

    assert docx.looks_like(content[: 2**16])
    assert not archives.looks_like(content[: 2**16])
    assert not docx.looks_like(other.getvalue())


def test_an_archive_of_word_files_is_an_archive() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.docx", guideline())
        archive.writestr("b.docx", guideline())

    assert archives.looks_like(stream.getvalue()[: 2**16])
    assert not docx.looks_like(stream.getvalue()[: 2**16])
    found = list(archives.read(stream, "a.zip", docx.read))
    assert [one.source_path for one in found if isinstance(one, Document)] == [
        "a.zip!/a.docx",
        "a.zip!/b.docx",
    ]


def test_a_file_without_text_is_unreadable() -> None:
    with pytest.raises(UnreadableInput, match="no text"):
        only(saved(Word()))


@pytest.mark.parametrize("length", [100, 5_000, 20_000])
def test_a_file_that_is_cut_is_unreadable(length: int) -> None:
    with pytest.raises(UnreadableInput, match="no whole Word file"):
        only(guideline()[:length])


def with_part(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(guideline())) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)
    return stream.getvalue()


def test_a_file_that_unpacks_without_end_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="unpack"):
        only(with_part("word/media/image1.bin", bytes(64 * 2**20)))


def test_an_entity_opens_no_file_and_is_not_expanded(tmp_path: object) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    body = zipfile.ZipFile(io.BytesIO(guideline())).read("word/document.xml").decode()
    opening = f'<!DOCTYPE x [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>'
    hostile = body.replace("?>", f"?>{opening}", 1).replace("First  words.", "First &leak; words.")

    try:
        found = only(with_part("word/document.xml", hostile.encode()))
    except UnreadableInput:
        return
    assert "canary" not in str(found)
