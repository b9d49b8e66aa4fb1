"""Which DOI on the first page of a PDF is the document's own, and not that of a work it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.ids import distinct, doi_id
from corpus.pdf_marks import LINE_HYPHEN
from corpus.pdf_paragraphs import Paragraph

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>;,]+", re.IGNORECASE)
_CITED_AS = re.compile(
    r"\b(?:cite this|how to cite|to cite|cite as|citation|digital object identifier)\b", re.IGNORECASE
)
_REFERENCE = re.compile(r"^\[?\d{1,3}[\].]?\s+\S|^[A-Z][\w’'-]+,? [A-Z]{1,3}(?:,|\.|\s[A-Z][\w’'-]+ [A-Z])")
# Words before a DOI that say that it is another's.
_RELATED = re.compile(
    r"\b(?:correct(?:s|ed|ion)|errat(?:um|a)|corrigendum|retract\w*|concern|comments?(?:ary)?|editorial|repl(?:y|ies)|"
    r"related|linked|companion|accompan\w+|refers?|original|data|datasets?|protocol|preprint|preregist\w+|regist\w+|"
    r"supplement\w*|appendix|repository|deposited|version of record|final version|published version|see|from|adapted|"
    r"reproduced|update of|updates?|supersed\w+|replac\w+|et al)\b",
    re.IGNORECASE,
)
# Prefixes of archives of data, code and plans: a paper names what it left there.
_ARCHIVES = re.compile(
    r"10\.(?:5281|6084|5061|17605|7910|17632|5256|15468|17864|24433|6073|3886|5255|25345)/"
)
_JOURNAL_CITATION = re.compile(r"\b(?:19|20)\d\d\)?\s?[;,:]?\s?\w{1,6}")
_LONGEST_LEAD = 120
"""Characters before a DOI on its paragraph; the journal, year and pages are shorter, a sentence is longer."""
_BROKEN = ("-", "/", ".", "_", "(", LINE_HYPHEN)


def own_doi(stated: Sequence[str], running: Sequence[str], first: Sequence[Paragraph]) -> str | None:
    """The document's DOI, as `doi:…`; None on any doubt.

    Args:
        stated: DOIs that the file's fields and metadata name, as `doi:…`.
        running: headers and footers.
        first: paragraphs of the first page, without entries of a bibliography.
    """
    printed = distinct([*_in_running(running), *(doi for one in first for doi in _printed(one))])
    named = distinct(stated)
    if not named:
        return printed[0] if len(printed) == 1 else None
    agreed = [doi for doi in named if doi.casefold() in {other.casefold() for other in printed}]
    if len(agreed) == 1:
        return agreed[0]
    return named[0] if len(named) == 1 and not printed else None


def dois(text: str) -> tuple[str, ...]:
    """Each DOI of a text, as `doi:…`."""
    return distinct(found for doi in _DOI.findall(text) if (found := doi_id(doi)))


def names_a_doi(text: str) -> bool:
    """Whether a DOI stands in `text`."""
    return _DOI.search(text) is not None


def is_reference(text: str) -> bool:
    """Whether a paragraph is an entry of a bibliography."""
    return _REFERENCE.match(text) is not None


def speaks_of_another(lead: str) -> bool:
    """Whether the words before an id say that it is that of another document."""
    return _RELATED.search(lead[-_LONGEST_LEAD:]) is not None and _CITED_AS.search(lead) is None


def _in_running(running: Sequence[str]) -> Iterator[str]:
    for line in running:
        for found in _DOI.finditer(line):
            if not speaks_of_another(line[: found.start()]) and not _ARCHIVES.match(found[0]):
                yield from dois(found[0])


def _printed(paragraph: Paragraph) -> Iterator[str]:
    text = paragraph.text
    whole = {doi.casefold() for doi in _whole(paragraph)}
    for found in _DOI.finditer(text):
        lead = text[: found.start()]
        if _ARCHIVES.match(found[0]) or speaks_of_another(lead):
            continue
        if len(lead) > _LONGEST_LEAD and not (
            _CITED_AS.search(lead) or _closes(paragraph, text[found.start() :])
        ):
            continue
        yield from (doi for doi in dois(found[0]) if doi.casefold() in whole)


def _closes(paragraph: Paragraph, rest: str) -> bool:
    """Whether a DOI ends its paragraph on a line that begins with the journal's citation of itself."""
    last = paragraph.lines[-1].text
    lead = last[: found.start()] if (found := _DOI.search(last)) else ""
    return len(rest.split()) == 1 and len(lead) < _LONGEST_LEAD and _JOURNAL_CITATION.search(lead) is not None


def _whole(paragraph: Paragraph) -> Iterator[str]:
    """DOIs that no line end may have cut: what goes on in the next line can't be told from what doesn't."""
    for place, line in enumerate(paragraph.lines):
        after = paragraph.lines[place + 1].text if place + 1 < len(paragraph.lines) else ""
        for found in _DOI.finditer(line.text):
            next_word = (after.split() or [""])[0]
            at_end = not line.text[found.end() :].strip() and bool(after)
            if at_end and (found[0].endswith(_BROKEN) or any(char.isdigit() for char in next_word)):
                continue
            yield from dois(found[0])
