"""JSON lines: ours and BEIR's. All records are made up."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from corpus import jsonl
from corpus.quarantine import BadRecord
from corpus.reading import read
from rag.types import Design, Document, EvidenceLevel, Link, LinkKind, Population, Section, Status


def read_all(*lines: object) -> list[Document | BadRecord]:
    written = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return list(jsonl.read(io.BytesIO(b"\n".join(written)), "made-up.jsonl"))


def only(**fields: object) -> Document:
    (found,) = read_all({"title": "A made-up title", **fields})
    assert isinstance(found, Document)
    return found


def test_every_field_of_a_line_reaches_the_document() -> None:
    found = only(
        pmid=12,
        doi="https://doi.org/10.1000/ONE",
        pmcid="PMC3",
        abstract="It fell.",
        sections=[{"heading": "Results", "text": "One.\n \nTwo\nlines."}],
        authors=["Doe J"],
        journal="J",
        volume=3,
        issue="2",
        pages="1-2",
        date="2019-03",
        publication_types=["Observational Study"],
        mesh=["Humans"],
        keywords=["a"],
        language="eng",
        design="case-control",
        n=30,
        population="adults",
        registry="NCT00000479",
        links=[{"kind": "corrected by", "target": "PMID:13"}],
        url="https://example.org",
        license="CC BY",
    )

    assert found == Document(
        id="pmid:12",
        aliases=("doi:10.1000/ONE", "pmcid:PMC3"),
        title="A made-up title",
        sections=(Section("Abstract", "It fell."), Section("Results", "One.\n\nTwo lines.")),
        authors=("Doe J",),
        journal="J",
        volume="3",
        issue="2",
        pages="1-2",
        published=found.published,
        publication_types=("Observational Study",),
        mesh_terms=("Humans",),
        keywords=("a",),
        languages=("eng",),
        design=Design.CASE_CONTROL,
        design_text="case-control",
        level=EvidenceLevel.FOUR,
        level_inferred=False,
        sample_size=30,
        population="adults",
        populations=frozenset({Population.ADULT}),
        registry="NCT00000479",
        status=Status.CORRECTED,
        links=(Link(LinkKind.CORRECTED_BY, "pmid:13"),),
        url="https://example.org",
        licence="CC BY",
        source_path="made-up.jsonl",
    )
    assert str(found.published) == "2019-03"


def test_a_line_of_beir_is_read() -> None:
    (found,) = read_all({"_id": "MED-10", "title": "A title", "text": "It fell.", "metadata": {}})

    assert isinstance(found, Document)
    assert (found.id, found.sections) == ("ref:MED-10", (Section("Abstract", "It fell."),))


def test_a_known_scheme_stays_in_a_beir_id() -> None:
    (found,) = read_all({"_id": "pmid:993", "title": "A title", "text": ""})

    assert isinstance(found, Document)
    assert found.id == "pmid:993"


def test_without_an_id_the_words_are_the_id() -> None:
    assert only().id == only().id
    assert only().id.startswith("sha256:")
    assert only().id != only(abstract="Other words.").id


def test_a_bad_line_costs_only_itself_and_is_told_by_its_number() -> None:
    good = {"id": "ref:1", "title": "One"}

    first, bad, last = read_all(good, b"{broken", b"", {"id": "ref:4", "title": "Four"})

    assert isinstance(bad, BadRecord)
    assert bad.where == "line 2"
    assert [one.id for one in (first, last) if isinstance(one, Document)] == ["ref:1", "ref:4"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"[]", "object"),
        (b"7", "object"),
        (b'{"title": 7}', "field title"),
        (b'{"id": "a"}', "neither title nor text"),
        (b'{"title": "a", "pmid": "x"}', "pmid 'x'"),
        (b'{"title": "a", "year": "soon"}', "field year"),
        (b'{"title": "a", "year": 19}', "no year"),
        (b'{"title": "a", "date": "7 March"}', "date '7 March'"),
        (b'{"title": "a", "links": [{"kind": "likes", "target": "pmid:1"}]}', "field links.0.kind"),
        (b'{"title": "\\ud800"}', ""),
        (b'{"title": "a\xff"}', ""),
        (b'{"title": ' + b"[" * 100_000, ""),
    ],
)
def test_what_a_line_must_not_hold_is_named(line: bytes, reason: str) -> None:
    (bad,) = read_all(line)

    assert isinstance(bad, BadRecord)
    assert reason in bad.reason


def test_a_line_without_end_is_passed_over() -> None:
    bad, last = read_all(
        b'{"title": "' + b"x" * (2 * jsonl.LONGEST_LINE + 5), {"id": "ref:2", "title": "Two"}
    )

    assert isinstance(bad, BadRecord)
    assert isinstance(last, Document)
    assert last.id == "ref:2"


def test_control_characters_and_odd_white_space_become_spaces() -> None:
    found = only(abstract="a\u0000b\u00a0\tc\r\n\r\nd")

    assert found.sections[0].text == "a b c\n\nd"


def test_a_line_can_say_that_it_is_retracted() -> None:
    assert only(retracted=True).status is Status.RETRACTED


def test_real_abstracts_are_all_read(shared: Path) -> None:
    found = list(read(shared / "data" / "scifact" / "corpus.jsonl"))

    assert len(found) == 5183
    assert all(isinstance(one, Document) and one.sections for one in found)
