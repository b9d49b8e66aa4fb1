"""Which documents report one study: a trial's papers, a preprint and its publication, one text under two ids.

A study that is reported three times isn't three studies. What isn't certain is left apart, since two
studies taken for one would lose evidence: a review is no part of the trials that it includes, and texts
that differ in one word that tells are two texts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import TypeAlias

from rag.text import STOP_WORDS, telling, term_set, words
from rag.types import Design, Document, Evidence, LinkKind

Alike: TypeAlias = tuple[Evidence, Evidence]

LONGEST_WAY_TO_PRINT = 4  # years from a preprint to its publication, where title and author alone link them
FEWEST_TITLE_TERMS = 4  # a shorter title doesn't tell papers apart
FEWEST_WORDS = 12  # that tell; a shorter passage doesn't tell texts apart
SAME_LENGTH = 0.85  # the share of the longer text's words that the shorter one must have
SAME_TITLE = 0.8  # the share of the terms of two titles that both must have, for one text under two ids

# A registry number in others is mostly that of a trial which they speak of, or whose data they use anew.
_TRIALS = frozenset({Design.RANDOMISED_TRIAL, Design.NON_RANDOMISED_TRIAL, Design.UNKNOWN})
# Trials that try several things under one number.
_SEVERAL = re.compile(r"\b(?:platform|factorial|umbrella|basket|master protocol)\b", re.IGNORECASE)
_OPENING = re.compile(
    r".+?(?= (?:in|on|for|among|after|during|versus|vs|compared|to|with)\b|[:,(]|$)", re.IGNORECASE
)
# Words with which a title opens that say how or what was measured, not what was tried.
_MEASURED = term_set(
    "effect efficacy effectiveness safety impact influence role use trial study report results outcomes analysis secondary "
    "primary subgroup exploratory post hoc randomised randomized controlled open label placebo double blind phase pilot "
    "preliminary interim final early late long short term follow up extended year month week day baseline rationale design "
    "mortality death survival quality life bleeding events incidence risk adverse cost dose low high higher treatment therapy "
    "one two three four five six seven eight nine ten first second third"
)
_PREPRINT_SERVERS = frozenset("medrxiv biorxiv arxiv ssrn preprints chemrxiv".split())
_ASKED_ID = re.compile(r"(?:pmid|pmcid|doi|nct)?:?\s*([^\s,;:()\[\]?]+)")


def families(evidence: Sequence[Evidence], alike: Iterable[Alike]) -> tuple[frozenset[str], ...]:
    """Ids of the documents that report one study, for each study that more than one of them reports.

    Args:
        evidence: what is looked at.
        alike: those of it that are one text, as `same_texts` gives them.
    """
    documents = {item.document.id: item.document for item in evidence}
    pairs = [*_of_one_trial(documents.values()), *versions(documents.values()), *_of_one_text(alike)]
    return _joined(pairs)


def versions(documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    """Ids of an earlier version and of the paper that it became, whichever of the two says so."""
    known = {document.id: document for document in documents}
    by_name = {name.casefold(): d for d in known.values() for name in (d.id, *d.aliases)}
    for document in known.values():
        for link in document.links:
            other = by_name.get(link.target.casefold())
            if other is not None and other.id != document.id:
                yield from _version(document, link.kind, other)
    yield from _published_under_its_title(known.values())


def is_preprint(document: Document) -> bool:
    """Whether a document is a preprint, by its type or its server."""
    if any(name.casefold() == "preprint" for name in document.publication_types):
        return True
    return (document.journal or "").casefold().partition(" ")[0] in _PREPRINT_SERVERS


def is_named(document: Document, question: str) -> bool:
    """Whether a question names this report: by an id, the trial's number, its title, or author and year."""
    asked = {word.rstrip(".") for word in _ASKED_ID.findall(question.casefold())}
    if asked & {name.partition(":")[2].casefold() for name in (document.id, *document.aliases)}:
        return True
    said = words(question)
    if any(number in _plain(question) for number in _numbers(document)):
        return True
    if len(term_set(document.title)) >= FEWEST_TITLE_TERMS and _plain(document.title) in _plain(question):
        return True
    family = words(document.authors[0])[:1] if document.authors else []
    return bool(family) and family[0] in said and str(document.year) in said


def same_text(one: str, other: str) -> bool:
    """Whether two texts are one but for a few more words: no number, no denial and no order differs."""
    short, long = sorted((telling(one), telling(other)), key=len)
    if short == long:
        return bool(short)
    if len(short) < max(FEWEST_WORDS, SAME_LENGTH * len(long)) or not _in_order(short, long):
        return False
    more = Counter(long) - Counter(short)
    return not any(word in STOP_WORDS or word[0].isdigit() for word in more)


