"""A second gate behind the first: whether a quote entails a claim, as a cross-encoder judges it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from rag.errors import MissingExtra, ModelUnavailable
from rag.gate import Draft, fault, vouch
from rag.types import Claim, Evidence, Withheld

_ENTAILS = ("entailment", "entails", "supports", "supported", "true")


class Entailment(Protocol):
    """Judges whether what a quote says makes a claim true."""

    @property
    def name(self) -> str:
        """The model's name, as an answer records it."""

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """For each pair of quote and claim the probability, from 0 to 1, that the quote entails the claim."""


@dataclass(frozen=True, slots=True)
class EntailmentGate:
    """The gate, then a model: a claim must pass both, and a model lets nothing through that the code withholds.

    A sentence that stands in its quote word for word is entailed and not judged.
    """

    entailment: Entailment
    threshold: float = 0.5

    def __call__(
        self, drafts: Sequence[Draft], evidence: Sequence[Evidence]
    ) -> tuple[tuple[Claim, ...], tuple[Withheld, ...]]:
        """As `vouch`, with this gate's faults."""
        return vouch(drafts, evidence, self.fault)

    def fault(self, draft: Draft, by_passage: Mapping[str, Evidence]) -> str | None:
        """Why a draft may not be shown; None where it may.

        Raises:
            ModelUnavailable: the model can't be loaded.
        """
        reason = fault(draft, by_passage)
        quotes = " ".join(quote for _, quote in draft.sources)
        if reason or " ".join(draft.text.split()) in " ".join(quotes.split()):
            return reason
        (probability,) = self.entailment([(quotes, draft.text)])
        if probability >= self.threshold:
            return None
        return f"its quote does not entail it by {self.entailment.name} ({probability:.2f}, least {self.threshold:.2f})"


@dataclass(frozen=True)
class CrossEncoderEntailment:
    """A cross-encoder of sentence-transformers, by name or folder; looked for on this machine alone."""

    name: str
    _judged: dict[tuple[str, str], float] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """Probabilities of entailment; a pair is judged once.

        Raises:
            ModelUnavailable: there is no such model here, or none of its labels is entailment.
        """
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._judged]
        if new:
            scores = self._model.predict(new, apply_softmax=True, show_progress_bar=False)
            self._judged.update(
                {pair: float(row[self._column]) for pair, row in zip(new, scores, strict=True)}
            )
        return tuple(self._judged[pair] for pair in pairs)

    @cached_property
    def _model(self) -> Any:
        try:
            from sentence_transformers import CrossEncoder
        except ImportError as error:
            raise MissingExtra("an entailment model needs sentence-transformers; install it") from error
        try:
            return CrossEncoder(self.name, local_files_only=True)
        except Exception as error:
            raise ModelUnavailable(
                f"the entailment model {self.name!r} can't be loaded from this machine; put it there or unset "
                "VOUCH_ENTAILMENT_MODEL"
            ) from error

    @cached_property
    def _column(self) -> int:
        labels: dict[int, str] = dict(self._model.model.config.id2label)
        found = [place for place, label in labels.items() if label.lower() in _ENTAILS]
        if len(found) != 1:
            raise ModelUnavailable(
                f"the entailment model {self.name!r} has the labels {', '.join(labels.values())}, of which none "
                "is entailment; name one that was trained to tell entailment"
            )
        return found[0]
