"""Ranked evidence as a table, in words, or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rag.citations import line_of, name_and_year, standing_note, status_text
from rag.question import understand
from rag.ranking import Excluded, Ranking
from rag.types import Coverage, Evidence, Filters, Restriction, Status
from rag.what_if import would_move
from rag.wording import restriction_lines
from service.answer_json import why_json
from service.filters import filters_json, restriction_json
from service.json_text import Json
from service.paragraphs import Paragraph, print_paragraphs, styled

_SHOWN = 280  # characters of a passage; `vouch show` gives all of it
_LEFT_OUT = 10  # documents below the threshold that are named; the JSON has them all


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found, and where it was looked for."""

    query: str
    ranking: Ranking
    coverage: Coverage
    as_of: date
    filters: Filters
    restriction: Restriction | None


def results_json(found: Found) -> dict[str, Json]:
    """The results, and what was left out with the reason."""
    ranking = found.ranking
    return {
        "query": found.query,
        "understood_as": understand(found.query).text,
        "generation": found.coverage.generation,
        "as_of": found.as_of.isoformat(),
        "filters": filters_json(found.filters),
        "restricted_to": restriction_json(found.restriction),
        "results": [_result_json(evidence) for evidence in ranking.evidence],
        "excluded": [
            {
                "document_id": e.document.id,
                "title": e.document.title,
                "status": e.document.status.value,
                "status_note": standing_note(e.document),
                "reason": e.reason,
            }
            for e in ranking.excluded
        ],
    }


def print_results(found: Found, console: Console, *, explain: bool) -> None:
    """Print the results; `explain` takes each score apart and lists what was left out."""
    ranking, documents = found.ranking, found.coverage.documents
    lines = restriction_lines(found.filters, found.restriction, documents)
    print_paragraphs([styled(line, "dim") for line in lines], console)
    if found.restriction is not None and not found.restriction.documents:
        print_paragraphs([styled(f"The filters leave none of {documents} documents.")], console)
    elif not ranking.evidence:
        print_paragraphs([styled("Nothing in the library is relevant enough to this query.")], console)
    for number, evidence in enumerate(ranking.evidence, start=1):
        print_paragraphs(_result(number, evidence, explain=explain), console)
    if explain and ranking.evidence:
        console.print(_parts_table(ranking))
    if explain and ranking.excluded:
        print_paragraphs([styled(""), styled("Left out", "bold"), *_left_out(ranking.excluded)], console)


def _result_json(evidence: Evidence) -> dict[str, Json]:
    document = evidence.document
    return {
        "document_id": document.id,
        "passage_id": evidence.passage.id,
        "title": document.title,
        "year": document.year,
        "design": document.design.value,
        "level": int(document.level) if document.level else None,
        "level_inferred": document.level_inferred,
        "status": document.status.value,
        "status_note": standing_note(document),
        "text": evidence.passage.text,
        "why": why_json(evidence.why),
    }


def _result(number: int, evidence: Evidence, *, explain: bool) -> Iterable[Paragraph]:
    document, passage = evidence.document, evidence.passage
    standing = "" if document.status is Status.CURRENT else f" [{status_text(document)}]"
    level = f"level {int(document.level)}" if document.level else "level unknown"
    inferred = ", inferred" if document.level_inferred else ""
    section = f"{passage.section}: " if passage.section else ""
    yield styled(f"{document.title}{standing}", "bold", f"{number:>2}. ")
    yield styled(f"{name_and_year(document)}; {document.design.value}, {level}{inferred}", "cyan", "    ")
    yield styled(f"{evidence.score:.2f}  {document.id}", "cyan", "    ")
    if note := standing_note(document):
        yield styled(note, "cyan", "    ")
    yield styled(_clipped(f"{section}{line_of(passage.text)}"), marker="    ")
    if explain:
        yield styled(evidence.why.text, "dim", "    why: ")
        if line := would_move(evidence.why):
            yield styled(line, "dim", "    what if: ")


def _clipped(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " …"


def _parts_table(ranking: Ranking) -> Table:
    table = Table("#", "document", "relevance", "quality", "recency", "penalty", "score", box=None)
    for number, evidence in enumerate(ranking.evidence, start=1):
        why = evidence.why
        parts = (why.relevance, why.quality, why.recency, why.penalty, why.score)
        table.add_row(str(number), Text(evidence.document.id), *(f"{part:.3f}" for part in parts))
    return table


def _left_out(excluded: Sequence[Excluded]) -> Iterable[Paragraph]:
    """First what is never evidence, then the nearest of what isn't relevant enough."""
    irrelevant = [e for e in excluded if "below the threshold" in e.reason]
    barred = [e for e in excluded if e not in irrelevant]
    for left in (*barred, *irrelevant[:_LEFT_OUT]):
        note = standing_note(left.document) if left in barred else None
        reason = f"{left.reason}; {note}" if note else left.reason
        yield styled(f"{left.document.title} ({left.document.id}): {reason}", marker="  - ")
    if len(irrelevant) > _LEFT_OUT:
        yield styled(f"and {len(irrelevant) - _LEFT_OUT} more below the threshold", marker="  - ")
