"""A small made-up library, and the command line over it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import cli

TRIAL = """---
id: ref:made-up-trial
title: Made-up trial of dromedaril for night cramps
authors: [Doe JA, Roe B]
journal: J Made Up Med
date: 2021-05-04
publication_types: [Randomized Controlled Trial]
sample_size: 240
---
## Results

Dromedaril halved the number of night cramps in made-up adults within four weeks.

Dromedaril caused mild dizziness in 3% of the made-up adults who took it.
"""
SERIES = """---
id: ref:made-up-series
title: Made-up case series of dromedaril for night cramps
date: 2012
publication_types: [Case Reports]
---
## Results

Night cramps stopped in five of six made-up adults who took dromedaril every evening.
"""
RETRACTED = """---
id: ref:made-up-retracted
title: Made-up retracted trial of dromedaril for night cramps
date: 2019
publication_types: [Randomized Controlled Trial]
status: retracted
---
## Results

Dromedaril abolished all night cramps in every made-up adult who took it.
"""


class Vouch:
    """The command line in this process."""

    def __call__(self, *arguments: str) -> Result:
        return CliRunner().invoke(cli, list(arguments), prog_name="vouch")


@pytest.fixture
def vouch() -> Vouch:
    return Vouch()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data home, chosen by the environment; the working directory is empty too."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    for name, value in (
        ("VOUCH_HOME", str(tmp_path / "home")),
        ("VOUCH_MODEL", "hashing"),
        ("VOUCH_TODAY", "2026-11-24"),
        ("COLUMNS", "80"),
    ):
        monkeypatch.setenv(name, value)
    return tmp_path / "home"


@pytest.fixture
def inputs(home: Path) -> Path:
    """A folder of made-up documents in the working directory."""
    folder = Path("inputs")
    folder.mkdir()
    for name, text in (("trial", TRIAL), ("series", SERIES), ("retracted", RETRACTED)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def made_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data home with the made-up documents, made once."""
    place = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        patch.setenv("VOUCH_HOME", str(place / "home"))
        patch.setenv("VOUCH_MODEL", "hashing")
        for name, text in (("trial", TRIAL), ("series", SERIES), ("retracted", RETRACTED)):
            (place / f"{name}.md").write_text(text, encoding="utf-8")
        result = Vouch()("index", ".")
    assert result.exit_code == 0, result.output
    return place / "home"


@pytest.fixture
def library(home: Path, made_library: Path) -> Path:
    """The data home of this test, with the made-up documents in its library."""
    shutil.copytree(made_library, home)
    return home
