"""The lexical index. All texts are made up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from library_kit import index as index_batch
from library_kit import lexical_ids, paper, write

from indexes import lexical
from indexes.lexical import Entry, LexicalIndex, bring_forward, build
from indexes.within import Within
from rag.errors import LibraryProblem
from rag.text import terms

ENTRIES = [
    Entry(1, "Steroids in haematoma", "Results", "Dexamethasone was of no use."),
    Entry(2, "Surgery", "Results", "Steroids were given with dexamethasone and dexamethasone again."),
    Entry(3, "Surgery", "Resorption time", "The haematoma went within 7.5 days."),
]


def made(folder, entries=ENTRIES):
    folder.mkdir()
    build(folder, entries)
    return LexicalIndex.open(folder)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return made(tmp_path_factory.mktemp("lexical") / "index")


def nums(index, query, **options):
    return [num for num, _ in index.best(terms(query), 10, **options)]


def test_a_word_of_the_title_counts_more_than_one_of_the_text(index):
    assert nums(index, "steroid") == [1, 2]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("hematomas", {1, 3}),
        ("7.5 days", {3}),
        ("resorption", {3}),
        ("nothing of it", set()),
        ("the of", set()),
    ],
)
def test_terms_match_in_title_heading_and_text(index, query, found):
    assert set(nums(index, query)) == found


@settings(max_examples=200, deadline=None)
@given(query=st.text() | st.text(alphabet="\"'()[]{}:*?~^+-!&|\\/ANDOR \0\ud800é"))
def test_whatever_is_written_is_a_safe_query(index, query):
    assert all(num in {1, 2, 3} and score > 0 for num, score in index.best(terms(query), 10))


@pytest.mark.parametrize("by_terms_below", [0, 10_000])
def test_a_filter_gives_all_that_there_is_within_it(tmp_path, monkeypatch, by_terms_below):
    monkeypatch.setattr(lexical, "_FILTER_BY_TERMS_BELOW", by_terms_below)
    many = made(
        tmp_path / "many", [Entry(num, "Steroids", "", "dexamethasone " * num) for num in range(1, 300)]
    )

    found = many.best(terms("dexamethasone"), 5, within=Within.of([2, 5, 290]))

    assert {num for num, _ in found} == {2, 5, 290}
    assert many.best(terms("dexamethasone"), 5, within=Within.of([])) == []


def test_a_passage_is_found_by_the_subject_headings_and_keywords_of_its_document(tmp_path):
    entries = [
        Entry(1, "A trial", "", "Some text.", "Anticoagulants\nStroke"),
        Entry(2, "A trial", "", "Some text."),
    ]

    found = made(tmp_path / "subjects", entries)

    assert nums(found, "anticoagulant") == [1]


def test_a_document_of_the_library_is_found_by_its_subject_headings(library, tmp_path):
    heparin = paper(1, "It was of no use.", mesh_terms=("Heparin, Low-Molecular-Weight",), keywords=("früh",))

    index_batch(library, write(tmp_path / "a", heparin, paper(2, "It was of no use.")))

    assert lexical_ids(library, "heparin") == lexical_ids(library, "früh") == ["ref:made-up-1"]


def test_a_long_text_about_it_comes_before_a_short_title_that_names_it_in_passing(tmp_path):
    """Title and text are one field: in fields of their own a word in a short title outweighs all else."""
    entries = [
        Entry(
            1, "Statins", "", "Diet and exercise were compared in a cohort of volunteers without follow-up."
        ),
        Entry(2, "A trial of lipid lowering after stroke", "", "Statins after stroke. " * 5),
    ]

    assert nums(made(tmp_path / "fields", entries), "statins after stroke")[0] == 2


def test_a_cache_by_other_rules_is_refused(tmp_path):
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_text_field("title", stored=False, tokenizer_name="whitespace", index_option="freq")
    tantivy.Index(schema.build(), path=str(tmp_path))

    with pytest.raises(LibraryProblem, match="must be rebuilt"):
        LexicalIndex.open(tmp_path)


def test_document_frequencies_count_passages_with_their_titles(index):
    found = index.document_frequencies(terms("steroids haematoma dexamethasone nowhere"))

    assert found == {"steroid": 2, "hematoma": 2, "dexamethason": 2, "nowher": 0}


def test_brought_forward_it_finds_the_new_and_not_the_removed_and_the_old_is_untouched(tmp_path):
    old = made(tmp_path / "old")
    (tmp_path / "new").mkdir()

    bring_forward(tmp_path / "old", tmp_path / "new", [2], [Entry(9, "Steroids", "", "dexamethasone")])

    new = LexicalIndex.open(tmp_path / "new")
    assert (set(nums(new, "dexamethasone")), new.size) == ({1, 9}, 3)
    assert new.document_frequencies(["dexamethason"]) == {"dexamethason": 2}
    assert set(nums(LexicalIndex.open(tmp_path / "old"), "dexamethasone")) == {1, 2}
    assert set(nums(old, "dexamethasone")) == {1, 2}
