"""Templates into pages: everything that isn't ours is escaped, and nothing in it can reorder the text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi.responses import HTMLResponse
from markupsafe import Markup

from rag.article import about
from rag.citations import (
    line_of,
    name_and_year,
    remarks,
    status_text,
    title_text,
    url_of,
    vancouver,
)
from rag.types import Document
from rag.what_if import would_move
from service.web.addresses import document_address, found_address, passage_anchor, static_address

if TYPE_CHECKING:
    from jinja2 import Environment

_MONTHS = "January February March April May June July August September October November December".split()


def page(template: str, status: int = 200, **fields: object) -> HTMLResponse:
    """A page made of a template."""
    return HTMLResponse(render(template, **fields), status)


def render(template: str, **fields: object) -> str:
    """The text of a template with its fields filled in."""
    return _environment().get_template(template).render(**fields)


def clean(value: object) -> object:
    """A value fit to stand in a page: without control characters and those that turn the direction of text."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return "" if value is None else value
    return "".join(c if c.isprintable() or c == "\n" else " " for c in value)


def capital(text: str) -> str:
    """The text with a capital at its beginning, unless it begins with an id."""
    return text if ":" in text.partition(" ")[0] else text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text as a sentence, with a capital and a full stop."""
    return capital(text) + ("" if text.endswith((".", "?", "!")) else ".")


def person(subject: str) -> str:
    """Who did something, as readers know them."""
    return {"local": "this computer", "vouch": "Vouch"}.get(subject, subject)


def source_line(document: Document) -> str:
    """The reference in Vancouver style without its title and without the address, which are links of their own."""
    before, title, after = vancouver(document).partition(line_of(title_text(document)))
    line = f"{before}{after.lstrip('.?! ')}" if title else before
    return line.replace(f"Available from: {url_of(document)}.", "").strip()


def day_in_words(given: date | datetime | str) -> str:
    """A day as readers write it, as in `24 November 2026`."""
    day = datetime.fromisoformat(given) if isinstance(given, str) else given
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update({"static": static_address, "visitor": None, "section": ""})
    made.filters.update(_FILTERS)
    return made


_FILTERS: dict[str, Callable[..., object]] = {
    "about": about,
    "anchor": passage_anchor,
    "capital": capital,
    "day": day_in_words,
    "document_address": document_address,
    "passage_address": found_address,
    "name_and_year": name_and_year,
    "person": person,
    "remarks": remarks,
    "sentence": sentence,
    "source_line": source_line,
    "status_text": status_text,
    "title_text": title_text,
    "url_of": url_of,
    "vancouver": vancouver,
    "would_move": would_move,
}
