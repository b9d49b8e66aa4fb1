"""Shares of yes among n, with how sure one can be of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

_Z = 1.959964  # of the normal distribution, two-sided 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """So many of `n`."""

    count: int
    n: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None where there is nothing to take a share of."""
        return self.count / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % score interval (Wilson, JASA 1927): it has a width also where none or all are counted."""
        if not self.n:
            return None
        p, n, z2 = self.count / self.n, self.n, _Z**2
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = _Z / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)
