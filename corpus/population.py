"""Whom a study was done on: adults, children, pregnant women or animals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rag.types import Design, Document, Population

# Headings that NLM checks for in every record it indexes (MeSH 2025: check tags, and trees M01.060, G08.686, B01.050).
HEADINGS: dict[Population, frozenset[str]] = {
    Population.ADULT: frozenset(
        {"adult", "young adult", "middle aged", "aged", "aged, 80 and over", "frail elderly"}
    ),
    Population.CHILD: frozenset(
        {"infant", "infant, newborn", "infant, premature", "child", "child, preschool", "adolescent"}
    ),
    Population.PREGNANCY: frozenset({"pregnancy", "pregnant women", "pregnant people"}),
    Population.ANIMAL: frozenset({"animals"}),
}

# Words that name a group, in lower case. The weeks of gestation are an infant's, "Child-Pugh" is a score of the liver.
WORDS: dict[Population, str] = {
    Population.ADULT: (
        r"adults?|adulthood|elderly|(?:middle|old)[- ]aged?|older (?:people|persons?|patients|wo?men|men)|geriatric"
        r"|octogenarians?|nonagenarians?|(?<!pregnant )(?:wo)?men|veterans|(?:post|peri|pre)?-?menopausal|employees"
    ),
    Population.CHILD: (
        r"child(?!-(?:pugh|turcotte)| pugh)(?:ren)?|pa?ediatric\w*|infants?|neonat\w*|newborns?|preterms?"
        r"|babies|boys?|girls?|toddlers?|teenage\w*|adolescen\w*|schoolchildren|preschool\w*|juvenile"
    ),
    Population.PREGNANCY: (
        r"pregnan\w*|gestational (?:diabetes|hypertension|weight gain)|gravida\w*|antenatal|obstetric (?:patients|population|care)"
        r"|pre-?eclamp\w*|ca?esarean|parturients?|childbirth|lab(?:our|oring) women"
    ),
    Population.ANIMAL: (
        r"mouse|mice|murine|rats?|rodents?|rabbits?|zebrafish|porcine|pigs?|piglets?|swine|canine|dogs?|beagles?|feline|cats"
        r"|sheep|ovine|lambs?|bovine|cattle|cows|horses?|equine|monkeys?|macaques?|drosophila|animal models?"
    ),
}
_WORD = re.compile(rf"\b(?:{'|'.join(f'(?P<{group}>{cue})' for group, cue in WORDS.items())})\b")
# An abstract also speaks of others: only a sentence about who was studied counts, and no word of animals.
_STUDIED = re.compile(
    r"\b(?:enrol\w+|recruit\w+|random\w*|includ\w+|participa\w+|assigned|admitted|consecutive|underwent|cohort|aged|patients"
    r"|subjects|we studied|sample of|were (?:studied|followed|treated|examined|interviewed|identified))\b|\d"
)
_AGES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:mean|median|average)(?: patient)? age[^.;\d]{0,30}(\d{1,3})(?![\d%])(?!(?:\.\d+)? ?(?:days|weeks|months))",
        r"\bage[ds]?\b[^.;\d]{0,25}(\d{1,3}) ?(?:-|–|to|and) ?(\d{1,3})(?:\.\d+)? ?y(?:ears?)?\b",
        r"(?<![\d.–-])(\d{1,3})(?:-|–| )years?(?:-|–| )old\b",
    )
)
_GROWN_UP = 18  # years; MeSH's "Adolescent" is 13 to 18


def with_populations(document: Document) -> Document:
    """`document` with the groups that were studied: by its headings and its own words on them, else by its text."""
    if known := _recorded(document):
        return replace(document, populations=known, populations_inferred=False)
    told = frozenset(_told(document))
    return replace(document, populations=told, populations_inferred=bool(told))


def _recorded(document: Document) -> frozenset[Population]:
    headings = {term.casefold() for term in document.mesh_terms}
    groups = {group for group, names in HEADINGS.items() if headings & names}
    in_words = frozenset(_named(document.population or ""))
    if groups or not in_words:
        return in_words | groups
    # Those words are short and leave out what the title has just said.
    return in_words.union(_named(document.title)) - ({Population.ANIMAL} - in_words)


def _told(document: Document) -> Iterator[Population]:
    """The groups that the title names, and those that the text says were studied."""
    human = "humans" in {term.casefold() for term in document.mesh_terms}
    named = set(_named(document.title))
    if not human and (Population.ANIMAL in named or document.design is Design.PRECLINICAL):
        if Population.ANIMAL in named or Population.ANIMAL in _named(_text(document)):
            yield Population.ANIMAL  # or else cells in a dish
        return
    for section in document.sections:
        named.update(_studied(section.text.lower()))
    yield from named - {Population.ANIMAL}


def _text(document: Document) -> str:
    return "\n".join(section.text for section in document.sections)


def _named(words: str) -> Iterator[Population]:
    lowered = words.lower()
    yield from (Population(found.lastgroup or "") for found in _WORD.finditer(lowered))
    yield from _of_age(lowered)


def _studied(text: str) -> Iterator[Population]:
    """The groups named in a sentence that says who was studied, and those of the ages that are given."""
    found: set[Population] = set()
    for word in _WORD.finditer(text):
        group = Population(word.lastgroup or "")
        start, end = text.rfind(". ", 0, word.start()) + 1, text.find(". ", word.end())
        if group not in found and _STUDIED.search(text, start, end if end >= 0 else len(text)):
            found.add(group)
    yield from found
    yield from _of_age(text)


def _of_age(text: str) -> Iterator[Population]:
    if "age" not in text and "year" not in text:
        return
    for found in (one for cue in _AGES for one in cue.finditer(text)):
        ages = [int(age) for age in found.groups() if age]
        if min(ages) < _GROWN_UP:
            yield Population.CHILD
        if max(ages) > _GROWN_UP or min(ages) == _GROWN_UP:
            yield Population.ADULT
