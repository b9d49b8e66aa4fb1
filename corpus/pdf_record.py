"""What a PDF says of itself on its first pages: title, ids, date, journal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.dates import free_date, publication_date
from corpus.ids import doi_id, pmid_id
from corpus.pdf_paragraphs import Paragraph, folded
from corpus.pdf_sections import BIBLIOGRAPHIES
from rag.types import PublicationDate

_LONGEST_TITLE = 400
_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|indd|qxd|tex|dvi|rtf|pptx?|odt)\b|^microsoft word\b|[\\/_]", re.IGNORECASE
)
_NO_TITLE = re.compile(
    r"(?:untitled|title|document\d*|slide \d+|powerpoint presentation|[\W\d]*)", re.IGNORECASE
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>;,]+", re.IGNORECASE)
_PMID = re.compile(r"\bPMID\s*:?\s*(\d{1,8})\b")
_REFERENCE = re.compile(r"^\[?\d{1,3}[\].]?\s+\S|^[A-Z][\w’'-]+,? [A-Z]{1,3}(?:,|\.|\s[A-Z][\w’'-]+ [A-Z])")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:\d{{1,2}}\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|{_MONTH}\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{4}})"
# From the plainest to the least plain; "received" and "accepted" are no dates of publication.
_DATED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bpublished(?: online)?(?: on)?\s*:?\s*({_DAY})",
        rf"\b(?:first published|publication date|date of publication|issued|date issued)\s*:?\s*({_DAY})",
        rf"\b(?:last |date )?updated\s*:?\s*({_DAY})",
        r"\((\d{4})\)\s*\d+\s*[:(]",
        rf"^({_DAY})$",
        r"(?:©|\(c\)|copyright)\s*(?:the authors?(?:\(s\))?,?\s*)?(?:\D{0,40}\s)?(\d{4})\b",
    )
)
_TITLE_YEAR = re.compile(r"[,(\s]((?:19|20)\d\d)\)?\s*$")


@dataclass(frozen=True, slots=True)
class PdfRecord:
    """What identifies the document of a PDF."""

    title: str
    ids: tuple[str, ...]
    """The id first; empty where it names none."""
    journal: str | None
    published: PublicationDate | None


def record(paragraphs: Sequence[Paragraph], running: Sequence[str], metadata: Mapping[str, str]) -> PdfRecord:
    """What the first two pages, the running lines and the file's own fields say.

    Ids come from what stands before the bibliography and isn't an entry of one; where the first
    pages name several DOIs, none is taken. The file's title is taken where the first page has it.
    """
    front = [paragraph for paragraph in _before_references(paragraphs) if paragraph.page_starts[0][1] <= 2]
    first = [paragraph for paragraph in front if paragraph.page_starts[0][1] == 1]
    fields = " ".join(metadata.get(name, "") for name in ("Subject", "Keywords", "Title"))
    title = _title(first, metadata.get("Title", ""))
    doi = _own_doi(fields, running, first, front)
    pmids = {pmid_id(found) for one in first for found in _PMID.findall(one.text)}
    ids = [*(pmids if len(pmids) == 1 else ()), doi]
    return PdfRecord(
        title,
        tuple(known for known in ids if known),
        _journal(metadata.get("Subject", ""), doi),
        _published([*running, *(one.text for one in first)], title),
    )


def _before_references(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    for paragraph in paragraphs:
        if folded(paragraph.text) in BIBLIOGRAPHIES:
            return
        if not _REFERENCE.match(paragraph.text):
            yield paragraph


def _title(first: Sequence[Paragraph], given: str) -> str:
    """The file's title where the first page bears it, else what is printed largest on the first page."""
    given = " ".join(given.split())
    sane = 10 <= len(given) <= _LONGEST_TITLE and " " in given and not _FILE_NAME.search(given)
    if sane and not _NO_TITLE.fullmatch(given):
        page = re.sub(r"\W", "", " ".join(one.text for one in first)).casefold()
        if re.sub(r"\W", "", given).casefold() in page or not first:
            return given
    likely = [one for one in first if _may_be_title(one.text)]
    if not likely:
        return given or next((one.text[:_LONGEST_TITLE] for one in first), "")
    largest = max((round(one.size, 1), one.bold) for one in likely)
    return next(one.text for one in likely if (round(one.size, 1), one.bold) == largest)[:_LONGEST_TITLE]


def _may_be_title(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) > 1 and 10 <= len(text) <= _LONGEST_TITLE and _DOI.search(text) is None


def _own_doi(
    fields: str, running: Sequence[str], first: Sequence[Paragraph], front: Sequence[Paragraph]
) -> str | None:
    """The DOI of the first of these that names one and no second."""
    for texts in ([fields], running, [one.text for one in first], [one.text for one in front]):
        found = {_bare(doi).casefold(): _bare(doi) for text in texts for doi in _DOI.findall(text)}
        if found:
            return doi_id(next(iter(found.values()))) if len(found) == 1 else None
    return None


def _bare(doi: str) -> str:
    doi = doi.rstrip(".,;:'’”")
    return doi.rstrip(")]") if doi.count("(") < doi.count(")") or doi.endswith("]") else doi


def _journal(subject: str, doi: str | None) -> str | None:
    """The journal of a subject written as publishers do: `Journal, 12 (2020) 1-9. doi:10…`."""
    if doi is None or doi.removeprefix("doi:") not in subject:
        return None
    name = re.split(r"[,;]|\s\d|\s\(|\bdoi\b|https?:", subject, maxsplit=1, flags=re.IGNORECASE)[0].strip(
        " ."
    )
    return name if len(name) > 2 and not _DOI.search(name) else None


def _published(texts: Sequence[str], title: str) -> PublicationDate | None:
    for pattern in _DATED:
        for text in texts:
            if (found := pattern.search(text)) and (known := _date(found[1])):
                return known
    year = _TITLE_YEAR.search(title)
    return publication_date(year[1]) if year else None


def _date(words: str) -> PublicationDate | None:
    if iso := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", words):
        return publication_date(*iso.groups())
    known = free_date(words)
    if known is None or not 1800 <= known.year <= 2100:
        return None
    day = re.search(r"(?<!\d)\d{1,2}(?!\d)", words)
    return publication_date(str(known.year), words, day[0]) if day and known.month else known
