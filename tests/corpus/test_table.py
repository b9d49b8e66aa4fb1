"""Tables of records. Those written out here are made up; real ones are counted."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from corpus import table
from corpus.quarantine import BadRecord
from rag.errors import UnreadableInput
from rag.types import Document, PublicationDate, Section


def read_all(text: str) -> list[Document | BadRecord]:
    return list(table.read(io.BytesIO(text.encode()), "made-up.csv"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_columns_are_known_by_name_whatever_parts_them(delimiter: str) -> None:
    header = ["Notes", "Article Title ", "Abstract Note", "PMID", "DOI", "Publication Year", "Journal/Book"]
    row = ["x", "A title", "METHODS: One. RESULTS: Two.", "7.0", "10.1000/x", "2019", "J"]
    text = "\n".join(delimiter.join(line) for line in (header, row))

    (found,) = read_all(text)

    assert table.looks_like(text.encode())
    assert isinstance(found, Document)
    assert (found.id, found.aliases, found.title, found.journal) == (
        "pmid:7",
        ("doi:10.1000/x",),
        "A title",
        "J",
    )
    assert found.published == PublicationDate(2019)
    assert found.sections == (Section("Methods", "One."), Section("Results", "Two."))


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        ("['Marx, Karl', \"O'Neil, Ann\"]", ("Marx K", "O'Neil A")),
        ("Liu R., Adler D.G.", ("Liu R", "Adler DG")),
        ("Liu, Rosa; Adler, D. G.", ("Liu R", "Adler DG")),
        ("Liu, Rosa and Adler, D. G.", ("Liu R", "Adler DG")),
        ("Food and Drug Office", ("Food and Drug Office",)),
        ("Marx, Karl", ("Marx K",)),
    ],
)
def test_names_of_authors_are_parted(names: str, authors: tuple[str, ...]) -> None:
    quoted = names.replace('"', '""')

    (found,) = read_all(f'title,authors\nT,"{quoted}"\n')

    assert isinstance(found, Document)
    assert found.authors == authors


def test_embase_has_journal_date_and_pages_in_one_column() -> None:
    (found,) = read_all(
        'Title,Source,Abstract\nT,"Made-Up J (2014) 3:4 (152-160). Date of Publication: 2014",A.\n'
    )

    assert isinstance(found, Document)
    assert (found.journal, found.volume, found.issue, found.pages) == ("Made-Up J", "3", "4", "152-160")
    assert found.published == PublicationDate(2014)


def test_a_cell_may_hold_lines() -> None:
    found = read_all('title,abstract\nT,"One.\n\nTwo."\nU,Three.\n')

    assert [one.sections[0].text for one in found if isinstance(one, Document)] == ["One. Two.", "Three."]


def test_a_row_without_words_is_named_and_one_that_is_cut_short_read() -> None:
    found = read_all("title,abstract,doi\n,,10.1000/x\nT\n")

    assert found[0] == BadRecord("row 1", "it has neither title nor abstract")
    assert isinstance(found[1], Document)


@pytest.mark.parametrize(
    "header",
    [
        "a,b,c",
        "title",
        "title,journal,RetractionDOI,RetractionNature",
        "file,title,authors",
        "No table. Of records, at all",
    ],
)
def test_a_table_of_something_else_is_none(header: str) -> None:
    assert not table.looks_like(f"{header}\nx,y,z\n".encode())


def test_a_table_without_rows_is_unreadable() -> None:
    with pytest.raises(UnreadableInput, match="no row"):
        read_all("title,abstract\n\n")


def test_every_real_row_with_words_becomes_a_document(shared: Path) -> None:
    files = sorted((shared / "data" / "medline_nbib_ris").glob("*.csv"))
    for file in files:
        text = file.read_text(encoding="utf-8-sig")
        head = text.partition("\n")[0]
        rows = [
            {name.strip().lower(): value for name, value in row.items() if name}
            for row in csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=head.count))
        ]
        full = [
            row for row in rows if (row.get("title") or "").strip() or (row.get("abstract") or "").strip()
        ]

        with file.open("rb") as stream:
            found = list(table.read(stream, file.name))

        assert (file.name, len(found)) == (file.name, len(rows))
        assert (file.name, sum(isinstance(one, Document) for one in found)) == (file.name, len(full))
    assert files
