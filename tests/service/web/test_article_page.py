"""An answer laid out for a page: cards, the chart, and text that can't become markup."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import document
from made_up_answers import COHORT, MOUSE, answer, conflicting_answer

from rag.article import article
from rag.citations import Reference
from rag.types import EvidenceLevel, PublicationDate, Role, Status, Why
from service.web.addresses import document_address, passage_address
from service.web.article_page import article_page
from service.web.chart import chart_of
from service.web.rendering import clean, day_in_words, render, source_line

WHY = Why(0.5, 0.5, 0.5, 1.0, 0.5, "made up")


def reference(number, **fields):
    known = {"level": EvidenceLevel.FOUR, "published": PublicationDate(2010)} | fields
    return Reference(number, document(number, **known), WHY)


def dots(chart):
    return {dot.number: dot for row in chart.rows for dot in row.dots}


def test_each_citation_has_a_card_of_its_own_with_its_quote():
    page = article_page(conflicting_answer())

    shown = [card for line in page.lead for card in line.cards]

    assert shown[0].quote == "The made-up clot resolved within eight days in most adults."
    assert len({card.id for card in page.cards}) == len(page.cards) == 4


def test_another_role_has_the_same_cards():
    cards = {role: [(c.id, c.quote) for c in article_page(answer(role=role)).cards] for role in Role}

    assert len(set(map(tuple, cards.values()))) == 1


def test_what_is_indirect_is_told_apart_from_the_rest():
    lines = [line for point in article_page(answer(role=Role.PATIENT)).points for line in point.lines]

    assert lines[0].indirect == "indirect evidence: mouse brain"
    assert not lines[0].rest.startswith("indirect")
    assert lines[0].told.startswith(lines[0].indirect)


@pytest.mark.parametrize(("level", "steps"), [("very low", 1), ("high", 4)])
def test_certainty_is_shown_in_four_steps(level, steps):
    said = answer()

    assert article_page(replace(said, certainty=replace(said.certainty, level=level))).certainty == steps


def test_the_strongest_level_is_the_first_row_and_what_has_none_the_last():
    references = [
        reference(1, level=None),
        reference(2, level=EvidenceLevel.FIVE),
        reference(3, level=EvidenceLevel.ONE),
    ]

    chart = chart_of(references)

    assert [row.name for row in chart.rows] == ["Level 1", "Level 5", "No level"]


def test_a_later_year_stands_further_right_and_what_has_none_stands_left_of_all():
    chart = chart_of(
        [reference(1), reference(2, published=PublicationDate(2020)), reference(3, published=None)]
    )

    place = dots(chart)
    assert place[3].x < place[1].x < place[2].x
    assert chart.undated is not None


def test_a_chart_without_any_year_is_none():
    assert chart_of([reference(1, published=None)]) is None


@given(st.lists(st.tuples(st.integers(1950, 2026), st.integers(1, 5)), min_size=1, max_size=40))
def test_no_two_dots_of_a_chart_touch_on_a_phone(studies):
    references = [
        reference(n, published=PublicationDate(year), level=EvidenceLevel(level))
        for n, (year, level) in enumerate(studies, start=1)
    ]

    placed = list(dots(chart_of(references)).values())

    assert len(placed) == len(studies)
    for n, one in enumerate(placed):
        assert 0 <= one.x <= 100
        for other in placed[n + 1 :]:
            assert abs(one.y - other.y) >= 24 or abs(one.x - other.x) * 3.5 >= 24


def test_doubt_and_indirectness_are_seen_in_the_chart():
    chart = chart_of([reference(1, status=Status.CONCERN), reference(2, notes=MOUSE.notes), reference(3)])

    assert {n: dot.kind for n, dot in dots(chart).items()} == {1: "doubtful", 2: "indirect", 3: "plain"}


def test_the_address_of_a_quote_marks_it_on_the_page_of_its_document():
    citation = answer().lead[0].citations[0]

    digest = citation.passage_id.rpartition("#")[2]
    assert passage_address(citation) == (
        f"{document_address(COHORT.id)}?passage={digest}&start=0&end={citation.end}#p-{digest}"
    )


@pytest.mark.parametrize("key", ["doi:10.1/a?b=c#d", "doi:10.1/<x>", "ref:a b"])
def test_an_id_cannot_leave_the_address_of_its_document(key):
    assert not set(document_address(key)) & set("?#<> ")


def test_a_source_line_has_neither_title_nor_address():
    line = source_line(COHORT)

    assert COHORT.title not in line
    assert line.startswith("Doe JA, Roe B. J Made Up Med.")


@given(st.text(alphabet="<>&\"'a\u202e\x00\x1b", max_size=40))
def test_no_text_becomes_markup_or_turns_the_line_around(text):
    page = render("error.html", code=404, heading=text, detail=text)

    inside = page.partition('<div class="lost">')[2].partition('<div class="actions">')[0]
    for tag in ('<p class="code number">', "</p>", "<h1>", "</h1>", "<p>"):
        inside = inside.replace(tag, "")
    assert not set(inside) & set("<>\"'\u202e\x00\x1b")


def test_what_is_cleaned_keeps_its_lines():
    assert clean("one\ntwo\u202e") == "one\ntwo "


def test_a_day_is_written_as_readers_write_it():
    assert day_in_words("2026-11-04T10:00:00+00:00") == "4 November 2026"


def test_the_page_has_every_sentence_of_the_article():
    said = conflicting_answer()

    page = article_page(said)

    lines = [*page.lead, *(line for part in (*page.points, *page.disagreements) for line in part.lines)]
    laid = article(said)
    sentences = [
        *laid.lead,
        *(s for p in laid.points for s in p.sentences),
        *(s for d in laid.disagreements for s in d.sides),
    ]
    assert [line.sentence for line in lines] == sentences
