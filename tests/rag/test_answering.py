"""What the extractive answerer drafts from evidence, before the gate."""

from __future__ import annotations

import pytest
from made_up import document, evidence

from indexes.embedding import HashingEmbedder
from rag.answering import LEAD, ExtractiveAnswerer
from rag.question import understand
from rag.types import Design, Note, NoteKind, PublicationDate, Status

QUESTION = "Does vitamin D prevent fractures in older people?"
FINDING = "Vitamin D did not prevent fractures in older people, with a risk ratio of 1.00."
OTHER = "Vitamin D given once a year raised the number of fractures in older people."
THIRD = "Older people who took vitamin D had as many hip fractures as the others."
answer = ExtractiveAnswerer(HashingEmbedder(4_096))


def item(number, text, score=0.6, section="Results", **fields):
    return evidence(text, document(number, **fields), score, section)


def drafted(*items, text=QUESTION):
    return answer(understand(text), items)


def sources(drafts):
    return [draft.sources[0][0].split("#")[0] for draft in drafts]


def texts(outline):
    return [
        draft.text for group in (outline.lead, *(drafts for _, drafts in outline.points)) for draft in group
    ]


def test_every_draft_is_its_own_quote():
    outline = drafted(item(1, FINDING), item(2, OTHER))

    assert set(texts(outline)) == {FINDING, OTHER}
    assert all(draft.text == quote for draft in outline.lead for _, quote in draft.sources)


def test_without_evidence_nothing_is_drafted():
    outline = drafted()

    assert (outline.lead, outline.points) == ((), ())


@pytest.mark.parametrize("text", [QUESTION, f"What is current: {QUESTION}", f"By guidelines: {QUESTION}"])
def test_what_is_superseded_never_leads(text):
    old = item(1, FINDING, 0.9, design=Design.GUIDELINE, status=Status.SUPERSEDED)

    assert sources(drafted(old, item(2, OTHER, 0.4), text=text).lead) == ["ref:made-up-2"]


def test_what_is_superseded_is_shown_only_to_a_question_about_what_is_current():
    items = (item(1, FINDING, status=Status.SUPERSEDED), item(2, OTHER))

    assert FINDING not in texts(drafted(*items))
    assert FINDING in texts(drafted(*items, text=f"What is current: {QUESTION}"))


def test_indirect_evidence_does_not_lead_where_there_is_direct():
    indirect = item(1, FINDING, 0.9, notes=(Note(NoteKind.INDIRECT, "from mice"),))

    assert sources(drafted(indirect, item(2, OTHER, 0.4)).lead) == ["ref:made-up-2"]
    assert sources(drafted(indirect).lead) == ["ref:made-up-1"]


def test_a_study_older_than_the_newest_synthesis_does_not_lead():
    old = item(1, FINDING, 0.9, design=Design.RANDOMISED_TRIAL, published=PublicationDate(2010))
    new = item(2, OTHER, 0.5, design=Design.RANDOMISED_TRIAL, published=PublicationDate(2024))
    synthesis = item(3, THIRD, 0.6, design=Design.META_ANALYSIS, published=PublicationDate(2020))

    lead = sources(drafted(old, new, synthesis).lead)

    assert sorted(lead) == ["ref:made-up-2", "ref:made-up-3"]


def test_a_sentence_is_drafted_once_though_two_papers_say_it():
    assert sorted(texts(drafted(item(1, FINDING), item(2, FINDING), item(3, OTHER)))) == sorted(
        [FINDING, OTHER]
    )


def test_a_sentence_that_differs_in_a_word_only_is_drafted_once():
    near = FINDING.replace("did not prevent", "did not really prevent")

    assert len(texts(drafted(item(1, FINDING), item(2, near)))) == 1


def test_the_lead_is_short_and_has_one_sentence_of_a_document():
    items = [
        item(n, f"Vitamin D prevented fractures in older people of group {n * 'x'} alone.") for n in range(9)
    ]

    lead = drafted(*items).lead

    assert len(lead) <= LEAD
    assert len(set(sources(lead))) == len(lead)


@pytest.mark.parametrize("text", [QUESTION, "Overview of vitamin D and fractures in older people"])
def test_no_heading_stands_without_a_draft_and_none_twice(text):
    outline = drafted(item(1, FINDING), item(2, OTHER), item(3, THIRD), text=text)

    headings = [heading for heading, _ in outline.points]
    assert all(drafts for _, drafts in outline.points)
    assert len(set(headings)) == len(headings)


def test_how_a_study_was_done_does_not_lead():
    roster = item(1, "Vitamin D or placebo was given to older people to prevent fractures.", 0.9, "Methods")

    assert sources(drafted(roster, item(2, FINDING, 0.5)).lead) == ["ref:made-up-2"]


def test_the_order_of_the_evidence_changes_nothing():
    items = [item(1, FINDING, 0.7), item(2, OTHER, 0.6), item(3, THIRD, 0.5)]

    assert drafted(*items) == drafted(*reversed(items))
