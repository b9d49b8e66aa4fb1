"""The front matter of a Markdown document: its keys, checked at the door."""

from __future__ import annotations

import re
from datetime import date as Date  # noqa: N812  # `date` is a key of the front matter
from pathlib import Path
from typing import Annotated, Any, NoReturn

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, ValidationError

from rag.errors import UnreadableInput
from rag.types import EvidenceLevel, LinkKind, NoteKind, PublicationDate, Status

_OPENING = re.compile(r"\s*---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SCHEMES = ("pmid:", "doi:", "pmcid:", "ref:", "sha256:")


def _publication_date(value: object) -> PublicationDate | None:
    if value is None or isinstance(value, PublicationDate):
        return value
    if isinstance(value, Date):
        return PublicationDate(value.year, value.month, value.day)
    found = _DATE.fullmatch(str(value))
    if found is None:
        raise ValueError("a date is written as 2019, 2019-03 or 2019-03-07")
    published = PublicationDate(*(int(part) for part in found.groups() if part))
    _ = published.earliest  # raises where there is no such day
    return published


def _id(value: object) -> object:
    if isinstance(value, str) and not has_scheme(value):
        raise ValueError(f"an id begins with one of {', '.join(_SCHEMES)}")
    return value


def has_scheme(text: str) -> bool:
    """Whether a text is an id of a document and not, say, a citation."""
    return text.strip().lower().startswith(_SCHEMES)


class _Matter(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class LinkMatter(_Matter):
    """What the document says about its relation to another one."""

    kind: LinkKind
    target: str
    field: str | None = None
    """Key of the evidence record that a digest has it from."""


class NoteMatter(_Matter):
    """A remark that readers must see."""

    kind: NoteKind
    text: str
    field: str | None = None
    """Key of the evidence record that a digest has it from."""


class FrontMatter(_Matter):
    """All keys that front matter may have; keys of your own go under `extra`."""

    id: Annotated[str | None, BeforeValidator(_id)] = None
    title: str = Field(min_length=1)
    title_paraphrased: bool = False
    digest: bool = False
    authors: tuple[str, ...] = ()
    authors_complete: bool = True
    journal: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    year: int | None = Field(default=None, ge=1000, le=9999)
    date: Annotated[
        PublicationDate | None,
        BeforeValidator(_publication_date),
        PlainSerializer(str, when_used="unless-none"),
    ] = None
    revised: Date | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None
    publication_types: tuple[str, ...] = ()
    mesh_terms: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    design: str | None = None
    level: EvidenceLevel | None = None
    sample_size: int | None = Field(default=None, ge=0)
    population: str | None = None
    registry: str | None = None
    status: Status | None = None
    links: tuple[LinkMatter, ...] = ()
    notes: tuple[NoteMatter, ...] = ()
    unverified_fields: tuple[str, ...] = ()
    unverified: dict[str, Any] = {}
    """Values of unverified fields: kept, never shown, never used."""
    seen: tuple[str, ...] = ()
    source_licence: str | None = None
    licence: str | None = None
    fact_order: tuple[int, ...] = ()
    """Place in the evidence record of each fact of a digest, in the order of the page."""
    editorial: dict[str, Any] = {}
    """Remarks for those who keep the library, not for its readers."""
    extra: dict[str, Any] = {}
    """Keys of your own; nothing reads them."""


def split(text: str, path: Path) -> tuple[FrontMatter, str]:
    """The front matter and the Markdown below it.

    Raises:
        UnreadableInput: there is no front matter, or a key of it can't be used.
    """
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        raise UnreadableInput(
            f"{path} has no front matter; begin it with a line `---`, a line `title: …` and a line `---`"
        )
    return _checked(_loaded(text[opening.end() : closing.start()], path), path), text[closing.end() :]


class _PlainLoader(yaml.SafeLoader):
    """SafeLoader without aliases: a few lines of them can stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases such as `*name` are not allowed, write the value out")
        return super().compose_node(parent, index)


def _loaded(text: str, path: Path) -> object:
    try:
        return yaml.load(text, Loader=_PlainLoader)  # noqa: S506  # a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())[:200]
        raise UnreadableInput(f"the front matter of {path} isn't YAML: {reason}; correct it there") from error


def _checked(loaded: object, path: Path) -> FrontMatter:
    try:
        return FrontMatter.model_validate({} if loaded is None else loaded)
    except ValidationError as error:
        _refuse(error, path)


def _refuse(error: ValidationError, path: Path) -> NoReturn:
    first = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    value = f"{first['input']!r:.60}"
    match first["type"], key:
        case "missing", _:
            told = f"has no {key!r}; add a line `{key.rpartition('.')[2]}: …` to it"
        case "extra_forbidden", _:
            told = f"has the unknown key {key!r} with the value {value}; correct its name, or put it under `extra`"
        case _, "":
            told = f"is {value} and no list of `key: value` lines; write it as such"
        case _:
            told = f"has the key {key!r} with the value {value}, which can't be used: {_lower(first['msg'])}; correct it"
    raise UnreadableInput(f"the front matter of {path} {told}") from error


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
