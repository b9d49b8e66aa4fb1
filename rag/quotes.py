"""Finding the words that someone copied out of a passage, where they stand in it exactly."""

from __future__ import annotations

import re

_LIKE = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-"}
)
_EDGES = " \t\r\n\"'`.…"


def located(quote: str, passage: str) -> str | None:
    """The stretch of `passage` that `quote` copies; None where it copies none.

    It is the same words in the same order with the same punctuation. Kinds of white space, dashes and
    quotation marks, and marks put around it, are no difference: a model that copies changes these.
    """
    if quote and quote in passage:
        return quote
    parts = quote.translate(_LIKE).strip(_EDGES).split()
    if not parts:
        return None
    found = re.search(r"\s+".join(map(re.escape, parts)), passage.translate(_LIKE))
    return passage[found.start() : _sentence_end(passage, found.end())] if found else None


def _sentence_end(passage: str, end: int) -> int:
    """`end`, with the full stop that follows: the marks that were taken off may have been the sentence's own."""
    return end + 1 if passage[end : end + 1] == "." else end
