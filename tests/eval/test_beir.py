"""Sets in BEIR's format; all records here are made up."""

import json

import pytest

from eval.adapters.catalogue import read_dataset
from eval.beir import is_beir, read_corpus, read_qrels
from rag.errors import InputError


@pytest.fixture
def folder(tmp_path):
    """A set of two documents and three queries, of which one is judged in `train` and one in `test`."""
    lines(
        tmp_path / "corpus.jsonl",
        {"_id": "a", "title": " Made  up ", "text": "One.\nTwo."},
        {"_id": "b", "text": ""},
    )
    lines(tmp_path / "queries.jsonl", *({"_id": key, "text": f"asked {key}"} for key in "xyz"))
    (tmp_path / "qrels").mkdir()
    for split, row in (("train", "x\ta\t1"), ("test", "y\tb\t2\ny\ta\t0")):
        (tmp_path / "qrels" / f"{split}.tsv").write_text(
            f"query-id\tcorpus-id\tscore\n{row}\n", encoding="utf-8"
        )
    return tmp_path


def lines(path, *records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def test_documents_get_the_ids_of_the_set_and_lose_stray_white_space(folder):
    first, second = read_corpus(folder / "corpus.jsonl")

    assert (first.id, first.title, first.sections[0].text) == ("ref:a", "Made up", "One. Two.")
    assert (second.title, second.sections) == ("[No title]", ())


def test_only_questions_judged_in_the_split_are_asked(folder):
    found = read_dataset(folder, "train")

    assert [(question.id, dict(question.relevant)) for question in found.questions] == [("x", {"ref:a": 1})]


def test_without_a_split_the_test_questions_are_asked_with_their_grades(folder):
    found = read_dataset(folder)

    assert [(question.id, dict(question.relevant)) for question in found.questions] == [
        ("y", {"ref:b": 2, "ref:a": 0})
    ]


def test_scifacts_own_names_of_the_fields_are_known(tmp_path):
    lines(tmp_path / "corpus.jsonl", {"doc_id": 7, "title": "Made up", "abstract": ["One.", "Two."]})

    (found,) = read_corpus(tmp_path / "corpus.jsonl")

    assert (found.id, found.sections[0].text) == ("ref:7", "One. Two.")


def test_a_split_that_is_not_there_is_named(folder):
    with pytest.raises(InputError, match="no judgements for dev"):
        read_dataset(folder, "dev")


@pytest.mark.parametrize("row", ["x\ta", "x\ta\tgood", "x\ta\t1.5"])
def test_a_row_that_is_no_judgement_is_an_error(tmp_path, row):
    (tmp_path / "train.tsv").write_text(f"query-id\tcorpus-id\tscore\n{row}\n", encoding="utf-8")

    with pytest.raises(InputError, match="is no judgement"):
        read_qrels(tmp_path / "train.tsv")


def test_a_line_that_is_no_json_is_named_by_its_number(tmp_path):
    (tmp_path / "corpus.jsonl").write_text('{"_id": "a", "text": "x"}\nnot so\n', encoding="utf-8")

    with pytest.raises(InputError, match="line 2: no valid JSON"):
        read_corpus(tmp_path / "corpus.jsonl")


def test_a_folder_without_queries_is_not_in_the_format(tmp_path):
    assert not is_beir(tmp_path)
