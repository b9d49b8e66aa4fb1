"""A document keeps its number through a conversation; every study in here is made up."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_answers import COHORT, MOUSE, answer, claim
from markdown_it import MarkdownIt

from rag.article import article
from rag.citations import reference_list
from rag.conversation import number_of, numbered_documents
from rag.types import Turn
from service.answer_json import answer_json
from service.html_view import html
from service.markdown_view import markdown


def test_a_document_that_was_cited_before_keeps_its_number():
    first = answer(lead=(claim(MOUSE),), key_points=())
    second = answer(numbered=numbered_documents([Turn("a", first)]))

    assert number_of(second) == {COHORT.id: 2, MOUSE.id: 1}


def test_a_new_document_gets_the_next_number_though_an_old_one_is_no_longer_cited():
    first = answer(lead=(claim(MOUSE),), key_points=())
    second = answer(lead=(claim(COHORT),), key_points=(), numbered=numbered_documents([Turn("a", first)]))

    assert [reference.number for reference in reference_list(second)] == [2]


def test_references_stand_in_the_order_of_their_numbers():
    again = answer(numbered=(MOUSE.id,))

    assert [reference.document.id for reference in reference_list(again)] == [MOUSE.id, COHORT.id]


def test_the_numbers_are_those_of_article_and_json():
    again = answer(numbered=(MOUSE.id,))

    assert article(again).lead[0].numbers == (2,)
    assert answer_json(again)["lead"][0]["citations"][0]["number"] == 2


@pytest.mark.parametrize(
    "numbered", [(), ("ref:gone-1", MOUSE.id, "ref:gone-2"), tuple(f"ref:{n}" for n in range(9))]
)
def test_markdown_and_page_show_each_reference_under_its_number(numbered):
    """A list is counted through by whoever reads Markdown, also where a number is left out."""
    said = answer(numbered=numbered)
    due = [str(number) for number in sorted(number_of(said).values())]

    read = MarkdownIt().render(markdown(article(said)))
    lists = re.findall(r"<ol(?: start=\"(\d+)\")?>(.*?)</ol>", read, re.DOTALL)

    shown = [
        str(int(start or 1) + place)
        for start, text in lists
        for place in range(len(re.findall("<li>\n?<?p?>?(?:Doe|Made-up)", text)))
    ]
    assert shown == due
    assert re.findall(r'<li id="reference-\d+" value="(\d+)"', html(article(said))) == due


def test_a_turn_carries_the_numbers_of_turns_that_are_left_out():
    first = answer(lead=(claim(MOUSE),), key_points=())
    second = answer(lead=(claim(COHORT),), key_points=(), numbered=numbered_documents([Turn("a", first)]))

    assert numbered_documents([Turn("b", second)]) == (MOUSE.id, COHORT.id)


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), max_size=5), max_size=8))
def test_no_number_ever_changes_or_is_used_twice(conversation):
    turns, given_numbers = [], {}
    for cited in conversation:
        citations = tuple(replace(claim().citations[0], document_id=f"ref:made-up-{one}") for one in cited)
        said = answer(
            lead=(replace(claim(), citations=citations),), key_points=(), numbered=numbered_documents(turns)
        )
        for document_id, number in number_of(said).items():
            assert given_numbers.setdefault(document_id, number) == number
        turns.append(Turn("made up", said))

    assert len(set(given_numbers.values())) == len(given_numbers)
