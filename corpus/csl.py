"""CSL-JSON as Zotero, Mendeley and Crossref give it: an array of items, or one item."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO, Annotated

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, ValidationError

from corpus.dates import publication_date
from corpus.quarantine import BadRecord
from corpus.reference_record import Reference, document
from corpus.reference_text import language, listed, one_line, slashed_date
from corpus.text_lines import head_text, whole_text
from rag.errors import UnreadableInput
from rag.types import Document, PublicationDate

_ITEM = re.compile(
    r'"type"\s*:\s*"(?:article(?:-[a-z]+)?|book|chapter|review(?:-book)?|report|paper-conference|thesis|webpage'
    r"|post(?:-weblog)?|entry(?:-[a-z]+)?|dataset|document|standard|regulation|manuscript|speech|legislation"
    r'|journal-article|posted-content|proceedings-article|book-chapter|monograph)"'
)
_OWN_KEYS = re.compile(r'"(?:issued|container-title|DOI|PMID|author|title-short|citation-key|abstract)"\s*:')
_NOTE = re.compile(r"^\s*(PMID|PMCID|DOI)\s*:\s*(\S+)\s*$", re.MULTILINE | re.IGNORECASE)


def _text(value: object) -> object:
    """A text, a number, or the first text of a list, as Crossref has its titles."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value or ""


def _parts(value: object) -> object:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> object:
    return value or []


_Text = Annotated[str, BeforeValidator(_text)]


class _Name(BaseModel):
    family: _Text = ""
    given: _Text = ""
    literal: _Text = Field("", validation_alias=AliasChoices("literal", "name"))
    prefix: _Text = Field("", validation_alias="non-dropping-particle")


class _Date(BaseModel):
    parts: list[list[int | str | None]] = Field([], validation_alias="date-parts")
    raw: _Text = Field("", validation_alias=AliasChoices("raw", "literal"))


class _Item(BaseModel):
    """The keys of an item that are read; others are passed over."""

    type: _Text = ""
    genre: _Text = ""
    title: _Text = ""
    abstract: _Text = ""
    journal: _Text = Field("", validation_alias=AliasChoices("container-title", "publisher"))
    author: Annotated[list[_Name], BeforeValidator(_list)] = []
    doi: _Text = Field("", validation_alias="DOI")
    pmid: _Text = Field("", validation_alias="PMID")
    pmcid: _Text = Field("", validation_alias="PMCID")
    note: _Text = ""
    volume: _Text = ""
    issue: _Text = ""
    page: _Text = ""
    issued: Annotated[_Date, BeforeValidator(_parts)] = Field(
        default_factory=lambda: _Date.model_validate({})
    )
    keyword: _Text = ""
    language: _Text = ""
    url: _Text = Field("", validation_alias="URL")
    licence: _Text = Field("", validation_alias=AliasChoices("license", "rights", "copyright"))


def looks_like(head: bytes) -> bool:
    """Whether a file opens with an item of CSL-JSON, alone or in an array, and isn't JSON lines of one."""
    text = head_text(head).lstrip()
    if not text.startswith(("[", "{")) or not _ITEM.search(text) or not _OWN_KEYS.search(text):
        return False
    return text.startswith("[") or re.search(r"\}\s*\n\s*\{", text) is None


def read(stream: IO[bytes], source: str) -> Iterator[Document | BadRecord]:
    """Documents of the items, in order; an item that can't be used costs only itself.

    Raises:
        UnreadableInput: it is no JSON, or neither an object nor an array.
    """
    try:
        found = json.loads(whole_text(stream, source))
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(f"{source} is no valid JSON: {error}; export it again") from error
    if isinstance(found, dict):
        found = found["items"] if isinstance(found.get("items"), list) else [found]
    if not isinstance(found, list):
        raise UnreadableInput(f"{source} is JSON, but no array of items; export it as CSL-JSON")
    for number, item in enumerate(found, start=1):
        yield _converted(item, f"item {number}", source)


def _converted(item: object, where: str, source: str) -> Document | BadRecord:
    try:
        return document(_reference(_Item.model_validate(item)), source)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        return BadRecord(where, f"field {field or 'item'}: {first['msg'][0].lower()}{first['msg'][1:]}")
    except ValueError as error:
        return BadRecord(where, str(error))


def _reference(item: _Item) -> Reference:
    noted = {key.upper(): value for key, value in _NOTE.findall(item.note)}
    return Reference(
        title=item.title,
        abstract=item.abstract,
        pmid=item.pmid or noted.get("PMID", ""),
        doi=item.doi or noted.get("DOI", ""),
        pmcid=item.pmcid or noted.get("PMCID", ""),
        authors=tuple(_author(name) for name in item.author),
        journal=item.journal,
        volume=item.volume,
        issue=item.issue,
        pages=item.page,
        published=_published(item.issued),
        publication_types=(item.genre, _type(item.type)),
        keywords=listed(item.keyword.replace(",", ";")),
        languages=(language(item.language),) if item.language else (),
        url=item.url,
        licence=item.licence,
    )


def _type(kind: str) -> str:
    return {
        "article-journal": "Journal Article",
        "journal-article": "Journal Article",
        "article-newspaper": "News",
    }.get(kind, "")


def _author(name: _Name) -> str:
    if name.literal or not name.given:
        return f"{{{name.literal or name.family}}}"
    return f"{one_line(f'{name.prefix} {name.family}')}, {name.given}"


def _published(issued: _Date) -> PublicationDate | None:
    if not issued.parts or not issued.parts[0] or issued.parts[0][0] is None:
        return slashed_date(issued.raw)
    known = [str(part) for part in issued.parts[0] if part is not None]
    try:
        return publication_date(*known[:3])
    except ValueError:
        return None
