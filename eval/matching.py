"""Whether an answer says a statement, by rule: its numbers, its words and the way it points."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from rag.polarity import Stance, stance
from rag.quantities import Quantity, quantities
from rag.relevance import TermWeights
from rag.text import STOP_WORDS, term_set

MATCHER = "rules v1 (numbers with units, terms with synonyms, stance; eval/matching.py)"
MIN_TERMS = (
    0.5  # share of a statement's terms; docs/decisions/0010 has the measurement behind this and the next
)
MIN_NUMBERS = 2 / 3
MIN_TERMS_ONE_SENTENCE = 0.8  # for a statement that must not be said: one sentence says nearly all of it
MOST_SENTENCES = 3  # that may say one statement together

Match: TypeAlias = Callable[[str, Sequence[str]], "tuple[int, ...] | None"]
"""Indices of the sentences that say a statement together, or None where they don't."""

_CONFIDENCE = re.compile(
    r"\b9[059](?:\.\d)?\s?%?\s?(?:CI|CrI|confidence interval|credible interval)", re.IGNORECASE
)
_NUMBER_WORD = re.compile(r"\b(?:one|once|two|twice|half|doubled|zero)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Parts:
    terms: frozenset[str]
    numbers: frozenset[Quantity]
    stance: Stance


def says(statement: str, sentences: Sequence[str]) -> tuple[int, ...] | None:
    """Indices of at most three of `sentences` that together say `statement`; None where none do.

    They hold half of its terms (a synonym counts .9), two thirds of its numbers with their units, and
    the one that says most of it doesn't point the other way.
    """
    sought = _parts(statement)
    chosen: list[int] = []
    while len(chosen) < MOST_SENTENCES and not _enough(sought, [sentences[i] for i in chosen]):
        gains = [(_said(sought, [sentences[i] for i in (*chosen, j)]), -j) for j in range(len(sentences))]
        best, place = max(gains, default=(0.0, 0))
        if best <= _said(sought, [sentences[i] for i in chosen]):
            return None
        chosen.append(-place)
    if not chosen or not _enough(sought, [sentences[i] for i in chosen]):
        return None
    return None if _opposed(sought.stance, _parts(sentences[chosen[0]]).stance) else tuple(chosen)


def says_in_one(statement: str, sentences: Sequence[str]) -> tuple[int, ...] | None:
    """Index of the first sentence that alone says nearly all of `statement`, with all of its numbers.

    Meant for what must not be said: a sentence that denies it, or speaks of half of it, says no such thing.
    """
    sought = _parts(statement)
    for place, sentence in enumerate(sentences):
        said = _parts(sentence)
        whole = (sought.numbers and _numbers(sought, [said]) == 1.0) or not sought.numbers
        if whole and _terms(sought, [said]) >= MIN_TERMS_ONE_SENTENCE and sought.stance is said.stance:
            return (place,)
    return None


def _enough(sought: _Parts, sentences: Sequence[str]) -> bool:
    said = [_parts(sentence) for sentence in sentences]
    return _terms(sought, said) >= MIN_TERMS and _numbers(sought, said) >= MIN_NUMBERS


def _said(sought: _Parts, sentences: Sequence[str]) -> float:
    said = [_parts(sentence) for sentence in sentences]
    return _terms(sought, said) + _numbers(sought, said) if said else 0.0


def _terms(sought: _Parts, said: Sequence[_Parts]) -> float:
    present = frozenset().union(*(parts.terms for parts in said))
    spoken = sum(TermWeights.spoken(term, present) for term in sought.terms)
    return spoken / len(sought.terms) if sought.terms else float(bool(sought.numbers))


def _numbers(sought: _Parts, said: Sequence[_Parts]) -> float:
    present = frozenset().union(*(parts.numbers for parts in said))
    found = sum(any(_same(number, other) for other in present) for number in sought.numbers)
    return found / len(sought.numbers) if sought.numbers else 1.0


def _same(one: Quantity, other: Quantity) -> bool:
    return one.value == other.value and (one.unit == other.unit or not one.unit or not other.unit)


def _opposed(one: Stance, other: Stance) -> bool:
    return {one, other} == {Stance.FOR, Stance.AGAINST}


@lru_cache(maxsize=20_000)
def _parts(text: str) -> _Parts:
    plain = _NUMBER_WORD.sub(" ", _CONFIDENCE.sub(" ", text))
    words = frozenset(t for t in term_set(plain) if not t[0].isdigit() and t not in STOP_WORDS)
    return _Parts(words, frozenset(quantities(plain)), stance(text))
