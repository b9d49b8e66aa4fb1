"""The default model with passages on a GPU, which the test machine needn't have."""

import numpy as np
import pytest

from indexes.embedding import (
    Backend,
    OnnxEmbedder,
    PassageEmbedder,
    SentenceTransformerEmbedder,
    load_embedder,
)
from indexes.on_gpu import GpuEmbedder
from indexes.onnx_graph import packaged_model
from rag.errors import InputError

TEXTS = ["A haematoma that resolves.", "Twelve of 40 patients recovered."]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


def test_its_passages_may_lie_in_a_library_of_exact_vectors(home):
    exact, on_gpu = OnnxEmbedder(home), GpuEmbedder(home, SentenceTransformerEmbedder(str(packaged_model())))

    assert isinstance(on_gpu, PassageEmbedder)
    assert on_gpu.name == exact.name
    assert np.abs(on_gpu.embed_passages(TEXTS) - exact.embed(TEXTS)).max() < 1e-5


def test_a_question_is_embedded_as_without_a_gpu(home):
    on_gpu = GpuEmbedder(home, OnnxEmbedder(home))

    assert on_gpu.embed(TEXTS[:1]).tobytes() == OnnxEmbedder(home).embed(TEXTS[:1]).tobytes()


def test_a_machine_without_a_gpu_is_told_what_to_set(home):
    import torch

    if torch.cuda.is_available():
        pytest.skip("this machine has a GPU")

    with pytest.raises(InputError, match="VOUCH_BACKEND=int8"):
        load_embedder("default", home, Backend.GPU)
