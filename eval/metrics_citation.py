"""Whether what is cited bears out what is said.

A question that should be answered and isn't scores 0 on what an answer should bring (recall, best
evidence). Precision, verbatim quotes and numbers are about what was said: not computed where nothing was.
"""

from __future__ import annotations

from collections.abc import Sequence

from eval.gold import GoldQuestion
from eval.ids import cited, folded
from eval.judge import Supports, gate_supports, judgeable
from eval.matching import Match, says
from eval.result import Result
from rag.quantities import altered, quantities
from rag.types import Answer, Citation, Claim


def citation_recall(gold: GoldQuestion, result: Result, supports: Supports = gate_supports) -> float | None:
    """Share of the sentences that their citations, taken together, support (ALCE: Gao et al., EMNLP 2023)."""
    answer = result.answer
    if not result.answered or answer is None:
        return 0.0 if gold.answerable and not result.only_ranks else None
    if not judgeable(answer):
        return None
    claims = answer.claims
    return sum(supports(claim.text, claim.citations, answer) for claim in claims) / len(claims)


def citation_precision(
    gold: GoldQuestion,  # noqa: ARG001  # all metrics have one signature
    result: Result,
    supports: Supports = gate_supports,
) -> float | None:
    """Share of the citations that are of use (ALCE: Gao et al., EMNLP 2023).

    A citation is of use if its sentence is supported by all of its citations together, and if it supports
    the sentence alone or the others don't support it without it.
    """
    answer = result.answer
    if answer is None or not result.answered or not judgeable(answer):
        return None
    useful = [
        _of_use(place, claim, answer, supports)
        for claim in answer.claims
        for place in range(len(claim.citations))
    ]
    return sum(useful) / len(useful) if useful else None


def acceptable_cited(gold: GoldQuestion, result: Result, match: Match = says) -> float | None:
    """Share of the must-have statements said for which an acceptable source is cited.

    Of the statements that the answer says and that need a source: those where one of the sentences that
    say it cites a document that can vouch for it. Not computed where there are none.
    """
    answer = result.answer
    if answer is None or not result.answered:
        return None
    claims = answer.claims
    sentences = spoken(claims)
    hits = []
    for statement, sources in zip(gold.must_have, gold.cite_any_of, strict=False):
        places = match(statement, sentences, gold.question) if sources else None
        if places is not None:
            hits.append(bool(folded(sources) & cited([claims[place] for place in places], answer)))
    return sum(hits) / len(hits) if hits else None


def best_cited(gold: GoldQuestion, result: Result) -> float | None:
    """Share of the best documents on the question that the answer cites."""
    best = folded(gold.best_evidence)
    if not best or not gold.answerable or result.only_ranks:
        return None
    if result.answer is None:
        return 0.0
    return len(best & cited(result.answer.claims, result.answer)) / len(best)


def relevant_cited(gold: GoldQuestion, result: Result) -> float | None:
    """Whether the answer cites a relevant document at all ("the right document is cited")."""
    relevant = folded(key for key, grade in gold.relevant.items() if grade > 0)
    if not relevant or not gold.answerable or result.only_ranks:
        return None
    return float(result.answer is not None and bool(relevant & cited(result.answer.claims, result.answer)))


def quotes_verbatim(gold: GoldQuestion, result: Result) -> float | None:  # noqa: ARG001
    """Share of the citations whose quote stands at its place in the cited passage, character for character."""
    if result.answer is None:
        return None
    text_of = {item.passage.id: item.passage.text for item in result.answer.evidence}
    citations = _citations(result.answer)
    if not citations or not all(text_of.get(c.passage_id) for c in citations):
        return None
    return sum(text_of[c.passage_id][c.start : c.end] == c.quote for c in citations) / len(citations)


def number_fidelity(gold: GoldQuestion, result: Result) -> float | None:  # noqa: ARG001
    """Of the sentences with a number: the share whose numbers, with their units, all stand in their quotes."""
    if result.answer is None or not all(citation.quote for citation in _citations(result.answer)):
        return None
    numeric = [claim for claim in result.answer.claims if quantities(claim.text)]
    true = [not altered(claim.text, " ".join(c.quote for c in claim.citations)) for claim in numeric]
    return sum(true) / len(true) if true else None


def spoken(claims: Sequence[Claim]) -> list[str]:
    """What a reader reads of each claim: its text and what stands beside it on design, size and year."""
    return [f"{claim.text} {claim.context}".strip() for claim in claims]


def _of_use(place: int, claim: Claim, answer: Answer, supports: Supports) -> bool:
    if not supports(claim.text, claim.citations, answer):
        return False
    others = claim.citations[:place] + claim.citations[place + 1 :]
    alone = claim.citations[place : place + 1]
    return supports(claim.text, alone, answer) or not supports(claim.text, others, answer)


def _citations(answer: Answer) -> list[Citation]:
    return [citation for claim in answer.claims for citation in claim.citations]
