"""Embedders: the default model equals its reference, whatever befalls its files."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexes.embedding import HashingEmbedder, OnnxEmbedder, SentenceTransformerEmbedder, load_embedder
from indexes.onnx_graph import GRAPH, SUMS, TOKENIZER, WEIGHTS, ensure_graph, packaged_model
from rag.errors import InputError, LibraryDamaged, LibraryProblem, ModelUnavailable

QUESTION = "What is the process of spinal hematoma (spinal epidural hematoma) resorption?"
TEXTS = [
    "",
    " \n\t",
    "a",
    QUESTION,
    QUESTION.upper(),
    "1.5 mg/kg i.v. q6h; p < 0.001 (95% CI 0.3–0.7)",
    "Épidural hématome, 脊髄硬膜外血腫, эпидуральная гематома 🩸",
    "\u200b\ufeffzero width\x00and control\x07",
    "[CLS] [SEP] [MASK] are words of the text",
    "x" * 5000,
    *(" ".join(["resorption of the hematoma was seen on day"] * n) for n in (2, 7, 28, 29, 31, 32, 33, 60)),
]


@pytest.fixture(scope="session")
def model_home(tmp_path_factory):
    """A data home with the default model's graph."""
    home = tmp_path_factory.mktemp("home")
    ensure_graph(home)
    return home


@pytest.fixture(scope="session")
def default(model_home):
    return OnnxEmbedder(model_home)


@pytest.fixture(scope="session")
def reference():
    return SentenceTransformerEmbedder(str(packaged_model()))


@pytest.fixture
def own_home(model_home, tmp_path):
    """A copy of the data home, of links to the same files: a test that damages one puts another in its place."""
    shutil.copytree(model_home, tmp_path, copy_function=os.link, dirs_exist_ok=True)
    return tmp_path


def test_the_graph_gives_the_vectors_of_sentence_transformers(default, reference):
    ours, theirs = default.embed(TEXTS), reference.embed(TEXTS)

    assert np.abs(ours - theirs).max() < 1e-5


def test_same_weights_have_the_same_name_on_both_backends(default, reference):
    assert default.name == reference.name
    assert default.dim == reference.dim == 384


def test_words_after_the_256th_token_do_not_count(default):
    head = "blood " * 254

    vectors = default.embed([head, head + "and then something else", "blood " * 253])

    assert (vectors[0] == vectors[1]).all()
    assert (vectors[0] != vectors[2]).any()


@settings(max_examples=20, deadline=None)
@given(texts=st.lists(st.text(max_size=80), min_size=1, max_size=8))
def test_a_text_has_the_same_vector_alone_and_among_others(default, texts):
    together = default.embed(texts)

    alone = [default.embed([text])[0] for text in texts]

    assert together.tobytes() == np.array(alone).tobytes()


@settings(max_examples=50, deadline=None)
@given(text=st.text(st.characters(), max_size=200))
def test_any_text_has_a_vector_of_length_one(default, text):
    """Also one with lone surrogates, which UTF-8 can't hold."""
    vectors = default.embed([text, text + "\ud800"])

    assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-5


@pytest.mark.parametrize("embedder", ["default", "hashing"])
def test_no_texts_have_no_vectors(embedder, model_home):
    vectors = load_embedder(embedder, model_home).embed([])

    assert vectors.dtype == np.float32
    assert len(vectors) == 0
    assert vectors.ndim == 2


def test_another_process_on_one_processor_gives_the_same_bytes(default, model_home):
    script = (
        "import os, sys, hashlib; from pathlib import Path; from indexes.embedding import load_embedder\n"
        "if hasattr(os, 'sched_setaffinity'): os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])\n"
        "vectors = load_embedder('default', Path(sys.argv[1])).embed(sys.argv[2:])\n"
        "print(hashlib.sha256(vectors.tobytes()).hexdigest())\n"
        "print([name for name in ('torch', 'transformers', 'sentence_transformers', 'onnx') if name in sys.modules])"
    )
    texts = [QUESTION, "short", "resorption " * 100]

    digest, slow_imports = _python(script, str(model_home), *texts).splitlines()

    assert digest == hashlib.sha256(default.embed(texts).tobytes()).hexdigest()
    assert slow_imports == "[]"


