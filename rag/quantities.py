"""Numbers with their units, as the gate compares them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:[.·]\d+)?|(?<![\d.])\.\d+"
_UNIT = (
    r"%|‰|per ?cent|percentage points?|°c"
    r"|(?:µg|μg|mcg|ng|mg|kg|g|micrograms?|milligrams?|grams?|iu|units?|mmol|µmol|μmol|nmol|mol|meq|mosm)"
    r"(?:\s?/\s?(?:kg|m2|m²|ml|dl|l|d|day|h|hr|hour|min|dose|week))*"
    r"|mm\s?hg|cm\s?h2o|bpm|ml|dl|l|litres?|liters?|mm|cm|m2|m²|nm|μm|µm"
    r"|years?|yrs?|y|months?|mo|weeks?|wk|days?|d|hours?|hrs?|h|minutes?|min|seconds?|sec|s"
    r"|patients?|people|persons?|participants?|women|men|children|infants?|cases?|trials?|studies|reports?|centres?|centers?|times?|fold"
)
_QUANTITY = re.compile(
    rf"(?P<sign>(?<![\w.)])[-−–])?(?P<number>{_NUMBER})(?:(?P<range>\s?(?:-|–|to|or)\s?)(?P<upper>{_NUMBER}))?"
    rf"(?:[\s-]?(?P<unit>{_UNIT})(?![\w]))?",
    re.IGNORECASE,
)
_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "half": "1/2",
    "twice": "2x",
    "doubled": "2x",
    "once": "1x",
}
_WORD = re.compile(rf"\b({'|'.join(_WORDS)})\b", re.IGNORECASE)
_SAME_UNIT = (
    (r"per ?cent", "%"),
    (r"micrograms?|mcg|μg", "µg"),
    (r"milligrams?", "mg"),
    (r"grams?", "g"),
    (r"litres?|liters?", "l"),
    (r"years?|yrs?|y", "year"),
    (r"months?|mo", "month"),
    (r"weeks?|wk", "week"),
    (r"days?|d", "day"),
    (r"hours?|hrs?|h|hr", "hour"),
    (r"minutes?|min", "minute"),
    (r"seconds?|sec|s", "second"),
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written, without thousands separators, with its unit in one spelling (`""`: none)."""

    value: str
    unit: str


def quantities(text: str) -> Counter[Quantity]:
    """The numbers of `text` with their units, each as often as it occurs.

    Both ends of a range carry its unit. Numbers in words count as numbers. Units are never converted:
    1 g and 1,000 mg are different, as the gate only passes on what a source wrote.
    """
    found: Counter[Quantity] = Counter()
    for match in _QUANTITY.finditer(text):
        unit = _unit(match["unit"])
        sign = "-" if match["sign"] else ""
        found[Quantity(sign + _value(match["number"]), unit)] += 1
        if match["upper"]:
            found[Quantity(_value(match["upper"]), unit)] += 1
    for match in _WORD.finditer(text):
        found[Quantity(_WORDS[match[1].lower()], "")] += 1
    return found


def altered(claim: str, quote: str) -> tuple[Quantity, ...]:
    """Quantities that `claim` states and `quote` doesn't, or states more often than `quote` does."""
    return tuple(sorted((quantities(claim) - quantities(quote)).keys(), key=lambda q: (q.value, q.unit)))


def _value(number: str) -> str:
    plain = number.replace(",", "").replace("·", ".")
    return f"0{plain}" if plain.startswith(".") else plain


def _unit(unit: str | None) -> str:
    if unit is None:
        return ""
    parts = [part.strip() for part in unit.casefold().replace("μ", "µ").split("/")]
    return "/".join(_one_spelling(part) for part in parts)


def _one_spelling(unit: str) -> str:
    for spellings, canonical in _SAME_UNIT:
        if re.fullmatch(spellings.replace("μ", "µ"), unit):
            return canonical
    return unit
