"""Rankings of several systems over the same questions, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from types import MappingProxyType

from eval.baselines import Ranker, by_best_passage
from eval.gold import GoldQuestion
from eval.intervals import Mean, mean_of
from eval.metrics_ranking import hit_at_1, mrr, ndcg_at_10, recall_at_100
from eval.result import Result
from rag.types import Answer

OURS = "ours"


def mrr_at_10(gold: GoldQuestion, result: Result) -> float | None:
    """One over the rank of the first relevant document, 0 where it isn't among the first ten."""
    return mrr(gold, Result(answer=result.answer, ranked=result.ranked[:10]))


MEASURES: Mapping[str, Callable[[GoldQuestion, Result], float | None]] = MappingProxyType(
    {"nDCG@10": ndcg_at_10, "recall@100": recall_at_100, "MRR@10": mrr_at_10, "hit@1": hit_at_1}
)


@dataclass(frozen=True, slots=True)
class RankingRow:
    """How one system ranked, and how fast: one question after another, on one thread of ours."""

    name: str
    part: bool
    values: Mapping[str, tuple[float | None, ...]]
    """By measure, for each question in order."""
    queries_per_second: float

    def mean(self, measure: str) -> Mean | None:
        """The mean of a measure with its interval."""
        return mean_of(self.values[measure])


@dataclass(frozen=True, slots=True)
class Cited:
    """How the answers to questions with one known source cite it."""

    right: Mean | None
    """Share of the questions whose answer cites a relevant document; an abstention doesn't."""
    declined: Mean | None
    seconds: Mean | None


def ranking_rows(
    rankers: Sequence[Ranker],
    questions: Sequence[GoldQuestion],
    progress: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
) -> tuple[RankingRow, ...]:
    """One row a system, in the order given."""
    return tuple(_row(ranker, questions, progress) for ranker in rankers)


def ahead_of_parts(rows: Sequence[RankingRow], measure: str = "nDCG@10") -> Mean | None:
    """Ours less the best of the parts, paired by question, with its interval; None where either is missing."""
    ours = next((row for row in rows if row.name == OURS), None)
    parts = [(mean.value, row) for row in rows if row.part and (mean := row.mean(measure))]
    if ours is None or not parts:
        return None
    best = max(parts, key=lambda pair: pair[0])[1]
    return mean_of(list(_differences(ours.values[measure], best.values[measure])))


def cited(
    ask: Callable[[GoldQuestion], Answer],
    questions: Sequence[GoldQuestion],
    progress: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
) -> Cited:
    """Ask every question and look at what the answers cite."""
    right, declined, seconds = [], [], []
    for done, question in enumerate(questions):
        progress("asking", done, len(questions))
        began = perf_counter()
        answer = ask(question)
        seconds.append(perf_counter() - began)
        wanted = {key.casefold() for key, grade in question.relevant.items() if grade > 0}
        right.append(float(any(key.casefold() in wanted for key in answer.cited_documents)))
        declined.append(float(answer.abstention is not None))
    return Cited(mean_of(right), mean_of(declined), mean_of(seconds))


def _row(
    ranker: Ranker, questions: Sequence[GoldQuestion], progress: Callable[[str, int, int], None]
) -> RankingRow:
    results = []
    for done, question in enumerate(questions):
        progress(ranker.name, done, len(questions))
        began = perf_counter()
        ranked = by_best_passage(ranker.rank(question.question))
        results.append(Result(ranked=ranked, seconds=perf_counter() - began))
    values = {name: tuple(map(measure, questions, results)) for name, measure in MEASURES.items()}
    took = sum(result.seconds for result in results)
    return RankingRow(ranker.name, ranker.part, values, len(results) / took if took else 0.0)


def _differences(ours: Sequence[float | None], theirs: Sequence[float | None]) -> Iterator[float | None]:
    for one, other in zip(ours, theirs, strict=True):
        yield None if one is None or other is None else one - other
