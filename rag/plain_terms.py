"""What the words of medicine mean, in plain words: a small glossary of our own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_TABLE = "plain_terms.tsv"


@dataclass(frozen=True, slots=True)
class Term:
    """A word of medicine as a text uses it, and what it means."""

    name: str
    meaning: str


@lru_cache(maxsize=1)
def plain_terms() -> Mapping[str, str]:
    """The meaning of every name and spelling in the table, as the table writes it."""
    return {name: meaning for names, meaning in _rows() for name in names}


def terms_in(texts: Iterable[str], most: int) -> tuple[Term, ...]:
    """The terms that texts use, in the order of their first use and each meaning once.

    The longest name that fits counts: "haemorrhagic stroke" isn't explained as a stroke. Names in capitals
    count only so written, for "or" and "us" are words.

    Args:
        texts: what will be read.
        most: how many to explain at the most.
    """
    found: dict[str, str] = {}
    for text in texts:
        for match in _pattern().finditer(text):
            meaning = _meaning_of(match[0])
            if meaning and meaning not in found:
                found[meaning] = match[0]
    return tuple(Term(name, meaning) for meaning, name in list(found.items())[:most])


def _meaning_of(name: str) -> str | None:
    exact = plain_terms().get(name)
    is_abbreviation = name.isupper() and len(name) <= _ABBREVIATION
    return exact if exact or is_abbreviation else _lowered().get(name.lower())


_ABBREVIATION = 5  # letters; longer words in capitals are shouted


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[tuple[str, ...], str], ...]:
    text = files(__package__).joinpath(_TABLE).read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines())
    return tuple((tuple(names.split("|")), meaning) for names, meaning in pairs)


@lru_cache(maxsize=1)
def _lowered() -> Mapping[str, str]:
    return {name.lower(): meaning for name, meaning in plain_terms().items() if not name.isupper()}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = sorted(plain_terms(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])", re.IGNORECASE)
