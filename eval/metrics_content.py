"""What an answer says: statements that it should and shouldn't hold, declining, conflicts."""

from __future__ import annotations

from eval.gold import GoldQuestion
from eval.ids import cited, folded
from eval.matching import Match, says, says_in_one
from eval.metrics_citation import spoken
from eval.result import Result


def must_have_coverage(gold: GoldQuestion, result: Result, match: Match = says) -> float | None:
    """Share of the must-have statements that the answer says; 0 where an answer was due and none was given.

    Not computed for an unanswerable question: there, declining is what is scored.
    """
    if not gold.must_have or not gold.answerable or result.only_ranks:
        return None
    sentences = spoken(result.answer.claims) if result.answer else []
    said = [match(statement, sentences, gold.question) is not None for statement in gold.must_have]
    return sum(said) / len(said)


def must_not_avoided(gold: GoldQuestion, result: Result, match: Match = says_in_one) -> float | None:
    """Share of the must-not statements that the answer doesn't say; what says nothing avoids them all."""
    if not gold.must_not or result.only_ranks:
        return None
    sentences = [claim.text for claim in result.answer.claims] if result.answer else []
    said = [match(statement, sentences, gold.question) is not None for statement in gold.must_not]
    return 1 - sum(said) / len(said)


def declines_unanswerable(gold: GoldQuestion, result: Result) -> float | None:
    """Whether an unanswerable question is declined; an error is no declining."""
    return None if gold.answerable or result.only_ranks else float(result.abstained)


def answers_answerable(gold: GoldQuestion, result: Result) -> float | None:
    """Whether an answerable question is answered: one less the share of them that is declined or fails."""
    return float(result.answered) if gold.answerable and not result.only_ranks else None


def conflict_shown(gold: GoldQuestion, result: Result) -> float | None:
    """Whether a disagreement that must be shown is.

    One counts that has sides from different documents, of which the question names one. Whether both are
    the right sides is for a person to judge.
    """
    if not gold.conflict or not gold.answerable or result.only_ranks:
        return None
    if result.answer is None:
        return 0.0
    named = folded((*gold.best_evidence, *(key for ids in gold.cite_any_of for key in ids)))
    for conflict in result.answer.conflicts:
        documents = {c.document_id.casefold() for claim in conflict.sides for c in claim.citations}
        if len(documents) > 1 and named & cited(conflict.sides, result.answer):
            return 1.0
    return 0.0
