"""Gold questions beyond the first set rest on the starter library, and say no number that it doesn't give."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_kit import read_file

from eval.gold import GoldQuestion, read_gold
from rag.quantities import quantities
from rag.types import Document, Status

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "eval/gold").glob("extension_*.jsonl"))
QUESTIONS = [question for file in FILES for question in read_gold(file)]
each_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)


@pytest.fixture(scope="module")
def library() -> dict[str, Document]:
    paths = [path for path in (ROOT / "corpus/starter").rglob("*.md") if path.name != "README.md"]
    documents = [read_file(path) for path in paths]
    return {name.casefold(): document for document in documents for name in (document.id, *document.aliases)}


def named(question: GoldQuestion) -> list[str]:
    return [*question.best_evidence, *(key for ids in question.cite_any_of for key in ids)]


def values(text: str) -> set[str]:
    return {quantity.value for quantity in quantities(text)}


def test_the_extension_holds_forty_questions_under_ids_of_their_own():
    others = [q.id for p in (ROOT / "eval/gold").glob("*.jsonl") if p not in FILES for q in read_gold(p)]
    ids = [question.id for question in QUESTIONS]

    assert len(ids) == len(set(ids)) >= 40
    assert not set(ids) & set(others)


@each_question
def test_every_document_named_is_in_the_starter_library(question, library):
    assert [key for key in named(question) if key.casefold() not in library] == []


@each_question
def test_each_statement_has_its_list_of_sources(question):
    assert len(question.cite_any_of) == len(question.must_have) > 0


@each_question
def test_no_best_evidence_is_retracted_or_superseded(question, library):
    statuses = {library[key.casefold()].status for key in question.best_evidence}

    assert not statuses & {Status.RETRACTED, Status.SUPERSEDED}


@each_question
def test_no_statement_asks_for_a_retracted_source(question, library):
    assert not any(library[key.casefold()].retracted for ids in question.cite_any_of for key in ids)


@each_question
def test_a_number_of_a_statement_stands_in_a_source_named_for_it(question, library):
    for statement, ids in zip(question.must_have, question.cite_any_of, strict=True):
        if not ids:
            continue
        texts = [" ".join(s.text for s in library[key.casefold()].sections) for key in ids]
        texts += [" ".join(n.text for n in library[key.casefold()].notes) for key in ids]
        texts += [f"{library[key.casefold()].year} {library[key.casefold()].title}" for key in ids]
        assert values(statement) <= set().union(*map(values, texts)), statement


@each_question
def test_only_a_question_that_has_an_answer_names_documents(question):
    assert question.answerable or not named(question)
