"""Reading Markdown with YAML front matter, our digests and anybody's own documents alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from corpus.currency import status_of
from corpus.design import classify
from corpus.front_matter import FrontMatter, has_scheme, split
from corpus.ids import content_id, distinct, document_id, doi_id, pmcid_id, pmid_id
from corpus.plain_text import sections
from corpus.population import with_populations
from corpus.text_lines import head_text
from rag.errors import UnreadableInput
from rag.types import Design, Document, EvidenceLevel, Link, LinkKind, Note, PublicationDate, Section

_OPENS = re.compile(r"---[ \t]*\r?\n")
APPARATUS = frozenset({"", "Read with care"})
"""Headings of a digest whose text is about the digest; its other sections hold the facts."""


def looks_like(head: bytes) -> bool:
    """Whether a file opens with the line that opens front matter."""
    return _OPENS.match(head_text(head)) is not None


def read(stream: IO[bytes], source: str) -> Iterator[Document]:
    """The one document of a Markdown file.

    Headings nest into heading paths; lists, tables, quotations, code and HTML become plain
    paragraphs; links and images keep their words. What the front matter calls unverified is left
    out, as unknown.

    Raises:
        UnreadableInput: no UTF-8, no front matter, no title, or a value of the wrong type.
    """
    text = _text(stream, source)
    matter, body = split(text, Path(source))
    found = sections(body, title=matter.title)
    if matter.digest:
        found = tuple(section for section in found if section.heading not in APPARATUS)
    yield _document(matter, found, text, source)


def _text(stream: IO[bytes], source: str) -> str:
    stream.seek(0)
    try:
        text = stream.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{source} isn't UTF-8 at byte {error.start}; save it as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\N{REPLACEMENT CHARACTER}")


def _document(matter: FrontMatter, found: tuple[Section, ...], text: str, source_path: str) -> Document:
    ids = _ids(matter) or (content_id(text),)
    design, level, inferred = _design(matter, found)
    unknown = frozenset(matter.unverified_fields)
    document = Document(
        id=ids[0],
        aliases=ids[1:],
        title=matter.title,
        title_paraphrased=matter.title_paraphrased or "title" in unknown,
        sections=found,
        authors=() if "authors" in unknown else matter.authors,
        authors_complete=matter.authors_complete and "authors" not in unknown,
        journal=None if "journal" in unknown else matter.journal,
        volume=matter.volume,
        issue=matter.issue,
        pages=matter.pages,
        published=published(matter),
        revised=matter.revised,
        publication_types=matter.publication_types,
        mesh_terms=matter.mesh_terms,
        keywords=matter.keywords,
        languages=matter.languages,
        design=design,
        design_text=matter.design,
        level=level,
        level_inferred=inferred,
        sample_size=None if "n" in unknown else matter.sample_size,
        population=matter.population,
        registry=None if "registry" in unknown else matter.registry,
        links=tuple(Link(link.kind, _target(link.target)) for link in matter.links),
        notes=tuple(Note(note.kind, note.text) for note in matter.notes),
        unverified_fields=matter.unverified_fields,
        digest=matter.digest,
        seen=matter.seen,
        url=matter.url,
        licence=matter.licence,
        source_path=source_path,
    )
    return with_populations(replace(document, status=matter.status or status_of(document, ())))


def _ids(matter: FrontMatter) -> tuple[str, ...]:
    """The given id first, then the verified identifiers, each once."""
    unknown = frozenset(matter.unverified_fields)
    named = [("pmid", pmid_id(matter.pmid)), ("doi", doi_id(matter.doi)), ("pmcid", pmcid_id(matter.pmcid))]
    ids = [document_id(matter.id)] if matter.id else []
    ids += [alias for field, alias in named if alias and field not in unknown]
    return distinct(ids)


def _target(text: str) -> str:
    return document_id(text) if has_scheme(text) else text.strip()


def published(matter: FrontMatter) -> PublicationDate | None:
    """The date where it was displayed, else the year; the year of citation where the two disagree."""
    date = None if "date" in matter.unverified_fields else matter.date
    year = None if "year" in matter.unverified_fields else matter.year
    if date is not None and year in {None, date.year}:
        return date
    return PublicationDate(year) if year is not None else None


def _design(matter: FrontMatter, found: tuple[Section, ...]) -> tuple[Design, EvidenceLevel | None, bool]:
    abstract = "\n\n".join(section.text for section in found)
    judged = classify(matter.publication_types, matter.title, abstract, matter.design)
    design = Design.NOTICE if _is_notice(matter) else judged.design
    if matter.level is not None:
        return design, matter.level, False
    return design, None if design is Design.NOTICE else judged.level, judged.inferred


def _is_notice(matter: FrontMatter) -> bool:
    return any(link.kind in {LinkKind.RETRACTS, LinkKind.RAISES_CONCERN} for link in matter.links)
