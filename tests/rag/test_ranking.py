"""What becomes evidence, what is left out, and why."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import TODAY, document, retrieved

from rag.question import understand
from rag.ranking import rank
from rag.relevance import TermWeights
from rag.types import Design, Link, LinkKind, PublicationDate, Status
from rag.weights import RankingWeights

QUESTION = understand("Does vitamin D prevent fractures in older people?")
TERMS = TermWeights.of(QUESTION.terms, {}, 100)
TEXT = "Vitamin D did not prevent fractures in older people"


def found(number=1, text="", cosine=0.6, **fields):
    return retrieved(text or f"{TEXT}, study {number}.", document(number, **fields), cosine, number)


def ranked(*items, keep=8, **more):
    return rank(QUESTION, items, TERMS, today=TODAY, keep=keep, **more)


def ids(ranking):
    return [item.document.id for item in ranking.evidence]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": Status.RETRACTED}, "retracted"),
        ({"design": Design.NOTICE}, "notice"),
        ({"design": Design.PROTOCOL}, "protocol"),
        ({"design": Design.NOTICE, "status": Status.RETRACTED}, "retracted"),
    ],
)
def test_what_is_no_evidence_is_named_with_the_reason(fields, reason):
    ranking = ranked(found(1, **fields), found(2))

    (excluded,) = ranking.excluded
    assert ids(ranking) == ["ref:made-up-2"]
    assert excluded.document.id == "ref:made-up-1"
    assert reason in excluded.reason


def test_what_lies_below_the_threshold_is_named_with_its_relevance():
    ranking = ranked(found(1, "Something else altogether.", 0.1))

    assert ranking.evidence == ()
    assert f"below the threshold of {RankingWeights().gate:.2f}" in ranking.excluded[0].reason


def test_a_document_with_one_passage_above_the_threshold_is_not_left_out():
    ranking = ranked(found(1), found(1, "Something else altogether.", 0.1))

    assert ids(ranking) == ["ref:made-up-1"]
    assert ranking.excluded == ()


def test_a_new_guideline_on_something_else_does_not_win():
    guideline = {"design": Design.GUIDELINE, "published": PublicationDate(2026)}
    old = {"design": Design.COHORT, "published": PublicationDate(1990)}

    ranking = ranked(found(1, "Vitamin K and warfarin.", 0.3, **guideline), found(2, **old))

    assert ids(ranking)[0] == "ref:made-up-2"


@settings(deadline=None)  # the first ranking loads the stemmer
@given(
    st.lists(
        st.builds(
            found,
            st.integers(1, 40),
            st.sampled_from(["", TEXT, "Fractures in older people.", "Nothing of the kind."]),
            st.sampled_from([0.1, 0.5, 0.7]),
            design=st.sampled_from(list(Design)),
            status=st.sampled_from(list(Status)),
        ),
        max_size=20,
        unique_by=lambda item: item.document.id,
    ),
    st.data(),
)
def test_shuffled_input_gives_the_same_evidence(items, data):
    shuffled = data.draw(st.permutations(items))

    one, other = ranked(*items), ranked(*shuffled)
    assert one.evidence == other.evidence
    assert set(one.excluded) == set(other.excluded)


@given(
    st.lists(st.sampled_from(list(Status)), max_size=12), st.lists(st.sampled_from(list(Design)), max_size=12)
)
def test_every_document_is_evidence_or_named_as_left_out(statuses, designs):
    fields = [{"status": s, "design": d} for s, d in zip(statuses, designs, strict=False)]
    items = [found(n, **each) for n, each in enumerate(fields)]

    ranking = ranked(*items, keep=20)

    out = [excluded.document.id for excluded in ranking.excluded]
    assert sorted((*ids(ranking), *out)) == sorted(item.document.id for item in items)
    assert not any(item.document.retracted for item in ranking.evidence)


@pytest.mark.parametrize("link", [LinkKind.PREPRINT_OF, LinkKind.SUPERSEDED_BY])
def test_a_preprint_of_a_retracted_paper_is_no_evidence(link):
    links = (Link(link, "ref:made-up-2"),)

    ranking = ranked(
        found(1, publication_types=("Preprint",), links=links), found(2, status=Status.RETRACTED)
    )

    assert ranking.evidence == ()
    assert "the preprint of ref:made-up-2, which was retracted" in ranking.excluded[0].reason


def test_a_further_report_of_a_trial_is_named_as_left_out():
    trial = {"design": Design.RANDOMISED_TRIAL, "registry": "NCT00000001"}

    ranking = ranked(found(1, **trial), found(2, **trial))

    (excluded,) = ranking.excluded
    assert excluded.document.id not in ids(ranking)
    assert excluded.reason == f"reports the same as {ids(ranking)[0]}, which stands for it"


def test_one_new_trial_has_a_place_beside_fifteen_older_ones_that_fit_better():
    """The reversal guard."""
    trial = Design.RANDOMISED_TRIAL
    old = [found(n, design=trial, published=PublicationDate(2005), cosine=0.75) for n in range(15)]
    new = found(99, "Vitamin D raised fractures.", 0.3, design=trial, published=PublicationDate(2026))

    assert "ref:made-up-99" in ids(ranked(*old, new))


def test_with_sides_given_the_sides_take_turns():
    loud = [found(n, cosine=0.75) for n in range(10)]
    quiet = found(99, "Vitamin D, fractures, older people: a side note.", 0.3)

    ranking = ranked(*loud, quiet, keep=4, shares=lambda e: "side" if "side" in e.passage.text else "main")

    assert "ref:made-up-99" in ids(ranking)


def test_the_threshold_is_a_weight_like_any_other():
    assert ranked(found(), weights=RankingWeights(gate=0.99)).evidence == ()


def test_nothing_found_gives_nothing():
    assert ranked().evidence == ranked().excluded == ()
