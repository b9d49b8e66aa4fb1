"""A graph on OpenVINO: many texts, all processors, the same vector for a text in any company."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexes.runtimes import openvino
from rag.errors import ModelUnavailable
from rag.types import FloatArray

TOKENS_A_BATCH = 1024
"""More fill the processor's caches, fewer leave it idle between batches."""

PADDED_TO = 16
"""Texts are padded with zeros to a multiple of so many tokens: of 512 texts hardly two have one length."""

_SHAPES_KEPT = 64
"""What was made ready for a shape of batch; as many as are made unless told otherwise grow beyond a gigabyte."""


class OpenVinoModel:
    """A graph from `ids`, shape (n, length), to `vectors`, shape (n, dim), with one thread for each processor.

    How far a text is padded depends on its own length, and only texts of one padded length share a batch: the
    vector of a text depends on the text alone, to the last bit (`docs/decisions`). That holds for float32; bfloat16 isn't faster here.
    """

    def __init__(self, graph: bytes, dim: int, processors: int) -> None:
        """Compile a graph.

        Raises:
            MissingExtra: OpenVINO isn't installed.
            ModelUnavailable: OpenVINO can't run the graph on this machine.
        """
        self._dim = dim
        model = compiled(graph, processors)
        # Twice as many as can be at work, so that none waits for us. OpenVINO's own queue calls Python from
        # its threads, and its bindings take a lock of their own on first use: either way, and with threads of
        # ours too, a process now and then hangs or aborts over the interpreter's lock.
        self._requests = [model.create_infer_request() for _ in range(2 * processors)]

    def vectors(self, token_ids: Sequence[Sequence[int]]) -> FloatArray:
        """The vector of each text, shape (len(token_ids), dim), in their order.

        Raises:
            ModelUnavailable: OpenVINO failed.
        """
        made = np.zeros((len(token_ids), self._dim), dtype=np.float32)
        at_work: deque[tuple[list[int], Any]] = deque()
        idle = list(self._requests)
        try:
            for rows in batches([_padded(len(ids)) for ids in token_ids]):
                if not idle:
                    idle.append(_finished(*at_work.popleft(), made))
                request = idle.pop()
                request.start_async({"ids": _ids([token_ids[row] for row in rows])})
                at_work.append((rows, request))
            while at_work:
                _finished(*at_work.popleft(), made)
        except RuntimeError as error:
            raise ModelUnavailable(f"OpenVINO failed to embed: {error}; set VOUCH_BACKEND=fp32") from error
        finally:
            for _, request in at_work:  # none but after a failure or an interrupt
                request.wait()
        return made


def compiled(graph: bytes, processors: int) -> Any:
    """A graph as OpenVINO's compiled model, a stream of one thread for each processor.

    Raises:
        MissingExtra: OpenVINO isn't installed.
        ModelUnavailable: OpenVINO can't run the graph on this machine.
    """
    settings = {
        "NUM_STREAMS": processors,
        "INFERENCE_NUM_THREADS": processors,
        "INFERENCE_PRECISION_HINT": "f32",
        "ENABLE_CPU_PINNING": False,  # other programs may be at work on a processor
        "CPU_RUNTIME_CACHE_CAPACITY": _SHAPES_KEPT,
    }
    try:
        core = openvino().Core()
        return core.compile_model(core.read_model(graph), "CPU", settings)
    except RuntimeError as error:
        raise ModelUnavailable(
            f"OpenVINO can't run the embedding model here: {error}; set VOUCH_BACKEND=fp32"
        ) from error


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows of texts of one length, the longest first, about `TOKENS_A_BATCH` tokens together."""
    rows: dict[int, list[int]] = defaultdict(list)
    for row, length in enumerate(lengths):
        rows[length].append(row)
    for length in sorted(rows, reverse=True):
        size = max(1, TOKENS_A_BATCH // length)
        yield from (rows[length][start : start + size] for start in range(0, len(rows[length]), size))


def _padded(length: int) -> int:
    return -(-length // PADDED_TO) * PADDED_TO


def _ids(texts: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """Token ids of texts of one padded length, zeros after the last."""
    ids = np.zeros((len(texts), _padded(len(texts[0]))), dtype=np.int64)
    for row, text in zip(ids, texts, strict=True):
        row[: len(text)] = text
    return ids


def _finished(rows: list[int], request: Any, made: FloatArray) -> Any:
    """The request, once its vectors are in the `rows` of `made`."""
    request.wait()
    made[rows] = request.get_output_tensor(0).data
    return request
