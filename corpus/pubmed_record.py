"""One record of PubMed XML, as a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from corpus.appraisal import appraised
from corpus.dates import free_date, publication_date
from corpus.ids import doi_id, pmcid_id, pmid_id
from corpus.pubmed_text import attribute, descendants, first_text, text
from corpus.reference_text import unshouted
from corpus.registry import TRIAL_NUMBER, only_trial
from rag.types import Document, Link, LinkKind, PublicationDate, Section

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# RefType of CommentsCorrections, as defined in the PubMed DTD of 2025; the others say nothing of standing.
_LINKS: dict[str, tuple[LinkKind, ...]] = {
    "RetractionIn": (LinkKind.RETRACTED_BY,),
    "RetractionOf": (LinkKind.RETRACTS,),
    "PartialRetractionIn": (LinkKind.CONCERN_BY,),
    "PartialRetractionOf": (LinkKind.RAISES_CONCERN,),
    "ExpressionOfConcernIn": (LinkKind.CONCERN_BY,),
    "ExpressionOfConcernFor": (LinkKind.RAISES_CONCERN,),
    "ErratumIn": (LinkKind.CORRECTED_BY,),
    "ErratumFor": (LinkKind.CORRECTS,),
    "RetractedandRepublishedIn": (LinkKind.RETRACTED_BY, LinkKind.REPUBLISHED_AS),
    "RetractedandRepublishedFrom": (LinkKind.RETRACTS,),
    "CorrectedandRepublishedIn": (LinkKind.CORRECTED_BY, LinkKind.REPUBLISHED_AS),
    "CorrectedandRepublishedFrom": (LinkKind.CORRECTS,),
    "RepublishedIn": (LinkKind.REPUBLISHED_AS,),
    "UpdateIn": (LinkKind.SUPERSEDED_BY,),
    "UpdateOf": (LinkKind.SUPERSEDES,),
    "CommentOn": (LinkKind.COMMENT_ON,),
}


def document(record: Element, source_path: str) -> Document:
    """The document of a `PubmedArticle` or `PubmedBookArticle`.

    Only ids of the article itself become ids, never those of its reference list. `OtherAbstract`
    (translations, plain-language summaries) is left out. The date is that of the issue, by which a
    paper is cited; the electronic date where it falls in the same year and says more.

    Raises:
        ValueError: its PMID or year isn't one, or it has neither title nor text.
    """
    citation = _one_of(record, "MedlineCitation", "BookDocument")
    article = next(descendants(citation, "Article"), citation)
    title, sections = _title(article), tuple(_sections(article))
    if not title and not sections:
        raise ValueError("it has neither title nor abstract")
    bare = Document(_pmid(citation), title or "[No title]", sections, source_path=source_path)
    return appraised(_described(_cited(bare, record, article), citation, article))


def _pmid(citation: Element) -> str:
    written = first_text(citation, "PMID") or ""
    pmid = pmid_id(written)
    if pmid is None:
        raise ValueError(f"PMID {written!r} is no PubMed number")
    return pmid


def _cited(document: Document, record: Element, article: Element) -> Document:
    """With what a reference to it says."""
    journal = next(descendants(article, "Journal"), article)
    authors, complete = _authors(article)
    return replace(
        document,
        aliases=tuple(_aliases(record, article)),
        authors=authors,
        authors_complete=complete,
        journal=first_text(journal, "ISOAbbreviation", "Title", "Book/Publisher/PublisherName"),
        volume=first_text(journal, "JournalIssue/Volume", "Book/Volume"),
        issue=first_text(journal, "JournalIssue/Issue"),
        pages=_pages(article),
        published=_published(article, journal),
    )


def _described(document: Document, citation: Element, article: Element) -> Document:
    """With what the library that indexed it says."""
    return replace(
        document,
        revised=_revised(citation),
        publication_types=_all(article, "PublicationTypeList/PublicationType", "PublicationType"),
        mesh_terms=_all(citation, "MeshHeadingList/MeshHeading/DescriptorName"),
        keywords=_all(citation, "KeywordList/Keyword"),
        languages=_all(article, "Language"),
        registry=_registry(article, document.sections),
        links=tuple(_links(citation)),
    )


def _one_of(record: Element, *names: str) -> Element:
    for name in names:
        if (found := record.find(name)) is not None:
            return found
    raise ValueError(f"it has no {' and no '.join(names)}")


def _all(element: Element, *paths: str) -> tuple[str, ...]:
    found = (text(child) for path in paths for child in element.iterfind(path))
    return tuple(dict.fromkeys(words for words in found if words))


def _title(article: Element) -> str:
    title = first_text(article, "ArticleTitle") or ""
    if not title or title.startswith("[Not Available]"):
        return first_text(article, "VernacularTitle", "Book/BookTitle") or title
    return title


def _sections(article: Element) -> Iterator[Section]:
    for part in article.iterfind("Abstract/AbstractText"):
        if words := text(part):
            yield Section(_heading(attribute(part, "Label")), words)


def _heading(label: str) -> str:
    if not label or label == "UNLABELLED":
        return "Abstract"
    if label.isupper():
        label = unshouted(label)
    return label[0].upper() + label[1:]


def _aliases(record: Element, article: Element) -> Iterator[str]:
    # Not `.//ArticleId`: the reference list carries ids of other papers under the same names.
    own = [*record.iterfind("PubmedData/ArticleIdList/ArticleId")]
    own += [
        *record.iterfind("PubmedBookData/ArticleIdList/ArticleId"),
        *article.iterfind("ArticleIdList/ArticleId"),
    ]
    dois = [doi_id(text(one)) for one in own if attribute(one, "IdType") == "doi"]
    dois += [
        doi_id(text(one))
        for one in article.iterfind("ELocationID")
        if attribute(one, "EIdType") == "doi" and attribute(one, "ValidYN") != "N"
    ]
    pmcids = [pmcid_id(text(one)) for one in own if attribute(one, "IdType") == "pmc"]
    yield from dict.fromkeys(known for known in (*dois, *pmcids) if known)


def _authors(article: Element) -> tuple[tuple[str, ...], bool]:
    lists = [one for one in article.iterfind("AuthorList") if attribute(one, "Type") != "editors"]
    names = [
        _name(author)
        for one in lists
        for author in descendants(one, "Author")
        if attribute(author, "ValidYN") != "N"
    ]
    complete = all(attribute(one, "CompleteYN") != "N" for one in lists)
    return tuple(name for name in names if name), complete


def _name(author: Element) -> str:
    if group := first_text(author, "CollectiveName"):
        return group
    initials = first_text(author, "Initials") or "".join(
        part[0] for part in re.split(r"[\s.-]+", first_text(author, "ForeName") or "") if part
    )
    parts = (first_text(author, "LastName"), initials, first_text(author, "Suffix"))
    return " ".join(part for part in parts if part)


def _pages(article: Element) -> str | None:
    if pages := first_text(article, "Pagination/MedlinePgn"):
        return pages
    ends = (first_text(article, "Pagination/StartPage"), first_text(article, "Pagination/EndPage"))
    return "-".join(end for end in ends if end) or None


def _published(article: Element, journal: Element) -> PublicationDate | None:
    issue = _date(next(descendants(journal, "JournalIssue/PubDate", "Book/PubDate"), None))
    electronic = _date(next(descendants(article, "ArticleDate"), None))
    if issue is None or (electronic is not None and electronic.year == issue.year and issue.day is None):
        return electronic or issue
    return issue


def _date(element: Element | None) -> PublicationDate | None:
    if element is None:
        return None
    year = first_text(element, "Year")
    if year is None:
        return free_date(first_text(element, "MedlineDate") or "")
    return publication_date(year, first_text(element, "Month", "Season"), first_text(element, "Day"))


def _revised(citation: Element) -> date | None:
    known = _date(next(descendants(citation, "DateRevised"), None))
    return known.earliest if known else None


def _registry(article: Element, sections: tuple[Section, ...]) -> str | None:
    """The trial's number in the record, else in the abstract where that names no second trial."""
    for number in _all(article, "DataBankList/DataBank/AccessionNumberList/AccessionNumber"):
        if TRIAL_NUMBER.fullmatch(number):
            return number
    return only_trial("\n".join(section.text for section in sections))


def _links(citation: Element) -> Iterator[Link]:
    for other in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        source = first_text(other, "RefSource") or ""
        target = pmid_id(first_text(other, "PMID")) or doi_id(source) or source
        for kind in _LINKS.get(attribute(other, "RefType"), ()):
            yield Link(kind, target)
