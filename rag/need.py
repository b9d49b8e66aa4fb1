"""One thing that a source must speak of to answer a question."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from rag.named import drugs_in
from rag.need_names import DRUG_CLASSES, FURTHER_DRUGS, NO_DRUGS
from rag.question import Question
from rag.sources import Source


class NeedKind(StrEnum):
    """What sort of thing a source must speak of."""

    DRUG = "drug"
    INTERVENTION = "intervention"
    CONDITION = "condition"
    GROUP = "group"
    SPECIES = "species"
    ROUTE = "route"
    DOSE = "dose"
    OUTCOME = "outcome"
    SPAN = "span of time"
    EDITION = "edition"
    STUDY = "study"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that a source must speak of."""

    kind: NeedKind
    told: str
    """What such a source does, in words that follow "a source that": `studied children`."""
    met_by: Callable[[Source], bool]
    """Whether a source meets it."""


def saying(kind: NeedKind, told: str, pattern: re.Pattern[str]) -> Need:
    """The need for a source that matches a pattern."""
    return Need(kind, told, lambda source: source.says(pattern))


def treatments(question: Question) -> tuple[str, ...]:
    """The drugs that a question names, else the classes of drugs, in lower case and each once."""
    named = [drug for drug in drugs_in(question.text) if drug not in NO_DRUGS]
    named += [found[0].lower() for found in FURTHER_DRUGS.finditer(question.text)]
    classes = (found[0].lower() for found in DRUG_CLASSES.finditer(question.text))
    return tuple(dict.fromkeys(named or classes))
