"""Kept answers after the library has changed: what makes them stale, and what doesn't."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.records import desk, kept
from service.records.clock import now
from service.records.desk import Asked
from service.records.review import ReviewAction
from service.records.viewer import OPERATOR
from service.settings import load_settings
from service.wiring import open_records

QUESTION = "Does dromedaril help night cramps?"
TRIAL, SERIES = "ref:made-up-trial", "ref:made-up-series"
NEWER = """---
id: ref:made-up-newer
title: Made-up newer trial of dromedaril for night cramps
date: 2026-03-01
publication_types: [Randomized Controlled Trial]
sample_size: 900
---
## Results

Dromedaril didn't change the number of night cramps in made-up adults within four weeks.
"""
OPINION = """---
id: ref:made-up-opinion
title: Made-up letter on dromedaril for night cramps
date: 2026-05-01
publication_types: [Letter]
---
## Letter

Dromedaril for night cramps in made-up adults deserves more attention within four weeks.
"""
LIST = """Record ID,Title,RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason
1,Made up,5/1/2026 0:00,10.1000/notice,0,10.1000/made.up.paper,0,Retraction,+Error in Data;
"""


@pytest.fixture
def key(vouch, library):
    """An answer that was saved before anything changed."""
    return json.loads(vouch("ask", QUESTION, "--save", "--format", "json").stdout)["id"]


def stale(vouch, key):
    return json.loads(vouch("export", key, "--format", "json").stdout)["stale"]


def index(vouch, name, text):
    Path(f"{name}.md").write_text(text, encoding="utf-8")
    result = vouch("index", f"{name}.md")
    assert result.exit_code == 0, result.output
    return result


def test_nothing_is_stale_while_nothing_changes(vouch, key):
    index(vouch, "other", "---\ntitle: Made-up note on wombats\n---\nWombats sleep by day.\n")

    assert stale(vouch, key) is None


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        ("retracted", "retracted", "was retracted"),
        ("concern", "concern", "expression of concern"),
        ("superseded", "superseded", "was superseded"),
        ("corrected", "corrected", "was corrected"),
    ],
)
def test_a_cited_document_of_another_status_makes_an_answer_stale(vouch, key, status, kind, words):
    index(vouch, "trial", _trial(status=status))

    found = stale(vouch, key)

    assert (found["kinds"], found["documents"]) == ([kind], [TRIAL])
    assert words in found["reason"]


def test_a_removed_document_makes_an_answer_stale(vouch, key):
    result = vouch("remove", TRIAL)

    assert "1 kept answer is out of date now" in result.stderr
    assert stale(vouch, key)["kinds"] == ["removed"]


def test_revised_words_make_an_answer_stale(vouch, key):
    index(
        vouch,
        "trial",
        _trial(
            more="revised: 2026-02-01\n",
            result="Dromedaril halved the number of night cramps in few made-up adults.",
        ),
    )

    assert "revised" in stale(vouch, key)["kinds"]


def test_a_newer_trial_as_strong_makes_an_answer_stale(vouch, key):
    index(vouch, "newer", NEWER)

    found = stale(vouch, key)
    assert (found["kinds"], found["documents"]) == (["newer"], ["ref:made-up-newer"])
    assert "randomised trial" in found["reason"]


def test_a_newer_letter_does_not(vouch, key):
    index(vouch, "opinion", OPINION)

    assert stale(vouch, key) is None


def test_a_question_without_an_answer_is_stale_once_there_is_one(vouch, library):
    asked = json.loads(vouch("ask", "Do wombats sleep by day?", "--save", "--format", "json").stdout)
    assert asked["status"] == "abstained"

    index(
        vouch,
        "wombats",
        "---\nid: ref:made-up-wombats\ntitle: Made-up cohort of wombats and sleep by day\ndate: 2020\n"
        "publication_types: [Cohort Studies]\n---\n## Results\n\nWombats sleep by day in most burrows.\n",
    )

    assert stale(vouch, asked["id"])["kinds"] == ["answerable"]


def test_an_approved_answer_is_under_review_again(vouch, key, library):
    records = open_records(load_settings())
    with records.writing() as connection:
        read = kept.summary(connection, OPERATOR, key).content_hash
        for action in (ReviewAction.SUBMIT, ReviewAction.TAKE, ReviewAction.APPROVE):
            desk.step(connection, OPERATOR, key, Asked(action, "", read, alone=True), now())

    result = vouch("remove", TRIAL)

    review = json.loads(vouch("export", key, "--format", "json").stdout)["review"]
    assert (review["state"], review["by"]) == ("under_review", "vouch")
    assert "1 of them approved before" in result.stderr


def test_a_second_look_adds_nothing(vouch, key):
    vouch("remove", TRIAL)
    since = stale(vouch, key)

    vouch("remove", "ref:made-up-retracted")

    assert stale(vouch, key) == since


def test_a_list_of_retractions_makes_answers_stale(vouch, key):
    index(vouch, "trial", _trial(more="doi: 10.1000/made.up.paper\n"))
    Path("list.csv").write_text(LIST, encoding="utf-8")

    result = vouch("currency", "import", "list.csv")

    assert result.exit_code == 0, result.output
    assert "retracted" in stale(vouch, key)["kinds"]


def test_without_records_a_change_makes_none(vouch, library):
    vouch("remove", TRIAL)

    assert not (library / "records.db").exists()


def test_a_stale_answer_says_so_wherever_it_goes(vouch, key):
    vouch("remove", TRIAL)

    for form in ("md", "html"):
        assert "no longer in the library" in vouch("export", key, "--format", form).stdout


def _trial(*, status="current", more="", result=None):
    first = result or "Dromedaril halved the number of night cramps in made-up adults within four weeks."
    return (
        f"---\nid: {TRIAL}\ntitle: Made-up trial of dromedaril for night cramps\nauthors: [Doe JA, Roe B]\n"
        "journal: J Made Up Med\ndate: 2021-05-04\npublication_types: [Randomized Controlled Trial]\n"
        f"sample_size: 240\nstatus: {status}\n{more}---\n## Results\n\n{first}\n\n"
        "Dromedaril caused mild dizziness in 3% of the made-up adults who took it.\n"
    )
