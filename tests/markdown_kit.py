"""Reading Markdown files, as tests want it: one path, one document."""

from __future__ import annotations

from pathlib import Path

from corpus.markdown import read
from rag.types import Document


def read_file(path: Path) -> Document:
    """The document in the Markdown file `path`."""
    with path.open("rb") as stream:
        (document,) = read(stream, str(path))
    return document
