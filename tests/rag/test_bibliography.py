"""References for reference managers."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import document, evidence
from made_up_answers import COHORT

from rag.bibliography import Name, bibtex, csl_json, name_of, page_range, ris
from rag.citations import Reference
from rag.types import Design

NASTY = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


def reference(of=COHORT) -> Reference:
    return Reference(1, of, evidence("made up", of).why)


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Doe JA", Name("Doe", "J. A.")),
        ("van der Berg J-P", Name("van der Berg", "J. P.")),
        ("Müller Ö", Name("Müller", "Ö.")),
        ("Doe J Jr", Name("Doe", "J.", "Jr")),
        ("Made Up Study Group", Name("Made Up Study Group")),
        ("Working Group ABC", Name("Working Group ABC")),
        ("Centers for Disease Control and Prevention", Name("Centers for Disease Control and Prevention")),
    ],
)
def test_a_name_is_taken_apart_and_a_group_is_not(author, name):
    assert name_of(author) == name


@pytest.mark.parametrize(
    ("pages", "first_and_last"),
    [("101-9", ("101", "109")), ("1203-1210", ("1203", "1210")), ("e12", ("e12", "")), (None, ("", ""))],
)
def test_short_page_ranges_are_read_whole(pages, first_and_last):
    assert page_range(pages) == first_and_last


def test_ris_of_a_whole_record():
    assert ris([reference()]).split("\r\n") == [
        "TY  - JOUR",
        "AU  - Doe, J. A.",
        "AU  - Roe, B.",
        "TI  - Made-up study 1",
        "JO  - J Made Up Med",
        "PY  - 2019",
        "DA  - 2019/03/07/",
        "VL  - 12",
        "IS  - 3",
        "SP  - 101",
        "EP  - 109",
        "DO  - 10.5555/made.up.1",
        "AN  - 11",
        "UR  - https://doi.org/10.5555/made.up.1",
        "ID  - ref:made-up-1",
        "ER  - ",
        "",
        "",
    ]


@given(title=NASTY, journal=NASTY, author=NASTY)
def test_no_text_can_break_out_of_a_ris_line(title, journal, author):
    lines = ris([reference(document(title=title, journal=journal, authors=(author,)))]).split("\r\n")

    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines if line)
    assert sum(line.startswith("TY  - ") for line in lines) == 1
    assert [line for line in lines if line][-1] == "ER  - "
    assert len("".join(lines).splitlines()) == 1


def test_bibtex_of_a_whole_record():
    assert bibtex([reference()]) == (
        "@article{ref:made-up-1,\n"
        "  author = {Doe, J. A. and Roe, B.},\n"
        "  title = {{Made-up study 1}},\n"
        "  journal = {J Made Up Med},\n"
        "  year = {2019},\n"
        "  month = {3},\n"
        "  volume = {12},\n"
        "  number = {3},\n"
        "  pages = {101--109},\n"
        "  doi = {10.5555/made.up.1},\n"
        "  pmid = {11},\n"
        "  url = {https://doi.org/10.5555/made.up.1},\n"
        "}\n"
    )


def test_bibtex_keeps_a_group_with_and_in_its_name_whole():
    group = document(authors=("Centers for Disease Control and Prevention",), authors_complete=False)

    assert "author = {{Centers for Disease Control and Prevention} and others}" in bibtex([reference(group)])


def test_bibtex_escapes_what_tex_would_read():
    entry = bibtex([reference(document(title="50% of A_B & {C} cost $5 #1 ~x^2 \\end"))])

    assert (
        r"{{50\% of A\_B \& \textbraceleft{}C\textbraceright{} cost \$5 \#1 \textasciitilde{}x\textasciicircum{}2 \textbackslash{}end}}"
        in entry
    )


@given(title=NASTY, journal=NASTY, author=NASTY)
def test_braces_of_bibtex_always_balance(title, journal, author):
    entry = bibtex([reference(document(title=title, journal=journal, authors=(author,)))])

    depth = 0
    for character in entry:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0


@given(ids=st.lists(st.from_regex(r"doi:10\.[0-9]{4}/[ -~]{1,12}", fullmatch=True), min_size=2, unique=True))
def test_bibtex_keys_are_distinct_and_free_of_special_characters(ids):
    keys = re.findall(r"^@misc\{(.*),$", bibtex(reference(_with_id(i)) for i in ids), flags=re.MULTILINE)

    assert len(set(keys)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9:./+-]+", key) for key in keys)


def test_csl_json_of_a_whole_record():
    (item,) = json.loads(csl_json([reference()]))

    assert item["author"] == [{"family": "Doe", "given": "J. A."}, {"family": "Roe", "given": "B."}]
    assert item["issued"] == {"date-parts": [[2019, 3, 7]]}
    assert (item["type"], item["container-title"], item["page"]) == (
        "article-journal",
        "J Made Up Med",
        "101-109",
    )
    assert (item["DOI"], item["PMID"]) == ("10.5555/made.up.1", "11")


def test_a_regulator_is_a_publisher_and_not_a_journal():
    notice = document(design=Design.REGULATORY, journal="Made-up Agency")

    (item,) = json.loads(csl_json([reference(notice)]))

    assert (item["type"], item["publisher"]) == ("report", "Made-up Agency")
    assert "@techreport" in bibtex([reference(notice)])
    assert ris([reference(notice)]).startswith("TY  - RPRT\r\n")


def test_a_digest_is_said_so_in_every_format():
    digest = reference(document(digest=True))

    assert all(
        "Digest in our own words" in text for text in (ris([digest]), bibtex([digest]), csl_json([digest]))
    )


def _with_id(document_id):
    from dataclasses import replace

    return replace(document(), id=document_id)
