"""Means with how sure one can be of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2_000
SEED = 20_261_124


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over `n` questions with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


def mean_of(values: Sequence[float | None]) -> Mean | None:
    """Mean of what was computed, with a percentile bootstrap interval (Efron and Tibshirani, 1993, ch. 13).

    2,000 resamples of the questions from a fixed seed: the same values give the same interval. None where
    nothing was computed.
    """
    known = np.array([value for value in values if value is not None], dtype=np.float64)
    if not known.size:
        return None
    picks = np.random.default_rng(SEED).integers(0, known.size, (RESAMPLES, known.size))
    low, high = np.percentile(known[picks].mean(axis=1), [2.5, 97.5])
    return Mean(float(known.mean()), float(low), float(high), int(known.size))


def quantile(values: Sequence[float], share: float) -> float | None:
    """The value below which `share` of `values` lie, interpolated; None where there are none."""
    return float(np.quantile(values, share)) if values else None
