"""A search that only ranks documents, as a system under test: what a reader would have without Vouch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter

from eval.gold import GoldQuestion
from eval.result import Result


@dataclass(frozen=True, slots=True)
class RankingSystem:
    """Asks a search for the question as it stands; it writes no answer, so only its ranking is scored."""

    search: Callable[[str], Iterable[str]]
    """Ids of documents for a query, the best first; repeated where several passages are found."""

    def __call__(self, gold: GoldQuestion) -> Result:
        """The ranking, each document once."""
        began = perf_counter()
        ranked = tuple(dict.fromkeys(self.search(gold.question)))
        return Result(ranked=ranked, seconds=perf_counter() - began)
