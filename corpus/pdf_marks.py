"""Characters of PDFs in plain spelling: ligatures, raised figures, marks of references."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import groupby

LINE_HYPHEN = "\u00ad"
"""Stands for a hyphen at the end of a line, which may or may not belong to the word."""

_RAISED = str.maketrans("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
# What a raised figure belongs to, and doesn't point to a reference: a figure, a unit, a symbol of statistics.
_TAKES_POWER = re.compile(r"(?:\d|\b(?:[mcdkµμn]?m|kg|s|h|min|L|[RrIχI])|χ)$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d$")
_REFERENCE = re.compile(r"[\d,;–\-*†‡§¶‖#✉a-e]+")
_ION = re.compile(r"\d?[+−–-]")


@cache
def plain(code: int) -> str:
    """The character of a code, a ligature in its letters; empty for what is none."""
    if code == 2:  # PDFium's mark of a hyphen at the end of a line
        return LINE_HYPHEN
    if code == 0xF0B7:  # the bullet of the Symbol font
        return "•"
    char = chr(code) if code < 0x110000 else ""
    if char in _LIGATURES:
        return _LIGATURES[char]
    if char.isspace():
        return " "
    kind = unicodedata.category(char) if char else "Cn"
    return "" if kind in {"Cc", "Cf", "Cn", "Co", "Cs"} and char != LINE_HYPHEN else char


def raised_text(before: str, levels: list[tuple[str, bool]]) -> str:
    """`before` and then characters, each with whether it is raised.

    Raised figures stay raised after a figure or a unit, so that 10⁹ never becomes 109; elsewhere
    they point to a reference and are left out.
    """
    stretches = [
        (above, "".join(char for char, _ in group))
        for above, group in groupby(levels, key=lambda level: level[1])
    ]
    for place, (above, words) in enumerate(stretches):
        after = stretches[place + 1][1] if place + 1 < len(stretches) else ""
        before += _raised(words, before, after) if above else words
    return before


def _raised(words: str, before: str, after: str) -> str:
    if not before.strip():
        return words
    if _ION.fullmatch(words + after[:1]) and before[-1].isalpha():
        return words.translate(_RAISED)
    if _REFERENCE.fullmatch(words):
        power = _TAKES_POWER.search(before) and not _YEAR.search(before)
        return words.translate(_RAISED) if power or words[0] in "-−" else ""
    return words
