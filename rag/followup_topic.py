"""What a question is about, as a later one may take it up: its subject, and the condition and people it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from rag.followup_phrases import PREPOSITIONS, Phrase, joined, phrases
from rag.populations import groups_of
from rag.text import sentence_spans
from rag.types import Population

_CARRIED = frozenset(
    {"in", "with", "after", "before", "during", "on", "for", "among", "without", "following"}
)
_OF_DISEASES = re.compile(
    r"\b(?:cured?|contagious|infectious|spread|symptoms?|signs?|diagnosed?|go away|treatable|curable|hereditary|inherited|prognosis"
    r"|prevention|prevented|incidence|prevalence|outgrow)\b"
    r"|^what causes\b|\bcaus(?:e|es|ing) (?:it|them|this|that|these)\b|\b(?:its|the|their|possible|common|main|other) causes?\b|\bcaused by\b"
    r"|\b(?:it|they|this|that|these)(?: be)? treated\b|\bhow (?:common|rare|frequent) (?:is|are) (?:it|that|this|they)\b|\bhelps?\W*$"
    r"|\b(?:treatments?|medications?|therap(?:y|ies)|remedies|(?:what|which|any|specific) foods?)\b(?! (?:safe|work))",
    re.IGNORECASE,
)
_OF_DRUGS = re.compile(
    r"\b(?:dos(?:e|es|age|ing)|side effects?|adverse effects?|taken?|taking|prescription|prescribed|overdose|interact\w*|given|contraindicat\w*"
    r"|withdrawn?|stopp?(?:ed|ing)?|tablets?|administered)\b"
    r"|\b(?:it|they|this|that) (?:also |really )?(?:reduce|improve|prevent|work|help|lower|shorten|cause|interact|increase)\w*\b(?! (?:it|them))",
    re.IGNORECASE,
)
_RECENT = 4  # topics that a follow-up may still go back to
_TREATS = frozenset("treat treating prevent preventing cure curing for".split())
_PERSON = re.compile(
    r"\b(?:mother|father|mum|dad|wife|husband|son|daughter|patient|sister|brother|baby|grandmother|grandfather|child|i am|i'm|who is)\b",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"\b(?:in (?:hospital|intensive care|the icu|labou?r)\b(?: with [^.,;?!]+)?|with (?!out)[^.,;?!]+|(?:has had|has|had|have) (?P<ill>[^.,;?!]+))",
    re.IGNORECASE,
)


class Kind(Enum):
    """What a place in a question asks for."""

    ANY = "anything"
    DISEASE = "a disease"
    DRUG = "a treatment"


@dataclass(frozen=True, slots=True)
class Topic:
    """What a stand-alone question is about, in its own words."""

    text: str
    """The sentence that asks."""
    found: tuple[Phrase, ...]
    """Its noun phrases in order."""

    @property
    def named(self) -> tuple[Phrase, ...]:
        """The phrases that name a topic: neither a side of one, nor only people."""
        return tuple(one for one in self.found if not (one.general or one.people or one.study))

    @property
    def medical(self) -> bool:
        """Whether it names a drug, a disease or a group of people."""
        return any(one.drug or one.disease or one.people for one in self.found)

    def subject(self, *, plural: bool = False, wanted: Kind = Kind.ANY) -> Phrase | None:
        """What `it` means, or with `plural` `they`: the first that is named, people only for `they`.

        Where a `wanted` kind is named, the first of it; a statement is about its disease or drug.
        """
        fitting = [one for one in self.named if _is(one, wanted)]
        if fitting and wanted is not Kind.ANY:
            return fitting[0]
        several = [one for one in self.found if one.plural and (one.people or not one.general)]
        if plural and several:
            return several[0]
        told = (
            [] if self.text.rstrip().endswith("?") else [one for one in self.named if one.drug or one.disease]
        )
        return next(iter((*told, *self.named)), None)

    def names(self, kind: Kind) -> bool:
        """Whether it names something of this kind."""
        return any(_is(one, kind) for one in self.named)

    def whole(self, phrase: Phrase) -> str:
        """A phrase with those that hang on it."""
        return joined(self.text, self.found, self.found.index(phrase))

    @property
    def study(self) -> str:
        """The study that it names, empty where it names none."""
        return next((one.text for one in self.found if one.study), "")

    @property
    def condition(self) -> str:
        """What a treatment is asked of, with a preposition: `in adults with septic shock`; empty where there is none."""
        subject = self.subject()
        end = subject.start + len(self.whole(subject)) if subject else 0
        behind = [one for one in self.found if subject is None or one.start > subject.start]
        known = [one for one in behind if one.people or one.disease]
        for one in (*known, *(one for one in behind if one.before in _TREATS)):
            taken = one.end <= end and not one.people and one.before not in _CARRIED
            if taken or one.general or one.drug or one.study:
                continue
            whole = self.whole(one)
            if not one.people or whole != one.text or groups_of(whole):
                return f"{one.before if one.before in _CARRIED else 'for'} {one.article}{whole}"
        return ""

    @property
    def disease(self) -> Phrase | None:
        """The first disease that it names."""
        return next((one for one in self.named if one.disease), None)


def topic_of(question: str) -> Topic:
    """The topic of a stand-alone question; of several sentences, of the last one that names something."""
    sentences = [question[start:end] for start, end in sentence_spans(question)] or [question]
    topics = [Topic(one, phrases(one)) for one in reversed(sentences)]
    asking = [topic for topic in topics if topic.text.rstrip().endswith("?")]
    treated = [topic for topic in topics if any(one.drug for one in topic.named)]
    return next((topic for topic in (*asking, *treated, *topics) if topic.named), topics[0])


def wanted_by(question: str) -> Kind:
    """What a follow-up can only be about: diseases are cured and spread, drugs are taken and have doses."""
    if _OF_DISEASES.search(question):
        return Kind.DISEASE
    return Kind.DRUG if _OF_DRUGS.search(question) else Kind.ANY


def meant_by(question: str, earlier: Sequence[str]) -> Topic | None:
    """The last topic that a follow-up can be about; the last that there is, where none fits."""
    topics = [topic for topic in map(topic_of, reversed(earlier)) if topic.named]
    kind, last = wanted_by(question), next(iter(topics), None)
    # A thing whose kind isn't known may be what is wanted, so it isn't passed over.
    if last is None or any(not one.drug and not one.disease for one in last.named):
        return last
    fitting = (topic for topic in topics[:_RECENT] if topic.names(kind))
    return next(fitting, last)


def person_in(questions: Sequence[str]) -> str:
    """The person that the last of `questions` to tell of one tells of: `a patient in hospital with pneumonia`."""
    for question in reversed(questions):
        for start, end in sentence_spans(question):
            said = question[start:end]
            if (person := _PERSON.search(said)) and (state := _STATE.search(said, person.end())):
                who = "a child" if Population.CHILD in groups_of(said) else "a patient"
                return f"{who} with {state['ill'].rstrip()}" if state["ill"] else f"{who} {state[0].rstrip()}"
    return ""


def without_people(carried: str) -> str:
    """`in adults with septic shock` as `in septic shock`, for a question that names people of its own."""
    found = phrases(carried)
    first = next((one for one in found if not one.people and not one.general), None)
    if first is None or not found[0].people:
        return carried if not groups_of(carried) else ""
    opening = carried.split(maxsplit=1)[0]
    return f"{opening if opening in PREPOSITIONS else 'in'} {carried[first.start :]}"


def _is(phrase: Phrase, kind: Kind) -> bool:
    return kind is Kind.ANY or (phrase.disease if kind is Kind.DISEASE else phrase.drug)
