"""A graph on OpenVINO: many texts, all processors, the same vector for a text in any company."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from rag.errors import MissingExtra, ModelUnavailable
from rag.types import FloatArray

if TYPE_CHECKING:
    import openvino

TOKENS_A_BATCH = 1024
"""More fill the processor's caches, fewer leave it idle between batches."""


class OpenVinoModel:
    """A graph from `ids`, shape (n, length), to `vectors`, shape (n, dim), with one thread for each processor.

    Only texts of one length share a batch, so that nothing is padded: the vector of a text depends on
    the text alone, to the last bit (`docs/decisions`). That holds for float32; bfloat16 isn't faster here.
    """

    def __init__(self, graph: bytes, dim: int, processors: int) -> None:
        """Compile a graph.

        Raises:
            MissingExtra: OpenVINO isn't installed.
            ModelUnavailable: OpenVINO can't run the graph on this machine.
        """
        self._dim = dim
        self._openvino = _openvino()
        settings = {
            "NUM_STREAMS": processors,
            "INFERENCE_NUM_THREADS": processors,
            "INFERENCE_PRECISION_HINT": "f32",
            "ENABLE_CPU_PINNING": False,  # other programs may be at work on a processor
        }
        try:
            core = self._openvino.Core()
            self._model = core.compile_model(core.read_model(graph), "CPU", settings)
        except RuntimeError as error:
            raise ModelUnavailable(
                f"OpenVINO can't run the embedding model here: {error}; set VOUCH_BACKEND=fp32"
            ) from error

    def vectors(self, token_ids: Sequence[Sequence[int]]) -> FloatArray:
        """The vector of each text, shape (len(token_ids), dim), in their order.

        Raises:
            ModelUnavailable: OpenVINO failed.
        """
        made = np.zeros((len(token_ids), self._dim), dtype=np.float32)
        queue = self._openvino.AsyncInferQueue(self._model)
        queue.set_callback(lambda request, rows: made.__setitem__(rows, request.get_output_tensor(0).data))
        try:
            for rows in batches([len(ids) for ids in token_ids]):
                ids = np.array([token_ids[row] for row in rows], dtype=np.int64)
                queue.start_async({"ids": ids}, rows)
            queue.wait_all()
        except RuntimeError as error:
            raise ModelUnavailable(f"OpenVINO failed to embed: {error}; set VOUCH_BACKEND=fp32") from error
        return made


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows of texts of one length, the longest first, about `TOKENS_A_BATCH` tokens together."""
    rows: dict[int, list[int]] = defaultdict(list)
    for row, length in enumerate(lengths):
        rows[length].append(row)
    for length in sorted(rows, reverse=True):
        size = max(1, TOKENS_A_BATCH // length)
        yield from (rows[length][start : start + size] for start in range(0, len(rows[length]), size))


def _openvino() -> openvino:
    """The library, without the module with which it tells its makers, over the network, of every import."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # None bars an import
    try:
        import openvino
    except ImportError as error:
        raise MissingExtra(
            "package openvino isn't installed; install it with: pip install openvino, or set VOUCH_BACKEND=fp32"
        ) from error
    return openvino
