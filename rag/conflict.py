"""Where the evidence disagrees, and the likely reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from rag.facets import facet_of
from rag.polarity import Stance, stance
from rag.text import terms
from rag.types import Claim, Conflict, Document

MOST = 3
SHARED_TERMS = 3  # terms that two claims must share to speak of the same thing
MUCH_LARGER = 3  # times


def conflicts(
    claims: Sequence[Claim], documents: Mapping[str, Document], subject: Sequence[str]
) -> tuple[Conflict, ...]:
    """Pairs of claims from different documents that speak of one thing and point opposite ways.

    `documents` are the cited documents by id; `subject` the terms of the question, of which two claims
    on the same thing share some.
    """
    pairs = [pair for pair in combinations(claims, 2) if _disagree(*pair, set(subject))]
    found: list[Conflict] = []
    seen: set[str] = set()
    for one, other in pairs:
        ids = {one.citations[0].document_id, other.citations[0].document_id}
        if len(ids) < 2 or ids & seen:
            continue
        seen |= ids
        sides = tuple(sorted((one, other), key=lambda claim: stance(claim.text) is Stance.AGAINST))
        topic = facet_of(one.citations[0].section, one.text).heading
        found.append(Conflict(topic, sides, _reason(*(documents[c.citations[0].document_id] for c in sides))))
    return tuple(found[:MOST])


def _disagree(one: Claim, other: Claim, subject: set[str]) -> bool:
    if {stance(one.text), stance(other.text)} != {Stance.FOR, Stance.AGAINST}:
        return False
    mine, theirs = set(terms(one.text)), set(terms(other.text))
    shared = mine & theirs
    return len(shared) >= SHARED_TERMS and bool(shared & subject)


def _reason(one: Document, other: Document) -> str:
    reasons = []
    if bool(one.indirect) != bool(other.indirect):
        far = one if one.indirect else other
        reasons.append(f"one side is indirect ({far.indirect})")
    if one.design is not other.design:
        reasons.append(f"the designs differ ({one.design.value} and {other.design.value})")
    if one.year and other.year and abs(one.year - other.year) >= 2:
        newer = one if one.year > other.year else other
        reasons.append(f"the {newer.design.value} of {newer.year} is newer")
    small, large = sorted((one.sample_size or 0, other.sample_size or 0))
    if small and large >= MUCH_LARGER * small:
        reasons.append(f"one is much larger ({large:,} against {small:,} patients)")
    if one.population and other.population and one.population != other.population:
        reasons.append(f"the populations differ ({one.population}; {other.population})")
    return "; ".join(reasons) if reasons else "the records do not show why"
