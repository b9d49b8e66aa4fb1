"""Questions that the starter library answers, and near misses that it doesn't, each checked against its pages.

Columns of `abstention.tsv`: when the question was written, whether the library answers it, the question. The
rules were made with those marked `tuned` and `seen` in view; those marked `fresh` were written before the rules
met them. No rule was changed for one of their near misses; of their 40 answerable ones 3 were declined at
first, for words that the rules have left alone since.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from starter_kit import TODAY

from rag.abstention import abstain
from rag.question import understand

LINES = (Path(__file__).parent / "abstention.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES]


@pytest.fixture(scope="session")
def declined(pipeline):
    def of(question):
        asked = understand(question)
        ranking = pipeline.search(question, today=TODAY, limit=pipeline.keep)
        return abstain(asked, ranking, pipeline.weigh(asked.subject), pipeline.embedder, pipeline.coverage)

    return {question: of(question) for _, _, question in ROWS}


def asked(answerable, *sets):
    return [question for when, yes, question in ROWS if when in sets and yes == answerable]


@pytest.mark.parametrize(("sets", "least"), [(("tuned", "seen"), 0.88), (("fresh",), 0.85)])
def test_of_the_near_misses_most_are_declined(declined, sets, least):
    questions = asked("no", *sets)
    answered = [question for question in questions if not declined[question]]

    assert len(answered) <= (1 - least) * len(questions), answered


@pytest.mark.parametrize("sets", [("tuned", "seen"), ("fresh",)])
def test_of_what_the_library_answers_at_most_a_twentieth_is_declined(declined, sets):
    questions = asked("yes", *sets)
    refused = [question for question in questions if declined[question]]

    assert len(refused) <= 0.05 * len(questions), refused


def test_what_would_be_needed_is_a_source_with_what_was_missing(declined):
    said = [told for told in declined.values() if told]

    assert all(told.would_need.startswith(("a source that ", "a study or guideline that ")) for told in said)
