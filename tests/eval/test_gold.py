"""Gold questions in, and clear words about what can't be one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.gold import gold_question, gold_record, read_gold
from eval.gold_sets import read_sets
from rag.errors import InputError

SHIPPED = Path(__file__).parents[2] / "eval/gold"


def written(path: Path, *records) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return path


def test_the_sets_that_ship_are_read_whole():
    found = read_sets([SHIPPED])

    lines = sum(len(p.read_text(encoding="utf-8").splitlines()) for p in SHIPPED.glob("*.jsonl"))
    assert len(found.questions) == lines >= 61
    assert set(found.digests) == {path.name for path in SHIPPED.glob("*.jsonl")}


def test_the_shared_sets_are_read_whole(shared):
    assert len(read_sets([shared / "gold"]).questions) == 61


def test_documents_that_a_question_names_are_its_judgements(tmp_path):
    record = {"id": "a", "question": "?a", "must_have": ["x"], "cite_any_of": [["ref:1", "ref:2"]]}
    path = written(tmp_path / "cramps_dev.jsonl", record | {"best_evidence": ["ref:2", "ref:3"]})

    (question,) = read_gold(path)

    assert question.relevant == {"ref:1": 1, "ref:2": 2, "ref:3": 2}
    assert question.topic == "cramps"


def test_judgements_of_the_set_itself_are_kept(tmp_path):
    path = written(tmp_path / "a.jsonl", {"id": "a", "question": "?a", "relevant": {"1": 1, "2": 0}})

    assert read_gold(path)[0].relevant == {"1": 1, "2": 0}


def test_a_question_goes_through_its_record_unchanged():
    for question in read_sets([SHIPPED]).questions:
        assert gold_question(gold_record(question), None, "here") == question


def test_a_line_separator_inside_a_text_ends_no_line(tmp_path):
    text = '{"id": "a", "question": "before\u2028after"}\n'
    (tmp_path / "a.jsonl").write_text(text, encoding="utf-8")

    assert len(read_gold(tmp_path / "a.jsonl")) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not valid JSON"),
        ("[1]", "no JSON object"),
        ('{"question": "?"}', "id is ''"),
        ('{"id": "a"}', "question is ''"),
        ('{"id": "a", "question": "?", "role": "king"}', "role is 'king'"),
        ('{"id": "a", "question": "?", "answerable": "yes"}', "answerable is 'yes'"),
        ('{"id": "a", "question": "?", "must_have": "x"}', "must_have is 'x'"),
        ('{"id": "a", "question": "?", "must_have": ["x", "y"], "cite_any_of": [[]]}', "1 lists for 2"),
        ('{"id": "a", "question": "?", "relevant": {"1": true}}', "relevant is"),
        ('{"id": "a", "question": "?", "conflict": 3}', "conflict is 3"),
    ],
)
def test_a_line_that_is_no_question_is_named_by_file_and_line(tmp_path, line, said):
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"id": "ok", "question": "?"}}\n{line}\n', encoding="utf-8")

    with pytest.raises(InputError) as refused:
        read_gold(path)

    assert f"{path}, line 2" in str(refused.value)
    assert said in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe"])
def test_a_file_without_questions_is_refused(tmp_path, content):
    (tmp_path / "a.jsonl").write_bytes(content)

    with pytest.raises(InputError, match=r"a\.jsonl"):
        read_gold(tmp_path / "a.jsonl")


def test_an_id_given_twice_is_refused(tmp_path):
    path = written(tmp_path / "a.jsonl", {"id": "a", "question": "?"}, {"id": "a", "question": "!"})

    with pytest.raises(InputError, match="'a' is given twice"):
        read_gold(path)


def test_a_path_that_is_not_there_or_a_folder_without_sets_is_refused(tmp_path):
    with pytest.raises(InputError, match="missing"):
        read_sets([tmp_path / "missing.jsonl"])
    with pytest.raises(InputError, match="holds no"):
        read_sets([tmp_path])
