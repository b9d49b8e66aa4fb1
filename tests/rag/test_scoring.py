"""The score of one passage, its parts and its words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import TODAY, document, retrieved

from rag.question import understand
from rag.relevance import TermWeights
from rag.scoring import penalty, recency, told, weigh
from rag.types import Design, Note, NoteKind, Population, PublicationDate, Status
from rag.weights import RankingWeights, quality_of

QUESTION = understand("Does vitamin D prevent fractures?")
TERMS = TermWeights.of(QUESTION.terms, {}, 100)
WEIGHTS = RankingWeights()
DESIGNS = st.sampled_from(list(Design))
DATES = st.dates(date(1950, 1, 1), date(2040, 12, 31))
TEXT = "Vitamin D did not prevent fractures."


def scored(asked=QUESTION, cosine=0.6, **fields):
    weighed = weigh(asked, retrieved(TEXT, document(**fields), cosine), TERMS, TODAY, WEIGHTS)
    return told(asked, weighed, TODAY, WEIGHTS).why


def on(day):
    return PublicationDate(day.year, day.month, day.day)


@given(DESIGNS, st.none() | DATES.map(on), st.sampled_from(list(Status)), st.floats(-1, 1))
def test_no_score_is_above_its_relevance(design, published, status, cosine):
    why = scored(cosine=cosine, design=design, published=published, status=status)

    assert 0 <= why.score <= why.relevance <= 1


@given(DESIGNS, DESIGNS)
def test_a_better_design_never_lowers_the_score(one, other):
    low, high = sorted((one, other), key=lambda design: quality_of(design, QUESTION.type))
    # Undated, because designs differ in how fast they age.

    assert scored(design=low, published=None).score <= scored(design=high, published=None).score


@given(DESIGNS, DATES, DATES)
def test_a_newer_date_never_lowers_the_score(design, one, other):
    older, newer = sorted((one, other))

    older_score = scored(design=design, published=on(older)).score
    assert older_score <= scored(design=design, published=on(newer)).score


@given(DESIGNS, DESIGNS, DATES, DATES, st.floats(-1, 1))
def test_quality_and_recency_move_a_score_by_no_more_than_their_weights(one, other, day, other_day, cosine):
    first = scored(cosine=cosine, design=one, published=on(day))
    second = scored(cosine=cosine, design=other, published=on(other_day))

    most = (WEIGHTS.quality + WEIGHTS.recency) * first.relevance
    assert abs(first.score - second.score) <= most + 1e-3


@given(st.integers(1, 5_000), DESIGNS)
def test_a_future_date_counts_as_today(days, design):
    future = document(published=on(TODAY + timedelta(days=days)), design=design)

    assert recency(future, TODAY, WEIGHTS) == recency(document(published=on(TODAY)), TODAY, WEIGHTS) == 1


@given(DESIGNS, DATES)
def test_recency_lies_between_its_floor_and_1(design, day):
    assert WEIGHTS.floor <= recency(document(design=design, published=on(day)), TODAY, WEIGHTS) <= 1


def test_a_future_date_is_flagged_in_the_words():
    assert "lies in the future and counts as today" in scored(published=PublicationDate(2030)).text
    assert "future" not in scored(published=PublicationDate(2020)).text


def test_an_unknown_date_is_said_and_counts_as_neither_new_nor_old():
    why = scored(published=None)

    assert "date unknown" in why.text
    assert why.recency == WEIGHTS.unknown_date < 1


def test_a_preprint_ages_faster_than_a_paper():
    paper, preprint = document(), document(publication_types=("Preprint",))

    assert recency(preprint, TODAY, WEIGHTS) < recency(paper, TODAY, WEIGHTS)


@pytest.mark.parametrize("status", [Status.CONCERN, Status.SUPERSEDED])
def test_a_standing_doubt_halves_the_score_and_is_named(status):
    why, sound = scored(status=status), scored()

    assert why.penalty == 0.5
    assert why.score == pytest.approx(sound.score / 2, abs=1e-4)
    assert f"{status.value}: factor 0.50" in why.text


def test_a_correction_costs_nothing():
    assert penalty(document(status=Status.CORRECTED), WEIGHTS) == 1


def test_indirectness_costs_a_little_and_is_named():
    why = scored(notes=(Note(NoteKind.INDIRECT, "from mice"),))

    assert why.penalty == WEIGHTS.indirect_penalty
    assert "indirect: from mice" in why.text


CHILDREN = understand("Does vitamin D prevent fractures in children?")


@pytest.mark.parametrize(
    ("asked", "studied", "factor"),
    [
        (CHILDREN, {Population.ADULT}, WEIGHTS.population_penalty),
        (CHILDREN, {Population.ADULT, Population.CHILD}, 1),
        (CHILDREN, set(), 1),
        (QUESTION, {Population.CHILD}, 1),
        (understand("Does vitamin D help in pregnancy?"), {Population.ADULT}, WEIGHTS.population_penalty),
    ],
)
def test_a_study_of_others_than_are_asked_about_counts_for_less(asked, studied, factor):
    why = scored(asked, populations=frozenset(studied))

    assert why.penalty == factor
    assert ("studied in" in why.text) is (factor < 1)


def test_whom_it_was_studied_in_is_said():
    why = scored(CHILDREN, populations=frozenset({Population.ADULT}))

    assert "studied in adults, asked about children: factor 0.85" in why.text


@pytest.mark.parametrize(
    "said", [{"title": "Vitamin D for children"}, {"text": "In children vitamin D did nothing."}]
)
def test_what_speaks_of_the_group_is_about_it_whatever_the_record_says(said):
    adults = document(title=said.get("title", "Vitamin D"), populations=frozenset({Population.ADULT}))

    why = weigh(CHILDREN, retrieved(said.get("text", TEXT), adults), TERMS, TODAY, WEIGHTS).why
    assert why.penalty == 1


@pytest.mark.parametrize(("size", "less"), [(24, True), (150, True), (200, False), (None, False)])
def test_a_small_study_has_less_of_its_designs_quality(size, less):
    full, why = scored().quality, scored(sample_size=size)

    assert (why.quality < full) is less


@given(st.integers(1, 500), st.integers(1, 500), DESIGNS)
def test_a_larger_study_never_has_a_lower_score(one, other, design):
    small, large = sorted((one, other))

    assert scored(design=design, sample_size=small).score <= scored(design=design, sample_size=large).score


def test_a_study_of_few_says_how_many():
    assert "cohort study of 24: quality" in scored(sample_size=24).text


def test_a_synthesis_is_as_good_as_its_methods_whatever_number_it_states():
    synthesis = {"design": Design.SYSTEMATIC_REVIEW}

    assert scored(**synthesis, sample_size=24).quality == scored(**synthesis).quality


def test_who_asks_whether_a_study_still_holds_asks_for_what_is_newer():
    asked = understand("Does the result of the RECOVERY trial on vitamin D still hold?")

    old, new = scored(asked, published=PublicationDate(1990)), scored(asked, published=PublicationDate(2026))
    assert old.score < new.score


def test_an_inferred_design_says_so():
    assert "(inferred from the text)" in scored(level_inferred=True).text
    assert "inferred" not in scored(level_inferred=False).text


def test_latest_raises_the_weight_of_recency():
    old = {"published": PublicationDate(1990)}
    latest = understand("What is the latest on vitamin D and fractures?")

    assert scored(latest, **old).score < scored(**old).score


@pytest.mark.parametrize(
    "text", ["What did vitamin D trials of 1990 find?", "What did the RECOVERY trial find on vitamin D?"]
)
def test_a_named_year_or_study_takes_recency_out_of_the_score(text):
    asked = understand(text)

    old, new = scored(asked, published=PublicationDate(1990)), scored(asked, published=PublicationDate(2026))
    assert old.score == new.score
