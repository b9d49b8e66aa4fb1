"""Wrong sentences made of true ones: each mutation changes what a sentence says of numbers or of direction."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random
from types import MappingProxyType
from typing import TypeAlias

Mutate: TypeAlias = Callable[[str, str, Random], str | None]
"""A sentence, the passage it stands in, a source of chance -> a wrong sentence, or None where it has no place for it."""

_NUMBER = re.compile(r"(?<![\w.,·-])(\d+(?:,\d{3})*(?:[.·]\d+)?)(?![\w,]*\d)(?!\w)")
_UNITS = {
    "mg": "g", "g": "mg", "µg": "mg", "μg": "mg", "mcg": "mg", "kg": "g", "ng": "mg", "ml": "l", "mL": "L",
    "mmol": "mol", "%": " percentage points", "days": "weeks", "day": "week", "weeks": "months", "week": "month",
    "months": "years", "month": "year", "years": "months", "year": "month", "hours": "days", "hour": "day",
    "h": "min", "minutes": "hours", "min": "h", "cm": "mm", "mm": "cm",
}  # fmt: skip
_WITH_UNIT = re.compile(
    rf"(\d[\s-]?)({'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})(?![\w/])"
)
_AUXILIARY = re.compile(
    r"\b(was|were|is|are|has|have|had|did|does|do|can|could|should|may|might|will|would)\b(?! not\b)"
)
_DENIALS = (
    (re.compile(r"\bdid not (\w+)"), r"did \1"),
    (re.compile(r"\b(was|were|is|are|has|have|had|does|do|could|should|may|will|would) not\b"), r"\1"),
    (re.compile(r"\bcannot\b"), "can"),
    (re.compile(r"\bnot "), ""),
    (re.compile(r"\b[Nn]o (?=\w)"), "a "),
    (re.compile(r"\bwithout\b"), "with"),
)
_COMPARATOR, _TURNED = re.compile(r"[<>≤≥]"), {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}
_DOUBT = re.compile(r"\b(?:may|might|could|possibly|probably|likely|potentially|perhaps|partly|partially) ")
_LONG_WORD = re.compile(r"\b[a-zA-Z]{5,}\b")
_OPPOSITES = (
    "increase decrease", "increases decreases", "increased decreased", "increasing decreasing", "higher lower",
    "more fewer", "greater smaller", "longer shorter", "raised lowered", "improved worsened",
    "improves worsens", "improve worsen", "improvement deterioration", "better worse", "above below",
    "effective ineffective", "superior inferior", "benefit harm", "rise fall", "rose fell", "faster slower",
    "reduced increased", "reduces increases", "reduce increase", "reduction increase", "reductions increases",
    "positive negative", "positively negatively", "upregulated downregulated", "safe unsafe", "less more",
    "protective harmful", "early late", "before after", "declined rose", "elevated depressed",
)  # fmt: skip
_ONE_WAY = frozenset({"reduced", "reduces", "reduce", "reduction", "reductions", "less", "declined"})


def digit_changed(sentence: str, passage: str, chance: Random) -> str | None:  # noqa: ARG001
    """One digit of one number becomes another digit; the first never becomes 0."""
    found = _one_of(_NUMBER, sentence, chance)
    if found is None:
        return None
    places = [i for i in range(found.start(1), found.end(1)) if sentence[i].isdigit()]
    place = chance.choice(places)
    others = [d for d in "0123456789" if d != sentence[place] and (d != "0" or place != places[0])]
    return sentence[:place] + chance.choice(others) + sentence[place + 1 :]


def times_ten(sentence: str, passage: str, chance: Random) -> str | None:  # noqa: ARG001
    """One number becomes ten times as large."""
    found = _one_of(_NUMBER, sentence, chance)
    if found is None or not float(_plain(found[1])):
        return None
    return _with(sentence, found, _tenfold(_plain(found[1])))


def unit_changed(sentence: str, passage: str, chance: Random) -> str | None:  # noqa: ARG001
    """One number gets another unit of the same kind."""
    found = _one_of(_WITH_UNIT, sentence, chance)
    if found is None:
        return None
    return sentence[: found.start(2)] + _UNITS[found[2]] + sentence[found.end(2) :]


def other_number(sentence: str, passage: str, chance: Random) -> str | None:
    """One number becomes another that stands in the passage and not in the sentence."""
    found = _one_of(_NUMBER, sentence, chance)
    own = {_plain(number) for number in _NUMBER.findall(sentence)}
    others = [number for number in _NUMBER.findall(passage) if _plain(number) not in own]
    return _with(sentence, found, chance.choice(others)) if found and others else None


def numbers_swapped(sentence: str, passage: str, chance: Random) -> str | None:  # noqa: ARG001
    """Two different numbers change places, their units stay."""
    found = list(_NUMBER.finditer(sentence))
    pairs = [(a, b) for i, a in enumerate(found) for b in found[i + 1 :] if _plain(a[1]) != _plain(b[1])]
    if not pairs:
        return None
    first, second = chance.choice(pairs)
    return (
        sentence[: first.start(1)] + second[1] + sentence[first.end(1) : second.start(1)] + first[1]
        + sentence[second.end(1) :]
    )  # fmt: skip


def negation_inserted(sentence: str, passage: str, chance: Random) -> str | None:  # noqa: ARG001
    """A verb that isn't denied is denied."""
    found = _one_of(_AUXILIARY, sentence, chance)
    return None if found is None else f"{sentence[: found.end()]} not{sentence[found.end() :]}"


