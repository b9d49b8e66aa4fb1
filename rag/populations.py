"""Whom a text is about: groups that need evidence of their own, by words and by age."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.types import Population

_CHILDREN = r"\b(?:child(?:ren|hood)?|pa?ediatric\w*|infants?|neonat\w*|newborns?|boys?|girls?|kids?|toddlers?|teen(?:s|age\w*)?|adolescen\w*|(?:[0-9]|1[0-7])(?:\.\d)?-?\s?years?-?\s?old|aged (?:[0-9]|1[0-7])(?![-–\d]))\b"
_PREGNANCY = r"\b(?:pregnan\w*|obstetric\w*|gestation\w*|maternit\w*|ca?esarean)\b"
# The two groups of which an answer from others is none (rag/abstention.py).
_OWN_EVIDENCE = (("children", _CHILDREN), ("pregnancy", _PREGNANCY))

_CUES: tuple[tuple[Population, re.Pattern[str]], ...] = tuple(
    (group, re.compile(cues, re.IGNORECASE))
    for group, cues in (
        (
            Population.CHILD,
            rf"{_CHILDREN}|\b(?:new born|bab(?:y|ies)(?! aspirin)|juvenile|preterms?|schoolchild\w*)\b",
        ),
        (
            Population.PREGNANCY,
            rf"{_PREGNANCY}|\b(?:pre-?eclamp\w*|f(?:o?e)tal|f(?:o?e)tus(?:es)?|intrapartum|postpartum|ante-?natal|prenatal|parturients?|childbirth|breast-?feeding|lactating)\b",
        ),
        (
            Population.ADULT,
            r"\b(?:adults?|middle[- ]aged|elderly|(?:old|older|senior) (?:people|adults?|patients?|persons?|men|women|citizens)|geriatric\w*|nursing homes?|octogenarians?|nonagenarians?|postmenopausal)\b",
        ),
        (
            Population.ANIMAL,
            r"\b(?:mouse|mice|murine|rats?|rodents?|rabbits?|zebrafish|porcine|piglets?|pigs?|swine|canine|dogs?|feline|sheep|ovine|ewes?|lambs?|bovine|cattle|cows|horses?|equine|monkeys?|macaques?|drosophila|elegans|animals?)\b",
        ),
    )
)
_OLDER = re.compile(
    r"\b(?:elderly|(?:old|older|senior) (?:people|adults?|patients?|persons?|men|women|citizens)|geriatric\w*|nursing homes?|octogenarians?|nonagenarians?|very old)\b",
    re.IGNORECASE,
)
_AGES = re.compile(
    r"\b(?P<old>\d{1,3})[- ]?(?:years?|yrs?|y)[- ]?(?:old|of age|o)\b|\baged?d? (?:over |above |of )?(?P<aged>\d{1,3})\b(?![-–]\d|\s?(?:to|and)\s\d)"
    r"|\b(?:i am|i'm|is|(?:he|she)'s) (?P<am>\d{1,3})(?= and\b| with\b| years?\b|[,.?!]|$)|\b(?:over|above) (?P<over>[67]\d)s?\b",
    re.IGNORECASE,
)
_ADULT_FROM, _OLDER_FROM, _OLDEST = 18, 65, 115  # years


def populations(text: str) -> tuple[str, ...]:
    """The groups in need of evidence of their own that a text speaks of: `children`, `pregnancy`."""
    return tuple(name for name, cues in _OWN_EVIDENCE if re.search(cues, text, re.IGNORECASE))


def groups_of(text: str) -> frozenset[Population]:
    """All groups that a text speaks of, by words and by ages in years."""
    named = {group for group, cues in _CUES if cues.search(text)}
    return frozenset(named | {_group_of(age) for age in _ages(text)})


def older(text: str) -> bool:
    """Whether a text is about people of 65 years or more."""
    return bool(_OLDER.search(text)) or any(age >= _OLDER_FROM for age in _ages(text))


def _group_of(age: int) -> Population:
    return Population.ADULT if age >= _ADULT_FROM else Population.CHILD


def _ages(text: str) -> Iterator[int]:
    for found in _AGES.finditer(text):
        age = int(next(group for group in found.groups() if group))
        if age <= _OLDEST:
            yield age
