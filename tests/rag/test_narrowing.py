"""What an abstention says where filters were set. Every document is made up."""

from __future__ import annotations

import pytest
from made_up import document, evidence

from rag.narrowing import under_filters
from rag.ranking import Ranking
from rag.types import Abstention, Filters, NearMiss, PublicationDate, Restriction

FILTERS = Filters(year_from=2020, languages=frozenset({"eng"}))
OLD = evidence("Made up.", document(1, published=PublicationDate(2015), languages=("ger",)))
NEAR = NearMiss("ref:made-up-9", "Made-up near miss", "another condition")


def abstention(**fields):
    known = {
        "reason": "no source speaks of 'zebra'",
        "documents": 40,
        "passages": 90,
        "terms": ("zebra",),
        "nearest": (NEAR,),
        "would_need": "a study on zebras",
    }
    return Abstention(**(known | fields))


def narrowed(left, outside=(OLD,), filters=FILTERS):
    return under_filters(abstention(), filters, left, Ranking(tuple(outside), ()))


def test_filters_that_leave_nothing_are_the_reason():
    told = narrowed(Restriction(0, 0, unknown=(("language", 7),), alone=(("year", 3), ("language", 12))))

    assert told.reason == (
        "the filters leave none of 40 documents: sources published in 2020 or later; in the language eng "
        "(so many pass each filter alone: year 3, language 12); not known, and so left out: "
        "the language of 7 documents"
    )
    assert (told.documents, told.passages) == (0, 0)


def test_a_single_filter_that_leaves_nothing_is_not_counted_twice():
    told = narrowed(Restriction(0, 0, alone=(("year", 0),)), filters=Filters(year_from=2030))

    assert told.reason == "the filters leave none of 40 documents: sources published in 2030 or later"


def test_filters_that_leave_something_are_named_with_how_much():
    told = narrowed(Restriction(5, 11))

    assert told.reason == (
        "no source speaks of 'zebra', among the 5 of 40 documents that the filters leave: "
        "sources published in 2020 or later; in the language eng"
    )
    assert (told.documents, told.passages) == (5, 11)


def test_what_the_filters_kept_out_is_named_first_and_once_with_the_reason():
    told = narrowed(Restriction(5, 11), (OLD, OLD))

    assert [near.document_id for near in told.nearest] == ["ref:made-up-1", "ref:made-up-9"]
    assert told.nearest[0].why == "kept out by the filters: published 2015; language ger; made up"
    assert told.would_need == (
        "filters that let in one of the documents named as kept out, or a study on zebras"
    )


@pytest.mark.parametrize(
    "within", [evidence("Made up.", document(3, published=PublicationDate(2022), languages=("en",)))]
)
def test_what_is_within_the_filters_was_not_kept_out(within):
    told = narrowed(Restriction(5, 11), (within,))

    assert told.nearest == (NEAR,)
    assert told.would_need == "a study on zebras"


def test_where_it_is_not_known_what_the_filters_leave_they_are_named():
    told = narrowed(None)

    assert told.reason == (
        "no source speaks of 'zebra', among sources published in 2020 or later; in the language eng"
    )
    assert told.documents == 40
