"""Where a sentence comes from, in words written from the record; all records here are made up."""

from __future__ import annotations

import pytest
from made_up import document

from rag.attribution import again, attribution, brief
from rag.types import Design, Note, NoteKind, PublicationDate, Status


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"published": PublicationDate(2022), "sample_size": 105},
            "A 2022 cohort study of 105 people reported",
        ),
        ({"published": None, "design": Design.UNKNOWN}, "A document reported"),
        ({"population": "made-up clots"}, "A 2020 cohort study (made-up clots) reported"),
        ({"design": Design.CASE_REPORT, "sample_size": 1}, "A 2020 case report reported"),
        (
            {"design": Design.GUIDELINE, "authors": ("Made-up Society of Clots",), "sample_size": 50},
            "A 2020 guideline (Made-up Society of Clots) says",
        ),
        ({"design": Design.GUIDELINE, "authors": ("Doe J", "Roe R")}, "A 2020 guideline says"),
        (
            {"design": Design.GUIDELINE, "status": Status.SUPERSEDED},
            "A 2020 guideline, superseded since, says",
        ),
        (
            {"design": Design.PRECLINICAL, "notes": (Note(NoteKind.INDIRECT, "mouse brain."),)},
            "Indirect evidence (mouse brain): a 2020 preclinical study reported",
        ),
        ({"design": Design.OPINION, "published": None}, "An opinion reported"),
        ({"population": "x" * 200}, "A 2020 cohort study reported"),
    ],
)
def test_the_record_tells_who_says_it(fields, words):
    assert attribution(document(**fields)) == words


def test_further_words_of_a_document_are_introduced_briefly():
    assert again(document()) == "The same study also reported"
    assert again(document(design=Design.GUIDELINE)) == "The same guideline also says"


def test_a_lead_names_design_year_and_size_in_few_words():
    assert brief(document(sample_size=1_200)) == "cohort study, 2020, 1,200 people"
    assert brief(document(notes=(Note(NoteKind.INDIRECT, "mice"),))) == (
        "indirect evidence: mice; cohort study, 2020"
    )
