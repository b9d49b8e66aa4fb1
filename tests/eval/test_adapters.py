"""Adapters on the sets themselves; skipped where the shared data isn't there."""

from collections import Counter

import pytest

from eval.adapters.catalogue import ADAPTERS, read_dataset
from rag.errors import InputError

# Documents, questions, judged pairs, as the set's own page gives them or as counted by hand from its files.
SIZES = {
    "scifact": (5183, 809, 1312),
    "pubmedqa": (500, 500, 0),
    "bioasq": (4301, 1000, 0),
    "pubmedrs200": (50, 50, 0),
    "healthver": (0, 0, 1917),
    "expertqa_med": (0, 0, 188),
    "nli4ct": (0, 0, 1900),
    "evidence_inference": (0, 329, 3 * 616),
    "guidelines_uspstf": (46, 46, 0),
    "conv_rewrite": (0, 0, 0),
    "retractions": (0, 0, 0),
    "medline_nbib_ris": (0, 0, 0),
}

each_set = pytest.mark.parametrize("name", ADAPTERS)


@pytest.fixture(scope="module")
def dataset(shared):
    """Reads a set by its name, each once."""
    read = {}

    def of(name):
        folder = shared / "data" / name
        if not folder.is_dir():
            pytest.skip(f"{folder} isn't there")
        return read.setdefault(name, read_dataset(folder))

    return of


@each_set
def test_every_record_of_a_set_is_read(dataset, name):
    found = dataset(name)

    assert (len(found.documents), len(found.questions), len(found.pairs)) == SIZES[name]


@each_set
def test_ids_are_given_once_and_name_documents_of_the_set(dataset, name):
    found = dataset(name)

    ids = [document.id for document in found.documents]
    assert len(set(ids)) == len(ids)
    assert len({question.id for question in found.questions}) == len(found.questions)
    if name == "evidence_inference":  # whose papers are files
        ids = [f"pmcid:{paper.stem}" for paper in found.papers]
    if name != "bioasq":  # whose experts also name records that they took no passage from
        assert {key for question in found.questions for key in question.relevant} <= set(ids)


@each_set
def test_a_set_names_its_source_and_licence(dataset, name):
    source = dataset(name).source

    assert source.name == name
    assert source.origin
    assert source.licence
    assert source.internal == ("internal" in source.licence)


@each_set
def test_a_set_that_is_not_there_is_an_error_that_says_so(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()

    with pytest.raises(InputError, match="give the folder"):
        read_dataset(folder)


def test_every_turn_and_every_notice_is_read(dataset):
    assert len(dataset("conv_rewrite").rewrites) == 1579
    assert len(dataset("retractions").notices) == 1437


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match="there is no folder"):
        read_dataset(tmp_path / "scifact")


def test_a_folder_of_another_name_lists_the_known_ones(tmp_path):
    with pytest.raises(InputError, match="pubmedqa, bioasq"):
        read_dataset(tmp_path)


def test_scifacts_labels_are_those_of_its_authors(dataset):
    labels = Counter(pair.supported for pair in dataset("scifact").pairs)

    assert labels == {True: 616, False: 341, None: 355}


def test_a_scifact_rationale_is_its_sentences(dataset):
    pair = next(pair for pair in dataset("scifact").pairs if pair.claim.startswith("1 in 5 million in UK"))

    assert pair.supported is False
    assert pair.evidence.startswith("RESULTS Of the 32,441 appendix samples 16 were positive")


def test_pubmedqa_keeps_title_and_conclusion_out_of_the_documents(dataset):
    """The question is the title; with it in the document there would be nothing to find."""
    found = dataset("pubmedqa")

    assert {document.title for document in found.documents} == {"[No title]"}
    assert not any("CONCLUSION" in s.heading.upper() for d in found.documents for s in d.sections)


def test_healthvers_labels_are_told_apart(dataset):
    assert Counter(pair.supported for pair in dataset("healthver").pairs) == {
        None: 993,
        True: 533,
        False: 391,
    }


def test_expertqa_claims_bear_no_citation_mark_and_their_sources_are_words(dataset):
    pairs = dataset("expertqa_med").pairs

    assert not [pair.claim for pair in pairs if "[1]" in pair.claim]
    assert not [pair.evidence for pair in pairs if pair.evidence.startswith(("http", "[1]"))]


def test_a_bioasq_document_is_all_passages_taken_from_one_record(dataset):
    found = {document.id: document for document in dataset("bioasq").documents}

    assert "utilized a companion diagnostic test" in found["pmid:28293123"].sections[0].text
