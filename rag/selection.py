"""Which passages become evidence: few of one document, every side of the question, the newest strong study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import islice

from rag.relevance import TermWeights
from rag.text import term_set
from rag.types import Design, Document, Evidence, LinkKind, Status
from rag.weights import RankingWeights

_STRONG = frozenset(
    {
        Design.GUIDELINE,
        Design.SYSTEMATIC_REVIEW,
        Design.META_ANALYSIS,
        Design.RANDOMISED_TRIAL,
        Design.REGULATORY,
    }
)


def select(
    ordered: Sequence[Evidence], keep: int, weights: RankingWeights, terms: TermWeights
) -> tuple[Evidence, ...]:
    """The first `keep`, in which the newest strong study and every term of the question have their places."""
    distinct = _distinct(_behind_successors(ordered), weights)
    kept, rest = distinct[:keep], distinct[keep:]
    owed = _owed_to_terms(kept, rest, terms, weights.passages_per_term)
    newest = _newest_strong(distinct, weights.very_small_study)
    if newest is not None and newest in rest:
        owed = [newest, *(item for item in owed if item is not newest)]
    owed = owed[: max(keep // 4, min(1, keep - 1))]
    return tuple(_behind_successors(sorted((*kept[: keep - len(owed)], *owed), key=order)))


def take_turns(
    ordered: Sequence[Evidence], side: Callable[[Evidence], str], named: frozenset[str]
) -> list[Evidence]:
    """The same evidence, in which the best of each side come first, then the second best, and so on.

    A side that the question names takes two places a turn.
    """
    places: dict[str, int] = {}
    turns = []
    for item in ordered:
        its_side = side(item)
        places[its_side] = places.get(its_side, 0) + 1
        turns.append(places[its_side] / (2 if its_side in named else 1))
    return [item for _, item in sorted(zip(turns, ordered, strict=True), key=lambda pair: pair[0])]


def order(evidence: Evidence) -> tuple[float, int, int, str, str]:
    """Sort key, best first: score, newer date, better level, ids; no two passages have the same."""
    published = evidence.document.published
    newest_first = -published.earliest.toordinal() if published else 0
    level = int(evidence.document.level) if evidence.document.level else 9
    return (-evidence.score, newest_first, level, evidence.document.id, evidence.passage.id)


def _owed_to_terms(
    kept: Sequence[Evidence], rest: Sequence[Evidence], terms: TermWeights, places: int
) -> list[Evidence]:
    """From `rest`, the best that say a term of the question which fewer than `places` of `kept` say."""
    said_by_kept = Counter(t for item in kept for t in _spoken(item, terms))
    said_by_rest = [_spoken(item, terms) for item in rest]
    owed: dict[int, Evidence] = {}
    for t in terms.weight:
        speakers = (i for i, said in enumerate(said_by_rest) if t in said)
        owed |= {i: rest[i] for i in islice(speakers, max(0, places - said_by_kept[t]))}
    return [owed[i] for i in sorted(owed)]


def _spoken(item: Evidence, terms: TermWeights) -> frozenset[str]:
    return terms.spoken_in(terms.said(item.document.title, item.passage.section, item.passage.text))


def _behind_successors(ordered: Iterable[Evidence]) -> list[Evidence]:
    """The same evidence, in which a superseded edition comes after the first passage of its successor."""
    waiting = list(ordered)
    awaits = _awaited([item.document for item in waiting])
    placed: list[Evidence] = []
    seen: set[str] = set()
    while waiting:
        # Where records supersede each other by mistake none is ever ready, and the best one goes first.
        ready = (i for i, item in enumerate(waiting) if awaits.get(item.document.id, seen) <= seen)
        placed.append(waiting.pop(next(ready, 0)))
        seen.add(placed[-1].document.id)
    return placed


def _awaited(documents: Iterable[Document]) -> dict[str, set[str]]:
    """For each superseded document, the ids of those among `documents` that supersede it."""
    by_id = {document.id: document for document in documents}
    known = {name.casefold(): d.id for d in by_id.values() for name in (d.id, *d.aliases)}
    pairs: list[tuple[str | None, str | None]] = []
    for document in by_id.values():
        pairs += [(document.id, known.get(new.casefold())) for new in document.linked(LinkKind.SUPERSEDED_BY)]
        pairs += [(known.get(old.casefold()), document.id) for old in document.linked(LinkKind.SUPERSEDES)]
    awaited: dict[str, set[str]] = {}
    for old, new in pairs:
        if old and new and old != new:
            awaited.setdefault(old, set()).add(new)
    return awaited


def _distinct(ordered: Iterable[Evidence], weights: RankingWeights) -> list[Evidence]:
    """Repeated texts once, and of each document a few passages; more where they are short."""
    texts: dict[frozenset[str], list[str]] = {}
    count: dict[str, int] = {}
    length: dict[str, int] = {}
    kept = []
    for evidence in ordered:
        key, text = evidence.document.id, evidence.passage.text
        full = count.get(key, 0) >= weights.passages_per_document
        if full and length[key] + len(text) > weights.characters_per_document:
            continue
        known = texts.setdefault(term_set(text), [])
        if known and _in_plain_letters(text) in map(_in_plain_letters, known):
            continue
        known.append(text)
        count[key] = count.get(key, 0) + 1
        length[key] = length.get(key, 0) + len(text)
        kept.append(evidence)
    return kept


def _in_plain_letters(text: str) -> str:
    return " ".join(text.casefold().split())


def _newest_strong(evidence: Iterable[Evidence], fewest: int) -> Evidence | None:
    """The newest guideline, synthesis or trial that still stands; a trial of fewer people overturns nothing."""
    strong = [
        e
        for e in evidence
        if e.document.design in _STRONG
        and e.document.status is not Status.SUPERSEDED
        and e.document.published
        and (e.document.sample_size or fewest) >= fewest
    ]
    return max(
        strong,
        key=lambda e: (e.document.published.earliest if e.document.published else date.min, e.score),
        default=None,
    )
