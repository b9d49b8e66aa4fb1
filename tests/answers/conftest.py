"""The starter library indexed with the default model, as `make demo` does it, and its answers."""

from __future__ import annotations

import pytest
from starter_kit import TODAY, gold_questions

from indexes.build import index_paths
from rag.types import Answer, Turn
from service.settings import Settings
from service.wiring import load_model, open_library, open_pipeline, starter_folders


@pytest.fixture(scope="session")
def starter(tmp_path_factory) -> Settings:
    """A data home with the starter library."""
    settings = Settings(home=tmp_path_factory.mktemp("starter"))
    library = open_library(settings)
    paths = sorted(path for folder in starter_folders() for path in folder.glob("*.md"))
    index_paths(library, paths, load_model(settings))
    return settings


@pytest.fixture(scope="session")
def pipeline(starter):
    return open_pipeline(starter)


@pytest.fixture(scope="session")
def answers(pipeline) -> dict[str, Answer]:
    """The answers to all gold questions, by id of the question."""
    given = {}
    for question in gold_questions():
        earlier: list[Turn] = []
        for before in question["history"]:
            earlier.append(Turn(before, pipeline.ask(before, earlier, today=TODAY)))
        given[question["id"]] = pipeline.ask(question["question"], earlier, today=TODAY)
    return given
