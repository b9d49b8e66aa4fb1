"""Plain text of which only a manifest knows what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from corpus.appraisal import appraised
from corpus.formats import HEAD, format_of
from corpus.ids import content_id
from corpus.text_lines import head_text, whole_text
from rag.errors import UnreadableInput
from rag.types import Document, Section

_BLANK = re.compile(r"\n[ \t]*\n\s*")
_HEADING = re.compile(r"[^\n:]{1,80}:|[A-Z][A-Z0-9 ,&/-]{2,80}")
"""A paragraph, or its first line, that names what follows."""


def is_bare(path: Path) -> bool:
    """Whether a file is text in no format that says more of it."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        return False
    text = head_text(head)
    return bool(text) and not text.startswith("<") and "\0" not in text and format_of(head) is None


def read_bare(path: Path) -> Iterator[Document]:
    """The one document of a file: its paragraphs under those lines that are headings; the title is left to the manifest.

    Raises:
        UnreadableInput: it can't be opened, is too long, or has no text.
    """
    try:
        with path.open("rb") as file:
            text = whole_text(file, str(path))
    except OSError as error:
        raise UnreadableInput(f"{path} can't be opened: {error.strerror}; give it read permission") from error
    sections = tuple(
        Section(heading, "\n\n".join(words for _, words in paragraphs))
        for heading, paragraphs in groupby(_headed(text), key=lambda pair: pair[0])
    )
    if not sections:
        raise UnreadableInput(f"{path} has no text; fetch it again")
    whole = "\n\n".join(section.text for section in sections)
    yield appraised(Document(id=content_id(whole), title="", sections=sections, source_path=str(path)))


def _headed(text: str) -> Iterator[tuple[str, str]]:
    """Each paragraph with the heading that it stands under."""
    heading = ""
    for paragraph in _BLANK.split(text.strip()):
        first, _, rest = paragraph.partition("\n")
        if _HEADING.fullmatch(first.strip()):
            heading, paragraph = first.strip().rstrip(":"), rest  # noqa: PLW2901  # what is left of it
        if paragraph.strip():
            yield heading, " ".join(paragraph.split())
