"""How well an entailment model tells supported claims from others, at each threshold that might be set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.bench_share import Share
from eval.pairs import VerificationPair
from rag.entailment import Entailment

THRESHOLDS = (0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99)
_BATCH = 64


@dataclass(frozen=True, slots=True)
class EntailmentRow:
    """What a model makes of the judged claims of one set at one threshold, with the judged text as the quote."""

    name: str
    threshold: float
    supported_of_entailed: Share
    entailed_of_supported: Share
    entailed_of_others: Share


def entailment_rows(
    model: Entailment, pairs: Mapping[str, Sequence[VerificationPair]]
) -> tuple[EntailmentRow, ...]:
    """A row for each set and threshold; the model judges each pair once.

    Raises:
        ModelUnavailable: the model can't be loaded.
    """
    return tuple(row for name, found in pairs.items() for row in _rows(name, found, _judged(model, found)))


def _judged(model: Entailment, pairs: Sequence[VerificationPair]) -> list[float]:
    asked = [(pair.evidence, pair.claim) for pair in pairs]
    return [p for start in range(0, len(asked), _BATCH) for p in model(asked[start : start + _BATCH])]


def _rows(
    name: str, pairs: Sequence[VerificationPair], probabilities: Sequence[float]
) -> list[EntailmentRow]:
    supported = [p for pair, p in zip(pairs, probabilities, strict=True) if pair.supported is True]
    others = [p for pair, p in zip(pairs, probabilities, strict=True) if pair.supported is not True]
    rows = []
    for threshold in THRESHOLDS:
        right, wrong = (sum(p >= threshold for p in group) for group in (supported, others))
        shares = (Share(right, right + wrong), Share(right, len(supported)), Share(wrong, len(others)))
        rows.append(EntailmentRow(name, threshold, *shares))
    return rows
