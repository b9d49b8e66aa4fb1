"""The article: the same claims for every reader, and nothing said that isn't so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up import document
from made_up_answers import COHORT, MOUSE, abstaining_answer, answer, claim, conflicting_answer

from rag.article import Quote, Sentence, article
from rag.types import Claim, Filters, KeyPoint, Mode, Role, Status


def test_the_title_is_the_question():
    assert article(answer()).title == "How long does a made-up clot last?"


def test_marks_stand_before_the_full_stop():
    assert str(Sentence("It went away.", (1, 2))) == "It went away [1][2]."
    assert str(Sentence("Did it?", (1,))) == "Did it? [1]"
    assert str(Sentence("It went away.", (1,), "n = 3")) == "It went away (n = 3) [1]."


def test_every_reader_gets_the_same_claims_with_the_same_numbers():
    articles = [article(answer(role=role)) for role in Role]

    shown = [[(s.text, s.numbers) for s in (*a.lead, *a.points[0].sentences)] for a in articles]
    assert all(sentences == shown[0] for sentences in shown)
    assert len({a.disclaimer for a in articles}) == len(Role)


def test_a_patient_is_told_what_certainty_means():
    assert "very uncertain" in article(answer(role=Role.PATIENT)).certainty
    assert article(answer(role=Role.CLINICIAN)).certainty == "Very low (provisional, judged by rule)"


def test_an_indirect_claim_says_so():
    (point,) = article(answer()).points

    assert point.sentences[0].context.startswith("indirect evidence: mouse brain")


def test_of_two_sources_the_indirect_one_is_named():
    both = Claim("It resolved.", (*claim().citations, *claim(MOUSE).citations))

    (sentence,) = article(answer(lead=(both,))).lead

    assert sentence.numbers == (1, 2)
    assert sentence.context == "[2] is indirect evidence: mouse brain"


def test_a_researcher_sees_the_context_of_every_key_point():
    shown = article(answer(role=Role.RESEARCHER, key_points=(KeyPoint("Course", (claim(),)),)))

    assert shown.points[0].sentences[0].context == "cohort study; made up"


def test_a_heading_without_claims_is_left_out():
    assert article(answer(key_points=(KeyPoint("Empty", ()),))).points == ()


def test_remarks_of_a_cited_document_are_shown_with_its_number():
    assert [(care.number, care.text) for care in article(answer()).read_with_care] == [
        (2, "small and made up")
    ]


@pytest.mark.parametrize("status", [Status.SUPERSEDED, Status.CONCERN])
def test_a_document_that_no_longer_stands_is_to_be_read_with_care(status):
    fallen = replace(COHORT, status=status)
    (first, second) = answer().evidence

    shown = article(answer(evidence=(replace(first, document=fallen), second)))

    assert shown.read_with_care[0].number == 1


def test_the_quotes_of_a_reference_stand_with_it_once():
    shown = article(answer(lead=(claim(), claim())))

    assert shown.entries[0].quotes == (Quote("Results", claim().text),)


def test_digests_are_named():
    assert article(answer()).digest_notice.startswith("Of the sources cited, each of [2] is a digest")
    only = article(answer(lead=(claim(MOUSE),), key_points=()))
    assert only.digest_notice.startswith("Every source cited here is a digest")


def test_no_digest_no_notice():
    assert article(answer(key_points=())).digest_notice == ""


def test_restrictions_are_part_of_the_status():
    assert "published in 2015 or later" in article(answer(filters=Filters(year_from=2015))).status[-1]


def test_an_abstention_has_no_references_and_no_best_evidence():
    shown = article(abstaining_answer())

    assert shown.abstention is not None
    assert (shown.entries, shown.best_evidence, shown.certainty) == ((), "", "")


def test_sides_of_a_disagreement_say_where_they_come_from():
    (disagreement,) = article(conflicting_answer()).disagreements

    assert all(side.context for side in disagreement.sides)


def test_a_question_that_stood_alone_is_not_repeated():
    assert article(answer()).understood_as == ""
    assert article(answer(understood_as="How long do clots last?")).understood_as == "How long do clots last?"


def test_a_document_that_is_not_cited_is_not_listed():
    assert [e.reference.document.id for e in article(answer(key_points=())).entries] == [COHORT.id]
    assert document(9).id not in {e.reference.document.id for e in article(answer()).entries}


def test_how_the_sentences_came_to_be_is_said_where_there_are_any():
    assert "quoted" in article(answer()).status[0]
    assert "written by a model" in article(answer(mode=Mode.MODEL)).status[0]
    assert article(abstaining_answer()).status[0] == "Submitted: not yet reviewed by a person"
