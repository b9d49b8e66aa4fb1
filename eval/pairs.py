"""Pairs of a claim and a text that is said to vouch for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VerificationPair:
    """A claim beside a text of its source, with what people judged of the two."""

    claim: str
    evidence: str
    supported: bool | None
    """True: the text vouches for the claim; False: it speaks against it; None: it does neither."""