def copies(alike: Iterable[Alike]) -> tuple[frozenset[str], ...]:
    """Ids of the passages that are one text of several documents, for each such text."""
    return _joined((one.passage.id, other.passage.id) for one, other in alike)


def same_texts(evidence: Sequence[Evidence]) -> tuple[Alike, ...]:
    """Passages of two documents that are one text, in pairs."""
    # By length, so that each is compared with those alone of which it may be a part.
    by_length = sorted(((term_set(e.passage.text), e) for e in evidence), key=lambda pair: len(pair[0]))
    lengths = [len(said) for said, _ in by_length]
    return tuple(
        (item, other)
        for place, (said, item) in enumerate(by_length, start=1)
        for more, other in by_length[place : bisect_right(lengths, len(said) / SAME_LENGTH + 1)]
        if said <= more
        and len(said) >= SAME_LENGTH * len(more)
        and item.document.id != other.document.id
        and same_text(item.passage.text, other.passage.text)
    )


def _of_one_trial(documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    numbered: dict[str, list[Document]] = {}
    for document in documents:
        for number in _numbers(document):
            numbered.setdefault(number, []).append(document)
    for reports in numbered.values():
        if not _several_things_tried([report.title for report in reports]):
            yield from pairwise(report.id for report in reports)


def _numbers(document: Document) -> frozenset[str]:
    if document.registry is None or document.design not in _TRIALS:
        return frozenset()
    return frozenset(filter(None, map(_plain, re.split("[;,|]", document.registry))))


def _several_things_tried(titles: Sequence[str]) -> bool:
    """Whether papers with these titles report several trials under one number; what isn't said is one thing."""
    if any(_SEVERAL.search(title) for title in titles):
        return True
    tried = [(_tried(title), term_set(title)) for title in titles]
    return any(
        one and other and one.isdisjoint(others_title) and other.isdisjoint(title)
        for (one, title), (other, others_title) in combinations(tried, 2)
    )


def _tried(title: str) -> frozenset[str]:
    """What a title opens with, before the first preposition and after an "effect of" and the like."""
    before, _, after = title.partition(" of ")
    found = _OPENING.match(after if after and term_set(before) <= _MEASURED else title)
    return term_set(found[0]) - _MEASURED if found else frozenset()


def _of_one_text(alike: Iterable[Alike]) -> Iterator[tuple[str, str]]:
    """Documents under two ids; a passage that papers share by custom has other titles above it."""
    for one, other in alike:
        titles = term_set(one.document.title), term_set(other.document.title)
        if len(titles[0] & titles[1]) >= SAME_TITLE * len(titles[0] | titles[1]):
            yield one.document.id, other.document.id


def _version(document: Document, kind: LinkKind, other: Document) -> Iterator[tuple[str, str]]:
    match kind:
        case LinkKind.PREPRINT_OF:
            # Some records of publications say this of their preprint.
            swapped = is_preprint(other) and not is_preprint(document)
            yield (other.id, document.id) if swapped else (document.id, other.id)
        case LinkKind.REPUBLISHED_AS:
            yield document.id, other.id
        case LinkKind.SUPERSEDED_BY if is_preprint(document):
            yield document.id, other.id
        case LinkKind.SUPERSEDES if is_preprint(other):
            yield other.id, document.id


def _published_under_its_title(documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    preprints = [d for d in documents if is_preprint(d)]
    if not preprints:
        return
    titled: dict[Hashable, list[Document]] = {}
    for document in documents:
        titled.setdefault(_title_and_author(document), []).append(document)
    for preprint in preprints:
        if (key := _title_and_author(preprint)) is None:
            continue
        for other in titled[key]:
            if not is_preprint(other) and _in_time(preprint, other):
                yield preprint.id, other.id


def _title_and_author(document: Document) -> Hashable | None:
    if not document.authors or len(term_set(document.title)) < FEWEST_TITLE_TERMS:
        return None
    return _plain(document.title), *words(document.authors[0])[:1]


def _in_time(preprint: Document, published: Document) -> bool:
    if preprint.year is None or published.year is None:
        return False
    return 0 <= published.year - preprint.year <= LONGEST_WAY_TO_PRINT


def _in_order(short: Iterable[str], long: Iterable[str]) -> bool:
    """Whether all words of the one stand in the other, in the same order."""
    rest = iter(long)
    return all(word in rest for word in short)


def _plain(text: str) -> str:
    return "".join(words(text))


def _joined(pairs: Iterable[tuple[str, str]]) -> tuple[frozenset[str], ...]:
    """Groups of names that are joined by pairs, directly or through others."""
    group_of: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = group_of.get(one, {one}) | group_of.get(other, {other})
        for name in joined:
            group_of[name] = joined
    return tuple(sorted({frozenset(group) for group in group_of.values()}, key=min))
