"""When nothing is answered, and what is said instead."""

from __future__ import annotations

import pytest
from made_up import document, evidence

from indexes.embedding import HashingEmbedder
from rag.abstention import NEAREST, abstain, nothing_vouched, uncovered
from rag.question import understand
from rag.ranking import Excluded, Ranking
from rag.relevance import TermWeights
from rag.types import Coverage, Design, PublicationDate

QUESTION = "Does vitamin D prevent fractures?"
FINDING = "Vitamin D did not prevent fractures."
COVERAGE = Coverage(generation=3, documents=20, passages=100)
EMBEDDER = HashingEmbedder(4_096)


def weights(asked, unknown=()):
    return TermWeights.of(asked.subject, {t: 0 if t in unknown else 5 for t in asked.subject}, 100)


def abstained(text, *items, excluded=(), unknown=()):
    asked = understand(text)
    return abstain(asked, Ranking(items, tuple(excluded)), weights(asked, unknown), EMBEDDER, COVERAGE)


def test_evidence_on_the_subject_is_answered():
    assert abstained(QUESTION, evidence(FINDING, score=0.7)) is None


def test_without_evidence_it_says_what_was_searched_and_what_would_be_needed():
    abstention = abstained(QUESTION)

    assert (abstention.documents, abstention.passages) == (20, 100)
    assert "fractures" in abstention.terms
    assert "fractures" in abstention.would_need
    assert "vouch index PATH" in abstention.would_need


def test_a_group_that_no_source_studied_is_named():
    assert "children" in abstained("Does vitamin D prevent fractures in children?", evidence(FINDING)).reason


def test_a_group_in_the_population_of_the_record_counts_as_studied():
    of = document(population="children aged 5 to 9")

    assert abstained("Does vitamin D prevent fractures in children?", evidence(FINDING, of, 0.8)) is None


def test_a_missing_edition_of_a_guideline_is_named():
    held = evidence(FINDING, document(design=Design.GUIDELINE, published=PublicationDate(2016)), 0.8)

    assert "2019" in abstained("What did the 2019 guideline on vitamin D fractures say?", held).reason
    assert abstained("What did the 2016 guideline on vitamin D fractures say?", held) is None


def test_a_word_that_the_library_does_not_know_is_named():
    abstention = abstained("Does zzyzx prevent fractures?", evidence(FINDING, score=0.6), unknown=("zzyzx",))

    assert abstention.reason == "no source on this subject speaks of 'zzyzx'"


def test_a_synonym_covers_a_term():
    asked = understand("Do steroids prevent fractures?")

    assert uncovered(asked, [evidence("Dexamethasone and fractures.")], EMBEDDER) == ()


def test_what_came_near_is_named_once_a_document_and_evidence_before_what_was_left_out():
    of = document(1)
    items = (evidence("Vitamin D one.", of, 0.4), evidence("Vitamin D two.", of, 0.35))
    excluded = [Excluded(document(number), "retracted") for number in (2, 3, 4)]

    near = abstained("Does zzyzx cure gout?", *items, excluded=excluded, unknown=("zzyzx",)).nearest

    assert [miss.document_id for miss in near] == ["ref:made-up-1", "ref:made-up-2", "ref:made-up-3"]
    assert len(near) == NEAREST
    assert near[1].why == "retracted"


def test_where_nothing_passed_the_gate_that_is_the_reason():
    abstention = nothing_vouched(understand(QUESTION), Ranking((evidence(FINDING),), ()), COVERAGE)

    assert "no sentence passed the check" in abstention.reason


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Does inhaled dexamethasone prevent fractures?", "gave it inhaled"),
        ("Does dexamethasone prevent fractures in newborns?", "studied newborns"),
        ("Does dexamethasone prevent fractures in dogs?", "studied dogs"),
        ("What dose of dexamethasone prevents fractures?", "gives a dose"),
        ("Do fractures prevent a return to work after dexamethasone?", "tells of return to work"),
        ("Does dexamethasone prevent fractures ten years later?", "followed people for 10 years"),
        (
            "What does the 2031 WHO guideline say on dexamethasone and fractures?",
            "is a text of WHO from 2031",
        ),
        ("Does dexamethasone prevent fractures better than zoledronate?", "speaks of zoledronate"),
        ("Does dexamethasone prevent fractures in dialysis patients with gout?", "studied dialysis"),
    ],
)
def test_what_makes_it_another_question_is_named(asked, said):
    abstention = abstained(asked, evidence("Dexamethasone did not prevent fractures.", score=0.9))

    assert said in abstention.reason
    assert said in abstention.would_need
    assert said in abstention.nearest[0].why


def test_half_of_an_answer_in_each_of_two_sources_is_none():
    adults = evidence("Dexamethasone did not prevent fractures in adults.", document(1), 0.9)
    newborns = evidence("Fractures in newborns were rare.", document(2), 0.9)

    assert abstained("Does dexamethasone prevent fractures in newborns?", adults, newborns)


def test_a_sentence_that_a_group_was_not_studied_does_not_speak_for_it():
    left_out = evidence("Dexamethasone and fractures; newborns were not studied.", score=0.9)
    studied = evidence("Dexamethasone did not prevent fractures in newborns.", score=0.9)

    assert abstained("Does dexamethasone prevent fractures in newborns?", left_out)
    assert not abstained("Does dexamethasone prevent fractures in newborns?", studied)


def test_a_drug_that_is_only_said_not_to_go_with_another_was_not_tried():
    of = document(title="Made-up trial of nirmatrelvir in COVID-19")
    said = "Nirmatrelvir prevented admission for COVID-19; statins may need a pause."

    assert "statins" in abstained("Should statins be used for COVID-19?", evidence(said, of, 0.8)).reason
    assert abstained("Can statins be taken with nirmatrelvir in COVID-19?", evidence(said, of, 0.8)) is None


def test_a_verb_before_a_disease_does_not_make_it_another():
    of = document(title="Made-up trial of fyletrine in ulcerative colitis")
    said = "Fyletrine kept patients with ulcerative colitis in remission for a year."

    assert abstained("Does fyletrine keep ulcerative colitis in remission?", evidence(said, of, 0.8)) is None
