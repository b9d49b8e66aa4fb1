"""An answer that leaves takes along whether it still stands."""

from __future__ import annotations

from html import escape

from service.records.review import ReviewState
from service.records.stored import Summary, stale_json

_SAYS = {"submitted": "Submitted", "under_review": "Under review", "approved": "Approved"}
_FRESH = "Submitted: not yet reviewed by a person"  # as `rag.wording` says of every new answer


def with_standing(text: str, form: str, summary: Summary) -> str:
    """The text of an answer in a format, with its review and what makes it stale where the format has room.

    Formats for reference managers say nothing of the answer itself and stay as they are.
    """
    said = standing_line(summary)
    if not said:
        return text
    if form in {"md", "html"} and summary.review.state is not ReviewState.SUBMITTED:
        text = text.replace(_FRESH, _reviewed(summary), 1)
    match form:
        case "md":
            return f"> {_marked(said)}\n\n{text}"
        case "html":
            notice = f'<p class="notice" role="note">{escape(said)}</p>'
            return text.replace("<main>\n", f"<main>\n{notice}\n", 1)
        case _:
            return text


def standing_line(summary: Summary) -> str:
    """The state of review, and what makes it stale, in one line; empty for an answer with neither."""
    line = "" if summary.review.state is ReviewState.SUBMITTED else f"{_reviewed(summary)}. "
    stale = stale_json(summary.stale)
    if stale:
        line += f"Out of date since {str(stale['since'])[:10]}: {stale['reason']}. "
        line += f"Asked again as {summary.reissued_as}. " if summary.reissued_as else ""
    return _one_line(line)


def _reviewed(summary: Summary) -> str:
    review = summary.review
    return f"{_SAYS[review.state.value]} by {review.by} on {str(review.at)[:10]}"


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _marked(line: str) -> str:
    """The line with nothing in it that Markdown takes for markup."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in line)
