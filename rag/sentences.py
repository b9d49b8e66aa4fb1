"""Sentences of the evidence that could stand in an answer by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.facets import Facet, facet_of
from rag.text import sentence_spans, words
from rag.types import Evidence

MAX_PARAGRAPH = 420  # characters; a short paragraph of one or two sentences is kept whole
_MIN_WORDS = 6
_LEANS = re.compile(
    r"^(?:it|its|they|their|these|this|those|such|he|she|both|the latter|the former|however|but|and|moreover"
    r"|furthermore|in addition|additionally|therefore|thus|hence|conversely|in contrast|here|then|also|so|yet)\b",
    re.IGNORECASE,
)
# Words that mean nothing without a sentence that isn't there; `it` and `this trial` are told by who is quoted.
_DANGLES = re.compile(
    r"^(?:that (?:is|was|means|makes)|those\b(?! (?:who|with|on|at|aged|in|given|already|taking|treated|receiving))|such\b|these\b|this (?:is|was|means|rate|rise|fall|effect|difference|finding|result)|the (?:same|latter|former|other|second|third)\b|both\b|she\b|he\b|conversely|in contrast|here\b|then\b|so\b|yet\b|hence|thus|therefore|however|but\b|and\b|moreover|furthermore|in addition|additionally|also\b)"
    r"|\bat this age\b|\bin (?:this|these) (?:group|groups|patients|cases|arms|women|men)\b(?! of)|\bcited above\b|\bas (?:above|before)\b",
    re.IGNORECASE,
)
# A bullet or a number of a list, which belongs to the list and not to the sentence.
_LIST_MARK = re.compile(r"^(?:[•▪◦‣●■·*–-]\s*|\(?\d{1,2}[.)]\s+(?=[A-Z]))+")
# What a paper is about and how it was made, and captions that ran into the text: they answer nothing.
_NO_ANSWER = re.compile(
    r"^(?:we (?:aimed|sought|describe|conducted|performed|searched|review|discuss|summari[sz]e|investigated|examined|evaluated|compare)\b"
    r"|(?:this|the present|our) (?:\w+ ){0,3}(?:article|review|paper|report|guideline) (?:also |thoroughly |then )?(?:traces|describes|reviews|discusses|summari[sz]es|aims|outlines|examines|explores|presents|highlights)\b"
    r"|it provides an? (?:in-depth|overview|assessment)|in this (?:article|review|paper|chapter)\b|the (?:aim|purpose|objective)s? of (?:this|the|our)\b)"
    r"|(?<![(,;] )(?<!\()\bFig(?:ure|\.)? ?\d+[a-z]? [A-Z]",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(r"\b(?:method|material|objective|aim|purpose|design|setting|search)", re.IGNORECASE)
_ROSTER = re.compile(
    r"^(?:patients|participants|subjects|women|men|children) were (?:randomly|randomi[sz]ed|enrolled|recruited|assigned)\b|^(?:more than |of )?\d[\d,]* (?:.{0,60}\b(?:pooled|enrolled|randomi[sz]ed|included|reviewed|served|recruited|counted)\b"
    r"|(?:\w+ ){0,3}(?:publications|patients|articles|cases|people|reports)[ ,:;])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of one or two sentences of a passage, word for word."""

    text: str
    evidence: Evidence
    facet: Facet
    leans: bool
    """Whether it opens with a word that leans on the sentence before it."""
    procedure: bool
    """Whether it, or its section, says how a study was done rather than what it found."""


def candidates(evidence: Sequence[Evidence]) -> tuple[Candidate, ...]:
    """Every candidate of the evidence, in rank order; the same text once."""
    found: dict[str, Candidate] = {}
    for item in evidence:
        for unit in _units(item.passage.text):
            text = _LIST_MARK.sub("", unit)
            if (
                len(words(text)) >= _MIN_WORDS
                and not _says_nothing(text)
                and text[-1] in ".!?)%\"'”’"
                and not text[0].islower()
            ):
                found.setdefault(" ".join(text.casefold().split()), _candidate(text, item))
    return tuple(found.values())


def _says_nothing(text: str) -> bool:
    return bool(_DANGLES.search(text) or _NO_ANSWER.search(text))


def _candidate(text: str, item: Evidence) -> Candidate:
    section = item.passage.section
    return Candidate(
        text=text,
        evidence=item,
        facet=facet_of(section, text),
        leans=bool(_LEANS.match(text)),
        procedure=bool(_PROCEDURE.search(section) or _ROSTER.match(text)),
    )


def _units(text: str) -> list[str]:
    """Paragraphs of one or two sentences whole; of longer ones each sentence, with the one that it leans on."""
    units: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        spans = sentence_spans(paragraph)
        if len(spans) <= 2 and len(paragraph) <= MAX_PARAGRAPH:
            units += [paragraph.strip()] if spans else []
        else:
            units += [_unit(paragraph, spans, place) for place in range(len(spans))]
    return units


def _unit(paragraph: str, spans: Sequence[tuple[int, int]], place: int) -> str:
    start, end = spans[place]
    before = spans[place - 1][0] if place else start
    leans = _LEANS.match(paragraph[start:end]) and not _LEANS.match(paragraph[before:end])
    return paragraph[before if leans and end - before <= MAX_PARAGRAPH else start : end]
