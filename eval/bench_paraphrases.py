"""True sentences said with fewer words, by rules: what a careful writer may do and the gate should allow."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

_PARENTHESIS = re.compile(r"\s*\([^()]*\)")
_LEADING = re.compile(
    r"^(?:In|After|Among|During|At|For|By|Overall|However|Moreover|Furthermore|Finally|Here|Therefore|Thus"
    r"|In addition|Additionally|Interestingly|Notably|Importantly)\b[^,;:()\d]{0,60},\s+(?=\w)"
)


def without_parenthesis(sentence: str) -> str | None:
    """Without its first parenthesis; None where it has none."""
    shorter = _PARENTHESIS.sub("", sentence, count=1)
    return None if shorter == sentence else shorter


def without_leading_clause(sentence: str) -> str | None:
    """Without a short clause of circumstance at its start; None where it has none."""
    shorter = _LEADING.sub("", sentence, count=1)
    return None if shorter == sentence else shorter[:1].upper() + shorter[1:]


PARAPHRASES: Mapping[str, Callable[[str], str | None]] = MappingProxyType(
    {
        "word for word": lambda sentence: sentence,
        "without a parenthesis": without_parenthesis,
        "without its leading clause": without_leading_clause,
    }
)
