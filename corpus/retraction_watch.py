"""The list of Retraction Watch: what was said of papers by retractions, concerns, corrections, reinstatements."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from io import StringIO
from pathlib import Path

from corpus.ids import doi_id, pmid_id
from rag.errors import InputError
from rag.types import LinkKind

LARGEST = 2**30
"""Bytes of a list; the whole of it had about 60 MB in 2025."""

_NATURES = {
    "retraction": LinkKind.RETRACTED_BY,
    "expression of concern": LinkKind.CONCERN_BY,
    "correction": LinkKind.CORRECTED_BY,
    "reinstatement": LinkKind.REINSTATED_BY,
}
_NATURE, _DOI, _PMID = "retractionnature", "originalpaperdoi", "originalpaperpubmedid"
_DATE_FORMS = ("%m/%d/%Y", "%Y-%m-%d", "%Y/%m/%d")
_LONGEST_CELL = 2**20


@dataclass(frozen=True, slots=True)
class Notice:
    """One row: what was said of a paper."""

    kind: LinkKind
    """As the paper itself would put it, as in `retracted by`."""
    papers: tuple[str, ...]
    """The ids that the row gives for the paper."""
    notice: str
    """Id of what says it; empty where the row gives none."""
    dated: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class NoticeList:
    """A list as it was read."""

    notices: tuple[Notice, ...]
    unusable: int
    """Rows that name no DOI and no PMID, or say something that isn't known here."""
    sha256: str

    @property
    def newest(self) -> date | None:
        """Date of the newest notice: how far the list reaches."""
        return max((one.dated for one in self.notices if one.dated), default=None)


def read_notices(path: Path) -> NoticeList:
    """The rows of a CSV file in the columns of Retraction Watch, in any order and spelling of their names.

    Raises:
        InputError: it can't be read, lacks a column, or has no row that can be used.
    """
    content = _content(path)
    try:
        rows = list(_rows(_text(content), path))
    except csv.Error as error:
        raise InputError(f"{path} is no CSV file: {error}; fetch the list again") from error
    notices = tuple(notice for row in rows if (notice := _notice(row)) is not None)
    if not notices:
        raise InputError(f"{path} has no row with a DOI or PMID that can be used; fetch the list again")
    return NoticeList(notices, len(rows) - len(notices), sha256(content).hexdigest())


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path} has more than {LARGEST:,} bytes; it is no list of notices")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}; check the path") from error


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Lists that went through a spreadsheet; ids and dates are the same in either encoding.
        return content.decode("latin-1")


def _rows(text: str, path: Path) -> Iterator[Mapping[str, str]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""))
    header = [re.sub(r"[^a-z]", "", name.lower()) for name in next(reader, [])]
    if _NATURE not in header or not {_DOI, _PMID} & set(header):
        raise InputError(
            f"{path} lacks the columns RetractionNature and OriginalPaperDOI or OriginalPaperPubMedID; "
            "give the CSV file of Retraction Watch"
        )
    for row in reader:
        if any(cell.strip() for cell in row):
            yield dict(zip(header, row, strict=False))


def _notice(row: Mapping[str, str]) -> Notice | None:
    kind = _NATURES.get(row.get(_NATURE, "").strip().lower())
    papers = tuple(one for one in (doi_id(row.get(_DOI)), pmid_id(row.get(_PMID))) if one)
    if kind is None or not papers:
        return None
    by = doi_id(row.get("retractiondoi")) or pmid_id(row.get("retractionpubmedid")) or ""
    return Notice(kind, papers, by, _date(row.get("retractiondate", "")), _reason(row.get("reason", "")))


def _date(text: str) -> date | None:
    day = text.strip().partition(" ")[0]
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(day, form).date()  # noqa: DTZ007  # a day of the calendar has no zone
        except ValueError:
            continue
    return None


def _reason(text: str) -> str:
    """`+Error in Data;+Plagiarism;`, or the same in the brackets of a list, as words."""
    parts = re.split(r"['\"\[\]\n;]+", text)
    return "; ".join(part.strip().lstrip("+") for part in parts if part.strip(" +"))
