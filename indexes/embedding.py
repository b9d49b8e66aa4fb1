"""Embedders: from texts to vectors.

The default model runs as an ONNX graph, because a query should not wait seconds for torch, and for passages as
a quantised one, because a library should not wait hours; any other model runs on sentence-transformers, which
is also the reference that the graphs are tested against.
"""

from __future__ import annotations

import hashlib
import os
import re
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from indexes.onnx_graph import GRAPH, TOKENIZER, ensure_graph
from indexes.runtimes import onnxruntime
from indexes.tokens import MOST, Tokens, encodable
from rag.errors import InputError, ModelUnavailable
from rag.types import Embedder, FloatArray

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT = "default"
"""What settings call the model that comes with Vouch: all-MiniLM-L6-v2, 384 dimensions."""

_DEFAULT_NAME = f"all-MiniLM-L6-v2@d2013c4aa9df/mean/{MOST}"


class Backend(StrEnum):
    """How the default model embeds passages; questions are embedded in fp32 in either case."""

    INT8 = "int8"
    FP32 = "fp32"
    GPU = "gpu"
    """In fp32 too: its vectors and those of `FP32` share libraries."""


@runtime_checkable
class PassageEmbedder(Protocol):
    """An embedder that has another way for the many texts of a library than for a few."""

    def embed_passages(self, texts: list[str]) -> FloatArray:
        """Vectors of `texts`, near those that `embed` gives and made faster; in shape and order the same."""


def load_embedder(model: str, home: Path, backend: Backend = Backend.INT8) -> Embedder:
    """The embedder that settings ask for.

    Args:
        model: `default`; `hashing`, which is for tests; else the name or folder of any
            sentence-transformers model.
        home: the data home, where the default model's graph is made on first use.
        backend: of the default model.

    Raises:
        InputError: `model` is a path to nowhere, or there is no GPU for `backend`.
        ModelUnavailable: the model is neither on this machine nor to be had.
        LibraryProblem: the default model's graph can't be made.
    """
    match model:
        case "default":
            return _default_model(home, backend)
        case "hashing":
            return HashingEmbedder()
        case _:
            return SentenceTransformerEmbedder(model)


def _default_model(home: Path, backend: Backend) -> Embedder:
    match backend:
        case Backend.INT8:
            from indexes.quantised import QuantisedEmbedder

            return QuantisedEmbedder(home)
        case Backend.FP32:
            return OnnxEmbedder(home)
        case Backend.GPU:
            from indexes.on_gpu import GpuEmbedder

            return GpuEmbedder(home)


class OnnxEmbedder:
    """all-MiniLM-L6-v2 (fp32) on onnxruntime.

    Each text is computed alone and on one thread, so that its vector is the same to the last bit
    whatever it is embedded with; several texts are shared out over the processors.
    """

    name = _DEFAULT_NAME
    """The same as sentence-transformers' on the same weights: their vectors agree within 1e-5."""
    dim = 384

    def __init__(self, home: Path) -> None:
        folder = ensure_graph(home)

        ort = onnxruntime()
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = ort.InferenceSession(folder / GRAPH, options, providers=["CPUExecutionProvider"])
        self.tokens = Tokens(folder / TOKENIZER)

    def embed(self, texts: list[str]) -> FloatArray:
        """Vectors of `texts`, of which the first 256 tokens count: shape (len(texts), 384), normalised."""
        token_ids = self.tokens.of(texts)
        if len(texts) < 2:
            return _stacked([self._vector(ids) for ids in token_ids], self.dim)
        with ThreadPoolExecutor(processors()) as pool:
            return _stacked(list(pool.map(self._vector, token_ids)), self.dim)

    def _vector(self, ids: list[int]) -> FloatArray:
        vectors = self._session.run(None, {"ids": np.array([ids], dtype=np.int64)})[0]
        return np.asarray(vectors[0], dtype=np.float32)


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, on a GPU where there is one.

    What is on this machine is taken as it is, without asking the network; code that comes with a
    model is never run. Texts of one call share batches, which moves a vector by up to 1e-6.
    """

    def __init__(self, name_or_path: str) -> None:
        self._model = _load(name_or_path)
        self.dim = int(self._model.encode([""], show_progress_bar=False).shape[1])
        self.name = _name(name_or_path, self._model)

    def embed(self, texts: list[str]) -> FloatArray:
        """Vectors of `texts`: shape (len(texts), dim), normalised.

        Raises:
            ModelUnavailable: the model gave something that is no number.
        """
        vectors = self._model.encode(
            [encodable(text) for text in texts], normalize_embeddings=True, show_progress_bar=False
        )
        if not np.isfinite(vectors).all():
            raise ModelUnavailable(
                f"{self.name} gave vectors that are no numbers; use another embedding model"
            )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dim)


class HashingEmbedder:
    """Words hashed into a few dimensions: texts that share words are near. Needs no model; for tests."""

    def __init__(self, dim: int = 64) -> None:
        self.dim = dim
        self.name = f"hashing/{dim}"

    def embed(self, texts: list[str]) -> FloatArray:
        """Vectors of `texts`: shape (len(texts), dim), normalised."""
        return _stacked([self._vector(text) for text in texts], self.dim)

    def _vector(self, text: str) -> FloatArray:
        vector = np.zeros(self.dim, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()):
            digest = int.from_bytes(hashlib.blake2b(encodable(word).encode(), digest_size=8).digest())
            vector[(digest >> 1) % self.dim] += 1 if digest & 1 else -1
        if not vector.any():
            vector[0] = 1
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def _stacked(vectors: list[FloatArray], dim: int) -> FloatArray:
    """One row for each vector; no rows where there are none."""
    return np.array(vectors, dtype=np.float32).reshape(len(vectors), dim)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _load(name_or_path: str) -> SentenceTransformer:
    """The model from this machine, else from where models are published."""
    if name_or_path.startswith(("/", ".", "~")) and not Path(name_or_path).expanduser().is_dir():
        raise InputError(
            f"no folder {name_or_path!r} with an embedding model; set a folder that is there, or 'default'"
        )

    import sentence_transformers
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # theirs has no types
    where = str(Path(name_or_path).expanduser())
    try:
        try:
            return sentence_transformers.SentenceTransformer(
                where, local_files_only=True, trust_remote_code=False
            )
        except OSError:
            return sentence_transformers.SentenceTransformer(where, trust_remote_code=False)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise ModelUnavailable(
            f"can't load the embedding model {name_or_path!r}: {error}; set the folder of a sentence-transformers "
            "model, or 'default' for the one that comes with Vouch"
        ) from error


def _name(name_or_path: str, model: SentenceTransformer) -> str:
    """Label, fingerprint of the weights, pooling and length, so that vectors of two models never mix."""
    fingerprint = _fingerprint(model)
    pooling = getattr(model[1], "pooling_mode", "none") if len(model) > 1 else "none"
    if fingerprint == _DEFAULT_NAME.partition("@")[2].partition("/")[0]:
        label = "all-MiniLM-L6-v2"
    else:
        label = Path(name_or_path).name
    return f"{label}@{fingerprint}/{pooling}/{model.max_seq_length}"


def _fingerprint(model: SentenceTransformer) -> str:
    """12 hex digits over the values of all parameters, whatever a version of the library calls them."""
    import torch

    digests = sorted(
        hashlib.sha256(
            values.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes()
        ).hexdigest()
        for values in model.parameters()
    )
    return hashlib.sha256("".join(digests).encode()).hexdigest()[:12]
