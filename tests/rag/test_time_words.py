"""The time words of a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.time_words import When, when


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is the current advice?", When(latest=True)),
        ("What did the last five years bring?", When(latest=True)),
        ("What was advised in 2018?", When(years=(2018,))),
        ("Trials since 2019", When(since=2019)),
        ("Trials after 2019", When(since=2020)),
        ("Trials before 2000", When(until=1999)),
        ("Drugs licensed by March 2018", When(until=2018)),
        ("As of September 2018, what helps?", When(until=2018)),
        ("Deaths between 1988 and 2012", When(since=1988, until=2012)),
        ("Deaths (2001-2009)", When(since=2001, until=2009)),
        ("Practice in the 1990s", When(since=1990, until=1999)),
        ("Is the 2016 guideline still current?", When(latest=True, years=(2016,))),
        ("Since when is it known?", When()),
        ("Is 2000 mg a day safe?", When()),
    ],
)
def test_time_words_are_read(text, expected):
    assert when(text) == expected


@given(
    st.text(max_size=200)
    | st.from_regex(r"(since|before|from) (19|20)\d\d( to |-| and )(19|20)\d\d", fullmatch=True)
)
def test_a_span_never_ends_before_it_begins_where_it_is_named_as_one(text):
    time = when(text)

    assert time.since is None or time.until is None or time.since <= time.until or "before" in text.lower()
