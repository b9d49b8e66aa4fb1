"""What the quantised model must know of the values that flow through it, found on the starter library.

`python -m indexes.calibration corpus/starter/*/` writes the table anew from the documents in these folders.
The starter library's digests are our own words, and no benchmark scores them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from onnx import ModelProto

    from rag.types import FloatArray

TABLE = Path(__file__).parent / "calibration_table" / "all-MiniLM-L6-v2.json"
_OUTLIER = 2.0
"""A channel whose largest value exceeds so many times the median channel's is scaled down to it."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The values that go into a linear layer, over all texts that were looked at."""

    low: float
    """The smallest value, after scaling; 0 or less."""
    high: float
    factors: Mapping[int, float]
    """By channel, what its values are scaled by before they are quantised; 1 for those not named.

    A few channels of a BERT are ten times as large as the others and would leave these a few of the 256
    steps. Scaling them down, and the weights that they meet up, changes no product (Xiao et al., SmoothQuant,
    ICML 2023)."""


def linear_inputs(weight: str) -> str:
    """The name in the table of what the layer with this weight gets; query, key and value get the same."""
    name = weight.removeprefix("encoder.layer.").removesuffix(".weight")
    return name.removesuffix(".query").removesuffix(".key").removesuffix(".value")


def read_table(path: Path = TABLE) -> Mapping[str, Inputs]:
    """The table that comes with Vouch: for each linear layer its inputs."""
    rows = json.loads(path.read_text(encoding="ascii"))
    return MappingProxyType(
        {
            name: Inputs(row["low"], row["high"], {int(k): v for k, v in row["factors"].items()})
            for name, row in rows.items()
        }
    )


def calibrated(graph: Path, token_ids: Iterable[Sequence[int]]) -> dict[str, Inputs]:
    """The table, found by running the fp32 graph on texts.

    Args:
        graph: the fp32 graph, its weights beside it.
        token_ids: of each text.
    """
    import onnx

    lows: dict[str, FloatArray] = {}
    highs: dict[str, FloatArray] = {}
    for name, values in _values(onnx.load(graph), token_ids):
        low, high = values.min(axis=0), values.max(axis=0)
        lows[name] = np.minimum(lows.get(name, low), low)
        highs[name] = np.maximum(highs.get(name, high), high)
    return {name: _inputs(lows[name], highs[name]) for name in lows}


def _values(model: ModelProto, token_ids: Iterable[Sequence[int]]) -> Iterable[tuple[str, FloatArray]]:
    """For each text and linear layer: the layer's name and its inputs, shape (tokens, channels)."""
    from onnx import helper

    from indexes.runtimes import onnxruntime

    products = [node for node in model.graph.node if node.op_type == "MatMul"]
    names = {node.input[0]: linear_inputs(node.input[1]) for node in products}
    model.graph.output.extend(helper.make_empty_tensor_value_info(tensor) for tensor in names)
    session = onnxruntime().InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    for ids in token_ids:
        found = session.run(list(names), {"ids": np.array([ids], dtype=np.int64)})
        yield from ((name, values[0]) for name, values in zip(names.values(), found, strict=True))


def _inputs(low: FloatArray, high: FloatArray) -> Inputs:
    """The row for values of which each channel lies between `low` and `high`, shape (channels,) each."""
    largest = np.maximum(np.abs(low), np.abs(high))
    limit = _OUTLIER * float(np.median(largest))
    factors = {int(c): _rounded(limit / float(largest[c])) for c in np.flatnonzero(largest > limit)}
    scale = np.ones_like(low)
    for channel, factor in factors.items():
        scale[channel] = factor
    return Inputs(
        _rounded(min(0.0, float((low * scale).min()))), _rounded(float((high * scale).max())), factors
    )


def _rounded(value: float) -> float:
    """To three digits, so that the last bits of one machine don't get into the table."""
    return float(f"{value:.3g}")


def _main(folders: Sequence[Path], home: Path) -> None:
    from corpus.passages import passages
    from corpus.reading import find_inputs, read
    from indexes.onnx_graph import GRAPH, TOKENIZER, ensure_graph
    from indexes.records import embedded_text
    from indexes.tokens import Tokens
    from rag.types import Document

    model = ensure_graph(home)
    tokens = Tokens(model / TOKENIZER)
    found = (record for path in find_inputs(folders, recursive=False) for record in read(path))
    documents = [record for record in found if isinstance(record, Document)]
    texts = [embedded_text(document, passage) for document in documents for passage in passages(document)]
    table = calibrated(model / GRAPH, tokens.of(texts))
    rows = {
        name: {"low": inputs.low, "high": inputs.high, "factors": inputs.factors}
        for name, inputs in table.items()
    }
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items())
    TABLE.write_text(f"{{\n{lines}\n}}\n", encoding="ascii")


if __name__ == "__main__":
    import sys
    import tempfile

    with tempfile.TemporaryDirectory() as home:
        _main([Path(folder) for folder in sys.argv[1:]], Path(home))