def negation_removed(sentence: str, passage: str, chance: Random) -> str | None:  # noqa: ARG001
    """One denial goes."""
    places = [(denial, put) for denial, put in _DENIALS if denial.search(sentence)]
    if not places:
        return None
    denial, put = chance.choice(places)
    return _capitalised(denial.sub(put, sentence, count=1), sentence)


def direction_flipped(sentence: str, passage: str, chance: Random) -> str | None:  # noqa: ARG001
    """One word of direction becomes its opposite."""
    found = _one_of(_DIRECTION, sentence, chance)
    if found is None:
        return None
    flipped = _OPPOSITE[found[0].lower()]
    return _capitalised(sentence[: found.start()] + flipped + sentence[found.end() :], sentence)


def comparator_turned(sentence: str, passage: str, chance: Random) -> str | None:  # noqa: ARG001
    """One `<` becomes `>`, or the other way round."""
    found = _one_of(_COMPARATOR, sentence, chance)
    return (
        None if found is None else f"{sentence[: found.start()]}{_TURNED[found[0]]}{sentence[found.end() :]}"
    )


def doubt_removed(sentence: str, passage: str, chance: Random) -> str | None:  # noqa: ARG001
    """A word of doubt goes."""
    found = _one_of(_DOUBT, sentence, chance)
    return None if found is None else sentence[: found.start()] + sentence[found.end() :]


def words_exchanged(sentence: str, passage: str, chance: Random) -> str | None:  # noqa: ARG001
    """Two long words change places: another group, another outcome."""
    found = list(_LONG_WORD.finditer(sentence))
    pairs = [
        (a, b) for i, a in enumerate(found) for b in found[i + 1 :] if a[0].lower()[:4] != b[0].lower()[:4]
    ]
    if not pairs:
        return None
    first, second = chance.choice(pairs)
    between = sentence[first.end() : second.start()]
    return f"{sentence[: first.start()]}{second[0]}{between}{first[0]}{sentence[second.end() :]}"


MUTATIONS: Mapping[str, Mutate] = MappingProxyType(
    {
        "digit changed": digit_changed,
        "ten times as large": times_ten,
        "unit changed": unit_changed,
        "other number of the passage": other_number,
        "two numbers swapped": numbers_swapped,
        "negation inserted": negation_inserted,
        "negation removed": negation_removed,
        "direction flipped": direction_flipped,
        "comparator turned": comparator_turned,
        "word of doubt removed": doubt_removed,
        "two words exchanged": words_exchanged,
    }
)

_OPPOSITE = dict(map(str.split, _OPPOSITES)) | {
    b: a for a, b in map(str.split, _OPPOSITES) if a not in _ONE_WAY
}
_DIRECTION = re.compile(rf"\b({'|'.join(sorted(_OPPOSITE, key=len, reverse=True))})\b", re.IGNORECASE)


def _one_of(pattern: re.Pattern[str], sentence: str, chance: Random) -> re.Match[str] | None:
    found = list(pattern.finditer(sentence))
    return chance.choice(found) if found else None


def _plain(number: str) -> str:
    return number.replace(",", "").replace("·", ".")


def _tenfold(number: str) -> str:
    whole, point, part = number.partition(".")
    if not point:
        return f"{whole}0"
    moved = f"{whole}{part[0]}".lstrip("0") or "0"
    return f"{moved}.{part[1:]}" if part[1:] else moved


def _with(sentence: str, found: re.Match[str], number: str) -> str:
    return sentence[: found.start(1)] + number + sentence[found.end(1) :]


def _capitalised(mutant: str, original: str) -> str:
    return mutant[:1].upper() + mutant[1:] if original[:1].isupper() else mutant
