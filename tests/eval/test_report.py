"""The report: three files, one page that fetches nothing, and figures that agree."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from eval_kit import (
    GOLD,
    PROVENANCE,
    SENTENCES,
    UNANSWERABLE,
    answer,
    answered,
    asked,
    claim,
    declined,
    failed,
    item,
)

from eval.compare import compare
from eval.evaluation import evaluate
from eval.metrics import Judges, metrics
from eval.report import write_report
from eval.report_view import cases
from eval.result import Result
from eval.store import Store
from rag.errors import InputError
from service.answer_json import answer_json

JUDGES = Judges()
ALL = metrics(JUDGES)
HOSTILE = '<script>alert("x")</script>'
RESULTS = {"q1": answered(), "q2": declined(), "q3": failed(), "q0": answered()}
QUESTIONS = [asked(1), asked(2, kind="reversal"), asked(3), replace(UNANSWERABLE, question=f"Why {HOSTILE}?")]
VOID = {"meta", "br", "line", "circle", "rect"}


class Page(HTMLParser):
    """Tags that don't close, and every address that a page would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.addresses += [value for name, value in attrs if name in {"src", "href", "action"}]
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """Closed in itself."""

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture
def run(tmp_path):
    store = Store(tmp_path / "run", answer_json)
    return evaluate(lambda gold: RESULTS[gold.id], QUESTIONS, ALL, store, provenance=PROVENANCE)


@pytest.fixture
def folder(run, tmp_path):
    write_report(run, ALL, JUDGES, compare(run, run, ALL), tmp_path / "run")
    return tmp_path / "run"


@pytest.fixture
def page(folder):
    return (folder / "report.html").read_text(encoding="utf-8")


def test_all_three_files_are_written(folder):
    assert {path.name for path in folder.iterdir()} == {"rows.jsonl", "run.json", "report.md", "report.html"}


def test_the_page_is_whole_and_fetches_nothing(page):
    parsed = Page(page)

    assert parsed.open == []
    assert all(address.startswith("#") for address in parsed.addresses)
    assert {address[1:] for address in parsed.addresses} <= set(parsed.ids)
    assert len(parsed.ids) == len(set(parsed.ids))
    assert "url(" not in page


def test_text_of_questions_and_answers_can_t_script_the_page(page):
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page
    assert "<script" not in page


def test_text_of_documents_can_t_script_the_page(run, tmp_path):
    hostile = item(1, f"{HOSTILE} Night cramps stopped in most adults.", title=HOSTILE)
    made = answer([claim(hostile, hostile.passage.text)], [hostile])
    row = replace(run.rows[0], result=Result(answer=made))

    path = write_report(replace(run, rows=(row,)), ALL, JUDGES, None, tmp_path / "b")

    assert "<script" not in path.read_text(encoding="utf-8")
    assert "<script" not in (tmp_path / "b/report.md").read_text(encoding="utf-8")


def test_every_metric_stands_on_the_page_with_its_definition(page):
    for metric in ALL:
        assert metric.name in page
    assert "Gao et al., EMNLP 2023" in page
    assert "not computed" in page


def test_who_judged_and_with_what_settings_stands_on_the_page(folder, page, run):
    told = replace(run, provenance=replace(run.provenance, judges=JUDGES.names, gold={"a.jsonl": "0" * 64}))
    path = write_report(told, ALL, JUDGES, None, folder)

    text = path.read_text(encoding="utf-8")
    assert run.fingerprint in text
    assert all(name in text for name in JUDGES.names.values())
    assert "a.jsonl" in text


def test_a_quote_stands_beside_its_sentence(page):
    beside = re.search(
        rf'<div class="sentence">{re.escape(SENTENCES[0])}.*?<q>{re.escape(SENTENCES[0])}</q>',
        page,
        re.DOTALL,
    )

    assert beside


def test_questions_that_fall_short_come_first_and_worst_first(run):
    found = cases(run, ALL, JUDGES)

    assert [case.row.gold.id for case in found][:2] == ["q2", "q3"]
    assert all(case.failed for case in found)
    assert found[0].missed == GOLD.best_evidence


def test_a_case_says_which_statements_are_said_and_by_what(run):
    case = next(case for case in cases(run, ALL, JUDGES) if case.row.gold.id == "q1")

    assert [bool(one.said_by) for one in case.must_have] == [True, True, False]
    assert case.must_have[0].said_by == (SENTENCES[0],)
    assert case.missed == ("ref:made-up-7",)
    assert case.said[0].sources[0].named == "best"


def test_the_figures_of_the_three_files_agree(folder, page):
    summary = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    text = (folder / "report.md").read_text(encoding="utf-8")

    coverage = next(one for one in summary["metrics"] if one["name"] == "must_have_coverage")
    assert coverage["mean"] == pytest.approx((2 / 3 + 0 + 0) / 3)
    assert coverage["n"] == 3
    assert "0.222" in page
    assert "| 0.222 (" in text
    declined_one = next(one for one in summary["metrics"] if one["name"] == "repeatability")
    assert (declined_one["mean"], declined_one["n"]) == (None, 0)


def test_a_folder_that_can_t_be_written_is_named(run, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(InputError, match="file"):
        write_report(run, ALL, JUDGES, None, tmp_path / "file")
