"""An answer that leaves takes along whether it still stands."""

from __future__ import annotations

from html import escape

from service.records.stored import Summary, stale_json

_SAYS = {"submitted": "not reviewed", "under_review": "under review", "approved": "approved"}


def with_standing(text: str, form: str, summary: Summary) -> str:
    """The text of an answer in a format, with its review and what makes it stale where the format has room.

    Formats for reference managers say nothing of the answer itself and stay as they are.
    """
    said = standing_line(summary)
    match form:
        case "md":
            return f"> {_marked(said)}\n\n{text}"
        case "html":
            notice = f'<p class="notice" role="note">{escape(said)}</p>'
            return text.replace("<main>\n", f"<main>\n{notice}\n", 1)
        case _:
            return text


def standing_line(summary: Summary) -> str:
    """The state of review, and what makes it stale, in one line."""
    review = summary.review
    line = f"Review: {_SAYS[review.state.value]}"
    if review.at and review.by:
        line += f", by {review.by} on {review.at[:10]}"
    stale = stale_json(summary.stale)
    if stale:
        line += f". Out of date since {str(stale['since'])[:10]}: {stale['reason']}"
        line += f". Asked again as {summary.reissued_as}" if summary.reissued_as else ""
    return f"{_one_line(line)}."


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _marked(line: str) -> str:
    """The line with nothing in it that Markdown takes for markup."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in line)
