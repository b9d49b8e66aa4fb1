"""How the study of a full text was done, without mistaking other people's studies for it."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.appraisal import appraised
from corpus.design import classify
from rag.text import sentence_spans
from rag.types import Design, Document, Section

JUDGED = 3000
"""Characters of the body by which an article without abstract is judged."""
LONGEST_DESIGN = 600
"""Characters of a section on the design that are looked at."""

_ON_DESIGN = re.compile(
    r"(?:(?:overall|general|study|trial|research|experimental) )?designs?(?:,? (?:and|of|&) .*)?"
    r"|(?:participants|patients|subjects|data|setting) and (?:study |trial )?design",
    re.IGNORECASE,
)


def judged(document: Document, abstract: tuple[Section, ...], body: tuple[Section, ...]) -> Document:
    """`document` with both as its sections, and with design, level, sample size and status.

    Title, types and abstract are judged, for a full text speaks of other people's studies too: of
    an article without abstract, the start of its body. Where these don't tell the design, the first
    words of its section on the design may; what these tell is inferred.
    """
    found = appraised(replace(document, sections=abstract or _start(body)))
    if found.design is Design.UNKNOWN and (words := _on_design(body)):
        found = _told(found, words)
    return replace(found, sections=(*abstract, *body))


def _start(body: tuple[Section, ...]) -> tuple[Section, ...]:
    left, found = JUDGED, []
    for section in body:
        if left <= 0:
            break
        found.append(replace(section, text=section.text[:left]))
        left -= len(section.text)
    return tuple(found)


def _on_design(body: tuple[Section, ...]) -> str:
    """The first paragraph of a sub-section on the design; empty where there is none."""
    for section in body:
        _, nested, heading = section.heading.rpartition(" / ")
        if nested and _ON_DESIGN.fullmatch(heading):
            return section.text.partition("\n\n")[0][:LONGEST_DESIGN]
    return ""


def _told(document: Document, words: str) -> Document:
    first = words[slice(*next(iter(sentence_spans(words)), (0, 0)))]
    types, mesh = document.publication_types, document.mesh_terms
    told = classify(types, document.title, "", given=first, mesh_terms=mesh)
    if told.design is Design.UNKNOWN:
        told = classify(types, document.title, words, mesh_terms=mesh)
    return replace(document, design=told.design, level=told.level, level_inferred=True)
