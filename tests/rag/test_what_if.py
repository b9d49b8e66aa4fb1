"""What would move a document. Every document is made up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import TODAY, document, retrieved

from rag.question import understand
from rag.ranking import rank
from rag.relevance import TermWeights
from rag.types import (
    Design,
    Link,
    LinkKind,
    Move,
    Note,
    NoteKind,
    Population,
    PublicationDate,
    Status,
    Why,
)
from rag.weights import RankingWeights
from rag.what_if import WhatIf, changes, would_move

QUESTIONS = [
    "Does dromedaril stop night cramps?",
    "How common are night cramps in children?",
    "What is the latest on dromedaril for night cramps?",
]
WORDS = ("dromedaril", "night", "cramps", "stopped", "children", "walked", "camels")
INDIRECT = (Note(NoteKind.INDIRECT, "of camels"),)


def what_if(question, found):
    asked = understand(question)
    terms = TermWeights.of(asked.terms, dict.fromkeys(asked.terms, 3), 50)
    return WhatIf(asked, terms, TODAY, RankingWeights()), _ranked(asked, found, terms)


def _ranked(asked, found, terms):
    return rank(asked, found, terms, today=TODAY, keep=500).evidence


def explained(found, question=QUESTIONS[0]):
    asking, results = what_if(question, found)
    return asking.explained(results, found)


def _links(number):
    return st.one_of(
        st.just(()),
        st.integers(1, 8)
        .filter(lambda other: other != number)
        .map(lambda other: (Link(LinkKind.SUPERSEDES, f"ref:made-up-{other}"),)),
    )


@st.composite
def _documents(draw):
    number = draw(st.integers(1, 8))
    return document(
        number,
        title=f"{WORDS[number % 7]} {number} {'of ' * number}",
        design=draw(st.sampled_from([d for d in Design if d not in {Design.NOTICE, Design.PROTOCOL}])),
        published=draw(
            st.one_of(st.none(), st.builds(PublicationDate, st.integers(1990, 2027), st.integers(1, 12)))
        ),
        status=draw(st.sampled_from([Status.CURRENT, Status.CURRENT, Status.CONCERN, Status.SUPERSEDED])),
        notes=draw(st.sampled_from([(), (), INDIRECT])),
        populations=draw(st.frozensets(st.sampled_from(Population), max_size=2)),
        publication_types=draw(st.sampled_from([(), (), ("Preprint",)])),
        links=draw(_links(number)),
    )


@st.composite
def _found(draw):
    documents = draw(st.lists(_documents(), min_size=1, max_size=8, unique_by=lambda one: one.id))
    items = []
    for one in documents:
        for number in range(draw(st.integers(1, 3))):
            said = draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=6))
            text = f"{' '.join(said)} as {one.id} says in its sentence {number}."
            items.append(retrieved(text, one, draw(st.floats(0.3, 0.9)), number + 1))
    return items


@settings(max_examples=150, deadline=None)
@given(found=_found(), question=st.sampled_from(QUESTIONS))
def test_ranked_anew_with_the_change_it_stands_where_it_was_said(found, question):
    asking, results = what_if(question, found)

    for now, item in enumerate(asking.explained(results, found), start=1):
        changed_by = dict(changes(item.document, asking.question, TODAY))
        for move in item.why.moves:
            if move.change not in changed_by:
                continue  # of relevance, which is held below
            # Among the same results: another report of the same study, which it stands for, isn't one of them.
            standing = {one.document.id for one in results}
            then = [
                replace(one, document=changed_by[move.change]) if one.document.id == item.document.id else one
                for one in found
                if one.document.id in standing
            ]
            ranked = _ranked(asking.question, then, asking.terms)
            place = [one.passage.id for one in ranked].index(item.passage.id) + 1
            assert (place, ranked[place - 1].score) == (move.place, move.score)
            assert move.places == now - place


@settings(max_examples=60, deadline=None)
@given(found=_found())
def test_only_what_moves_is_told_and_furthest_up_first(found):
    for item in explained(found):
        moves = [move.places for move in item.why.moves]

        assert 0 not in moves
        assert moves == sorted(moves, reverse=True)


def two(first, second, cosines=(0.8, 0.5)):
    """Two documents of the same date, the first more relevant."""
    return [
        retrieved("Dromedaril stopped night cramps in all.", document(1, **first), cosines[0], 1),
        retrieved("Night cramps stopped with dromedaril in some.", document(2, **second), cosines[1], 2),
    ]


@pytest.mark.parametrize(
    ("fields", "change"),
    [
        ({"design": Design.CASE_REPORT}, "a randomised trial of the same age"),
        ({"design": Design.CASE_REPORT, "published": None}, "a randomised trial without a date too"),
        ({"published": PublicationDate(1985)}, "published today it"),
        ({"published": None}, "with a publication date of today it"),
        ({"status": Status.CONCERN}, "without the expression of concern it"),
        ({"status": Status.SUPERSEDED}, "were it not superseded it"),
        ({"notes": INDIRECT}, "as direct evidence it"),
        (
            {"publication_types": ("Preprint",), "published": PublicationDate(2019)},
            "published in a journal it",
        ),
    ],
)
def test_what_is_held_against_a_document_is_what_would_move_it(fields, change):
    found = two({"design": Design.COHORT}, {"design": Design.COHORT} | fields, (0.65, 0.66))

    moves = {move.change: move.places for move in explained(found)[1].why.moves}

    assert moves[change] == 1


def test_the_first_is_told_what_would_cost_its_place():
    series = {"design": Design.CASE_SERIES}

    first = explained(two(series, series, (0.7, 0.68)))[0]

    assert first.document.id == "ref:made-up-1"
    assert would_move(first.why) == "from 2010 it would stand 1 place lower"


def test_where_neither_design_nor_age_would_help_relevance_is_told():
    best = {"design": Design.GUIDELINE, "published": PublicationDate(2026, 11)}
    found = two(best, best, (0.85, 0.3))

    last = explained(found)[1]

    (move,) = last.why.moves
    assert move.places == 1
    assert move.change.startswith("with a relevance of 0.")
    needed = float(move.change.split()[4])
    first = explained(found)[0].why
    factor = last.score / last.why.relevance
    assert needed * factor > first.score > (needed - 0.02) * factor


def test_only_the_documents_asked_for_are_explained():
    found = two({}, {"design": Design.CASE_REPORT}, (0.7, 0.69))
    asking, results = what_if(QUESTIONS[0], found)

    first, second = asking.explained(results, found, of={"ref:made-up-2"})

    assert first.why.moves == ()
    assert second.why.moves != ()


def test_moves_are_put_in_one_line():
    moves = (
        Move("published today it", 1, 2, 0.7),
        Move("a", 1, 2, 0.7),
        Move("from 2001 it", 4, -1, 0.4),
        Move("x", 9, -6, 0.1),
    )

    assert would_move(Why(1, 1, 1, 1, 1, "", moves)) == (
        "published today it would stand 2 places higher; from 2001 it would stand 1 place lower"
    )
    assert would_move(Why(1, 1, 1, 1, 1, "")) == ""
