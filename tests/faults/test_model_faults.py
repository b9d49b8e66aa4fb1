"""A model that fails in the middle of a batch, and files that can't be read. Every document is made up."""

from __future__ import annotations

import json

import pytest
from batches import read

from indexes.build import index_paths
from indexes.embedding import HashingEmbedder
from indexes.library import Library
from rag.errors import ModelUnavailable


class FailingEmbedder(HashingEmbedder):
    """Fails at the calls whose numbers it is given, from 1."""

    def __init__(self, failing):
        super().__init__()
        self.failing, self.calls = set(failing), 0

    def embed(self, texts):
        self.calls += 1
        if self.calls in self.failing:
            raise RuntimeError("made-up failure")
        return super().embed(texts)


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "library")


@pytest.fixture
def papers(tmp_path):
    """A file of 150 papers, which take three calls of a model."""
    lines = [
        json.dumps({"id": f"ref:made-up-{n}", "title": f"Made-up {n}", "text": "Of no use."})
        for n in range(150)
    ]
    (tmp_path / "papers.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "papers.jsonl"


@pytest.mark.parametrize("failing", [{1}, {2}, {3, 4}])
def test_a_call_that_fails_once_or_twice_is_tried_again(library, papers, failing):
    report = _index(library, [papers], FailingEmbedder(failing))

    assert (report.indexed, library.coverage().documents) == (1, 150)


def test_a_call_that_fails_for_good_marks_nothing_as_done_and_the_next_run_completes(library, papers):
    with pytest.raises(ModelUnavailable, match="run the same command again"):
        _index(library, [papers], FailingEmbedder({2, 3, 4}))
    assert library.coverage().documents == 0

    working = FailingEmbedder(())
    report = _index(library, [papers], working)

    assert (report.indexed, library.coverage().documents) == (1, 150)
    assert working.calls == 2  # what the first call gave was kept


def test_a_bad_file_costs_only_itself_and_the_sums_add_up(library, papers, tmp_path):
    bad = {"empty": b"", "binary": bytes(range(256)), "cut.gz": b"\x1f\x8b\x08\x00cut", "words": b"{no json"}
    paths = [papers]
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
        paths.append(tmp_path / name)

    report = index_paths(library, paths, HashingEmbedder())

    assert (report.inputs, report.indexed, report.quarantined) == (5, 1, 4)
    states = (report.indexed, report.revised, report.unchanged, report.quarantined, report.excluded)
    assert sum(states) == report.inputs
    assert all(file.reason for file in report.files[1:])
    assert library.coverage().documents == 150


def _index(library, paths, embedder):
    return index_paths(library, paths, embedder, read=read, pause=lambda seconds: None)
