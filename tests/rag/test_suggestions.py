"""What may be asked next; every study in here is made up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up import TODAY, FakeRetrieve, document, evidence, retrieved
from made_up_answers import answer

from indexes.embedding import HashingEmbedder
from rag.answering import ExtractiveAnswerer
from rag.pipeline import Pipeline
from rag.suggestions import CHECKED, suggested
from rag.types import Coverage, QuestionType
from service.answer_json import answer_json
from service.html_view import html
from service.markdown_view import markdown

ASKED = "Do corticosteroids reduce mortality in septic shock?"
HARM = evidence("Adverse effects of corticosteroids in septic shock were hyperglycaemia.", document(7))
CHILD = evidence("In children with septic shock corticosteroids did nothing.", document(8))


def spoken_of(*found):
    """A library in which these passages are found for every question, and nothing is declined."""
    return lambda candidate: candidate.spoken_of(found)


def said(*found, **fields):
    """An answer to `ASKED` that cites none of what was found."""
    return answer(understood_as=ASKED, question=ASKED, evidence=found, lead=(), key_points=(), **fields)


def test_a_side_that_the_evidence_speaks_of_is_suggested():
    assert "What are the adverse effects of corticosteroids in septic shock?" in suggested(
        said(HARM), (), spoken_of(HARM), 3
    )


def test_a_group_that_the_evidence_speaks_of_is_suggested():
    assert f"{ASKED[:-1]} in children?" in suggested(said(CHILD), (), spoken_of(CHILD), 3)


def test_another_drug_of_the_titles_is_suggested():
    other = evidence("Dexamethasone was given.", document(9, title="Made-up trial of dexamethasone"))
    asked = replace(said(other), understood_as="Does hydrocortisone reduce mortality in septic shock?")

    found = suggested(asked, (), spoken_of(other), 3)

    assert "Does dexamethasone reduce mortality in septic shock?" in found


def test_what_the_library_declines_is_not_suggested():
    assert suggested(said(HARM, CHILD), (), lambda candidate: False, 3) == ()


def test_what_no_first_passage_speaks_of_is_not_suggested():
    other = evidence("Mortality was 30%.", document(9))

    assert not [one for one in suggested(said(CHILD), (), spoken_of(other), 3) if "children" in one]


def test_what_was_asked_before_is_not_suggested_again():
    before = f"{ASKED[:-1].lower()} in children"

    assert f"{ASKED[:-1]} in children?" not in suggested(said(CHILD), [before], spoken_of(CHILD), 3)


def test_few_are_searched_for():
    many = [
        evidence(f"Made-up drug {drug} was given.", document(10 + place, title=f"Made-up trial of {drug}"))
        for place, drug in enumerate("warfarin heparin ibuprofen metformin insulin digoxin morphine".split())
    ]
    asked = replace(said(*many), understood_as="Does hydrocortisone reduce mortality in septic shock?")
    searched: list[str] = []

    suggested(asked, (), lambda candidate: bool(searched.append(candidate.question)), 3)

    assert len(searched) == CHECKED


def test_a_question_without_a_topic_has_none():
    assert suggested(replace(said(HARM), understood_as="Thanks!"), (), spoken_of(HARM), 3) == ()


@pytest.mark.parametrize(
    "asked",
    [
        "I take corticosteroids. Do they help in septic shock?",
        "Did corticosteroids lower mortality by 30% in septic shock?",
    ],
)
def test_a_story_and_a_figure_are_not_taken_up_for_others(asked):
    assert suggested(replace(said(CHILD), understood_as=asked), (), spoken_of(CHILD), 3) == ()


def test_an_overview_is_not_taken_up_as_an_overview_again():
    broad = "What is the process of spinal haematoma resorption?"
    child = evidence("In children a spinal haematoma resolved.", document(8))
    overview = replace(said(child), understood_as=broad, question_type=QuestionType.OVERVIEW)

    assert "What is known of spinal haematoma in children?" in suggested(overview, (), spoken_of(child), 3)


def test_the_pipeline_offers_none_unless_it_is_asked_for_some():
    embedder = HashingEmbedder()
    retrieve = FakeRetrieve([retrieved(HARM.passage.text), retrieved(CHILD.passage.text, number=2)])
    quiet = Pipeline(retrieve, ExtractiveAnswerer(embedder), embedder, lambda terms: {}, Coverage(1, 2, 2))

    assert quiet.ask(ASKED, today=TODAY).suggestions == ()
    assert replace(quiet, suggestions=3).ask(ASKED, today=TODAY).suggestions


def test_suggestions_stand_in_json_and_article_and_change_no_hash():
    offering = answer(suggestions=("How common is it <b>?",))

    assert answer_json(offering)["suggestions"] == ["How common is it <b>?"]
    assert answer_json(offering)["content_hash"] == answer_json(answer())["content_hash"]
    from rag.article import article

    assert "How common is it &lt;b&gt;?" in html(article(offering))
    assert "You may ask next" in markdown(article(offering))
