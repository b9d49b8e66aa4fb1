"""Whether two sentences speak of the same people, time and dose, so that they can be held against each other."""

from __future__ import annotations

import re
from dataclasses import dataclass

_GROUPS = tuple(
    (re.compile(one, re.IGNORECASE), re.compile(other, re.IGNORECASE))
    for one, other in (
        (
            r"\b(?:non-?severe|less severe|mild\w*|not severe)\b",
            r"(?<!non-)(?<!less )(?<!not )\bsevere\b|\bcritical|\bhigh-severity\b|\bmore severe\b",
        ),
        (
            r"\b(?:out-?patients?|non-?hospitali[sz]ed|in the community|at home)\b",
            r"\b(?:in-?patients?|hospitali[sz]ed|in hospital|intensive care|ventilated)\b",
        ),
        (r"\bwithout (?:respiratory|oxygen|ventilat)\w*", r"\bon (?:oxygen|invasive|ventilat)\w*"),
        (r"\bprimary prevention\b", r"\bsecondary prevention\b"),
        (
            r"\bintracranial|\bintracerebral|ha?emorrhagic stroke",
            r"\bischa?emic|\boutside the skull|\bextracranial",
        ),
        (r"\b(?:children|child|pa?ediatric)\b", r"\b(?:adults|older people|elderly)\b"),
    )
)

# What one side alone speaks of makes the two incomparable: in its own words, or in those of its title as well.
_OWN = re.compile(
    r"\b(?P<later>post-trial|former (?:groups|arms)|legacy)\b|\b(?P<dose>high(?:er)?[- ]dose)\b|\b(?P<added>fludrocortisone)\b|\b(?P<site>rectal|proximal|distal)\b"
    r"|(?P<skull>\bintracranial|\bintracerebral|ha?emorrhagic strokes?)|\b(?P<gut>gut|gastrointestinal)\b|\b(?P<ischaemic>ischa?emic)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?P<flu>influenza)\b|\b(?P<shock>septic shock)\b|\b(?P<stopping>stopp(?:ed|ing)|discontinu\w+|cessation|withdrawal)\b",
    re.IGNORECASE,
)
_SUBGROUP = re.compile(
    r"^(?:In|Among|Patients with|People with|Those with|With|Without)\b[^,:]{0,80}[,:]|\bsubanalysis|\bsubgroup",
    re.IGNORECASE,
)
_AGES = re.compile(
    r"\b(?:at|aged?|ages|people|adults|those)\s(?:of\s)?(?:(?P<low>\d{2})\s?(?:-|–|to)\s?(?P<high>\d{2,3})|(?P<from>\d{2,3}) (?:or|and) (?:older|over|more|above)|(?:over|above) (?P<over>\d{2,3}))\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(?P<age>\d{2,3})[- ]?(?:years?|yrs?)?[- ]?(?:old|of age)\b|\bI am (?P<am>\d{2})\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence under the title of its document."""

    title: str
    text: str

    @property
    def about(self) -> str:
        """Title and sentence: the title tells whom it speaks of."""
        return f"{self.title}. {self.text}"

    @property
    def alone(self) -> frozenset[str | None]:
        """What it speaks of that a sentence held against it must speak of as well."""
        found = (*_OWN.finditer(self.text), *_ABOUT.finditer(self.about))
        return frozenset(match.lastgroup for match in found)


def comparable(one: Saying, other: Saying) -> bool:
    """Whether two sentences may be held against each other.

    Not where they speak of groups that exclude each other, nor where one alone speaks of a later time,
    another dose, a further drug or another condition.
    """
    return one.alone == other.alone and not _other_people(one.about, other.about)


def of_others(question: str, text: str) -> bool:
    """Whether a sentence speaks of a group that the question's excludes, or of stopping, a later time or a dose unasked."""
    unasked = Saying("", text).alone - Saying("", question).alone
    return bool(unasked & {"stopping", "later", "dose"}) or _other_people(question, text)


def of_subgroup(text: str) -> bool:
    """Whether a sentence speaks of some of the patients only."""
    return bool(_SUBGROUP.search(text))


def of_other_age(question: str, text: str) -> bool:
    """Whether a sentence speaks of ages among which that of the question is not."""
    asked = _AGE.search(question)
    if not asked:
        return False
    age = int(asked["age"] or asked["am"])
    spans = [_span(match) for match in _AGES.finditer(text)]
    return bool(spans) and not any(low <= age <= high for low, high in spans)


def _span(match: re.Match[str]) -> tuple[int, int]:
    if match["low"]:
        return int(match["low"]), int(match["high"])
    return int(match["from"] or match["over"]), 130


def _other_people(one: str, other: str) -> bool:
    return any(
        bool(a.search(x)) and not b.search(x) and bool(b.search(y)) and not a.search(y)
        for a, b in _GROUPS
        for x, y in ((one, other), (other, one))
    )
