"""Whether quotes support a sentence: the judge of citations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from rag.gate import Draft, fault
from rag.types import Answer, Citation, Evidence

GATE = "gate (rules: numbers with units in their order, denials and directions in their place, 80 % of the words; rag/gate.py)"

Supports: TypeAlias = Callable[[str, Sequence[Citation], Answer], bool]
"""Whether the quotes of citations, taken together, support a sentence of an answer."""


def gate_supports(sentence: str, citations: Sequence[Citation], answer: Answer) -> bool:
    """Whether our own gate lets `sentence` pass with these citations, whoever wrote it."""
    if not citations:
        return False
    draft = Draft(sentence, tuple((citation.passage_id, citation.quote) for citation in citations))
    return fault(draft, _by_passage(answer)) is None


def judgeable(answer: Answer) -> bool:
    """Whether every citation has a quote and its passage is at hand: else nobody can judge them here."""
    known = {key for key, item in _by_passage(answer).items() if item.passage.text}
    cited = [citation for claim in answer.claims for citation in claim.citations]
    return all(citation.quote and citation.passage_id in known for citation in cited)


def _by_passage(answer: Answer) -> Mapping[str, Evidence]:
    return {item.passage.id: item for item in answer.evidence}
