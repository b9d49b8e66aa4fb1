"""Where pages are: addresses of documents, of quotes in them, of answers and of files for the browser."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, urlencode

from rag.types import Citation, Passage

STATIC = Path(__file__).parent / "static"


def document_address(document_id: str) -> str:
    """The page of a document."""
    return f"/documents/{quote(document_id, safe='/:')}"


def passage_anchor(passage_id: str) -> str:
    """Where a passage stands on the page of its document."""
    return f"p-{passage_id.rpartition('#')[2]}"


def passage_address(citation: Citation) -> str:
    """The page of the cited document, opened at the quote, with the quote marked."""
    passage = citation.passage_id.rpartition("#")[2]
    asked = urlencode({"passage": passage, "start": citation.start, "end": citation.end})
    return f"{document_address(citation.document_id)}?{asked}#p-{quote(passage)}"


def found_address(passage: Passage) -> str:
    """The page of a document, opened at a passage that was found."""
    return f"{document_address(passage.document_id)}#{passage_anchor(passage.id)}"


@cache
def static_address(name: str) -> str:
    """A file for the browser; the address changes with its content, so that it may be kept for ever."""
    return f"/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"
