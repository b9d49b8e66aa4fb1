"""No altered number and no reversed finding gets past the gate: changes to the real sentences of the starter library."""

from __future__ import annotations

import pytest
from mutations import (
    MUTATIONS,
    comparator_turned,
    directions_swapped,
    negation_inserted,
    negation_removed,
    numbers_swapped,
    real_sentences,
    unit_changed,
)

from rag.gate import Draft, fault
from rag.types import Design, Evidence, Why

FEWER = {negation_inserted: 400, negation_removed: 200, unit_changed: 300, numbers_swapped: 400}
FEWEST = {directions_swapped: 40, comparator_turned: 2}
ENOUGH = 420  # sentences of the starter library that a kind of change must at least have been tried on


@pytest.fixture(scope="module")
def sentences():
    """Sentences that may be cited, with their passages."""
    return tuple(
        (sentence, passage, document)
        for sentence, passage, document in real_sentences()
        if not document.retracted and document.design is not Design.NOTICE
    )


@pytest.fixture(scope="module")
def evidence(sentences):
    why = Why(0.6, 0.5, 0.8, 1.0, 0.6, "made up")
    return {passage.id: Evidence(passage, document, why) for _, passage, document in sentences}


def accepted(evidence, passage, quote, texts):
    return [text for text in texts if fault(Draft(text, ((passage.id, quote),)), evidence) is None]


def some(texts, most=5):
    """At most `most` of `texts`, spread over all of them: the same every time."""
    texts = list(dict.fromkeys(texts))
    return texts[:: max(1, len(texts) // most)][:most]


def test_every_real_sentence_is_accepted(sentences, evidence):
    refused = [s for s, passage, _ in sentences if not accepted(evidence, passage, s, [s])]

    assert refused == []


def test_every_real_sentence_is_accepted_with_its_whole_passage_as_the_quote(sentences, evidence):
    refused = [s for s, passage, _ in sentences if not accepted(evidence, passage, passage.text, [s])]

    assert refused == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_no_changed_sentence_is_accepted(mutation, sentences, evidence):
    tried, passed = 0, []
    for sentence, passage, _ in sentences:
        changed = some(mutation(sentence, passage.text))
        tried += bool(changed)
        passed += accepted(evidence, passage, sentence, changed)

    assert passed == []
    assert tried >= {**FEWER, **FEWEST}.get(mutation, ENOUGH)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_no_changed_sentence_is_accepted_where_the_quote_is_the_whole_passage(mutation, sentences, evidence):
    passed = []
    for sentence, passage, _ in sentences[::3]:
        changed = some(text for text in mutation(sentence, passage.text) if text not in passage.text)
        passed += accepted(evidence, passage, passage.text, changed)

    assert passed == []
