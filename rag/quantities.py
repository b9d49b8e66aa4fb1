"""Numbers with their units and the words beside them, as the gate compares them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.text import sentence_spans, telling

BESIDE = 2  # terms on either side of a number of a claim that must stand on that side of it in the quote
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
_NUMBER = rf"\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:[.·]\d+)?|(?<![\d.])\.\d+|\b(?:{'|'.join(_WORDS)})\b"
_UNIT = (
    r"(?:%|‰|per ?cent|percentage points?|°c"
    r"|µg|μg|mcg|ng|mg|kg|g|micrograms?|milligrams?|grams?|iu|units?|mmol|µmol|μmol|nmol|mol|meq|mosm"
    r"|mm\s?hg|cm\s?h2o|bpm|ml|dl|l|litres?|liters?|mm|cm|m2|m²|nm|μm|µm"
    r"|years?|yrs?|y|months?|mo|weeks?|wk|days?|d|hours?|hrs?|h|minutes?|min|seconds?|sec|s"
    r"|patients?|people|persons?|participants?|women|men|children|infants?|cases?|trials?|studies|reports?|centres?|centers?|times?|fold)"
    r"(?:(?:\s?/\s?|\s(?:per|an?|each|every)\s)"
    r"(?:kg|m2|m²|ml|dl|litre|liter|l|year|month|week|wk|day|d|hour|hr|h|minute|min|dose)\b)*"
)
_QUANTITY = re.compile(
    rf"(?P<than>[<>≤≥](?:\s?(?:or\s?)?=)?\s?)?(?P<sign>(?<![\w.)])[-−–])?(?P<number>{_NUMBER})"
    rf"(?:(?P<range>\s?(?:-|–|to|or)\s?)(?P<upper>{_NUMBER}))?"
    rf"(?:[\s-](?P<scale>hundred|thousand|million|billion)\b)?(?:[\s-]?(?P<unit>{_UNIT})(?![\w]))?",
    re.IGNORECASE,
)
_PER = re.compile(r"\s?/\s?|\s(?:per|an?|each|every)\s")
_PARENTHESIS = re.compile(r"\s*\([^()]*\)")
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
    """A number as written, without thousands separators, with its unit in one spelling (`""`: none).

    The value carries what belongs to it: a sign, `<` or `>`, and a `million`.
    """

    value: str
    unit: str

    def __str__(self) -> str:
        return f"{self.value} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Stated:
    """Quantities with no word between them, at their place between the words before and after them."""

    quantities: tuple[Quantity, ...]
    before: tuple[str, ...]
    """The terms between them and the number before, or the start of the sentence."""
    after: tuple[str, ...]

    def stands_in(self, quoted: Stated) -> bool:
        """Whether `quoted` holds these quantities side by side, and the words beside them on the same side."""
        length, most = len(self.quantities), len(quoted.quantities)
        return any(
            self.quantities == quoted.quantities[start : start + length]
            and set(self.before[-BESIDE:]).issubset(quoted.before if start == 0 else ())
            and set(self.after[:BESIDE]).issubset(quoted.after if start + length == most else ())
            for start in range(most - length + 1)
        )


def altered(claim: str, quote: str) -> tuple[Quantity, ...]:
    """Quantities of `claim` that `quote` doesn't state in this order and between these words.

    A number belongs to the words beside it: two numbers that change places, or one that moves to
    another group of patients, are altered although each of them stands in the quote. What the quote
    says in parentheses may be left out.
    """
    wrong = _out_of_place(claim, quote) and _out_of_place(claim, _PARENTHESIS.sub("", quote))
    known = quantities(quote)
    return tuple(sorted(wrong, key=lambda quantity: quantity in known))


def quantities(text: str) -> Counter[Quantity]:
    """The numbers of `text` with their units, each as often as it occurs."""
    return Counter(quantity for one in stated(text) for quantity in one.quantities)


@lru_cache(maxsize=10_000)
def stated(text: str) -> tuple[Stated, ...]:
    """The numbers of `text` in order, with their units and the words beside them.

    Both ends of a range carry its unit. Numbers in words count as numbers. Units are never converted:
    1 g and 1,000 mg are different, as the gate only passes on what a source wrote.
    """
    return tuple(one for start, end in sentence_spans(text) for one in _stated(text[start:end]))


def _out_of_place(claim: str, quote: str) -> list[Quantity]:
    quoted = iter(stated(quote))
    # The search for each goes on behind the one found before it: that keeps the order.
    wrong = [one for one in stated(claim) if not any(one.stands_in(other) for other in quoted)]
    return [quantity for one in wrong for quantity in one.quantities]


def _stated(sentence: str) -> list[Stated]:
    matches = list(_QUANTITY.finditer(sentence))
    edges = [0, *(edge for match in matches for edge in match.span()), len(sentence)]
    before, *between = [telling(sentence[start:end]) for start, end in list(pairwise(edges))[::2]]
    found: list[Stated] = []
    together: list[Quantity] = []
    for match, after in zip(matches, between, strict=True):
        together += _quantities_of(match)
        if after or match is matches[-1]:
            found.append(Stated(tuple(together), before, after))
            together, before = [], after
    return found


def _quantities_of(match: re.Match[str]) -> list[Quantity]:
    unit = _unit(match["unit"])
    scale = f" {match['scale'].lower()}" if match["scale"] else ""
    sign = "-" if match["sign"] else ""
    than = {"<=": "≤", ">=": "≥"}.get(bound := re.sub(r"or|\s", "", (match["than"] or "").lower()), bound)
    found = [Quantity(f"{than}{sign}{_value(match['number'])}{scale}", unit)]
    return [*found, Quantity(f"{_value(match['upper'])}{scale}", unit)] if match["upper"] else found


def _value(number: str) -> str:
    plain = _WORDS.get(number.lower(), number).replace(",", "").replace("·", ".")
    return f"0{plain}" if plain.startswith(".") else plain


def _unit(unit: str | None) -> str:
    if unit is None:
        return ""
    parts = _PER.split(unit.casefold().replace("μ", "µ").strip())
    return "/".join(_one_spelling(part) for part in parts)


def _one_spelling(unit: str) -> str:
    for spellings, canonical in _SAME_UNIT:
        if re.fullmatch(spellings.replace("μ", "µ"), unit):
            return canonical
    return unit
