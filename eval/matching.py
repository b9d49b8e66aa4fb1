"""Whether an answer says a statement, by rule: its numbers, its words and the way it points."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from rag.polarity import Stance, stance
from rag.quantities import Quantity, quantities
from rag.relevance import SYNONYM_SHARE, TermWeights
from rag.text import STOP_WORDS, term_set

MATCHER = "rules v1: numbers with units, terms with synonyms, stance; finds 71 % of what the named sources say (decision 10)"
MIN_TERMS = 0.5  # share of a statement's terms; docs/decisions/0010 has the measurement behind it
MIN_TERMS_ONE_SENTENCE = 0.8  # for a statement that must not be said: one sentence says nearly all of it
MIN_BEYOND = 0.4  # share of the terms that the question doesn't have
FEWEST_TERMS = 3  # of a shorter statement all of them, in its words or in synonyms
MIN_ABOUT = 1 / 3  # how much of a sentence a statement of one or two terms must make up
MOST_SENTENCES = 3  # that may say one statement together

Match: TypeAlias = Callable[[str, Sequence[str], str], "tuple[int, ...] | None"]
"""Of a statement, sentences and the question: indices of the sentences that say it together, None for none."""

_CONFIDENCE = re.compile(
    r"\b9[059](?:\.\d)?\s?%?\s?(?:CI|CrI|confidence interval|credible interval)", re.IGNORECASE
)
_DENIES = re.compile(
    r"\b(?:no|not|never|neither|nor|none|without|cannot|against|unlikely|discourag\w+|avoid\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_ENTRIES = re.compile(r"[;,](?=\s)")
_NUMBER_WORD = re.compile(r"\b(?:one|once|two|twice|half|doubled|zero)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Parts:
    terms: frozenset[str]
    numbers: frozenset[Quantity]
    stance: Stance
    denies: bool


def says(statement: str, sentences: Sequence[str], question: str = "") -> tuple[int, ...] | None:
    """Indices of at most three of `sentences` that together say `statement`; None where none do.

    They hold half of its terms and at least three of them (a synonym counts .9), four tenths of those that
    aren't the question's (any sentence on the subject has these) and all of its numbers with their units;
    and the sentence that says most of it doesn't point the other way.
    """
    sought = _parts(statement)
    beyond = replace(sought, terms=sought.terms - term_set(question))
    parts = [_parts(sentence) for sentence in sentences]
    chosen: list[int] = []
    while not _enough(sought, beyond, [parts[place] for place in chosen]):
        place = _next(sought, parts, chosen)
        if place is None or len(chosen) == MOST_SENTENCES:
            return None
        chosen.append(place)
    if not chosen or _opposed(sought.stance, parts[chosen[0]].stance):
        return None
    return tuple(chosen)


def says_in_one(
    statement: str,
    sentences: Sequence[str],
    question: str = "",  # noqa: ARG001  # the signature is that of a match
) -> tuple[int, ...] | None:
    """Index of the first sentence that alone says nearly all of `statement`, with all of its numbers.

    Meant for what must not be said. A sentence that denies it, points another way or says half of it says
    no such thing; a statement of one or two terms is only said by a sentence about little else.
    """
    sought = _parts(statement)
    found = (place for place, text in enumerate(sentences) if _is_said(sought, text))
    place = next(found, None)
    return None if place is None else (place,)


def _is_said(sought: _Parts, text: str) -> bool:
    said = _parts(text)
    about = len(sought.terms) / max(1, len(said.terms))
    return (
        sought.denies == said.denies
        and sought.stance is said.stance
        and _numbers(sought, [said]) == 1.0
        and _terms(sought, [said]) >= MIN_TERMS_ONE_SENTENCE
        and (len(sought.terms) >= FEWEST_TERMS or about >= MIN_ABOUT)
        and (not sought.numbers or _beside_numbers(sought, text))
    )


def _beside_numbers(sought: _Parts, text: str) -> bool:
    """Whether the words stand with the numbers, not in another entry of a list that has numbers of its own."""
    entries = [_parts(entry) for entry in _ENTRIES.split(text)]
    without = [entry for entry in entries if not entry.numbers]
    return any(
        _terms(sought, [entry, *without]) >= MIN_TERMS_ONE_SENTENCE
        for entry in entries
        if sought.numbers & entry.numbers
    )


def _enough(sought: _Parts, beyond: _Parts, said: Sequence[_Parts]) -> bool:
    fewest = SYNONYM_SHARE * min(1.0, FEWEST_TERMS / max(1, len(sought.terms)))
    return (
        _numbers(sought, said) == 1.0
        and _terms(sought, said) >= max(MIN_TERMS, fewest)
        and (not beyond.terms or _terms(beyond, said) >= MIN_BEYOND)
    )


def _next(sought: _Parts, parts: Sequence[_Parts], chosen: Sequence[int]) -> int | None:
    """The sentence that adds most to those chosen, the first of several; None where none adds anything."""
    said = [parts[place] for place in chosen]
    gains = [_said(sought, [*said, one]) for one in parts]
    best = max(gains, default=0.0)
    return gains.index(best) if best > _said(sought, said) else None


def _said(sought: _Parts, said: Sequence[_Parts]) -> float:
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
    return _Parts(words, frozenset(quantities(plain)), stance(text), _DENIES.search(text) is not None)
