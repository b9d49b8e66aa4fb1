"""The most that this machine multiplies in int8: what the speed of embedding is measured against."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexes.embedding import processors
from indexes.openvino_model import compiled

OPERATIONS_A_TOKEN = 2 * 6 * (4 * 384 * 384 + 2 * 384 * 1536)
"""Of the default model's linear layers: six of four square matrices and a feed-forward; multiplied and added."""

_SIDE = 2048  # of a matrix: large enough that nothing but multiplying counts
_ROUNDS = 20


def int8_peak() -> float:
    """Operations a second of whole-number products of large matrices, all processors at work; the best of 20 rounds.

    Raises:
        MissingExtra: OpenVINO isn't installed.
        ModelUnavailable: OpenVINO can't run the product here.
    """
    streams = processors()
    model = compiled(_product(), streams)
    requests = [model.create_infer_request() for _ in range(streams)]
    values = np.random.default_rng(0).random((_SIDE, _SIDE), dtype=np.float32)
    best = float("inf")
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        for request in requests:
            request.start_async({"values": values})
        for request in requests:
            request.wait()
        best = min(best, time.perf_counter() - began)
    return 2 * _SIDE**3 * streams / best


def _product() -> bytes:
    """A graph that rounds a matrix and multiplies it by another, as a layer of the model does."""
    from onnx import TensorProto, helper, numpy_helper

    whole = np.random.default_rng(1).integers(-63, 64, (_SIDE, _SIDE), dtype=np.int8)
    constants: dict[str, NDArray[Any]] = {
        "matrix": whole,
        "step": np.array(1 / 255, dtype=np.float32),
        "zero": np.array(0, dtype=np.uint8),
        "matrix_step": np.array(1 / 63, dtype=np.float32),
    }
    nodes = [
        helper.make_node("QuantizeLinear", ["values", "step", "zero"], ["rounded"]),
        helper.make_node("DequantizeLinear", ["rounded", "step", "zero"], ["left"]),
        helper.make_node("DequantizeLinear", ["matrix", "matrix_step"], ["right"]),
        helper.make_node("MatMul", ["left", "right"], ["product"]),
    ]
    shape = [_SIDE, _SIDE]
    graph = helper.make_graph(
        nodes,
        "product",
        [helper.make_tensor_value_info("values", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("product", TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(values, name) for name, values in constants.items()],
    )
    opset = helper.make_opsetid("", 21)
    return bytes(helper.make_model(graph, opset_imports=[opset], ir_version=10).SerializeToString())
