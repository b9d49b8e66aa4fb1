"""A record of the evidence files that the starter library is made from."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from rag.errors import UnreadableInput

_REWORDED = (
    (re.compile(r"\bsearch:\w+ (?=\(record shown)"), "a search result "),
    (re.compile(r"\bthe \w+'s (?=knowledge, not shown)"), "our own "),
)
"""Working words of the files, and what stands in the library for them."""
_SLUG_LENGTH = 48


class Fact(BaseModel):
    """A fact in our own words, and the page where it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    section: str
    topic: str
    seen: str


class Record(BaseModel):
    """One source. A key that isn't here is refused, so that none is lost in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    authors: tuple[str, ...]
    journal: str | None
    year: int | None
    date: str | None
    doi: str | None
    pmid: str | None
    pmcid: str | None
    url: str | None
    license: str | None
    publication_types: tuple[str, ...]
    design: str
    n: int | None
    population: str
    supersedes: str | None
    superseded_by: str | None
    retracted: bool
    seen: tuple[str, ...]
    unverified_fields: tuple[str, ...]
    facts: tuple[Fact, ...]
    registry: str | None = None
    notice_for: str | None = None
    concern: bool = False
    outdated: bool = False
    correction: str | None = None
    erratum: str | None = None
    indirect: str | None = None
    safety_note: str | None = None
    caution: str | None = None
    source_inconsistency: str | None = None
    interpretation_note: str | None = None
    scope_note: str | None = None
    supersession_note: str | None = None
    superseded_note: str | None = None
    followup_note: str | None = None
    retraction_evidence: str | None = None
    trap_note: str | None = None
    id_note: str | None = None
    fact_note: str | None = None
    source_note: str | None = None
    title_note: str | None = None
    authors_note: str | None = None
    year_guess: int | None = None
    """Must be neither shown nor used: it goes no further than this."""

    @property
    def slug(self) -> str:
        """Name of its page without the ending: the first words of the title, then the id."""
        plain = unicodedata.normalize("NFKD", self.title).encode("ascii", "ignore").decode().lower()
        words = "-".join(re.findall(r"[a-z0-9]+", plain))
        short = words if len(words) <= _SLUG_LENGTH else words[:_SLUG_LENGTH].rpartition("-")[0]
        return f"{short}-{re.sub(r'[^a-z0-9.]+', '-', self.id.lower()).strip('-')}"

    @property
    def reading_order(self) -> tuple[int, ...]:
        """Places of the facts, from 0, as a page has them: sections and their topics by first use.

        So that a fact follows the one that its "it" means; the usual order of sections would part them.
        """
        sections: dict[str, int] = {}
        topics: dict[tuple[str, str], int] = {}
        for place, fact in enumerate(self.facts):
            sections.setdefault(fact.section, place)
            topics.setdefault((fact.section, fact.topic), place)
        keys = [(sections[fact.section], topics[fact.section, fact.topic]) for fact in self.facts]
        return tuple(sorted(range(len(keys)), key=lambda place: (keys[place], place)))


def records(path: Path) -> tuple[Record, ...]:
    """The records of a JSON lines file, in order.

    Raises:
        UnreadableInput: a line isn't such a record; the message names it.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{path} can't be read as UTF-8 text: {error}; check the file") from error
    return tuple(
        _record(line, f"line {number} of {path}") for number, line in enumerate(lines, 1) if line.strip()
    )


def _record(line: str, place: str) -> Record:
    for working, ours in _REWORDED:
        line = working.sub(ours, line)
    try:
        return Record.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise UnreadableInput(
            f"{place} isn't an evidence record: {key or 'line'}: {first['msg'].lower()}; correct the line"
        ) from error
