"""What a PDF says of itself on its first pages: title, ids, date, journal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.dates import free_date, publication_date
from corpus.ids import pmid_id
from corpus.pdf_dois import dois, is_reference, names_a_doi, own_doi, speaks_of_another
from corpus.pdf_labels import publication_types
from corpus.pdf_metadata import Described
from corpus.pdf_paragraphs import Paragraph, folded
from corpus.pdf_people import byline, without_marks, written
from corpus.pdf_sections import BIBLIOGRAPHIES
from rag.types import PublicationDate

_LONGEST_TITLE = 400
_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|indd|qxd|tex|dvi|rtf|pptx?|odt)\b|^microsoft word\b|[\\/_]", re.IGNORECASE
)
_NO_TITLE = re.compile(
    r"(?:untitled|title|document\d*|slide \d+|powerpoint presentation|[\W\d]*)", re.IGNORECASE
)
_PMID = re.compile(r"\bPMID\s*:?\s*(\d{1,8})\b")
_MONTH = r"(?i:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?)"
_DAY = rf"(?:\d{{1,2}}\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|{_MONTH}\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{4}})"
_CAN_TELL = 300
"""Characters of a line that tells a date or a year; a longer one is text, which speaks of others."""
# From the plainest to the least plain; "received" and "accepted" are no dates of publication.
_DATED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:^|[.;|•·)]\s*)(?i:(?:first )?published(?: online)?(?: first)?(?: on)?)\s*:?\s*({_DAY})(?=\s*(?:$|[.;,|•·(]))",
        rf"\b(?i:(?:first )?published(?: online)?|publication date|date of publication|date issued|issued)\s*:\s*({_DAY})",
        rf"(?:^|[.;|•·)]\s*)(?i:(?:last |date )?updated)\s*:?\s*({_DAY})(?=\s*(?:$|[.;,|•·(]))",
    )
)
_LESS_PLAIN = tuple(
    re.compile(pattern)
    for pattern in (
        r"\((\d{4})\)\s*\d+\s*[:(]",
        rf"^({_DAY})$",
        r"(?i:©|\(c\)|copyright)\s*(?i:the authors?(?:\(s\))?,?\s*)?(?:\D{0,40}\s)?(?:\d{4}\s?[-–]\s?)?(\d{4})\b",
    )
)
_TITLE_YEAR = re.compile(r"[,(\s]((?:19|20)\d\d)\)?\s*$")


@dataclass(frozen=True, slots=True)
class PdfRecord:
    """What identifies the document of a PDF."""

    title: str
    ids: tuple[str, ...]
    """The id first; empty where it names none."""
    authors: tuple[str, ...]
    """`Family Initials`; empty where they aren't told without doubt."""
    authors_stated: bool
    """Whether the publisher's metadata names them, and not the print alone."""
    publication_types: tuple[str, ...]
    journal: str | None
    published: PublicationDate | None


def record(
    paragraphs: Sequence[Paragraph],
    running: Sequence[str],
    fields: Mapping[str, str],
    described: Described,
    *,
    certain: bool,
) -> PdfRecord:
    """What the first page, the running lines and the file's own fields and metadata say.

    Ids come from what stands before the bibliography, isn't an entry of one and isn't said to be
    another's. The file's title is taken where the first page has it.

    Args:
        paragraphs: of the first pages at least.
        running: headers and footers.
        fields: of the file, such as `Title` and `Author`.
        described: its metadata.
        certain: whether the letters of the first page are; an id with one letter misread is another's.
    """
    page = [one for one in _before_references(paragraphs) if one.page_starts[0][1] == 1]
    first = [one for one in page if not is_reference(one.text)]
    title = _title(first, fields.get("Title", "") or described.title)
    above, below = _around(page, title)  # a name with an initial looks like the start of a reference
    stated = [
        *described.dois,
        *dois(" ".join(fields.get(name, "") for name in ("Subject", "Keywords", "Title"))),
    ]
    doi = own_doi(stated, running if certain else (), first if certain else ())
    described = described if described.dois == (doi,) else Described()
    authors = described.authors or _author_field(fields.get("Author", ""), first) or byline(below)
    return PdfRecord(
        title,
        tuple(known for known in (_pmid(first) if certain else None, doi) if known),
        tuple(written(name) for name in authors),
        bool(described.authors),
        publication_types([*running, *(one.text for one in above)], [one.text for one in below[:1]]),
        described.journal or _journal(fields.get("Subject", ""), doi),
        _published([*running, *(one.text for one in first)], described.published, title),
    )


def _around(first: Sequence[Paragraph], title: str) -> tuple[Sequence[Paragraph], Sequence[Paragraph]]:
    """What stands above the title and what below it; nothing where the page doesn't bear it."""
    place = next((place for place, one in enumerate(first) if folded(one.text) == folded(title)), None)
    return ([], []) if place is None else (first[:place], first[place + 1 :])


def _pmid(first: Sequence[Paragraph]) -> str | None:
    named = {
        pmid_id(found[1])
        for one in first
        for found in _PMID.finditer(one.text)
        if not speaks_of_another(one.text[: found.start()])
    }
    return named.pop() if len(named) == 1 else None


def _author_field(given: str, first: Sequence[Paragraph]) -> tuple[str, ...]:
    """Names of the field, where it has several and the first page bears each; it often has the first alone."""
    names = [
        without_marks(name)
        for name in re.split(r"\s*(?:;|,(?! ?[JS]r\b)|\band\b|&)\s*", given)
        if name.strip()
    ]
    page = _letters(" ".join(one.text for one in first))
    stand = all(" " in name and _letters(name) in page for name in names)
    return tuple(name for name in names if name) if len(names) > 1 and stand else ()


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]", "", text).casefold()


def _before_references(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    for paragraph in paragraphs:
        if folded(paragraph.text) in BIBLIOGRAPHIES:
            return
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
    return len(words) > 1 and 10 <= len(text) <= _LONGEST_TITLE and not names_a_doi(text)


def _journal(subject: str, doi: str | None) -> str | None:
    """The journal of a subject written as publishers do: `Journal, 12 (2020) 1-9. doi:10…`."""
    if doi is None or doi.removeprefix("doi:") not in subject:
        return None
    name = re.split(r"[,;]|\s\d|\s\(|\bdoi\b|https?:", subject, maxsplit=1, flags=re.IGNORECASE)[0].strip(
        " ."
    )
    return name if len(name) > 2 and not names_a_doi(name) else None


def _published(texts: Sequence[str], stated: PublicationDate | None, title: str) -> PublicationDate | None:
    lines = [text for text in texts if len(text) <= _CAN_TELL]
    year = _TITLE_YEAR.search(title)
    return (
        _first_date(_DATED, lines)
        or stated
        or _first_date(_LESS_PLAIN, lines)
        or (publication_date(year[1]) if year else None)
    )


def _first_date(patterns: Iterable[re.Pattern[str]], lines: Sequence[str]) -> PublicationDate | None:
    dates = (_date(found[1]) for pattern in patterns for line in lines if (found := pattern.search(line)))
    return next((known for known in dates if known), None)


def _date(words: str) -> PublicationDate | None:
    if iso := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", words):
        return publication_date(*iso.groups())
    known = free_date(words)
    if known is None or not 1800 <= known.year <= 2100:
        return None
    day = re.search(r"(?<!\d)\d{1,2}(?!\d)", words)
    return publication_date(str(known.year), words, day[0]) if day and known.month else known
