"""MEDLINE records. Those written out here are made up; real ones are counted and compared with a plain reading."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from corpus import nbib, pubmed_record
from corpus.quarantine import BadRecord
from rag.errors import UnreadableInput
from rag.types import Design, Document, Link, LinkKind, PublicationDate, Section, Status

# Tags of the display format and the names of the same links in PubMed XML, as the help of PubMed lists them.
SAME = {
    "RIN": "RetractionIn", "ROF": "RetractionOf", "PRIN": "PartialRetractionIn", "PROF": "PartialRetractionOf",
    "ECI": "ExpressionOfConcernIn", "ECF": "ExpressionOfConcernFor", "EIN": "ErratumIn", "EFR": "ErratumFor",
    "RRI": "RetractedandRepublishedIn", "RRF": "RetractedandRepublishedFrom", "CRI": "CorrectedandRepublishedIn",
    "CRF": "CorrectedandRepublishedFrom", "RPI": "RepublishedIn", "UIN": "UpdateIn", "UOF": "UpdateOf", "CON": "CommentOn",
}  # fmt: skip


def read_all(text: str | bytes) -> list[Document | BadRecord]:
    content = text if isinstance(text, bytes) else text.encode()
    return list(nbib.read(io.BytesIO(content), "made-up.nbib"))


def only(text: str | bytes) -> Document:
    (found,) = read_all(text)
    assert isinstance(found, Document)
    return found


def record(*lines: str, pmid: str = "7") -> str:
    return "\n".join((f"PMID- {pmid}", "OWN - NLM", "TI  - A made-up title.", *lines)) + "\n\n"


def test_ids_stand_in_the_record_itself() -> None:
    found = only(record("LID - S1 [pii]", "AID - 10.1000/Own [doi]", "PMC - PMC9", "CIN - J. 2001. PMID: 11"))

    assert (found.id, found.aliases) == ("pmid:7", ("doi:10.1000/Own", "pmcid:PMC9"))


def test_a_value_goes_on_in_lines_that_are_set_in() -> None:
    found = only("PMID- 7\nTI  - A title that\n      goes on.\nAB  - One.\n      PMID- in words. Two.\n")

    assert found.title == "A title that goes on."
    assert found.sections == (Section("Abstract", "One. PMID- in words. Two."),)


def test_labels_of_the_abstract_become_headings() -> None:
    found = only(record("AB  - BACKGROUND AND AIMS: One. METHODS: Two in HIV: three. RESULTS: P = .05."))

    assert found.sections == (
        Section("Background and aims", "One."),
        Section("Methods", "Two in HIV: three."),
        Section("Results", "P = .05."),
    )


@pytest.mark.parametrize("tag", nbib.LINKS)
def test_a_link_means_what_it_means_in_pubmed_xml(tag: str) -> None:
    kinds = pubmed_record._LINKS[SAME[tag]]

    found = only(record(f"{tag:<4}- Made Up J. 2001 Jan;1(1):1. PMID: 11"))

    assert found.links == tuple(Link(kind, "pmid:11") for kind in kinds)


def test_every_link_of_pubmed_xml_has_its_tag() -> None:
    assert {SAME[tag] for tag in nbib.LINKS} == set(pubmed_record._LINKS)


def test_a_link_without_number_keeps_its_citation() -> None:
    found = only(record("EIN - Made Up J 2001 Mar;3(1):4", "RIN - Made Up J. doi: 10.1000/xyz."))

    assert found.links == (
        Link(LinkKind.CORRECTED_BY, "Made Up J 2001 Mar;3(1):4"),
        Link(LinkKind.RETRACTED_BY, "doi:10.1000/xyz"),
    )
    assert found.status is Status.RETRACTED


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (("DP  - 2002 Sep",), PublicationDate(2002, 9)),
        (("DP  - 2002 Sep 7",), PublicationDate(2002, 9, 7)),
        (("DP  - 2002",), PublicationDate(2002)),
        (("DP  - 1998 Dec-1999 Jan",), PublicationDate(1998, 12)),
        (("DP  - 2002", "DEP - 20020307"), PublicationDate(2002, 3, 7)),
        (("DP  - 2003 Jan", "DEP - 20021230"), PublicationDate(2003, 1)),
        (("DEP - 20021230",), PublicationDate(2002, 12, 30)),
        (("DP  - soon",), None),
    ],
)
def test_a_date_says_no_more_than_its_record(lines: tuple[str, ...], date: PublicationDate | None) -> None:
    assert only(record(*lines)).published == date


def test_types_headings_and_trial_number_are_kept() -> None:
    found = only(
        record("PT  - Randomized Controlled Trial", "MH  - Humans", "MH  - Stroke/*therapy/etiology", "MH  - *Stroke",
               "SI  - ClinicalTrials.gov/NCT00000001", "LA  - eng", "AU  - Doe J", "FAU - Doe, Jane", "CN  - Made Up, Group")
    )  # fmt: skip

    assert found.design is Design.RANDOMISED_TRIAL
    assert not found.level_inferred
    assert found.mesh_terms == ("Humans", "Stroke")
    assert found.registry == "NCT00000001"
    assert found.languages == ("eng",)
    assert found.authors == ("Doe J", "Made Up, Group")


def test_a_faulty_record_costs_only_itself_and_is_named() -> None:
    found = read_all(record() + "PMID- none\nTI  - T.\n\n" + "PMID- 8\nOWN - NLM\n\n" + record(pmid="9"))

    assert [getattr(one, "id", None) for one in found] == ["pmid:7", None, None, "pmid:9"]
    assert found[1] == BadRecord("record 2, line 5, PMID none", "PMID 'none' is no PubMed number")
    assert found[2] == BadRecord("record 3, line 8, PMID 8", "it has neither title nor abstract")


def test_a_record_that_lost_its_number_is_not_lost_in_the_one_before() -> None:
    found = read_all(record() + "OWN - NLM\nTI  - Another.\n\n" + record(pmid="9"))

    assert [one.title for one in found if isinstance(one, Document)] == [
        "A made-up title.",
        "Another.",
        "A made-up title.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_any_encoding_is_read(encoding: str) -> None:
    text = record("AU  - Müller É").replace("\n", "\r\n").encode(encoding)

    assert nbib.looks_like(text)
    assert only(text).authors == ("Müller É",)


def test_a_file_without_a_record_is_unreadable() -> None:
    with pytest.raises(UnreadableInput, match="no MEDLINE record"):
        read_all("nothing\n")


def test_every_real_record_becomes_a_document_with_its_number(shared: Path) -> None:
    for file in (shared / "data" / "medline_nbib_ris").iterdir():
        content = file.read_bytes()
        if not nbib.looks_like(content[: 2**16]):
            continue
        numbers = [f"pmid:{number}" for number in re.findall(rb"(?m)^PMID- *(\d+)", content)]

        with file.open("rb") as stream:
            found = list(nbib.read(stream, file.name))

        assert [one.id for one in found if isinstance(one, Document)] == [
            re.sub(r"b'(\d+)'", r"\1", number) for number in numbers
        ]
