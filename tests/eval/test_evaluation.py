"""A run is kept row by row, goes on where it stopped, and is read back as it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from eval_kit import PROVENANCE, UNANSWERABLE, answered, asked, declined, failed, only_ranked

from eval.evaluation import evaluate
from eval.metrics import Judges, metrics
from eval.report import write_report
from eval.result import Tokens
from eval.store import Store, fingerprint, read_run
from rag.errors import InputError, ModelUnavailable
from service.answer_json import answer_json

ALL = metrics()
QUESTIONS = [asked(1), asked(2), UNANSWERABLE]
ROOT = Path(__file__).parents[2]


class Scripted:
    """Gives the results it was made with by id, and remembers what it was asked."""

    def __init__(self, **results) -> None:
        self.results = results
        self.asked: list[str] = []

    def __call__(self, gold):
        self.asked.append(gold.id)
        result = self.results.get(gold.id, answered())
        if isinstance(result, Exception):
            raise result
        return result


def run_of(ask, folder, provenance=PROVENANCE, questions=QUESTIONS, **more):
    return evaluate(ask, questions, ALL, Store(folder, answer_json), provenance=provenance, **more)


def test_a_run_that_is_done_asks_nothing_again(tmp_path):
    first, second = Scripted(), Scripted()

    before, after = run_of(first, tmp_path), run_of(second, tmp_path)

    assert first.asked == ["q1", "q2", "q0"]
    assert second.asked == []
    assert [row.scores for row in after.rows] == [row.scores for row in before.rows]


def test_other_settings_ask_anew(tmp_path):
    run_of(Scripted(), tmp_path)
    again = Scripted()

    run_of(again, tmp_path, replace(PROVENANCE, settings={"keep": "4"}))

    assert again.asked == ["q1", "q2", "q0"]


def test_a_question_that_changed_is_asked_anew(tmp_path):
    run_of(Scripted(), tmp_path)
    again = Scripted()

    run_of(again, tmp_path, questions=[replace(QUESTIONS[0], question="Another one?"), *QUESTIONS[1:]])

    assert again.asked == ["q1"]


def test_gold_files_and_judges_don_t_change_what_is_asked():
    other = replace(PROVENANCE, gold={"a": "b"}, judges={"c": "d"})

    assert fingerprint(other) == fingerprint(PROVENANCE)


def test_a_question_that_failed_is_a_row_and_is_asked_again_next_time(tmp_path):
    run = run_of(Scripted(q2=InputError("too long")), tmp_path)
    again = Scripted()

    run_of(again, tmp_path)

    assert run.rows[1].result.error == "too long"
    assert run.rows[1].scores["answers_answerable"] == 0.0
    assert again.asked == ["q2"]


def test_a_server_that_is_gone_ends_the_run_which_goes_on_from_there(tmp_path):
    with pytest.raises(ModelUnavailable):
        run_of(Scripted(q2=ModelUnavailable("gone")), tmp_path)
    again = Scripted()

    run = run_of(again, tmp_path)

    assert again.asked == ["q2", "q0"]
    assert len(run.rows) == 3


def test_a_torn_row_and_one_of_another_kind_are_asked_again(tmp_path):
    run_of(Scripted(), tmp_path)
    rows = tmp_path / "rows.jsonl"
    lines = rows.read_text(encoding="utf-8").split("\n")
    rows.write_text(f'{lines[0]}\n{{"key": "x"}}\n{lines[1][:200]}', encoding="utf-8")
    again = Scripted()

    run = run_of(again, tmp_path)

    assert again.asked == ["q2", "q0"]
    assert len(run.rows) == 3


def test_progress_is_told_from_none_to_all(tmp_path):
    heard = []

    run_of(Scripted(), tmp_path, tell=lambda done, total: heard.append((done, total)))

    assert heard == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_two_questions_of_one_id_are_refused(tmp_path):
    with pytest.raises(InputError, match="'q1'"):
        run_of(Scripted(), tmp_path, questions=[asked(1), asked(1)])


@pytest.mark.parametrize(
    "result",
    [
        answered(first="a", again="b", roles=(("1",), ("2",)), tokens=Tokens(3, 4)),
        declined(),
        failed(),
        only_ranked("ref:made-up-1"),
    ],
    ids=["answered", "declined", "failed", "ranked"],
)
def test_a_run_is_read_back_as_it_was(tmp_path, result):
    run = run_of(Scripted(q1=result), tmp_path)
    write_report(run, ALL, Judges(), None, tmp_path)

    found = read_run(tmp_path, ALL)

    assert [row.scores for row in found.rows] == [row.scores for row in run.rows]
    assert [row.gold for row in found.rows] == [row.gold for row in run.rows]
    assert found.rows[0].result.ranked == result.ranked
    assert found.rows[0].result.tokens == result.tokens
    assert found.provenance == run.provenance


def test_a_row_holds_the_answer_in_the_form_of_the_contract(tmp_path):
    run = run_of(Scripted(), tmp_path)

    record = json.loads((tmp_path / "rows.jsonl").read_text(encoding="utf-8").split("\n")[0])

    assert record["answer"] == json.loads(json.dumps(answer_json(run.rows[0].result.answer)))
    assert [one["document_id"] for one in record["evidence"]] == ["ref:made-up-1", "ref:made-up-2"]
    assert record["scores"] == run.rows[0].scores


def test_generation_and_models_come_from_the_answers_where_nobody_knew_them(tmp_path):
    assert run_of(Scripted(), tmp_path).provenance.generation == 1


@pytest.mark.parametrize("content", [None, "{", '{"provenance": {}}'])
def test_a_folder_without_a_run_is_refused(tmp_path, content):
    if content is not None:
        (tmp_path / "run.json").write_text(content, encoding="utf-8")

    with pytest.raises(InputError, match="holds no run"):
        read_run(tmp_path, ALL)


def test_a_run_whose_rows_are_gone_is_refused(tmp_path):
    write_report(run_of(Scripted(), tmp_path), ALL, Judges(), None, tmp_path)
    (tmp_path / "rows.jsonl").write_text("", encoding="utf-8")

    with pytest.raises(InputError, match="lacks 3 of the 3 rows"):
        read_run(tmp_path, ALL)


SLOW = """
import sys, time
from pathlib import Path
sys.path[:0] = {path!r}
from eval_kit import PROVENANCE, answered, asked
from eval.evaluation import evaluate
from eval.metrics import metrics
from eval.store import Store
from service.answer_json import answer_json

def ask(gold):
    time.sleep(0.05)
    print(gold.id, flush=True)
    return answered()

folder = Path(sys.argv[1])
run = evaluate(ask, [asked(n) for n in range(20)], metrics(), Store(folder, answer_json), provenance=PROVENANCE)
print("rows", len(run.rows))
"""


def test_a_run_killed_in_the_middle_goes_on_and_asks_nothing_twice(tmp_path):
    script = tmp_path / "slow.py"
    paths = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).parent)]
    script.write_text(SLOW.format(path=paths), encoding="utf-8")
    command = [sys.executable, str(script), str(tmp_path / "run")]
    rows = tmp_path / "run/rows.jsonl"

    killed = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while (not rows.exists() or rows.read_bytes().count(b"\n") < 4) and time.monotonic() < until:
        time.sleep(0.01)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    kept = rows.read_bytes().count(b"\n")
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert 4 <= kept < 20
    *again, last = done.stdout.splitlines()
    assert last == "rows 20"
    assert again == [f"q{number}" for number in range(kept, 20)]
