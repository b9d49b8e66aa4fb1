"""What an abstention says where filters were set: what they left, and what they kept out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rag.abstention import NEAREST
from rag.filters import Filters, Restriction, filters_in_words, unknown_in_words
from rag.ranking import Ranking
from rag.types import Abstention, NearMiss


def under_filters(
    abstention: Abstention, filters: Filters, left: Restriction | None, outside: Ranking
) -> Abstention:
    """The same abstention, with what the filters left and what they kept out.

    Args:
        abstention: without a word on filters.
        filters: those that were set.
        left: what they leave of the library; None where that isn't known.
        outside: what is found without them. It is named, never cited.
    """
    kept_out = tuple(_kept_out(filters, outside))
    wider = "filters that let in one of the documents named as kept out, or " if kept_out else ""
    told = replace(
        abstention,
        reason=_reason(abstention, filters, left),
        nearest=(*kept_out, *abstention.nearest)[:NEAREST],
        would_need=f"{wider}{abstention.would_need}",
    )
    return told if left is None else replace(told, documents=left.documents, passages=left.passages)


def _reason(abstention: Abstention, filters: Filters, left: Restriction | None) -> str:
    asked = "; ".join(filters_in_words(filters))
    if left is None:
        return f"{abstention.reason}, among sources {asked}"
    unknown = f"; not known, and so left out: {unknown_in_words(left)}" if left.unknown else ""
    if left.documents:
        count = f"{left.documents} of {abstention.documents} documents"
        return f"{abstention.reason}, among the {count} that the filters leave: sources {asked}{unknown}"
    each = ", ".join(f"{name} {n}" for name, n in left.alone)
    alone = f" (so many pass each filter alone: {each})" if len(left.alone) > 1 else ""
    return f"the filters leave none of {abstention.documents} documents: sources {asked}{alone}{unknown}"


def _kept_out(filters: Filters, outside: Ranking) -> Iterator[NearMiss]:
    seen: set[str] = set()
    for item in outside.evidence:
        reasons = "; ".join(filters.reasons_against(item.document))
        if reasons and item.document.id not in seen:
            seen.add(item.document.id)
            yield NearMiss(
                item.document.id, item.document.title, f"kept out by the filters: {reasons}; {item.why.text}"
            )
