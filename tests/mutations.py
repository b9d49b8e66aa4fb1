"""Changes to a sentence that must never get past the gate: each yields the sentence with one fact altered.

The real sentences are those of the starter library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from markdown_kit import read_file

from corpus.passages import passages
from rag.text import sentence_spans, words
from rag.types import Document, Passage

STARTER = Path(__file__).parents[1] / "corpus/starter"
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?!\w|[.,]\d)")
_MEASURED = re.compile(r"\b(\d[\d.,]*)([ -]?)(%|mg|g|µg|ml|hours?|days?|weeks?|months?|years?)(?!\w)")
_OTHER_UNIT = {
    "%": "mg",
    "mg": "g",
    "g": "mg",
    "µg": "mg",
    "ml": "l",
    "hour": "day",
    "day": "week",
    "week": "month",
    "month": "year",
    "year": "month",
}
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|did|does|do|can|could|may|might|should|will|would)\b"
)
_NEGATION = re.compile(r"\b(?:not|no|never|without)\b ", re.IGNORECASE)
_DIRECTIONS = (
    ("increased", "decreased"),
    ("increases", "decreases"),
    ("increase", "decrease"),
    ("raised", "lowered"),
    ("raise", "lower"),
    ("rose", "fell"),
    ("higher", "lower"),
    ("high", "low"),
    ("more", "fewer"),
    ("greater", "smaller"),
    ("larger", "smaller"),
    ("longer", "shorter"),
    ("faster", "slower"),
    ("better", "worse"),
    ("improved", "worsened"),
    ("improves", "worsens"),
    ("improve", "worsen"),
    ("benefit", "harm"),
    ("superior", "inferior"),
    ("safe", "unsafe"),
    ("effective", "ineffective"),
    ("above", "below"),
    ("before", "after"),
    ("early", "late"),
    ("earlier", "later"),
    ("major", "minor"),
    ("survived", "died"),
    ("likely", "unlikely"),
    ("with", "without"),
    ("positive", "negative"),
    ("older", "younger"),
    ("most", "least"),
    ("significant", "insignificant"),
    ("for", "against"),
    ("reduced", "increased"),
    ("reduces", "increases"),
    ("reduce", "increase"),
)
_OPPOSITE = {a: b for pair in _DIRECTIONS for a, b in (pair, pair[::-1])} | {
    "reduced": "increased",
    "reduces": "increases",
    "reduce": "increase",
}
_DIRECTION = re.compile(rf"\b({'|'.join(_OPPOSITE)})\b", re.IGNORECASE)


def starter_documents() -> tuple[Document, ...]:
    """The documents of the starter library."""
    return tuple(read_file(path) for path in sorted(STARTER.glob("*/*.md")))


@lru_cache(maxsize=1)
def real_sentences() -> tuple[tuple[str, Passage, Document], ...]:
    """Every sentence of the starter library that is long enough to be quoted."""
    return tuple(
        (passage.text[start:end], passage, document)
        for document in starter_documents()
        for passage in passages(document)
        for start, end in sentence_spans(passage.text)
        if len(words(passage.text[start:end])) >= 6
    )


def digit_changed(sentence: str, passage: str) -> Iterator[str]:
    for match in re.finditer(r"\d", sentence):
        other = str((int(match[0]) + 3) % 9 + 1)
        if other != match[0]:
            yield _replaced(sentence, match.span(), other)


def ten_times(sentence: str, passage: str) -> Iterator[str]:
    for match in _NUMBER.finditer(sentence):
        value = match[0].replace(",", "")
        whole, _, decimals = value.partition(".")
        larger = f"{whole}{decimals[0]}.{decimals[1:]}".rstrip(".") if decimals else f"{whole}0"
        if float(larger):
            yield _replaced(sentence, match.span(), larger)


def unit_changed(sentence: str, passage: str) -> Iterator[str]:
    for match in _MEASURED.finditer(sentence):
        plural = "s" if match[3].endswith("s") else ""
        unit = _OTHER_UNIT[match[3].removesuffix("s")] + plural
        gap = match[2] or (" " if match[3] == "%" else "")
        yield _replaced(sentence, match.span(), f"{match[1]}{gap}{unit}")


def other_number(sentence: str, passage: str) -> Iterator[str]:
    others = sorted(set(_NUMBER.findall(passage)))
    for match in _NUMBER.finditer(sentence):
        for other in others:
            if other != match[0]:
                yield _replaced(sentence, match.span(), other)


def numbers_swapped(sentence: str, passage: str) -> Iterator[str]:
    for one, two in combinations(_NUMBER.finditer(sentence), 2):
        if one[0] != two[0]:
            swapped = _replaced(sentence, two.span(), one[0])
            yield _replaced(swapped, one.span(), two[0])


def negation_inserted(sentence: str, passage: str) -> Iterator[str]:
    for match in _AUXILIARY.finditer(sentence):
        if not sentence[match.end() :].startswith((" not", " no ")):
            yield _replaced(sentence, (match.end(), match.end()), " not")


def negation_removed(sentence: str, passage: str) -> Iterator[str]:
    for match in _NEGATION.finditer(sentence):
        yield _replaced(sentence, match.span(), "with " if match[0].lower() == "without " else "")


def direction_flipped(sentence: str, passage: str) -> Iterator[str]:
    for match in _DIRECTION.finditer(sentence):
        yield _replaced(sentence, match.span(), _OPPOSITE[match[0].lower()])


def directions_swapped(sentence: str, passage: str) -> Iterator[str]:
    for one, two in combinations(_DIRECTION.finditer(sentence), 2):
        if _OPPOSITE[one[0].lower()] == two[0].lower():
            swapped = _replaced(sentence, two.span(), one[0])
            yield _replaced(swapped, one.span(), two[0])


def comparator_turned(sentence: str, passage: str) -> Iterator[str]:
    turned = {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}
    for match in re.finditer(r"[<>≤≥]", sentence):
        yield _replaced(sentence, match.span(), turned[match[0]])


MUTATIONS: tuple[Callable[[str, str], Iterator[str]], ...] = (
    digit_changed,
    ten_times,
    unit_changed,
    other_number,
    numbers_swapped,
    negation_inserted,
    negation_removed,
    direction_flipped,
    directions_swapped,
    comparator_turned,
)


def _replaced(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]
