"""RIS records of many vendors. Those written out here are made up; real ones are counted."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from corpus import nbib, ris
from corpus.quarantine import BadRecord
from rag.errors import UnreadableInput
from rag.types import Design, Document, PublicationDate, Section


def read_all(text: str) -> list[Document | BadRecord]:
    return list(ris.read(io.BytesIO(text.encode()), "made-up.ris"))


def only(*lines: str) -> Document:
    (found,) = read_all("\n".join(("TY  - JOUR", *lines, "ER  - ")))
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize("title", ["TI", "T1"])
@pytest.mark.parametrize("abstract", ["AB", "N2"])
@pytest.mark.parametrize("journal", ["JF", "T2", "JO"])
@pytest.mark.parametrize("author", ["AU", "A1"])
def test_each_vendor_s_tags_are_known(title: str, abstract: str, journal: str, author: str) -> None:
    found = only(
        f"{title}  - A title", f"{abstract}  - Words.", f"{journal}  - J", f"{author}  - Doe, Jane-Ann B."
    )

    assert (found.title, found.journal, found.authors) == ("A title", "J", ("Doe JAB",))
    assert found.sections == (Section("Abstract", "Words."),)


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (("PY  - 2019",), PublicationDate(2019)),
        (("Y1  - 2019/03/07/",), PublicationDate(2019, 3, 7)),
        (("Y1  - 2019//",), PublicationDate(2019)),
        (("PY  - 2019", "DA  - 2019/03/07/"), PublicationDate(2019, 3, 7)),
        (("PY  - 2011", "DA  - Jun"), PublicationDate(2011, 6)),
        (("PY  - 2011", "DA  - MAY 15"), PublicationDate(2011, 5, 15)),
        (("PY  - 2020", "DA  - 2019///nan"), PublicationDate(2020)),
        (("PY  - 10 15",), None),
    ],
)
def test_a_date_says_no_more_than_its_record(lines: tuple[str, ...], date: PublicationDate | None) -> None:
    assert only("TI  - T", *lines).published == date


def test_an_export_of_ovid_has_neither_start_nor_end_and_a_line_for_each_part() -> None:
    one = "VN  - Ovid Technologies\nTI  - First. [Review] [3 refs]\nAB  - METHODS: One.\nAB  - RESULTS: Two.\nPT  - Review\n\n\n"
    text = one + one.replace("First", "Second")

    found = [each for each in read_all(text) if isinstance(each, Document)]

    assert ris.looks_like(text.encode())
    assert [each.title for each in found] == ["First.", "Second."]
    assert found[0].sections == (Section("Methods", "One."), Section("Results", "Two."))


def test_the_doi_may_stand_in_an_address_of_the_record() -> None:
    found = only(
        "TI  - T", "UR  - http://resolver.example/?id=doi:10.1000%2Fab.c&genre=article&atitle=10.1000%2Fother"
    )

    assert found.id == "doi:10.1000/ab.c"


def test_endnote_s_notes_of_a_pubmed_record_give_types_and_its_number_gives_the_id() -> None:
    found = only(
        "TI  - T",
        "DP  - NLM",
        "AN  - 123",
        "N1  - 1179-1926",
        "Journal Article",
        "Randomized Controlled Trial",
    )

    assert found.id == "pmid:123"
    assert found.design is Design.RANDOMISED_TRIAL


def test_a_number_of_another_database_is_no_pmid() -> None:
    assert only("TI  - T", "DB  - PTSDpubs", "AN  - 12345").id.startswith("sha256:")


def test_what_stands_between_records_belongs_to_none() -> None:
    text = "1.\nTY  - JOUR\nTI  - One\nER  - \nNL  - J\n\nLink to: x\n2.\nTY  - JOUR\nTI  - Two\nER  - \n"

    assert [one.title for one in read_all(text) if isinstance(one, Document)] == ["One", "Two"]
    assert len(read_all(text)) == 2
    assert ris.looks_like(text.encode())


def test_a_record_without_its_end_is_not_lost() -> None:
    found = read_all("TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\n")

    assert [one.title for one in found if isinstance(one, Document)] == ["One", "Two"]


def test_an_empty_record_is_named() -> None:
    found = read_all("TY  - JOUR\nTI  - One\nER  - \n\nTY  - \nER  - \n")

    assert found[1] == BadRecord("record 2, line 5", "it has neither title nor abstract")


def test_replies_of_one_title_stay_apart() -> None:
    one, other = only("TI  - Reply", "AU  - Doe, J"), only("TI  - Reply", "AU  - Roe, R")

    assert one.id != other.id


def test_a_line_in_another_encoding_costs_nothing_around_it() -> None:
    text = "TY  - JOUR\nTI  - Grün\n".encode() + "AU  - Müller, É\nER  - \n".encode("latin-1")

    (found,) = ris.read(io.BytesIO(text), "made-up.ris")

    assert isinstance(found, Document)
    assert (found.title, found.authors) == ("Grün", ("Müller É",))


def test_a_file_without_a_record_is_unreadable() -> None:
    with pytest.raises(UnreadableInput, match="no RIS record"):
        read_all("nothing\n")


def test_every_real_record_is_a_document_or_named_as_empty(shared: Path) -> None:
    """Counted apart: lines that open a record, and records that have a title or an abstract."""
    files = 0
    for file in sorted((shared / "data" / "medline_nbib_ris").iterdir()):
        content = file.read_bytes()
        if nbib.looks_like(content[: 2**16]) or not ris.looks_like(content[: 2**16]):
            continue
        text = content.decode("utf-8-sig")
        parts = re.split(r"(?m)^(?=TY +-|VN  - )", text)[1:]
        full = [part for part in parts if re.search(r"(?m)^(?:TI|T1|AB|N2)\s+- *\S", part)]
        files += 1

        with file.open("rb") as stream:
            found = list(ris.read(stream, file.name))

        assert (file.name, len(found)) == (file.name, len(parts))
        assert (file.name, sum(isinstance(one, Document) for one in found)) == (file.name, len(full))
    assert files > 10
