"""The difference between an answer and its re-issue as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rag.citations import reference_list
from rag.errors import InputError
from rag.types import Answer, Status
from service.answer_json import claim_json
from service.json_text import Json
from service.records.reissue import Changed, Difference, StatusOf, difference
from service.records.stored import Stored

if TYPE_CHECKING:
    from indexes.library import Library


def difference_json(before: Stored, after: Stored, library: Library) -> dict[str, Json]:
    """What became of each claim, with its reason."""
    return changes_json(before, after, difference(before.answer, after.answer, status_in(library)))


def changes_json(before: Stored, after: Stored, found: Difference) -> dict[str, Json]:
    """A difference that is known already."""
    return {
        "before": before.summary.id,
        "after": after.summary.id,
        "added": _claims(found.added, after.answer),
        "removed": _claims(found.removed, before.answer),
        "kept": _claims(found.kept, after.answer),
    }


def status_in(library: Library) -> StatusOf:
    """Looks a document up in the library as it is now."""

    def status_of(key: str) -> Status | None:
        try:
            return library.document(key).status
        except InputError:
            return None

    return status_of


def _claims(changed: Sequence[Changed], answer: Answer) -> list[Json]:
    number_of = {reference.document.id: reference.number for reference in reference_list(answer)}
    return [{"claim": claim_json(one.claim, number_of), "reason": one.reason} for one in changed]
