"""What a JATS article says that it is, and of other articles: notices, corrections, comments, editions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.ids import doi_id, pmcid_id, pmid_id
from corpus.jats_text import HREF, attribute, text
from rag.types import Link, LinkKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# `article-type`, as the tag library of JATS 1.3 suggests its values, and the MEDLINE type that means the same.
_TYPES = {
    "abstract": ("Meeting Abstract",),
    "addendum": ("Published Erratum",),
    "article-commentary": ("Comment",),
    "book-review": ("Book Review",),
    "brief-report": ("Journal Article",),
    "case-report": ("Case Reports",),
    "clinical-trial": ("Clinical Trial",),
    "commentary": ("Comment",),
    "correction": ("Published Erratum",),
    "corrected-article": ("Published Erratum",),
    "discussion": ("Comment",),
    "editorial": ("Editorial",),
    "erratum": ("Published Erratum",),
    "expression-of-concern": ("Expression of Concern",),
    "guideline": ("Guideline",),
    "letter": ("Letter",),
    "meeting-report": ("Congress",),
    "meta-analysis": ("Meta-Analysis",),
    "methods-article": ("Journal Article",),
    "news": ("News",),
    "obituary": ("Obituary",),
    "partial-retraction": ("Expression of Concern",),
    "preprint": ("Preprint",),
    "rapid-communication": ("Journal Article",),
    "reply": ("Comment",),
    "research-article": ("Journal Article",),
    "retraction": ("Retraction of Publication",),
    "review-article": ("Journal Article", "Review"),
    "systematic-review": ("Systematic Review",),
    "withdrawal": ("Retraction of Publication",),
}
# Headings under which journals print an article, where they say what it is and not what it is about.
_HEADINGS = {
    "case report": "Case Reports",
    "case reports": "Case Reports",
    "clinical practice guideline": "Practice Guideline",
    "clinical practice guidelines": "Practice Guideline",
    "clinical trial": "Clinical Trial",
    "clinical trial protocol": "Clinical Trial Protocol",
    "commentary": "Comment",
    "consensus statement": "Consensus Statement",
    "correction": "Published Erratum",
    "corrigendum": "Published Erratum",
    "editorial": "Editorial",
    "erratum": "Published Erratum",
    "expression of concern": "Expression of Concern",
    "guideline": "Guideline",
    "guidelines": "Guideline",
    "letter": "Letter",
    "letter to the editor": "Letter",
    "meta-analysis": "Meta-Analysis",
    "narrative review": "Review",
    "practice guideline": "Practice Guideline",
    "protocol": "Clinical Trial Protocol",
    "protocols": "Clinical Trial Protocol",
    "randomised controlled trial": "Randomized Controlled Trial",
    "randomized controlled trial": "Randomized Controlled Trial",
    "retraction": "Retraction of Publication",
    "review": "Review",
    "review article": "Review",
    "reviews": "Review",
    "scoping review": "Scoping Review",
    "study protocol": "Clinical Trial Protocol",
    "systematic review": "Systematic Review",
    "systematic reviews": "Systematic Review",
    "systematic review and meta-analysis": "Systematic Review",
}
_TOPICS = ("discipline", "hwp-", "system taxonomy", "search-keyword", "topic", "mainclass")

# `related-article-type` that names what a notice is about.
_OF_A_TARGET = {
    "retracted-article": LinkKind.RETRACTS,
    "withdrawn-article": LinkKind.RETRACTS,
    "removed-article": LinkKind.RETRACTS,
    "partially-retracted-article": LinkKind.RAISES_CONCERN,
    "object-of-concern": LinkKind.RAISES_CONCERN,
    "corrected-article": LinkKind.CORRECTS,
    "addended-article": LinkKind.CORRECTS,
    "reinstated-article": LinkKind.REINSTATES,
    "updated-article": LinkKind.SUPERSEDES,
    "commentary-article": LinkKind.COMMENT_ON,
    "reviewed-article": LinkKind.COMMENT_ON,
}
# That names a notice: in the article that it is about, or, with some publishers, in the notice itself.
_OF_A_NOTICE = {
    "retraction-forward": LinkKind.RETRACTED_BY,
    "retraction": LinkKind.RETRACTED_BY,
    "withdrawal": LinkKind.RETRACTED_BY,
    "partial-retraction": LinkKind.CONCERN_BY,
    "expression-of-concern": LinkKind.CONCERN_BY,
    "concern-forward": LinkKind.CONCERN_BY,
    "correction-forward": LinkKind.CORRECTED_BY,
    "correction": LinkKind.CORRECTED_BY,
    "corrigendum": LinkKind.CORRECTED_BY,
    "erratum": LinkKind.CORRECTED_BY,
    "addendum": LinkKind.CORRECTED_BY,
    "reinstatement": LinkKind.REINSTATED_BY,
    "reinstatement-forward": LinkKind.REINSTATED_BY,
    "update": LinkKind.SUPERSEDED_BY,
    "update-forward": LinkKind.SUPERSEDED_BY,
}
_TURNED = {
    LinkKind.RETRACTED_BY: LinkKind.RETRACTS,
    LinkKind.CONCERN_BY: LinkKind.RAISES_CONCERN,
    LinkKind.CORRECTED_BY: LinkKind.CORRECTS,
    LinkKind.REINSTATED_BY: LinkKind.REINSTATES,
    LinkKind.SUPERSEDED_BY: LinkKind.SUPERSEDES,
}
# What a notice does to the one article that it names without saying how.
_OF_A_NOTICE_TYPE = {
    "retraction": LinkKind.RETRACTS,
    "withdrawal": LinkKind.RETRACTS,
    "partial-retraction": LinkKind.RAISES_CONCERN,
    "expression-of-concern": LinkKind.RAISES_CONCERN,
    "correction": LinkKind.CORRECTS,
    "erratum": LinkKind.CORRECTS,
    "addendum": LinkKind.CORRECTS,
    "article-commentary": LinkKind.COMMENT_ON,
    "reply": LinkKind.COMMENT_ON,
}


def publication_types(article: Element) -> tuple[str, ...]:
    """MEDLINE's names for what the article's type and the headings it is printed under say that it is."""
    kind = attribute(article, "article-type").lower()
    names = list(_TYPES.get(kind, ()))
    for group in article.iterfind("front/article-meta/article-categories/subj-group"):
        if not attribute(group, "subj-group-type").lower().startswith(_TOPICS):
            names += [_HEADINGS.get(text(subject).lower(), "") for subject in group.iter("subject")]
    return tuple(dict.fromkeys(name for name in names if name))


def links(article: Element) -> tuple[Link, ...]:
    """What it says of other articles, by `related-article` of its own front and, in a notice, of its body."""
    kind = attribute(article, "article-type").lower()
    notice = kind in _OF_A_NOTICE_TYPE
    related = list(article.iterfind("front/article-meta/related-article"))
    if notice:
        related += article.iterfind("body//related-article")
    found = [
        Link(said, target) for one in related if (said := _said(one, notice)) and (target := _target(one))
    ]
    targets = {target for one in related if (target := _target(one))}
    if notice and not found and len(targets) == 1:
        found = [Link(_OF_A_NOTICE_TYPE[kind], targets.pop())]
    return tuple(dict.fromkeys(found))


def _said(related: Element, by_a_notice: bool) -> LinkKind | None:
    name = attribute(related, "related-article-type").lower().replace("_", "-")
    if name in _OF_A_TARGET:
        return _OF_A_TARGET[name]
    kind = _OF_A_NOTICE.get(name)
    return _TURNED[kind] if kind and by_a_notice else kind


def _target(related: Element) -> str | None:
    """Id of the article that is named, else its citation."""
    return next(_ids(related), None) or _citation(related) or None


def _ids(related: Element) -> Iterator[str]:
    address = attribute(related, HREF)
    known = {"pubmed": pmid_id, "pmid": pmid_id, "doi": doi_id, "pmc": _pmc}.get(
        attribute(related, "ext-link-type").lower(), doi_id
    )
    yield from filter(
        None, (known(address), doi_id(address), pmcid_id(address.rstrip("/").rpartition("/")[2]))
    )


def _pmc(number: str) -> str | None:
    return pmcid_id(number if number[:1].upper() == "P" else f"PMC{number}")


def _citation(related: Element) -> str:
    journal = attribute(related, "journal-id")
    numbers = ":".join(filter(None, (attribute(related, "vol"), attribute(related, "page"))))
    return f"{journal} {numbers}".strip() if journal and numbers else text(related)
