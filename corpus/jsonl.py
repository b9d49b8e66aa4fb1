"""JSON lines: one document an object, in our own fields or those of BEIR's `corpus.jsonl`."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import IO, Annotated

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, ValidationError

from corpus.appraisal import appraised
from corpus.dates import iso_date, publication_date
from corpus.ids import content_id, document_id, doi_id, pmcid_id, pmid_id
from corpus.quarantine import BadRecord
from corpus.text_lines import head_text
from rag.types import Document, Link, LinkKind, PublicationDate, Section, Status

LONGEST_LINE = 16 * 2**20
"""Bytes of one line; a longer one is passed over, for it would be held whole in memory."""

_BLANK_LINE = re.compile(r"\n\s*\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value or ()


def _words(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _text(value: object) -> object:
    """A text, or its sentences in a list."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return " ".join(value)
    return value


_Words = Annotated[str | None, BeforeValidator(_words)]
_Text = Annotated[str | None, BeforeValidator(_text)]
_List = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class _SectionLine(BaseModel):
    heading: str = ""
    text: str


class _LinkLine(BaseModel):
    kind: LinkKind
    target: str = Field(min_length=1)


class _Line(BaseModel):
    """The fields that a line may have; others are passed over."""

    id: _Words = Field(None, validation_alias=AliasChoices("id", "_id", "doc_id"))
    pmid: _Words = None
    doi: str | None = None
    pmcid: str | None = None
    title: str = ""
    abstract: _Text = None
    text: _Text = None
    sections: tuple[_SectionLine, ...] = ()
    authors: _List = ()
    journal: str | None = None
    volume: _Words = None
    issue: _Words = None
    pages: _Words = None
    date: str | None = None
    year: int | None = None
    publication_types: _List = ()
    mesh: _List = Field((), validation_alias=AliasChoices("mesh", "mesh_terms"))
    keywords: _List = ()
    languages: _List = Field((), validation_alias=AliasChoices("languages", "language"))
    design: str | None = None
    n: int | None = Field(None, gt=0, validation_alias=AliasChoices("n", "sample_size"))
    population: str | None = None
    registry: str | None = None
    retracted: bool = False
    links: tuple[_LinkLine, ...] = ()
    url: str | None = None
    licence: str | None = Field(None, validation_alias=AliasChoices("licence", "license"))


def looks_like(head: bytes) -> bool:
    """Whether a file opens with an object."""
    return head_text(head).startswith("{")


def read(stream: IO[bytes], source_path: str) -> Iterator[Document | BadRecord]:
    """Documents of the lines of `stream`, in order; a line that can't be used costs only itself.

    A line needs a title or a text. Its id is `id`, else its PMID, DOI or PMCID, else the sha256 of
    its words; an id without a known scheme, such as BEIR's `_id`, becomes `ref:…`.
    """
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            _skip_rest(stream, line)
            yield BadRecord(f"line {number}", f"it is longer than {LONGEST_LINE:,} bytes; split it")
        elif line := line.removeprefix(codecs.BOM_UTF8).strip():
            yield _converted(line, number, source_path)


def _skip_rest(stream: IO[bytes], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(LONGEST_LINE)


def _converted(line: bytes, number: int, source_path: str) -> Document | BadRecord:
    try:
        return _document(_Line.model_validate_json(line), source_path)
    except ValidationError as error:
        return BadRecord(f"line {number}", _reason(error))
    except ValueError as error:
        return BadRecord(f"line {number}", str(error))


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    return f"{f'field {field}: ' if field else ''}{first['msg'][0].lower()}{first['msg'][1:]}"


def _document(line: _Line, source_path: str) -> Document:
    title, sections = _one_line(line.title), tuple(_sections(line))
    if not title and not sections:
        raise ValueError("it has neither title nor text; give it a title, and an abstract, text or sections")
    ids = _ids(line) or (content_id("\n\n".join([title, *(section.text for section in sections)])),)
    return appraised(
        Document(
            id=ids[0],
            title=title or "[No title]",
            sections=sections,
            aliases=ids[1:],
            authors=line.authors,
            journal=line.journal,
            volume=line.volume,
            issue=line.issue,
            pages=line.pages,
            published=_published(line),
            publication_types=line.publication_types,
            mesh_terms=line.mesh,
            keywords=line.keywords,
            languages=line.languages,
            design_text=line.design,
            sample_size=line.n,
            population=line.population,
            registry=line.registry,
            status=Status.RETRACTED if line.retracted else Status.CURRENT,
            links=tuple(Link(link.kind, _target(link.target)) for link in line.links),
            url=line.url,
            licence=line.licence,
            source_path=source_path,
        )
    )


def _sections(line: _Line) -> Iterator[Section]:
    parts = [("Abstract", line.abstract or ""), ("" if line.abstract else "Abstract", line.text or "")]
    parts += [(section.heading, section.text) for section in line.sections]
    for heading, text in parts:
        if plain := _paragraphs(text):
            yield Section(_one_line(heading), plain)


def _paragraphs(text: str) -> str:
    paragraphs = (_one_line(part) for part in _BLANK_LINE.split(text.replace("\r\n", "\n")))
    return "\n\n".join(part for part in paragraphs if part)


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def _ids(line: _Line) -> tuple[str, ...]:
    found = [document_id(line.id)] if line.id and line.id.strip() else []
    for name, value, normal in (
        ("pmid", line.pmid, pmid_id),
        ("doi", line.doi, doi_id),
        ("pmcid", line.pmcid, pmcid_id),
    ):
        if value and value.strip():
            known = normal(value)
            if known is None:
                raise ValueError(f"{name} {value!r} is none; mend it or leave it out")
            found.append(known)
    return tuple(dict.fromkeys(found))


def _target(text: str) -> str:
    known = document_id(text)
    return text if known.startswith("ref:") and not text.lower().startswith("ref:") else known


def _published(line: _Line) -> PublicationDate | None:
    if line.date:
        return iso_date(line.date)
    return None if line.year is None else publication_date(str(line.year))
