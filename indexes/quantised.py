"""The default embedder: exact for a question, fast for the many passages of a library."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from indexes.embedding import OnnxEmbedder, processors
from rag.types import FloatArray

if TYPE_CHECKING:
    from indexes.openvino_model import OpenVinoModel


class QuantisedEmbedder:
    """all-MiniLM-L6-v2: questions in fp32 on onnxruntime, passages in int8 on OpenVINO.

    A question is there within milliseconds and loads neither OpenVINO nor the second graph; passages
    take a third of the time. Both ways are the same to the last bit in any company.
    """

    name = f"{OnnxEmbedder.name}/int8"
    dim = OnnxEmbedder.dim

    def __init__(self, home: Path) -> None:
        self._exact = OnnxEmbedder(home)
        self.tokens = self._exact.tokens
        self._lock = Lock()
        self._quantised: OpenVinoModel | None = None

    def embed(self, texts: list[str]) -> FloatArray:
        """Vectors of questions and sentences, in fp32: shape (len(texts), 384), normalised."""
        return self._exact.embed(texts)

    def embed_passages(self, texts: list[str]) -> FloatArray:
        """Vectors of passages, in int8: shape (len(texts), 384), normalised; a cosine of .996 to fp32.

        Raises:
            MissingExtra: OpenVINO isn't installed.
            ModelUnavailable: OpenVINO can't run the model.
        """
        return self._model().vectors(self.tokens.of(texts))

    def _model(self) -> OpenVinoModel:
        from indexes.openvino_model import OpenVinoModel
        from indexes.quantised_graph import quantised_graph

        with self._lock:
            if self._quantised is None:
                self._quantised = OpenVinoModel(quantised_graph(), self.dim, processors())
            return self._quantised
