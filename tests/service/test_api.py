"""Vouch from Python, by the programs of its page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever

from service.api import Vouch

PAGE = Path(__file__).parents[2] / "docs/python.md"
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
GOLD = {
    "id": "made-up-1",
    "question": "Does dromedaril help night cramps?",
    "answerable": True,
    "relevant": {"ref:made-up-trial": 2},
}


@pytest.fixture
def opened(library, inputs):
    """A working directory as the programs of the page expect it."""
    Path("var").symlink_to(library)
    inputs.rename("papers")
    return Vouch.open("var")


def test_the_first_program_of_the_page_runs(opened, capsys):
    Path("gold").mkdir()
    Path("gold/made_up.jsonl").write_text(json.dumps(GOLD) + "\n")
    names: dict = {}

    exec(PROGRAMS[0], names)

    assert "Dromedaril halved the number of night cramps" in capsys.readouterr().out
    assert "dromedaril" in names["follow_up"].understood_as
    assert len(names["run"].rows) == 1


def test_the_program_for_llama_index_runs_and_is_short(opened, capsys):
    names: dict = {}

    exec(PROGRAMS[1], names)

    assert len(PROGRAMS[1].splitlines()) <= 10
    assert "[1]" in str(names["response"])
    assert "Made-up trial of dromedaril for night cramps" in capsys.readouterr().out
    assert "Made-up note" in {node.node.metadata["title"] for node in names["nodes"]}


def test_what_llama_index_takes_is_what_it_asks_for(opened):
    assert isinstance(opened.retriever(), BaseRetriever)
    assert isinstance(opened.query_engine(), BaseQueryEngine)


def test_nodes_carry_the_score_of_the_ranking_and_why(opened):
    evidence = opened.search("night cramps", limit=3)

    nodes = opened.retriever(limit=3).retrieve("night cramps")

    assert [node.score for node in nodes] == [item.score for item in evidence]
    assert [node.node.metadata["why"] for node in nodes] == [item.why.text for item in evidence]


def test_what_was_indexed_meanwhile_is_found_by_who_has_it_open(opened):
    from llama_index.core import Document

    assert "made-up note" not in str(opened.ask("Does dromedaril ease leg pain?")).lower()
    generation = opened.ask("Does dromedaril help night cramps?").coverage.generation

    opened.index_documents([Document(text="Dromedaril eased leg pain in made-up adults who took it.")])

    assert opened.ask("Does dromedaril help night cramps?").coverage.generation == generation + 1
