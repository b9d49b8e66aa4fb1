"""What a reader restricts the evidence to: options of the command line, and the filters that they make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from rag.errors import InputError
from service.json_text import Json
from service.params import Date, Designs, Levels, Populations, Text

if TYPE_CHECKING:
    from indexes.library import Library
    from rag.types import Filters, Restriction


@dataclass(frozen=True, slots=True)
class Asked:
    """Restrictions as they are asked for, before the library is known."""

    year_from: int | None = None
    year_to: int | None = None
    designs: frozenset[str] = frozenset()
    levels: frozenset[int] = frozenset()
    types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    journals: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    populations: frozenset[str] = frozenset()
    as_of: date | None = None


_YEAR = click.IntRange(1000, 9999)
_NONE: frozenset[str] = frozenset()
_OPTIONS: dict[str, Callable[[Any], Any]] = {
    "year_from": click.option(
        "--year-from", type=_YEAR, help="Only sources published in this year or later."
    ),
    "year_to": click.option("--year-to", type=_YEAR, help="Only sources published in this year or before."),
    "designs": click.option(
        "--design",
        "designs",
        type=Designs(),
        default=_NONE,
        help="Only these designs, as in guideline,trial.",
    ),
    "levels": click.option(
        "--level", "levels", type=Levels(), default=_NONE, help="Only these levels of evidence, as in 1,2."
    ),
    "types": click.option(
        "--type", "types", type=Text(), multiple=True, help="Only this publication type; may be given again."
    ),
    "languages": click.option(
        "--language",
        "languages",
        type=Text(),
        multiple=True,
        help="Only this language, as in eng, en or English; may be given again.",
    ),
    "journals": click.option(
        "--journal",
        "journals",
        type=Text(),
        multiple=True,
        help="Only this journal or issuing body; may be given again.",
    ),
    "documents": click.option(
        "--document",
        "documents",
        type=Text(),
        multiple=True,
        help="Only this document, by id, DOI or PMID; may be given again.",
    ),
    "populations": click.option(
        "--population",
        "populations",
        type=Populations(),
        default=_NONE,
        help="Only studies of these groups, as in child,pregnancy.",
    ),
    "as_of": click.option(
        "--as-of",
        type=Date(),
        help="Answer as if it were this day: nothing published later is seen, and every source stands as it "
        "stood then.",
    ),
}


def filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of all filters, which it takes as one `asked`."""

    @wraps(command)
    def taking(**given: Any) -> None:  # as click gives them
        command(asked=Asked(**{name: given.pop(name) for name in _OPTIONS}), **given)

    for option in reversed(_OPTIONS.values()):
        option(taking)
    return taking


def filters_of(asked: Asked, library: Library, now: date) -> Filters:
    """The filters for what is asked, checked against what `library` has.

    Raises:
        InputError: the day lies in the future, the years are in the wrong order, or no document has a value.
        LibraryProblem: there is no library.
    """
    if asked.as_of is not None and asked.as_of > now:
        raise InputError(
            f"--as-of {asked.as_of} lies in the future (today is {now}); give a date that has been"
        )
    if asked.year_from is not None and asked.year_to is not None and asked.year_from > asked.year_to:
        raise InputError(
            f"no year is from {asked.year_from} to {asked.year_to}; give the earlier one as the first"
        )
    from rag.types import Design, EvidenceLevel, Filters, Population

    filters = Filters(
        year_from=asked.year_from,
        year_to=asked.year_to,
        designs=frozenset(map(Design, asked.designs)),
        levels=frozenset(map(EvidenceLevel, asked.levels)),
        types=frozenset(asked.types),
        languages=frozenset(language for given in asked.languages for language in _listed(given)),
        journals=frozenset(asked.journals),
        documents=frozenset(asked.documents),
        populations=frozenset(map(Population, asked.populations)),
        as_of=asked.as_of,
    )
    if not (filters.types or filters.languages or filters.journals or filters.documents):
        return filters
    from indexes.restriction import usable

    return usable(library, filters)


def filters_json(filters: Filters) -> dict[str, Json]:
    """Every filter; empty or null where it doesn't restrict."""
    return {
        "year_from": filters.year_from,
        "year_to": filters.year_to,
        "designs": sorted(design.value for design in filters.designs),
        "levels": sorted(int(level) for level in filters.levels),
        "types": sorted(filters.types),
        "languages": sorted(filters.languages),
        "journals": sorted(filters.journals),
        "populations": sorted(group.value for group in filters.populations),
        "documents": sorted(filters.documents),
        "as_of": filters.as_of.isoformat() if filters.as_of else None,
    }


def restriction_json(restriction: Restriction | None) -> dict[str, Json] | None:
    """What filters leave of the library; null where nothing is filtered."""
    if restriction is None:
        return None
    return {
        "documents": restriction.documents,
        "passages": restriction.passages,
        "unknown": dict(restriction.unknown),
        "alone": dict(restriction.alone),
    }


def _listed(given: str) -> list[str]:
    return [part.strip() for part in given.split(",") if part.strip()]
