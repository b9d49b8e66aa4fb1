"""An answer as JSON: the contract that programs hold on to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256

from rag.citations import Reference, reference_list, standing_note, url_of, vancouver
from rag.roles import wording
from rag.types import Abstention, Answer, Certainty, Citation, Claim, Usage, Why
from rag.what_if import would_move
from service.filters import filters_json, restriction_json
from service.json_text import Json


def answer_json(answer: Answer) -> dict[str, Json]:
    """All of an answer, keys in a fixed order, so that the same answer always gives the same bytes.

    `id` and `content_hash` come from the content: the same answer has the same id.
    """
    content, provenance, words = _content(answer), _provenance(answer), wording(answer)
    content_hash = _hash({**content, **provenance})
    return {
        "id": content_hash[:12],
        **content,
        "review": {"state": "submitted", "by": None, "at": None, "requested": False, "version": 0},
        "stale": None,
        **provenance,
        "usage": _usage(answer.usage),
        "content_hash": content_hash,
        "disclaimer": words.disclaimer,
        "suggestions": list(answer.suggestions),
        "role_notes": list(words.notes),
        "terms": [{"term": term.name, "meaning": term.meaning} for term in words.terms],
    }


def answer_id(answer: Answer) -> str:
    """The id that `answer_json` gives."""
    return _hash({**_content(answer), **_provenance(answer)})[:12]


def why_json(why: Why) -> dict[str, Json]:
    """A score taken apart."""
    return {
        "relevance": why.relevance,
        "quality": why.quality,
        "recency": why.recency,
        "penalty": why.penalty,
        "score": why.score,
        "text": why.text,
        "would_move": would_move(why),
        "moves": [
            {"change": move.change, "place": move.place, "places": move.places, "score": move.score}
            for move in why.moves
        ],
    }


def _hash(content: Mapping[str, Json]) -> str:
    return sha256(json.dumps(content, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def _provenance(answer: Answer) -> dict[str, Json]:
    return {
        "generation": answer.coverage.generation,
        "model": dict(answer.models),
        "prompts": dict(answer.prompts),
        "as_of": answer.as_of.isoformat(),
    }


def _content(answer: Answer) -> dict[str, Json]:
    """What a reader sees and a reviewer approves."""
    references = reference_list(answer)
    number_of = {reference.document.id: reference.number for reference in references}
    return {
        "question": answer.question,
        "understood_as": answer.understood_as,
        "question_type": answer.question_type.value,
        "role": answer.role.value,
        "status": "abstained" if answer.abstention else "answered",
        "mode": answer.mode.value,
        "mode_reason": answer.mode_reason,
        "lead": _claims(answer.lead, number_of),
        "key_points": [
            {"heading": point.heading, "claims": _claims(point.claims, number_of)}
            for point in answer.key_points
        ],
        "conflicts": [
            {"topic": c.topic, "sides": _claims(c.sides, number_of), "reason": c.reason}
            for c in answer.conflicts
        ],
        "certainty": _certainty(answer.certainty),
        "withheld": [{"text": w.text, "reason": w.reason} for w in answer.withheld],
        "abstention": _abstention(answer.abstention),
        "safety": [{"kind": notice.kind.value, "text": notice.text} for notice in answer.safety],
        "references": [_reference(reference) for reference in references],
        "filters": filters_json(answer.filters),
        "restricted_to": restriction_json(answer.restriction),
    }


def _usage(usage: Usage | None) -> dict[str, Json] | None:
    """What a model server took; no part of the content, which the same words make whatever they cost."""
    if usage is None:
        return None
    return {
        "calls": usage.calls,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "cost": usage.cost,
    }


def _claims(claims: Sequence[Claim], number_of: Mapping[str, int]) -> list[Json]:
    return [claim_json(claim, number_of) for claim in claims]


def claim_json(claim: Claim, number_of: Mapping[str, int]) -> dict[str, Json]:
    """One claim; `number_of` gives the number of each document that it cites."""
    return {
        "id": claim.id,
        "text": claim.text,
        "citations": [_citation(citation, number_of[citation.document_id]) for citation in claim.citations],
        "support": claim.support.value,
        "context": claim.context,
    }


def _citation(citation: Citation, number: int) -> dict[str, Json]:
    return {
        "number": number,
        "document_id": citation.document_id,
        "passage_id": citation.passage_id,
        "quote": citation.quote,
        "section": citation.section,
        "start": citation.start,
        "end": citation.end,
    }


def _certainty(certainty: Certainty | None) -> dict[str, Json] | None:
    if certainty is None:
        return None
    return {"level": certainty.level, "reasons": list(certainty.reasons), "provisional": True}


def _abstention(abstention: Abstention | None) -> dict[str, Json] | None:
    if abstention is None:
        return None
    return {
        "reason": abstention.reason,
        "searched": {
            "documents": abstention.documents,
            "passages": abstention.passages,
            "terms": list(abstention.terms),
        },
        "nearest": [
            {"document_id": near.document_id, "title": near.title, "why": near.why}
            for near in abstention.nearest
        ],
        "would_need": abstention.would_need,
    }


def _reference(reference: Reference) -> dict[str, Json]:
    document = reference.document
    return {
        "number": reference.number,
        "document_id": document.id,
        "title": document.title,
        "authors": list(document.authors),
        "journal": document.journal,
        "year": document.year,
        "design": document.design.value,
        "level": int(document.level) if document.level else None,
        "level_inferred": document.level_inferred,
        "status": document.status.value,
        "status_note": standing_note(document),
        "digest": document.digest,
        "url": url_of(document),
        "citation": vancouver(document),
        "why": why_json(reference.why),
    }
