"""Hybrid search in the library. Every document is made up."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from library_kit import CountingEmbedder, ids, index, paper, write

from indexes.candidates import CandidateSearch, SearchMode
from indexes.library import Library
from rag.errors import LibraryProblem, ModelMismatch
from rag.types import Design, Filters, PublicationDate, Status

PAPERS = [
    paper(
        number,
        f"Steroids were tried, case {number}.",
        published=PublicationDate(2000 + number % 20),
        design=design,
    )
    for number, design in enumerate([Design.COHORT, Design.GUIDELINE, Design.CASE_REPORT] * 20)
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("filled")
    library = Library(folder / "library")
    undated = paper(99, "Steroids, at some time.", published=None)
    index(
        library, write(folder / "a", *PAPERS, undated, paper(100, "Embolisation.", status=Status.RETRACTED))
    )
    return library


def search(library, query="steroids", filters=None, **options):
    mode = options.pop("mode", SearchMode.HYBRID)
    return CandidateSearch(library, CountingEmbedder(), **options).search([query], filters or Filters(), mode)


@pytest.mark.parametrize("mode", SearchMode)
@pytest.mark.parametrize(
    "filters",
    [
        Filters(year_from=2018),
        Filters(designs=frozenset({Design.GUIDELINE})),
        Filters(as_of=date(2001, 6, 1)),
        Filters(
            year_from=2003, designs=frozenset({Design.COHORT, Design.CASE_REPORT}), as_of=date(2009, 12, 31)
        ),
    ],
)
def test_a_filter_gives_all_that_there_is_within_it_and_nothing_else(filled, filters, mode):
    within = {
        one.id
        for one in PAPERS
        if (not filters.designs or one.design in filters.designs)
        and (filters.year_from is None or one.year >= filters.year_from)
        and (filters.as_of is None or one.published.latest <= filters.as_of)
    }

    found = search(filled, filters=filters, mode=mode, depth=len(within)).found

    assert {one.document.id for one in found} == within


def test_a_date_after_the_day_asked_for_is_not_seen(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1, published=PublicationDate(2020, 5, 3))))

    assert ids(library, "steroids", Filters(as_of=date(2020, 5, 3))) == ["ref:made-up-1"]
    assert ids(library, "steroids", Filters(as_of=date(2020, 5, 2))) == []


def test_every_passage_has_its_cosine_as_exact_as_vectors_are_kept(filled):
    embedder = CountingEmbedder()
    query = embedder.embed(["steroids"])[0]

    for one in search(filled).found:
        text = f"{one.document.title}\n{one.passage.section}\n{one.passage.text}"
        assert one.cosine == pytest.approx(float(np.dot(query, embedder.embed([text])[0])), abs=3e-4)


def test_bm25_is_given_for_lexical_hits_alone(filled):
    found = search(filled, "embolisation").found

    assert [one.document.id for one in found if one.lexical is not None] == ["ref:made-up-100"]
    assert found[0].lexical > 0


def test_a_retracted_document_is_found_and_says_so(filled):
    assert search(filled, "embolisation").found[0].document.status is Status.RETRACTED


def test_several_queries_are_embedded_at_once_and_their_hits_united(filled):
    embedder = CountingEmbedder()

    found = CandidateSearch(filled, embedder, depth=3).search(["embolisation", "some time"]).found

    assert embedder.embedded == ["embolisation", "some time"]
    assert {"ref:made-up-100", "ref:made-up-99"} <= {one.document.id for one in found}
    assert len({one.passage.id for one in found}) == len(found)
    assert [one.fused for one in found] == sorted((one.fused for one in found), reverse=True)


def test_of_several_queries_the_best_cosine_and_bm25_score_count(filled):
    queries = ["steroids tried in case 3", "steroids"]
    alone = [{one.passage.id: one for one in search(filled, query).found} for query in queries]

    both = CandidateSearch(filled, CountingEmbedder()).search(queries).found

    for one in both:
        found = [by_id[one.passage.id] for by_id in alone]
        assert one.cosine == max(each.cosine for each in found)
        assert (one.lexical or 0) == max(each.lexical or 0 for each in found)


def test_the_same_search_gives_the_same(filled):
    assert search(filled) == search(filled)


def test_a_query_without_a_search_term_is_answered_by_vectors_alone(filled):
    found = search(filled, "?! \0 the").found

    assert found
    assert all(one.lexical is None for one in found)


def test_a_search_follows_the_library_to_its_next_generation(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)))
    following = CandidateSearch(library, CountingEmbedder())
    before = following.search(["embolisation"])

    index(library, write(tmp_path / "b", paper(2, "Embolisation.")))
    after = following.search(["embolisation"])

    assert (before.coverage.generation, after.coverage.generation) == (1, 2)
    assert after.found[0].document.id == "ref:made-up-2"


def test_an_empty_library_names_the_command_that_fills_it(library, tmp_path):
    index(library, write(tmp_path / "a", broken=["{"]))

    with pytest.raises(LibraryProblem, match="vouch index PATH"):
        search(library)


def test_another_model_is_refused(filled):
    with pytest.raises(ModelMismatch, match="'other'"):
        CandidateSearch(filled, CountingEmbedder("other")).search(["steroids"])
