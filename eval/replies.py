"""Answers of a Vouch server, read back from their JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from rag.types import (
    Abstention,
    Answer,
    Certainty,
    Citation,
    Claim,
    Conflict,
    Coverage,
    Design,
    Document,
    Evidence,
    EvidenceLevel,
    KeyPoint,
    Mode,
    Move,
    NearMiss,
    Passage,
    PublicationDate,
    QuestionType,
    Role,
    SafetyKind,
    SafetyNotice,
    Status,
    Support,
    Why,
    Withheld,
)


def answer_from(reply: Mapping[str, Any], text_of: Callable[[str], str]) -> Answer:
    """The answer in a reply of `POST /v1/ask`.

    Args:
        reply: the JSON of an answer, as in `vouch ask --format json`.
        text_of: the text of a passage by its id, empty where it isn't known: then its quotes can't be
            checked word for word.

    Raises:
        ValueError: the reply lacks a field or has one of another kind; names it.
    """
    try:
        return _answer(reply, {key: text_of(key) for key in _passage_ids(reply)})
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"the reply is no answer in JSON: {type(error).__name__} {error}") from error


def _passage_ids(reply: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of the passages that a reply cites, each once."""
    claims = [*reply["lead"], *(claim for point in reply["key_points"] for claim in point["claims"])]
    claims += [side for conflict in reply["conflicts"] for side in conflict["sides"]]
    return tuple(dict.fromkeys(c["passage_id"] for claim in claims for c in claim["citations"]))


def _answer(reply: Mapping[str, Any], texts: Mapping[str, str]) -> Answer:
    certainty, abstention = reply["certainty"], reply["abstention"]
    return Answer(
        question=reply["question"],
        understood_as=reply["understood_as"],
        question_type=QuestionType(reply["question_type"]),
        role=Role(reply["role"]),
        mode=Mode(reply["mode"]),
        lead=_claims(reply["lead"]),
        key_points=tuple(KeyPoint(p["heading"], _claims(p["claims"])) for p in reply["key_points"]),
        conflicts=tuple(Conflict(c["topic"], _claims(c["sides"]), c["reason"]) for c in reply["conflicts"]),
        certainty=Certainty(certainty["level"], tuple(certainty["reasons"])) if certainty else None,
        withheld=tuple(Withheld(w["text"], w["reason"]) for w in reply["withheld"]),
        abstention=_abstention(abstention) if abstention else None,
        safety=tuple(SafetyNotice(SafetyKind(s["kind"]), s["text"]) for s in reply["safety"]),
        evidence=_evidence(reply, texts),
        coverage=Coverage(int(reply["generation"]), 0, 0),
        as_of=date.fromisoformat(reply["as_of"]),
        models=tuple(reply["model"].items()),
        prompts=tuple(reply["prompts"].items()),
    )


def _claims(claims: Sequence[Mapping[str, Any]]) -> tuple[Claim, ...]:
    return tuple(
        Claim(
            text=claim["text"],
            citations=tuple(_citation(citation) for citation in claim["citations"]),
            support=Support(claim["support"]),
            context=claim.get("context", ""),
        )
        for claim in claims
    )


def _citation(citation: Mapping[str, Any]) -> Citation:
    return Citation(
        document_id=citation["document_id"],
        passage_id=citation["passage_id"],
        quote=citation["quote"],
        section=citation["section"],
        start=citation["start"],
        end=citation["end"],
    )


def _abstention(abstention: Mapping[str, Any]) -> Abstention:
    searched = abstention["searched"]
    return Abstention(
        reason=abstention["reason"],
        documents=searched["documents"],
        passages=searched["passages"],
        terms=tuple(searched["terms"]),
        nearest=tuple(NearMiss(n["document_id"], n["title"], n["why"]) for n in abstention["nearest"]),
        would_need=abstention["would_need"],
    )


def _evidence(reply: Mapping[str, Any], texts: Mapping[str, str]) -> tuple[Evidence, ...]:
    """The cited passages, as far as a reply tells of them, best document first."""
    references = sorted(reply["references"], key=lambda one: -one["why"]["score"])
    cited = [(key.rpartition("#")[0], key) for key in texts]
    found = []
    for reference in references:
        document, why = _document(reference), _why(reference["why"])
        keys = [key for owner, key in cited if owner == document.id] or [f"{document.id}#"]
        found += [Evidence(_passage(key, document, texts.get(key, "")), document, why) for key in keys]
    return tuple(found)


def _why(parts: Mapping[str, Any]) -> Why:
    """The score; fields that were added to the contract since may be missing or there, and change nothing."""
    return Why(
        relevance=parts["relevance"],
        quality=parts["quality"],
        recency=parts["recency"],
        penalty=parts["penalty"],
        score=parts["score"],
        text=parts["text"],
        moves=tuple(Move(m["change"], m["place"], m["places"], m["score"]) for m in parts.get("moves", ())),
    )


def _passage(key: str, document: Document, text: str) -> Passage:
    return Passage(key, document.id, "", text, 0, len(text))


def _document(reference: Mapping[str, Any]) -> Document:
    year, level = reference["year"], reference["level"]
    return Document(
        id=reference["document_id"],
        title=reference["title"],
        sections=(),
        authors=tuple(reference["authors"]),
        journal=reference["journal"],
        published=PublicationDate(year) if year else None,
        design=Design(reference["design"]),
        level=EvidenceLevel(level) if level else None,
        level_inferred=reference["level_inferred"],
        status=Status(reference["status"]),
        digest=reference.get("digest", False),
        url=reference["url"],
    )
