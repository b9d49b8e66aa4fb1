"""The formats that are read, each told by its content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import IO, Protocol

from corpus.quarantine import BadRecord
from rag.types import Document

HEAD = 64 * 2**10
"""Bytes of the start of a file, unpacked, by which its format is told."""

_BEFORE_ROOT = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^>\[]|\[.*?\]\s*(?=>))*>)*", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")


class Reader(Protocol):
    """A module that knows one format."""

    def looks_like(self, head: bytes) -> bool:
        """Whether the first `HEAD` bytes of a file are of its format."""

    def read(self, stream: IO[bytes], source: str) -> Iterator[Document | BadRecord]:
        """The documents of a seekable stream; `source` names it in messages."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format, by the module of `corpus` that reads it."""

    name: str
    """As a message names it."""
    module: str

    @property
    def reader(self) -> Reader:
        """The module, imported when it is first needed."""
        return import_module(f"corpus.{self.module}")


FORMATS = (
    Format("PDF", "pdf"),
    Format("PubMed XML", "pubmed"),
    Format("JATS XML", "jats"),
    Format("MedQuAD XML", "health_pages"),
    Format("CSL-JSON", "csl"),
    Format("JSON lines", "jsonl"),
    Format("Markdown with front matter", "markdown"),
    Format("MEDLINE (.nbib)", "nbib"),
    Format("RIS", "ris"),
    Format("BibTeX", "bibtex"),
    Format("Word (.docx)", "docx"),
    Format("HTML", "html"),
    Format("tables of records (CSV, TSV)", "table"),
)
"""In the order in which they are tried; the first whose signs a file bears reads it."""


def format_of(head: bytes) -> Format | None:
    """The format whose signs the start of a file bears; None where it bears none."""
    return next((one for one in FORMATS if one.reader.looks_like(head)), None)


def known() -> str:
    """All formats, as a message lists them."""
    *first, last = (one.name for one in FORMATS)
    return f"{', '.join(first)} and {last} are read, also packed or in archives"


def root_of(text: str) -> str | None:
    """The name of the root element of markup, by its start; None where there is none."""
    before = _BEFORE_ROOT.match(text)
    root = _ROOT.match(text, before.end() if before else 0)
    return root[1] if root else None
