"""Which passages get a place among the evidence."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import document, evidence

from rag.relevance import TermWeights
from rag.selection import order, select, take_turns
from rag.types import Design, EvidenceLevel, Link, LinkKind, PublicationDate, Status
from rag.weights import RankingWeights

WEIGHTS = RankingWeights()
NO_TERMS = TermWeights({})


def item(number, score=0.6, text="", **fields):
    return evidence(text or f"Made-up finding number {number}.", document(number, **fields), score)


def selected(items, keep=8, terms=NO_TERMS):
    return select(sorted(items, key=order), keep, WEIGHTS, terms)


DRAWN = st.lists(
    st.tuples(st.integers(1, 40), st.sampled_from([0.4, 0.5, 0.6]), st.integers(0, 9)),
    max_size=30,
    unique_by=lambda drawn: drawn[0],
)


@given(DRAWN, st.data())
def test_the_order_of_the_input_changes_nothing(drawn, data):
    items = [item(number, score, f"Made-up text {text}.") for number, score, text in drawn]

    assert selected(data.draw(st.permutations(items))) == selected(items)


@given(st.integers(0, 20), st.integers(1, 12))
def test_no_more_are_kept_than_asked_for(found, keep):
    assert len(selected([item(n, 0.9 - n / 100) for n in range(found)], keep)) == min(found, keep)


def test_of_one_document_two_long_passages_are_kept():
    of = document(1)
    items = [evidence(f"Passage {n}. " + "word " * 120, of, 0.9 - n / 100) for n in range(5)]

    assert len(selected(items)) == WEIGHTS.passages_per_document


def test_of_one_document_more_short_passages_are_kept_up_to_a_length():
    of = document(1)
    items = [evidence(f"Passage {n}. " + "word " * 50, of, 0.9 - n / 100) for n in range(9)]

    kept = selected(items)

    assert len(kept) > WEIGHTS.passages_per_document
    assert sum(len(e.passage.text) for e in kept) <= WEIGHTS.characters_per_document


def test_a_text_that_repeats_but_for_case_and_spaces_is_kept_once():
    kept = selected([item(1, 0.7, "The same finding."), item(2, 0.6, "the  SAME finding.")])

    assert [e.document.id for e in kept] == ["ref:made-up-1"]


def test_the_newest_strong_study_is_not_crowded_out_by_fifteen_older_ones():
    """The reversal guard."""
    old = [
        item(n, 0.9 - n / 1000, design=Design.RANDOMISED_TRIAL, published=PublicationDate(2000))
        for n in range(15)
    ]
    new = item(99, 0.35, design=Design.RANDOMISED_TRIAL, published=PublicationDate(2026))

    assert new in selected([*old, new])


@given(
    st.lists(
        st.tuples(st.sampled_from(list(Design)), st.integers(1980, 2026), st.sampled_from([0.3, 0.5, 0.9])),
        max_size=30,
    ),
    st.integers(2, 12),
)
def test_the_newest_strong_study_always_has_a_place(drawn, keep):
    """The reversal guard, whatever else is found."""
    items = [item(n, s, design=d, published=PublicationDate(y)) for n, (d, y, s) in enumerate(drawn)]
    strong = {
        Design.GUIDELINE, Design.SYSTEMATIC_REVIEW, Design.META_ANALYSIS, Design.RANDOMISED_TRIAL, Design.REGULATORY
    }  # fmt: skip
    years = [e.document.year for e in items if e.document.design in strong]

    kept = {e.document.year for e in selected(items, keep) if e.document.design in strong}
    assert not years or max(years) in kept


def test_a_new_weak_study_has_no_such_right():
    old = [item(n, 0.9, design=Design.RANDOMISED_TRIAL) for n in range(15)]
    new = item(99, 0.35, design=Design.OPINION, published=PublicationDate(2026))

    assert new not in selected([*old, new])


@pytest.mark.parametrize("fields", [{"status": Status.SUPERSEDED}, {"published": None}, {"sample_size": 24}])
def test_a_superseded_undated_or_tiny_study_is_never_the_newest_strong_one(fields):
    newest = {"design": Design.RANDOMISED_TRIAL, "published": PublicationDate(2026), **fields}
    old = [item(n, 0.9, design=Design.RANDOMISED_TRIAL) for n in range(15)]

    assert item(99, 0.35, **newest) not in selected([*old, item(99, 0.35, **newest)])


def test_every_term_of_the_question_has_a_place():
    loud = [item(n, 0.9, f"Vitamin finding number {n}.") for n in range(15)]
    quiet = item(99, 0.35, "A finding on fractures.")

    kept = selected([*loud, quiet], terms=TermWeights({"vitamin": 1.0, "fractur": 1.0}))

    assert quiet in kept


def test_places_that_are_owed_never_take_more_than_a_quarter():
    loud = [item(n, 0.9, f"Vitamin finding number {n}.") for n in range(15)]
    quiet = [item(n, 0.35, f"A finding on fractures, number {n}.") for n in range(20, 30)]

    kept = selected([*loud, *quiet], terms=TermWeights({"vitamin": 1.0, "fractur": 1.0}))

    assert sum(e in quiet for e in kept) == 2


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"score": 0.7, "published": PublicationDate(1990)}, {"score": 0.6}),
        ({"published": PublicationDate(2021)}, {"published": PublicationDate(2020)}),
        ({"published": PublicationDate(1800)}, {"published": None}),
        ({"level": EvidenceLevel.ONE}, {"level": EvidenceLevel.TWO}),
        ({"level": EvidenceLevel.FIVE}, {"level": None}),
    ],
)
def test_ties_go_to_the_newer_date_then_to_the_better_level(better, worse):
    # The numbers are against the better one, so that no id decides.
    assert order(item(2, **better)) < order(item(1, **worse))


def test_sides_take_turns():
    items = [item(n, 0.9 - n / 100, "A loud finding." if n < 4 else "A quiet one.") for n in range(6)]

    turns = take_turns(items, lambda e: e.passage.text, frozenset())

    assert [e.passage.text[2:7] for e in turns] == ["loud ", "quiet", "loud ", "quiet", "loud ", "loud "]


def test_a_side_that_is_named_takes_two_places_a_turn():
    items = [item(n, 0.9 - n / 100, "loud" if n % 2 else "quiet") for n in range(12)]

    turns = take_turns(items, lambda e: e.passage.text, frozenset({"loud"}))

    assert Counter(e.passage.text for e in turns[:6]) == {"loud": 4, "quiet": 2}


def test_turns_lose_and_change_nothing():
    items = [item(n, 0.9 - n / 100) for n in range(9)]

    assert sorted(take_turns(items, lambda e: e.document.id[-1], frozenset()), key=order) == items


@pytest.mark.parametrize("says", ["the old edition", "the new edition"])
def test_a_superseded_edition_never_ranks_above_its_successor(says):
    """Whichever of the two names the other."""
    by, of = Link(LinkKind.SUPERSEDED_BY, "ref:MADE-UP-2"), Link(LinkKind.SUPERSEDES, "ref:MADE-UP-1")
    old = item(1, 0.8, status=Status.SUPERSEDED, links=(by,) if says == "the old edition" else ())
    new = item(2, 0.4, links=(of,) if says == "the new edition" else ())

    kept = selected([old, item(3, 0.6), new])

    assert [e.document.id[-1] for e in kept] == ["3", "2", "1"]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12),
    st.lists(st.sampled_from([0.3, 0.5, 0.7, 0.9]), min_size=10, max_size=10),
    st.data(),
)
def test_in_whatever_order_no_superseded_edition_stands_above_its_successor(pairs, scores, data):
    newer = {(old, new) for old, new in pairs if old < new}  # no edition supersedes itself in the end
    names = {
        old: tuple(Link(LinkKind.SUPERSEDED_BY, f"ref:made-up-{n}") for o, n in newer if o == old)
        for old in range(10)
    }
    items = [item(n, score, links=names[n]) for n, score in enumerate(scores)]

    places = [
        int(e.document.id[-1])
        for e in selected(data.draw(st.permutations(items)), keep=data.draw(st.integers(4, 10)))
    ]

    assert all(places.index(new) < places.index(old) for old, new in newer if {old, new} <= set(places))


def test_of_three_editions_the_newest_comes_first():
    def edition(number, score):
        links = (Link(LinkKind.SUPERSEDED_BY, f"ref:made-up-{number + 1}"),) if number < 3 else ()
        return item(number, score, links=links)

    kept = selected([edition(1, 0.8), edition(2, 0.6), edition(3, 0.4)])

    assert [e.document.id[-1] for e in kept] == ["3", "2", "1"]


def test_editions_that_supersede_each_other_by_mistake_are_both_kept():
    links = [(Link(LinkKind.SUPERSEDED_BY, f"ref:made-up-{other}"),) for other in (2, 1)]

    assert len(selected([item(1, links=links[0]), item(2, links=links[1])])) == 2


def test_an_edition_whose_successor_was_not_found_keeps_its_rank():
    old = item(1, 0.8, links=(Link(LinkKind.SUPERSEDED_BY, "ref:made-up-9"),))

    assert selected([old, item(2, 0.4)])[0] == old
