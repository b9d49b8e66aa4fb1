"""Our own pipeline as a system under test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter

from eval.gold import GoldQuestion
from eval.result import Result
from rag.pipeline import Pipeline
from rag.types import Answer, Filters, Role, Turn

DEPTH = 200  # passages of the ranking below what the answer was drawn from, for recall@100


@dataclass(frozen=True, slots=True)
class Ours:
    """Asks the pipeline; with `probes` once more, and in every other role, for repeatability and invariance."""

    pipeline: Pipeline
    today: date
    content_hash: Callable[[Answer], str]
    filters: Filters | None = None
    role: Role | None = None
    """In place of the role of each question."""
    probes: bool = True

    def __call__(self, gold: GoldQuestion) -> Result:
        """The answer after the earlier questions of the conversation; its time is that of the last alone."""
        role = self.role or Role(gold.role)
        earlier = self._earlier(gold, role)
        began = perf_counter()
        answer = self._answer(gold.question, earlier, role)
        seconds = perf_counter() - began
        first = self.content_hash(answer) if self.probes else None
        again = self.content_hash(self._answer(gold.question, earlier, role)) if self.probes else None
        others = [one for one in Role if one is not role] if self.probes else []
        told = [answer, *(self._answer(gold.question, earlier, one) for one in others)]
        return Result(
            answer=answer,
            ranked=self._ranked(answer),
            seconds=seconds,
            first=first,
            again=again,
            roles=tuple(tuple(claim.id for claim in one.claims) for one in told) if self.probes else (),
        )

    def _earlier(self, gold: GoldQuestion, role: Role) -> list[Turn]:
        earlier: list[Turn] = []
        for question in gold.history:
            earlier.append(Turn(question, self._answer(question, earlier, role)))
        return earlier

    def _answer(self, question: str, earlier: Sequence[Turn], role: Role) -> Answer:
        return self.pipeline.ask(question, earlier, role=role, filters=self.filters, today=self.today)

    def _ranked(self, answer: Answer) -> tuple[str, ...]:
        """Documents in the order that the answer was drawn from, then what a longer search brings."""
        deeper = self.pipeline.search(
            answer.understood_as, filters=self.filters, today=self.today, limit=DEPTH
        )
        items = (*answer.evidence, *deeper.evidence)
        return tuple(dict.fromkeys(item.document.id for item in items))
