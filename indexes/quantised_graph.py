"""The default model with its linear layers in int8, for padded texts, made in memory from the packaged weights.

Weights: seven bits by output channel, symmetric. What is multiplied by them: uint8, one scale for a layer, from the
calibration table. All else stays fp32. Products are summed up in whole numbers, so that their order is nothing
to the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexes.calibration import Inputs, linear_inputs, read_table
from indexes.onnx_graph import HEADS, Draft, packaged_model, published
from rag.types import FloatArray

_STEPS = 255  # of an input, from its lowest to its highest value
_NEVER = -1e9  # added to what a token makes of padding, so that nothing is left of it
_LARGEST = 63  # of a weight: two products fit into 16 bits, in which older processors add them (255 × 63 × 2)


def quantised_graph(source: Path | None = None) -> bytes:
    """The model as ONNX: `ids`, shape (n, length), zeros after the last token, to `vectors`, shape (n, 384), L2-normalised.

    The same weights and table give the same bytes.

    Args:
        source: folder with `model.safetensors`; by default that of the package.

    Raises:
        LibraryDamaged: the source isn't what its authors published.
        MissingExtra: the package with the weights isn't installed.
    """
    from safetensors.numpy import load

    weights = load(published((packaged_model() if source is None else source) / "model.safetensors"))
    model = _QuantisedDraft(weights, table=read_table()).model()
    return bytes(model.SerializeToString(deterministic=True))


@dataclass
class _QuantisedDraft(Draft):
    """The same graph with other linear layers, all of it in one piece."""

    table: Mapping[str, Inputs] = field(default_factory=dict)
    rounded: dict[str, str] = field(default_factory=dict)
    """By states, what they are after quantisation; three layers may get the same."""

    tokens: str = ""
    """Where a text has tokens and no padding: 1 and 0, shape (n, 1, length)."""
    padding: str = ""
    """What attention adds for each token, shape (n, 1, 1, length)."""

    def embeddings(self) -> str:
        """The same; before them what tells tokens from padding."""
        absent = self.add("Equal", "ids", self.constant("no_token", np.array(0, dtype=np.int64)))
        kept, never = (
            self.constant(name, np.array(value, dtype=np.float32))
            for name, value in (("kept", 0.0), ("never", _NEVER))
        )
        # Chosen, not computed: as (token - 1) × 1e9 it would be added in two parts, and swallow what it is added to.
        added, axes = self.add("Where", absent, never, kept), self.constant("heads", np.array([1, 2]))
        self.padding = self.add("Unsqueeze", added, axes)
        tokens = self.add("Cast", self.add("Not", absent), to=1)  # to float32
        self.tokens = self.add("Unsqueeze", tokens, self.constant("row", np.array([1])))
        return super().embeddings()

    def attended(self, *heads: str) -> str:
        """The same; no token looks at padding."""
        return self.add("Attention", *heads, self.padding, q_num_heads=HEADS, kv_num_heads=HEADS)

    def pooled(self, states: str) -> str:
        """The sum over the tokens: it is scaled to length 1 anyway."""
        return self.add(
            "Squeeze", self.add("MatMul", self.tokens, states), self.constant("axes", np.array([1]))
        )

    def stored(self, name: str, values: NDArray[np.generic]) -> str:
        """A tensor in fp32; it stands in the graph itself."""
        return self.constant(name, np.ascontiguousarray(values, dtype=np.float32))

    def linear(self, name: str, states: str) -> str:
        """`states` times a layer's weights in int8, plus its bias."""
        inputs = self.table[linear_inputs(f"{name}.weight")]
        matrix = np.asarray(self.weights[f"{name}.weight"], dtype=np.float32).T
        matrix = matrix / _scale(inputs, len(matrix))[:, None]
        if states not in self.rounded:
            self.rounded[states] = self._rounded(states, inputs, len(matrix))
        product = self.add("MatMul", self.rounded[states], self._in_int8(f"{name}.weight", matrix))
        return self.add("Add", product, self.stored(f"{name}.bias", self.weights[f"{name}.bias"]))

    def _rounded(self, states: str, inputs: Inputs, channels: int) -> str:
        """`states` scaled and rounded to the 256 steps of their range."""
        factors = self.stored(f"{states}.factors", _scale(inputs, channels))
        scaled = self.add("Mul", states, factors)
        size = (inputs.high - inputs.low) / _STEPS
        step = self.constant(f"{states}.step", np.array(size, dtype=np.float32))
        zero = self.constant(f"{states}.zero", np.array(round(-inputs.low / size), dtype=np.uint8))
        return self.add("DequantizeLinear", self.add("QuantizeLinear", scaled, step, zero), step, zero)

    def _in_int8(self, name: str, matrix: FloatArray) -> str:
        """A matrix of weights in whole numbers, with a step for each column."""
        steps = np.abs(matrix).max(axis=0) / _LARGEST
        whole = np.rint(matrix / steps).astype(np.int8)
        step = self.constant(f"{name}.step", steps.astype(np.float32))
        return self.add("DequantizeLinear", self.constant(name, whole), step, axis=1)


def _scale(inputs: Inputs, channels: int) -> FloatArray:
    """The factor of every channel."""
    scale = np.ones(channels, dtype=np.float32)
    for channel, factor in inputs.factors.items():
        scale[channel] = factor
    return scale
