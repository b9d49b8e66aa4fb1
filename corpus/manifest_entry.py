"""A row of a manifest: what a person says of one file, checked at the door."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from corpus.dates import iso_date, publication_date
from corpus.ids import doi_id, pmcid_id, pmid_id
from corpus.reference_record import publication_types
from corpus.reference_text import author, language, listed
from corpus.text_lines import lines
from rag.errors import InputError, UnreadableInput
from rag.types import PublicationDate

LARGEST = 64 * 2**20
"""Bytes of a manifest."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a manifest says of one file; None or empty where it says nothing."""

    row: int
    """Its place, the first row being 1."""
    file: str
    """Path of the file from the folder of the manifest."""
    ids: tuple[str, ...] = ()
    title: str | None = None
    authors: tuple[str, ...] = ()
    journal: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    published: PublicationDate | None = None
    publication_types: tuple[str, ...] = ()
    design_text: str | None = None
    languages: tuple[str, ...] = ()
    population: str | None = None
    sample_size: int | None = None
    registry: str | None = None
    licence: str | None = None
    url: str | None = None

    @property
    def sha256(self) -> str:
        """Of what it says, wherever in the manifest it stands."""
        said = [(one.name, str(getattr(self, one.name))) for one in fields(self) if one.name != "row"]
        return sha256(json.dumps(said).encode()).hexdigest()


def _items(value: object) -> object:
    """A list, or a text that parts its items by semicolons."""
    return listed(value) if isinstance(value, str) else value or ()


def _words(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return (value.strip() or None) if isinstance(value, str) else value


_Words = Annotated[str | None, BeforeValidator(_words)]
_Items = Annotated[tuple[str, ...], BeforeValidator(_items)]


class _Row(BaseModel):
    """The columns that a manifest may have."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str = Field(min_length=1)
    title: _Words = None
    authors: _Items = ()
    journal: _Words = None
    volume: _Words = None
    issue: _Words = None
    pages: _Words = None
    year: _Words = None
    date: _Words = None
    doi: _Words = None
    pmid: _Words = None
    pmcid: _Words = None
    type: _Items = ()
    design: _Words = None
    language: _Items = ()
    population: _Words = None
    n: _Words = None
    registry: _Words = None
    licence: _Words = None
    license: _Words = None
    url: _Words = None


COLUMNS = tuple(_Row.model_fields)
"""Names of the columns, in the order in which they are documented."""


def entries(path: Path) -> Iterator[Entry]:
    """Entries of a manifest in CSV (comma, semicolon or tab) or JSON (an array of objects), in order.

    Raises:
        InputError: it can't be opened or parsed, or a row has an unknown column or a wrong value.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path} has more than {LARGEST:,} bytes; a manifest has a row a file, split it")
        rows = list(_json_rows(path) if path.suffix.lower() == ".json" else _csv_rows(path))
    except OSError as error:
        raise InputError(
            f"{path} can't be opened: {error.strerror}; check its path and permissions"
        ) from error
    except (UnreadableInput, csv.Error, ValueError, RecursionError) as error:
        raise InputError(f"{path} can't be read as a manifest: {error}; mend it") from error
    for number, row in enumerate(rows, start=1):
        try:
            yield _entry(_Row.model_validate(row), number)
        except ValidationError as error:
            raise InputError(f"{path}, row {number}: {_reason(error)}") from error
        except ValueError as error:
            raise InputError(f"{path}, row {number}: {error}") from error


def _csv_rows(path: Path) -> Iterator[dict[object, object]]:
    with path.open("rb") as stream:
        text = list(lines(stream, str(path)))
    head = text[0] if text else ""
    delimiter = max(",;\t", key=head.count)
    names = [name.strip().lower() for name in next(csv.reader([head], delimiter=delimiter), [])]
    for values in csv.reader(text[1:], delimiter=delimiter, strict=True):
        if any(value.strip() for value in values):
            if len(values) > len(names) and any(value.strip() for value in values[len(names) :]):
                raise ValueError(f"a row has {len(values)} values under {len(names)} names: {values[0]!r}")
            yield dict(zip(names, values, strict=False))


def _json_rows(path: Path) -> Iterator[object]:
    found = json.loads(path.read_bytes().decode("utf-8-sig"))
    if not isinstance(found, list):
        raise ValueError("it is no array of objects")  # noqa: TRY004  # of the input, not of our code
    yield from found


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    named = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"column {named!r} is unknown; the columns are {', '.join(COLUMNS)}"
    return f"column {named!r}: {first['msg'][0].lower()}{first['msg'][1:]}"


def _entry(row: _Row, number: int) -> Entry:
    return Entry(
        row=number,
        file=row.file.strip(),
        ids=tuple(_ids(row)),
        title=row.title,
        authors=tuple(author(name) for name in row.authors),
        journal=row.journal,
        volume=row.volume,
        issue=row.issue,
        pages=row.pages,
        published=_published(row),
        publication_types=publication_types(row.type),
        design_text=row.design,
        languages=tuple(language(name) for name in row.language),
        population=row.population,
        sample_size=_count(row.n),
        registry=row.registry,
        licence=row.licence or row.license,
        url=row.url,
    )


def _ids(row: _Row) -> Iterator[str]:
    for name, value, normal in (
        ("pmid", row.pmid, pmid_id),
        ("doi", row.doi, doi_id),
        ("pmcid", row.pmcid, pmcid_id),
    ):
        if value:
            known = normal(value)
            if known is None:
                raise ValueError(f"{name} {value!r} is none; mend it or leave it out")
            yield known


def _published(row: _Row) -> PublicationDate | None:
    if row.date:
        return iso_date(row.date)
    return publication_date(row.year) if row.year else None


def _count(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or int(text) == 0:
        raise ValueError(f"n {text!r} is no number of people; mend it or leave it out")
    return int(text)
