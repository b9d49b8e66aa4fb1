"""When a new document should have been cited: the rule, for any evidence."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from made_up import document, evidence

from rag.types import PublicationDate
from service.records.newer import overtakes

_share = st.sampled_from([0.2, 0.5, 0.8, 1.0])
_year = st.none() | st.integers(2000, 2026)


@st.composite
def items(draw):
    """Evidence with made-up parts of its score."""
    year = draw(_year)
    found = evidence("Made-up words.", document(1, published=PublicationDate(year) if year else None), 0.5)
    return replace(found, why=replace(found.why, relevance=draw(_share), quality=draw(_share)))


@given(items(), st.lists(items(), min_size=1, max_size=4))
def test_what_overtakes_is_relevant_enough_and_stronger_or_newer(new, lead):
    best = max(item.why.quality for item in lead)
    peers = [item.document.year for item in lead if item.why.quality == best]
    if overtakes(new, lead):
        assert new.why.relevance >= min(item.why.relevance for item in lead)
        assert new.why.quality >= best
        if new.why.quality == best:
            assert all(year is None or new.document.year > year for year in peers)


@given(items(), st.lists(items(), min_size=1, max_size=4))
def test_nothing_overtakes_a_lead_that_it_is_part_of(new, lead):
    assert not overtakes(new, [new, *lead])


@given(items())
def test_an_answer_without_a_lead_is_not_overtaken(new):
    assert not overtakes(new, [])
