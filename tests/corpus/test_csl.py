"""CSL-JSON; all items are made up."""

from __future__ import annotations

import io
import json

import pytest

from corpus import csl
from corpus.quarantine import BadRecord
from rag.errors import UnreadableInput
from rag.types import Document, PublicationDate, Section

ITEM = {
    "type": "article-journal",
    "title": "Cells of 10<sup>9</sup>/L in CO<sub>2</sub> and <i>E. coli</i>",
    "DOI": "https://doi.org/10.1000/x",
    "note": "PMID: 7\nPMCID: PMC9",
    "author": [{"family": "Müller", "given": "Jane B."}, {"literal": "Made Up Group"}],
    "issued": {"date-parts": [["2019", 3, 7]]},
    "container-title": ["The Made-Up Journal"],
    "volume": 12,
    "page": "1-9",
    "abstract": "<jats:title>Background</jats:title><jats:p>One &amp; two.</jats:p>",
    "language": "en-GB",
}


def read_all(value: object) -> list[Document | BadRecord]:
    return list(csl.read(io.BytesIO(json.dumps(value).encode()), "made-up.json"))


def test_an_item_keeps_all_of_its_fields_without_their_markup() -> None:
    (found,) = read_all([ITEM])

    assert isinstance(found, Document)
    assert (found.id, found.aliases) == ("pmid:7", ("doi:10.1000/x", "pmcid:PMC9"))
    assert found.title == "Cells of 10⁹/L in CO2 and E. coli"
    assert found.authors == ("Müller JB", "Made Up Group")
    assert (found.journal, found.volume, found.pages) == ("The Made-Up Journal", "12", "1-9")
    assert found.published == PublicationDate(2019, 3, 7)
    assert found.sections == (Section("Abstract", "Background One & two."),)
    assert found.languages == ("eng",)


def test_one_object_is_one_item() -> None:
    assert [getattr(one, "id", None) for one in read_all(ITEM)] == ["pmid:7"]


def test_an_item_that_is_none_costs_only_itself() -> None:
    found = read_all([ITEM, 7, {"type": "book"}, {**ITEM, "author": "Doe"}, {**ITEM, "author": None}])

    assert [getattr(one, "where", None) for one in found] == [None, "item 2", "item 3", "item 4", None]
    assert found[2] == BadRecord("item 3", "it has neither title nor abstract")


def test_a_date_in_words_is_read_and_one_that_is_none_left_out() -> None:
    dates = ({"raw": "2019-03"}, {"date-parts": [[None]]}, {"date-parts": [["soon"]]}, {"literal": "n.d."})

    found = read_all([{**ITEM, "issued": date} for date in dates])

    assert [one.published for one in found if isinstance(one, Document)] == [
        PublicationDate(2019, 3),
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (json.dumps([ITEM]), True),
        (json.dumps(ITEM, indent=1), True),
        (f"{json.dumps(ITEM)}\n{json.dumps(ITEM)}\n", False),
        ('{"_id": "1", "title": "T", "text": "x"}', False),
        ('[{"type": "Feature"}]', False),
    ],
)
def test_json_lines_and_other_json_are_told_apart(text: str, expected: bool) -> None:
    assert csl.looks_like(text.encode()) is expected


@pytest.mark.parametrize("text", ["[", "[" * 100_000, "7"])
def test_json_that_is_damaged_or_no_item_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableInput):
        list(csl.read(io.BytesIO(text.encode()), "made-up.json"))
