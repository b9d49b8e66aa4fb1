"""Which needs of a question no source meets together with its subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag.need import Need, NeedKind, treatments
from rag.need_words import BESIDE
from rag.needs import needs_of
from rag.question import Question
from rag.relevance import TermWeights
from rag.sources import Source, spoken, titled
from rag.text import term_set
from rag.types import Document

GOOD_PART = 0.4  # of the weight of the subject, which a source on it says
SOME_PART = 0.15  # the same beside a drug that the source names
STORY = 9.0  # weight of one or two rare terms; who tells a story uses many words beside the point

# Such a need must be met by a source that is on the subject and meets the others of these as well.
_JOINT = frozenset(
    {
        NeedKind.GROUP,
        NeedKind.ROUTE,
        NeedKind.SPECIES,
        NeedKind.EDITION,
        NeedKind.DOSE,
        NeedKind.SPAN,
        NeedKind.OUTCOME,
    }
)
_COMPARES = re.compile(
    r"\b(?:versus|vs\.?|compared (?:with|to)|instead of|rather than|(?:better|worse|safer|stronger|as (?:good|well|safe|effective)|more effective|superior|inferior)\b.{0,60}\b(?:than|as|to|or))\b",
    re.IGNORECASE,
)


def unmet(
    question: Question, found: Sequence[Source], weights: TermWeights, left_out: Iterable[Document] = ()
) -> tuple[Need, ...]:
    """The needs that no source meets together with the subject of the question; empty where all are met.

    Two sources that each know half don't answer: who asks about newborns isn't helped by a trial of the drug
    in adults and a paper on newborns. A comparison needs both of its sides in one source.

    Args:
        question: what is asked.
        found: the documents of its evidence.
        weights: weights of the terms of its subject.
        left_out: documents that may not be cited. A drug that is asked about beside another one may be
            known from their titles alone.
    """
    needs = needs_of(question)
    if not needs or not found:
        return ()
    drugs = tuple(need for need in needs if need.kind is NeedKind.DRUG)
    fitting = [source for source in found if on_the_subject(question, source, weights)]
    if drugs and not fitting:
        return drugs[:1]
    fitting = fitting or list(found)
    known = (*found, *titled(left_out))
    missing = tuple(n for n in needs if not _met(n, fitting) and not (n in drugs[1:] and _met(n, known)))
    if missing:
        return missing
    joint = needs if _COMPARES.search(question.text) else tuple(n for n in needs if n.kind in _JOINT)
    return min((lacking(joint, source) for source in fitting), key=len)


def lacking(needs: Iterable[Need], source: Source) -> tuple[Need, ...]:
    """Those of the needs that a source doesn't meet."""
    return tuple(need for need in needs if not need.met_by(source))


def on_the_subject(question: Question, source: Source, weights: TermWeights) -> bool:
    """Whether a source speaks of a drug that is asked about and of what is asked of it, else of the subject."""
    present = source.terms
    drugs = frozenset(t for drug in treatments(question) for t in term_set(drug))
    named = sum(1 for t in drugs if spoken(t, present))
    if drugs and named != 1:
        return named > 1
    rest = {t: w for t, w in weights.weight.items() if t not in drugs | BESIDE and question.names(t)}
    # Beside a drug, "use" and the 19 of COVID-19 stand in any paper: what is asked of it is the subject's.
    rest = {t: w for t, w in rest.items() if t in question.subject} or rest if drugs else rest
    said = sum(w for t, w in rest.items() if spoken(t, present))
    total = sum(rest.values())
    return said >= (SOME_PART * min(total, STORY) if drugs else GOOD_PART * total)


def _met(need: Need, found: Iterable[Source]) -> bool:
    return any(map(need.met_by, found))
