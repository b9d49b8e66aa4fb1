"""BibTeX; all entries are made up."""

from __future__ import annotations

import io

import pytest

from corpus import bibtex
from corpus.quarantine import BadRecord
from rag.errors import UnreadableInput
from rag.types import Document, PublicationDate

FULL = r"""@string{l = "The Made-Up Journal"}
@article{a1,
  title = {{Effect} of {CT} in M\"uller's disease}, author = {M{\"u}ller, J{\'o}zsef and {WHO, Group} and Anna B. Lee and others},
  journal = l, year = 2019, month = mar, number = 2, pages = {1--9}, doi = {10.1000/a_b}, pmid = {7},
  abstract = "BACKGROUND: 5% of 10\% with {\alpha}. RESULTS: $p<0.05$.", keywords = {x, y; z}, language = {English},
}
"""


def read_all(text: str) -> list[Document | BadRecord]:
    return list(bibtex.read(io.BytesIO(text.encode()), "made-up.bib"))


def test_an_entry_keeps_all_of_its_fields() -> None:
    (found,) = read_all(FULL)

    assert isinstance(found, Document)
    assert (found.id, found.aliases) == ("pmid:7", ("doi:10.1000/a_b",))
    assert found.title == "Effect of CT in Müller's disease"
    assert found.authors == ("Müller J", "WHO, Group", "Lee AB")
    assert (found.journal, found.issue, found.pages) == ("The Made-Up Journal", "2", "1-9")
    assert found.published == PublicationDate(2019, 3)
    assert [(part.heading, part.text) for part in found.sections] == [
        ("Background", "5% of 10% with α."),
        ("Results", "$p<0.05$."),
    ]
    assert (found.keywords, found.languages) == (("x", "y", "z"), ("eng",))
    assert found.publication_types == ("Journal Article",)


def test_an_entry_that_is_not_closed_costs_only_itself() -> None:
    found = read_all(
        "@article{bad, title = {unclosed\n@article{b, title = {Two}}\n@misc{c title={no comma}}\n@misc{d, title={Four}}\n"
    )

    assert [one.title for one in found if isinstance(one, Document)] == ["Two", "Four"]
    assert [one.where for one in found if isinstance(one, BadRecord)] == [
        "entry 1, line 1",
        "entry 3, line 3",
    ]


def test_a_key_or_a_field_given_twice_costs_nothing() -> None:
    found = read_all("@misc{a, title={One}}\n@misc{a, title={Two}}\n@misc{b, title={Three}, title={Four}}\n")

    assert [one.title for one in found if isinstance(one, Document)] == ["One", "Two", "Three"]


def test_an_entry_without_title_and_abstract_is_named() -> None:
    assert read_all("@misc{a, year={2020}}") == [
        BadRecord("entry 1, line 1, a", "it has neither title nor abstract")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FULL, True),
        ("% made up\n@misc{a,\n title={T}}", True),
        ("@comment{x}", False),
        ("---\na: b\n---\n@misc{a, b}", False),
    ],
)
def test_a_file_is_told_by_its_first_entry(text: str, expected: bool) -> None:
    assert bibtex.looks_like(text.encode()) is expected


def test_a_file_without_an_entry_is_unreadable() -> None:
    with pytest.raises(UnreadableInput, match="no BibTeX entry"):
        read_all("@comment{nothing}")
