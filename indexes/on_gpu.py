"""The default model on a GPU: passages there, questions where they always are."""

from __future__ import annotations

from pathlib import Path

from indexes.embedding import OnnxEmbedder, SentenceTransformerEmbedder
from indexes.onnx_graph import packaged_model
from rag.errors import InputError
from rag.types import Embedder, FloatArray


class GpuEmbedder:
    """all-MiniLM-L6-v2 in fp32: passages by sentence-transformers on the GPU, questions on onnxruntime.

    Its vectors have the name of the exact ones, from which they differ by up to 1e-5, so that a library
    made with a GPU is read and brought up to date without one by `VOUCH_BACKEND=fp32`.
    """

    name = OnnxEmbedder.name
    dim = OnnxEmbedder.dim

    def __init__(self, home: Path, passages: Embedder | None = None) -> None:
        """An embedder over the model in `home`.

        Args:
            home: the data home.
            passages: what embeds passages; by default the model on the GPU.

        Raises:
            InputError: there is no GPU here.
        """
        self._passages = _on_gpu() if passages is None else passages
        self._exact = OnnxEmbedder(home)

    def embed(self, texts: list[str]) -> FloatArray:
        """Vectors of questions and sentences: shape (len(texts), 384), normalised."""
        return self._exact.embed(texts)

    def embed_passages(self, texts: list[str]) -> FloatArray:
        """Vectors of passages, made on the GPU: shape (len(texts), 384), normalised."""
        return self._passages.embed(texts)


def _on_gpu() -> Embedder:
    import torch

    if not torch.cuda.is_available():
        raise InputError("VOUCH_BACKEND is gpu, and torch finds no GPU here; set VOUCH_BACKEND=int8 or fp32")
    return SentenceTransformerEmbedder(str(packaged_model()))
