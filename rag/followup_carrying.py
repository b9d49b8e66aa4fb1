"""What a follow-up leaves out and takes along: the subject, the condition, the people, the study."""

from __future__ import annotations

import re

from rag.followup_phrases import phrases
from rag.followup_topic import Kind, Topic, wanted_by, without_people
from rag.populations import groups_of

_CAUSES = re.compile(r"\b(?:caus\w+|risk of|increas\w+)\b", re.IGNORECASE)
_LINKS = tuple(
    (link, re.compile(rf"\b(?:{words})\W*$", re.IGNORECASE))
    for link, words in (
        (
            "of",
            (
                r"symptoms?|effects?|causes?|types?|signs?|complications?|mechanisms?|prognosis|outcomes?|prevention|incidence|prevalence|advantages?"
                r"|disadvantages?|risks?|benefits?|stages?|examples?|forms?|history|sources?|uses?|costs?|definition|pros and cons"
                r"|contraindications?|features?|dose|dosage|duration"
            ),
        ),
        (
            "for",
            (
                r"treatments?|medications?|medicines?|drugs?|therap(?:y|ies)|options?|alternatives?|foods?|tests?|guidelines?|reliable|useful"
                r"|effective|needed|necessary|recommended|indicated|available|work|works|avoid|surgery|evidence|things"
            ),
        ),
        ("with", "help|helps|helped|interact"),
        ("about", "say|says|tell|know|known|recommend"),
    )
)


def lacking(filled: str, said: str, before: Topic) -> str:
    """The condition, where only the drug was put in and the question names no condition of its own."""
    subject, ill = before.subject(), before.disease
    own = Topic(said, phrases(said)).named
    if subject and ill and subject.drug and ill.text in filled and subject.text not in filled and not own:
        return f"with {subject.text}" if _CAUSES.search(before.text) else ""
    if subject is None or not subject.drug or subject.text not in filled or any(one.disease for one in own):
        return ""
    condition = _fitting(before.condition, said)
    return "" if condition in filled else condition


def carried(said: str, before: Topic) -> str:
    """What a clause that refers to nothing leaves out, with a preposition: the condition, else all of the topic."""
    own, behind = Topic(said, phrases(said)).named, link(said, before)
    treated = any(one.drug for one in own) and not any(one.disease for one in own)
    if not treated or not before.condition:
        return f"{behind} {topic_text(before, said)}"
    condition = _fitting(before.condition, said)
    return f"with {condition.partition(' ')[2]}" if behind == "with" and condition else condition


def topic_text(before: Topic, said: str) -> str:
    """Subject, condition and study of the question before, without people where `said` names its own."""
    ill = before.subject(wanted=Kind.DISEASE)
    if wanted_by(said) is Kind.DISEASE and ill and ill.disease:
        return f"{ill.article}{before.whole(ill)}"
    subject = before.subject()
    if subject is None:
        return before.text.rstrip(" ?")
    text, condition = f"{subject.article}{before.whole(subject)}", _fitting(before.condition, said)
    if groups_of(said) - groups_of(text) and groups_of(text):
        text = f"{subject.article}{subject.text}"
    if condition and condition.partition(" ")[2] not in text:
        text = f"{text} {condition}"
    return f"{text} in {before.study}" if before.study else text


def link(said: str, before: Topic) -> str:
    """The preposition that a topic takes behind these words."""
    known = next((link for link, ends in _LINKS if ends.search(said)), None)
    subject = before.subject()
    return known or ("with" if subject is not None and subject.drug else "in")


def _fitting(condition: str, said: str) -> str:
    return without_people(condition) if condition and groups_of(said) else condition
