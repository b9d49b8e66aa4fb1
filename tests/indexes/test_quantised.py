"""Passages in int8: near the exact vectors, the same in any company, and nobody is told."""

import hashlib
import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexes.calibration import calibrated, read_table
from indexes.embedding import Backend, OnnxEmbedder, PassageEmbedder, load_embedder
from indexes.onnx_graph import GRAPH, ensure_graph
from indexes.openvino_model import TOKENS_A_BATCH, batches
from indexes.quantised import QuantisedEmbedder
from indexes.quantised_graph import quantised_graph
from rag.errors import LibraryDamaged

ROOT = Path(__file__).parents[2]
WORDS = "spinal epidural hematoma resorption was seen on day seven after surgery in twelve of the patients"
PASSAGES = [  # made up
    "Resorption of the hematoma was complete on MRI within 12 days.",
    "Warfarin raised the risk of bleeding (HR 2.1, 95% CI 1.4–3.2; p < 0.001).",
    "Children with asthma had fewer exacerbations under inhaled budesonide.",
    " ".join([WORDS] * 20),
]


@pytest.fixture(scope="module")
def model_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    ensure_graph(home)
    return home


@pytest.fixture(scope="module")
def quantised(model_home):
    return QuantisedEmbedder(model_home)


def test_passages_lie_near_their_exact_vectors(quantised):
    exact, fast = quantised.embed(PASSAGES), quantised.embed_passages(PASSAGES)

    assert (exact * fast).sum(axis=1).min() > 0.993


def test_a_question_is_embedded_exactly(quantised, model_home):
    assert quantised.embed(PASSAGES[:1]).tobytes() == OnnxEmbedder(model_home).embed(PASSAGES[:1]).tobytes()


@settings(max_examples=15, deadline=None)
@given(
    texts=st.lists(
        st.one_of(st.text(st.characters(), max_size=60), st.sampled_from(PASSAGES)), min_size=1, max_size=8
    )
)
def test_a_passage_has_the_same_vector_alone_and_among_others(quantised, texts):
    together = quantised.embed_passages(texts)

    alone = [quantised.embed_passages([text])[0] for text in texts]

    assert together.tobytes() == np.array(alone).tobytes()


def test_many_passages_of_one_length_have_the_vectors_that_they_have_alone(quantised):
    words = WORDS.split()
    texts = [" ".join(words[n:] + words[:n]) for n in range(len(words))]

    together = quantised.embed_passages(texts * 3)

    alone = [quantised.embed_passages([text])[0] for text in texts]
    assert together.tobytes() == np.array(alone * 3).tobytes()


def test_no_passages_have_no_vectors(quantised):
    vectors = quantised.embed_passages([])

    assert vectors.shape == (0, 384)
    assert vectors.dtype == np.float32


def test_another_process_on_one_processor_gives_the_same_bytes_and_tells_nobody(
    quantised, model_home, tmp_path
):
    """Both libraries report each import to their makers, and leave a mark in the user's home, unless kept from it."""
    script = (
        "import os, sys, hashlib; from pathlib import Path; from indexes.embedding import load_embedder\n"
        "if hasattr(os, 'sched_setaffinity'): os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])\n"
        "vectors = load_embedder('default', Path(sys.argv[1])).embed_passages(sys.argv[2:])\n"
        "print(hashlib.sha256(vectors.tobytes()).hexdigest())\n"
        "print([name for name in sys.modules if name.startswith('openvino_telemetry.')])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    command = [sys.executable, "-c", script, str(model_home), *PASSAGES]

    run = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)

    digest, telemetry = run.stdout.splitlines()
    assert digest == hashlib.sha256(quantised.embed_passages(PASSAGES).tobytes()).hexdigest()
    assert telemetry == "[]"
    assert not list(tmp_path.iterdir())


def test_the_backends_never_share_a_library(quantised, model_home):
    exact = load_embedder("default", model_home, Backend.FP32)

    assert exact.name != quantised.name
    assert not isinstance(exact, PassageEmbedder)
    assert isinstance(load_embedder("default", model_home), QuantisedEmbedder)


def test_asking_loads_no_openvino(model_home):
    script = (
        "import sys; from pathlib import Path; from indexes.embedding import load_embedder\n"
        "load_embedder('default', Path(sys.argv[1])).embed(['a question', 'and a sentence'])\n"
        "print([name for name in ('openvino', 'onnx', 'torch') if name in sys.modules])"
    )
    command = [sys.executable, "-c", script, str(model_home)]

    run = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True, text=True
    )

    assert run.stdout.strip() == "[]"


def test_the_quantised_graph_is_made_of_the_published_weights_alone(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"not what was published")

    with pytest.raises(LibraryDamaged):
        quantised_graph(tmp_path)


@given(lengths=st.lists(st.integers(2, 256), max_size=200))
def test_a_batch_has_texts_of_one_length_and_few_tokens(lengths):
    made = list(batches(lengths))

    assert sorted(row for rows in made for row in rows) == list(range(len(lengths)))
    assert all(len({lengths[row] for row in rows}) == 1 for rows in made)
    assert all(len(rows) * lengths[rows[0]] <= max(TOKENS_A_BATCH, lengths[rows[0]]) for rows in made)
    assert all(lengths[one[0]] >= lengths[other[0]] for one, other in pairwise(made))


def test_the_table_names_every_linear_layer_and_no_range_without_zero():
    table = read_table()

    parts = ("attention.self", "attention.output.dense", "intermediate.dense", "output.dense")
    assert set(table) == {f"{layer}.{part}" for layer in range(6) for part in parts}
    assert all(inputs.low <= 0 < inputs.high for inputs in table.values())
    assert all(0 < factor <= 1 for inputs in table.values() for factor in inputs.factors.values())


def test_the_table_is_what_the_starter_library_gives(model_home, quantised):
    """A dozen of its texts stay within what all of it gave."""
    starter = sorted((ROOT / "corpus" / "starter").glob("*/*.md"))[::20]
    texts = [path.read_text(encoding="utf-8").partition("\n---\n")[2].strip()[:900] for path in starter]

    found = calibrated(ensure_graph(model_home) / GRAPH, quantised.tokens.of(texts))

    for name, inputs in read_table().items():
        assert found[name].high < inputs.high * 1.35 + 0.1, name
        assert found[name].low > inputs.low * 1.35 - 0.1, name


def test_the_table_is_plain_json():
    from indexes.calibration import TABLE

    assert len(json.loads(TABLE.read_text(encoding="ascii"))) == 24
