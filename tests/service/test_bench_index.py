"""vouch bench index on a few documents, with vectors of hashed words; figures of the view are made up."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner
from rich.console import Console

from eval.adapters.dataset import Dataset, Source
from eval.gold import GoldQuestion
from eval.intervals import Mean
from indexes.embedding import HashingEmbedder
from indexes.plain_index import plain_built
from rag.types import Document, Section
from service.bench_index import IndexBench, IndexFigures, Limit, index_bench
from service.cli import cli
from service.index_view import index_json, print_index

DRUGS = ("amadrine", "bevorol", "cistamin")
MADE_UP = tuple(
    Document(
        id=f"ref:made-up-{drug}",
        title=f"Made-up trial of {drug}",
        sections=(Section("Results", f"Of 40 patients given {drug} 12 recovered. " * 3),),
    )
    for drug in DRUGS
)


class Counting(HashingEmbedder):
    """Knows how many texts it was given at a time."""

    def __init__(self):
        super().__init__()
        self.calls = []

    def embed(self, texts):
        self.calls.append(len(texts))
        return super().embed(texts)


OURS = IndexFigures("ours", 100, 200, 5.0, 900_000_000, 100_000_000, None)
THEIRS = IndexFigures("LlamaIndex, by 10", 100, 100, 20.0, 800_000_000, 0, None)


def _silent(_stage, _done, _total):
    """Tells nobody."""


@pytest.fixture
def hashing(monkeypatch, tmp_path):
    monkeypatch.setenv("VOUCH_MODEL", "hashing")
    monkeypatch.setenv("VOUCH_HOME", str(tmp_path))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def measured(home):
    questions = tuple(
        GoldQuestion(
            id=drug,
            question=f"How many patients recovered given {drug}?",
            relevant={f"ref:made-up-{drug}": 1},
        )
        for drug in DRUGS
    )
    dataset = Dataset(Source("made-up", "made-up trials", "", ""), documents=MADE_UP, questions=questions)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOUCH_MODEL", "hashing")
        patch.setenv("VOUCH_HOME", str(home))
        return index_bench(home / "index", dataset, lambda: 1.0, _silent)


def test_every_system_indexes_all_documents_and_finds_them(measured):
    assert [one.documents for one in measured.systems] == [3, 3, 3, 3]
    assert [one.texts for one in measured.systems] == [3, 3, 3, 3]
    assert all(one.ndcg.value > 0.6 for one in measured.systems)  # LlamaIndex breaks ties at random


def test_memory_is_measured_of_each_process_alone(measured):
    assert all(one.peak_bytes > 10_000_000 for one in measured.systems)
    assert [one.reader_peak_bytes > 0 for one in measured.systems] == [True, False, False, False]


def test_another_model_than_the_default_is_held_against_no_peak(measured):
    assert measured.limit is None


def test_nothing_that_the_systems_wrote_is_left(measured, home):
    assert measured.systems
    assert not (home / "index").exists()


def test_llama_index_gets_as_many_texts_at_a_time_as_asked(tmp_path):
    model = Counting()

    _, nodes = plain_built(MADE_UP, model, tmp_path, 2)

    assert nodes == 3
    assert model.calls == [2, 1]


def test_llama_index_can_be_made_to_read_every_word(tmp_path):
    long = replace(MADE_UP[0], sections=(Section("Results", "Of 40 patients 12 recovered. " * 100),))

    _, nodes = plain_built([long], HashingEmbedder(), tmp_path / "own", 2)
    _, pieces = plain_built([long], HashingEmbedder(), tmp_path / "whole", 2, whole=True)

    assert (nodes, pieces) == (1, 4)


def test_ours_is_compared_with_each_other_system():
    assert index_json(IndexBench((OURS, THEIRS), None))["times_as_fast"] == {"LlamaIndex, by 10": 4.0}


def test_each_figure_stands_under_its_head():
    console = Console(file=io.StringIO(), width=120)

    print_index(IndexBench((replace(OURS, ndcg=Mean(0.728, 0.7, 0.75, 9)), THEIRS), None), console)

    heads, ours, theirs = console.file.getvalue().splitlines()[1:4]
    placed = {
        "documents/s": "20.0", "texts/s": "40.0", "memory": "1.00 GB", "nDCG@10": "0.728", "ours takes": "1/1.0"
    }  # fmt: skip
    assert {
        head: ours[heads.index(head) :].startswith(cell) for head, cell in placed.items()
    } == dict.fromkeys(placed, True)
    assert theirs.rstrip().endswith("1/4.0")


def test_the_share_of_the_peak_is_told():
    console = Console(file=io.StringIO(), width=120)

    print_index(IndexBench((OURS, THEIRS), Limit(peak=8e11, used=2e11, tokens_per_second=9_400.0)), console)

    assert "25% of the 800" in console.file.getvalue()
    assert "1/4.0" in console.file.getvalue()


def test_the_command_takes_the_first_documents_of_the_starter_library(hashing):
    shown = CliRunner().invoke(cli, ["bench", "index", "--limit", "5", "--format", "json"])

    assert shown.exit_code == 0, shown.output
    found = json.loads(shown.stdout)
    assert [one["documents"] for one in found["systems"]] == [5, 5, 5, 5]
    assert found["systems"][0]["ndcg"] is None


def test_a_folder_that_is_no_set_is_refused_in_one_line(hashing, tmp_path):
    shown = CliRunner().invoke(cli, ["bench", "index", str(tmp_path / "nowhere")])

    assert shown.exit_code == 2
    assert "nowhere" in shown.output


def test_the_peak_of_the_machine_is_a_rate():
    from indexes.matrix_peak import int8_peak

    assert np.isfinite(int8_peak())
    assert int8_peak() > 1e9
