"""vouch bench scale on libraries of a few hundred passages, with vectors of hashed words."""

from __future__ import annotations

import json

import numpy as np
import pytest
from click.testing import CliRunner

from corpus.passages import passages
from indexes.embedding import HashingEmbedder
from indexes.records import embedded_text
from rag.types import Document, Section
from service.bench_scale import disk_use
from service.cli import cli
from service.scale_library import Maker, NoisyVectors, base_of, listing
from service.scale_probe import measured, recall

MADE_UP = [
    Document(
        id=f"ref:made-up-{number}",
        title=f"Made-up study of drug {number}",
        sections=(Section("Results", f"Drug {number} helped {number + 3} of 40 patients. " * 40),),
    )
    for number in range(6)
]


@pytest.fixture
def maker(tmp_path):
    model = HashingEmbedder()
    return Maker(base_of(MADE_UP, model, tmp_path / "vectors", _silent), model, _silent)


def _silent(_stage, _done, _total):
    """Tells nobody."""


def test_a_made_document_is_the_same_each_time_and_unlike_its_neighbours(maker):
    first, again, next_copy = (maker.base.document(number) for number in (3, 3, 9))

    assert first == again
    assert first.id == "ref:scale-3"
    assert first.sections[0].text != next_copy.sections[0].text != MADE_UP[3].sections[0].text


def test_the_vectors_of_made_passages_lie_around_the_real_ones(maker):
    made = maker.base.document(9)
    texts = [embedded_text(made, passage) for passage in passages(made)]

    vectors = NoisyVectors(maker.base, maker.model).embed(texts)

    nearest = (vectors @ maker.base.vectors[3].T).max(axis=1)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert ((nearest > 0.7) & (nearest < 0.99)).all()
    assert np.array_equal(NoisyVectors(maker.base, maker.model).embed(texts), vectors)


def test_a_library_has_about_as_many_passages_as_asked_for_and_can_be_added_to(maker, tmp_path):
    library, _ = maker.build(tmp_path / "made", 60)
    before = library.coverage()

    maker.add(library, [listing(tmp_path / "made", 900, 5)])

    assert abs(before.passages - 60) <= 3
    assert library.coverage().documents == before.documents + 5
    assert set(disk_use(library)) == {"database", "vector index", "lexical index"}


def test_an_exact_index_recalls_everything(maker, tmp_path):
    library, _ = maker.build(tmp_path / "made", 60)

    assert recall(library, NoisyQueries(maker), ["drug 3 patients", "study"]) == 1.0
    assert set(measured(library, NoisyQueries(maker), ["drug 3", "study"])["ms"]) > {
        "vectors alone",
        "BM25 alone",
    }


class NoisyQueries:
    """The model under the name that the made library knows."""

    def __init__(self, maker):
        self.model, self.dim = maker.model, maker.model.dim
        self.name = NoisyVectors(maker.base, maker.model).name

    def embed(self, texts):
        return self.model.embed(texts)


def test_the_command_prints_one_json_value_with_every_part(tmp_path, monkeypatch):
    monkeypatch.setenv("VOUCH_HOME", str(tmp_path))
    monkeypatch.setenv("VOUCH_MODEL", "hashing")

    shown = CliRunner().invoke(cli, ["bench", "scale", "--passages", "150", "--format", "json"])

    assert shown.exit_code == 0, shown.output
    found = json.loads(shown.stdout)
    size = found["sizes"][0]
    assert found["made"].startswith("Texts are real passages")
    assert abs(size["passages"] - 150) < 30
    assert len(size["add_seconds"]) == len(size["remove_seconds"]) == 3
    assert {"p50", "p99"} == set(size["ours"]["ms"]["ranked and explained"])
