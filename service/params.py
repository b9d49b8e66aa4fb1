"""What the command line takes: text, dates, designs and levels, each checked at the door."""

from __future__ import annotations

import os
from datetime import date

import click

from rag.errors import InputError

ROLES = ("clinician", "researcher", "student", "patient")
POPULATIONS = ("adult", "child", "pregnancy", "animal")

# Short names for the command line; a design's own name works as well.
DESIGNS: dict[str, tuple[str, ...]] = {
    "guideline": ("guideline", "expert consensus", "regulatory communication"),
    "review": ("systematic review", "meta-analysis"),
    "trial": ("randomised trial", "non-randomised trial"),
    "rct": ("randomised trial",),
    "cohort": ("cohort study",),
    "case-control": ("case-control study",),
    "cross-sectional": ("cross-sectional study",),
    "case": ("case series", "case report"),
    "narrative": ("narrative review",),
    "preclinical": ("preclinical study",),
}


class Text(click.ParamType[str]):
    """Text in valid Unicode."""

    name = "text"

    def convert(
        self,
        value: str,
        param: click.Parameter | None,
        ctx: click.Context | None,  # noqa: ARG002  # the signature is click's
    ) -> str:
        """The text as it is.

        Raises:
            InputError: it has bytes that are no UTF-8.
        """
        try:
            value.encode()
        except UnicodeEncodeError as error:
            shown = value.encode("utf-8", "replace").decode()[:60]
            name = param.name if param else "text"
            raise InputError(
                f"{name} {shown!r} isn't valid Unicode at character {error.start + 1}; give it as UTF-8"
            ) from error
        return value


class Date(click.ParamType[date]):
    """A calendar date."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error that names the form."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date; give it as 2026-11-24", param, ctx)


class Designs(click.ParamType[frozenset[str]]):
    """Designs, parted by commas."""

    name = "designs"

    def convert(
        self, value: str | frozenset[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> frozenset[str]:
        """Full names of the designs, or a usage error that lists the short ones."""
        if isinstance(value, frozenset):
            return value
        full = {name for names in DESIGNS.values() for name in names}
        found: set[str] = set()
        for given in (part.strip().lower() for part in value.split(",")):
            if given not in DESIGNS and given not in full:
                self.fail(f"unknown design {given!r}; choose from {', '.join(DESIGNS)}", param, ctx)
            found.update(DESIGNS.get(given, (given,)))
        return frozenset(found)


class Populations(click.ParamType[frozenset[str]]):
    """Groups of people or animals, parted by commas."""

    name = "populations"

    def convert(
        self, value: str | frozenset[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> frozenset[str]:
        """The groups, or a usage error that lists them."""
        if isinstance(value, frozenset):
            return value
        given = [part.strip().lower() for part in value.split(",")]
        wrong = next((part for part in given if part not in POPULATIONS), None)
        if wrong is not None:
            self.fail(f"unknown population {wrong!r}; choose from {', '.join(POPULATIONS)}", param, ctx)
        return frozenset(given)


class Levels(click.ParamType[frozenset[int]]):
    """Levels of evidence, parted by commas."""

    name = "levels"

    def convert(
        self, value: str | frozenset[int], param: click.Parameter | None, ctx: click.Context | None
    ) -> frozenset[int]:
        """The levels, or a usage error that names the range."""
        if isinstance(value, frozenset):
            return value
        given = [part.strip() for part in value.split(",")]
        wrong = next((part for part in given if part not in set("12345")), None)
        if wrong is not None:
            self.fail(
                f"{wrong!r} is no level of evidence; give one or several from 1 to 5, as in 1,2", param, ctx
            )
        return frozenset(map(int, given))


def today() -> date:
    """Today's date, or VOUCH_TODAY where that is set: the one place where it enters.

    Raises:
        InputError: VOUCH_TODAY is no date.
    """
    given = os.environ.get("VOUCH_TODAY")
    if not given:
        return date.today()  # noqa: DTZ011  # the reader's own calendar day is meant
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise InputError(f"VOUCH_TODAY is {given!r}, which is no date; give it as 2026-11-24") from error
