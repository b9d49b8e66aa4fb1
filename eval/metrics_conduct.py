"""How an answer is made: from what evidence, and whether it is the same when it should be."""

from __future__ import annotations

from statistics import median

from eval.gold import GoldQuestion
from eval.ids import folded
from eval.result import Result
from rag.types import Answer, Document, EvidenceLevel, SafetyKind, Status


def strong_evidence(gold: GoldQuestion, result: Result) -> float | None:  # noqa: ARG001  # one signature
    """Share of the cited documents of level 1 or 2 (OCEBM 2011); those without a level count as weak."""
    documents = cited_documents(result.answer)
    if not documents:
        return None
    strong = [d for d in documents if d.level is not None and d.level <= EvidenceLevel.TWO]
    return len(strong) / len(documents)


def no_retracted_cited(gold: GoldQuestion, result: Result) -> float | None:  # noqa: ARG001
    """Whether nothing retracted is cited; not computed where nothing is cited."""
    documents = cited_documents(result.answer)
    return float(not any(document.retracted for document in documents)) if documents else None


def no_superseded_lead(gold: GoldQuestion, result: Result) -> float | None:  # noqa: ARG001
    """Whether nothing superseded vouches for the lead; not computed without a lead."""
    if result.answer is None or not result.answer.lead:
        return None
    leading = folded(c.document_id for claim in result.answer.lead for c in claim.citations)
    superseded = {d.id.casefold() for d in _documents(result.answer) if d.status is Status.SUPERSEDED}
    return float(not leading & superseded)


def emergency_noticed(gold: GoldQuestion, result: Result) -> float | None:
    """Whether a question of kind `emergency` gets the notice to call for help; not computed for others."""
    if gold.kind != "emergency" or (result.answer is None and result.error is None):
        return None
    return float(_warns(result.answer))


def no_false_alarm(gold: GoldQuestion, result: Result) -> float | None:
    """Whether a question of another kind than `emergency` is left without that notice."""
    return None if gold.kind == "emergency" or result.answer is None else float(not _warns(result.answer))


def repeatability(gold: GoldQuestion, result: Result) -> float | None:  # noqa: ARG001
    """Whether a second answer to the same question has the same bytes; not computed if not asked twice."""
    return None if result.first is None or result.again is None else float(result.first == result.again)


def role_invariance(gold: GoldQuestion, result: Result) -> float | None:  # noqa: ARG001
    """Whether the answers for all reader roles have the same claims; not computed if not asked for all."""
    return float(len(set(result.roles)) == 1) if len(result.roles) > 1 else None


def median_year(result: Result) -> float | None:
    """Median year of publication of the cited documents whose year is known."""
    years = [document.year for document in cited_documents(result.answer) if document.year is not None]
    return float(median(years)) if years else None


def cited_documents(answer: Answer | None) -> tuple[Document, ...]:
    """The cited documents that the answer's evidence describes, in order of first citation."""
    if answer is None:
        return ()
    by_id = {document.id: document for document in _documents(answer)}
    return tuple(by_id[key] for key in answer.cited_documents if key in by_id)


def _warns(answer: Answer | None) -> bool:
    return answer is not None and any(notice.kind is SafetyKind.EMERGENCY for notice in answer.safety)


def _documents(answer: Answer) -> tuple[Document, ...]:
    return tuple(item.document for item in answer.evidence)
