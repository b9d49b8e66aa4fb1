"""How well documents are ranked, against judged documents; computed by ir-measures.

An unanswerable question has no ranking to score; a ranking that is empty scores 0.
"""

from __future__ import annotations

from eval.gold import GoldQuestion
from eval.ids import folded, in_spelling_of
from eval.result import Result


def ndcg_at_10(gold: GoldQuestion, result: Result) -> float | None:
    """Normalised discounted cumulative gain of the first ten (Järvelin and Kekäläinen, TOIS 2002)."""
    return _measured("nDCG@10", gold, result)


def recall_at_100(gold: GoldQuestion, result: Result) -> float | None:
    """Share of the relevant documents that are among the first hundred."""
    return _measured("R@100", gold, result)


def mrr(gold: GoldQuestion, result: Result) -> float | None:
    """One over the rank of the first relevant document (Kantor and Voorhees, TREC-5 1996)."""
    return _measured("RR", gold, result)


def average_precision(gold: GoldQuestion, result: Result) -> float | None:
    """Mean of the precision at each relevant document, 0 for those not found; the mean over questions is MAP."""
    return _measured("AP", gold, result)


def hit_at_1(gold: GoldQuestion, result: Result) -> float | None:
    """Whether the first document is relevant."""
    return _measured("Success@1", gold, result)


def best_in_top_3(gold: GoldQuestion, result: Result) -> float | None:
    """Whether one of the best documents on the question is among the first three."""
    best = folded(gold.best_evidence)
    if not best or not gold.answerable:
        return None
    return float(bool(best.intersection(in_spelling_of(result.ranked, best, result.answer)[:3])))


def _measured(name: str, gold: GoldQuestion, result: Result) -> float | None:
    grades = {key.casefold(): grade for key, grade in gold.relevant.items()}
    if not gold.answerable or not any(grade > 0 for grade in grades.values()):
        return None
    import ir_measures

    ranked = in_spelling_of(result.ranked, frozenset(grades), result.answer)
    if not ranked:
        return 0.0
    qrels = [ir_measures.Qrel("q", key, grade) for key, grade in grades.items()]
    scored = [ir_measures.ScoredDoc("q", key, float(-rank)) for rank, key in enumerate(ranked)]
    measure = ir_measures.parse_measure(name)
    return float(ir_measures.calc_aggregate([measure], qrels, scored)[measure])