def test_a_graph_that_is_whole_is_left_as_it_is(own_home):
    before = _changed_at(ensure_graph(own_home))

    after = _changed_at(ensure_graph(own_home))

    assert after == before


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        (GRAPH, "flipped"),
        (WEIGHTS, "flipped"),
        (WEIGHTS, "cut"),
        (TOKENIZER, "missing"),
        (SUMS, "flipped"),
        (SUMS, "cut"),
        (SUMS, "missing"),
    ],
)
def test_a_damaged_graph_is_made_anew(own_home, model_home, name, damage):
    file = ensure_graph(own_home) / name
    _damage(file, damage)

    folder = ensure_graph(own_home)

    whole = ensure_graph(model_home)
    assert {path.name for path in folder.iterdir()} == {GRAPH, WEIGHTS, TOKENIZER, SUMS}
    assert file.read_bytes() == (whole / name).read_bytes()


def test_sums_that_name_less_than_every_file_are_not_believed(own_home):
    sums = ensure_graph(own_home) / SUMS
    sums.write_text(sums.read_text().splitlines()[0] + "\n")

    ensure_graph(own_home)

    assert len(sums.read_text().splitlines()) == 3


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_weights_that_are_not_the_published_ones_are_refused(tmp_path, name):
    source = tmp_path / "source"
    source.mkdir()
    for packaged in ("model.safetensors", "tokenizer.json"):
        (source / packaged).symlink_to(packaged_model() / packaged)
    (source / name).unlink()
    (source / name).write_bytes(b"not what was published")

    with pytest.raises(LibraryDamaged, match=hashlib.sha256(b"not what was published").hexdigest()):
        ensure_graph(tmp_path / "home", source)

    assert not (tmp_path / "home").exists()


def test_a_home_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "home").write_text("a file where a folder should be")

    with pytest.raises(LibraryProblem, match=r"home.*VOUCH_HOME"):
        ensure_graph(tmp_path / "home")


def test_a_path_to_nowhere_is_the_users_mistake(tmp_path):
    with pytest.raises(InputError, match="no-such-model"):
        load_embedder(str(tmp_path / "no-such-model"), tmp_path)


def test_a_folder_without_a_model_is_named(tmp_path):
    with pytest.raises(ModelUnavailable, match=tmp_path.name):
        load_embedder(str(tmp_path), tmp_path)


def test_another_model_has_another_name(reference, tmp_path):
    """A change of one weight in 22 million is enough."""
    import torch

    copy = tmp_path / "mine"
    reference._model.save(str(copy))
    other = SentenceTransformerEmbedder(str(copy))
    assert other.name == reference.name
    with torch.no_grad():
        next(other._model.parameters())[0, 0] += 1
    other._model.save(str(copy))

    changed = load_embedder(str(copy), tmp_path)

    assert changed.name != reference.name
    assert changed.name.startswith("mine@")


def test_hashed_texts_that_share_words_are_near():
    near, far = (
        HashingEmbedder().embed(["spinal hematoma", "apple pie"])
        @ HashingEmbedder().embed(["a spinal bleed"])[0]
    )

    assert near > far


@given(text=st.text(max_size=100), dim=st.integers(1, 300))
def test_hashed_vectors_have_length_one(text, dim):
    (vector,) = HashingEmbedder(dim).embed([text])

    assert vector.shape == (dim,)
    assert abs(np.linalg.norm(vector) - 1) < 1e-5


def test_hashed_vectors_are_the_same_in_every_process():
    script = "from indexes.embedding import HashingEmbedder as H; print(H(8).embed(['spinal hematoma']).tobytes().hex())"

    assert _python(script).strip() == HashingEmbedder(8).embed(["spinal hematoma"]).tobytes().hex()


def _python(script: str, *arguments: str) -> str:
    """What another process prints."""
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=True,
        capture_output=True,
        text=True,
    )
    return run.stdout


def _changed_at(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def _damage(file: Path, how: str) -> None:
    content = bytearray(file.read_bytes())
    file.unlink()
    match how:
        case "flipped":
            content[len(content) // 2] ^= 1
            file.write_bytes(content)
        case "cut":
            file.write_bytes(content[: len(content) // 2])
