"""Needs for amounts: how long people were followed, and how much of a drug they were given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rag.need import Need, NeedKind, treatments
from rag.question import Question
from rag.sources import Source
from rag.text import term_set

_NUMBERS: Mapping[str, float] = {
    word: float(n)
    for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
} | {"fifteen": 15.0, "twenty": 20.0}
_COUNT = rf"(\d+(?:\.\d+)?|{'|'.join(_NUMBERS)})"
_SPAN_ASKED = re.compile(
    rf"\b{_COUNT}[- ]years?\s?(?:later|after\b|afterwards|on\b|of follow|survival|mortality|follow-?up|outcome)|\bafter {_COUNT} years?\b",
    re.IGNORECASE,
)
_SPAN_SAID = re.compile(rf"\b{_COUNT}[- ]years?\b(?![- ](?:old|of age))", re.IGNORECASE)
_OF_AGE = re.compile(r"\b(?:aged?|older|younger|old|risk)\b", re.IGNORECASE)
_MUCH_OF, _LONG = 0.7, 2  # of the time that is asked about; years from which it matters


def spans(text: str) -> Iterator[Need]:
    """For what comes of it after years: a source that followed people for most of that time."""
    found = _SPAN_ASKED.search(text)
    years = _number(found[1] or found[2]) if found else 0.0
    if years >= _LONG:
        told = f"followed people for {years:g} years"
        yield Need(NeedKind.SPAN, told, lambda source: any(n >= _MUCH_OF * years for n in _years(source)))


def _years(source: Source) -> Iterator[float]:
    told = (part for part in source.sentences if not _OF_AGE.search(part))
    return (_number(count) for part in told for count in _SPAN_SAID.findall(part))


def _number(text: str) -> float:
    return _NUMBERS.get(text.lower()) or float(text)


_ASKS_DOSE = re.compile(
    r"\b(?:what|which)\b(?:\s\w+){0,3}\s(?:dose|dosage|dosing)\b|\bhow (?:much|many mg)\b(?:\s\w+){0,3}\s(?:should|do|to)\b.*\b(?:give|take|be given)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\d[\d.,]*\s?(?:mg|mcg|µg|g|ml|iu|(?:milli|micro)?grams?|units?)\b", re.IGNORECASE)


def doses(question: Question) -> Iterator[Need]:
    """For a dose: a source that gives an amount of the drug."""
    if _ASKS_DOSE.search(question.text):
        drugs = frozenset(t for drug in treatments(question) for t in term_set(drug))
        yield Need(NeedKind.DOSE, "gives a dose", lambda source: _gives_dose(source, drugs))


def _gives_dose(source: Source, drugs: frozenset[str]) -> bool:
    named = not drugs or drugs & term_set(source.about)
    return any(_AMOUNT.search(part) and (named or drugs & term_set(part)) for part in source.parts)
