"""Which records are of one document: by their ids; by title, year and author only where there is no doubt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations

from corpus.ids import scheme
from rag.types import Design, Document

SHORTEST_TITLE = 40
"""Letters and digits of a title that can tell one paper from another, with at least `FEWEST_WORDS` words."""
FEWEST_WORDS = 6

_TELLING = frozenset({"pmid", "doi", "pmcid", "ref"})
_SHARED_BY_MISTAKE = frozenset(
    {"doi", "pmcid"}
)  # a notice often carries the DOI of the paper that it is about
# Titles that many papers have: they tell nothing, however long they go on.
_GENERIC = re.compile(
    r"(?:editorial|reply|response|in reply|authors? re(?:ply|sponse)|letter|comment|correspondence|erratum|"
    r"corrigendum|correction|retraction|retracted article retraction|expression of concern|in memoriam|"
    r"obituary|book review|annual report|\d* ?\d{4} annual report|proceedings|abstracts?|case records|news|"
    r"table of contents|notice|publishers note|meeting|conference|poster|highlights|in this issue|"
    r"introduction|preface|foreword|instructions|acknowledge?ments? (?:of|to) reviewers|index)\b"
)
_RETRACTED_MARK = re.compile(r"\W*(?:retracted|withdrawn)(?: article| paper)?\s*[:.\]–—-]", re.IGNORECASE)
_INITIALS = re.compile(r"[A-Z][A-Z.\-]{0,4}|Jr\.?|Sr\.?|\d(?:st|nd|rd|th)|I{2,3}")
_PREPRINT_DOI = re.compile(r"doi:10\.(?:1101|64898)/(?:\d{4}\.\d{2}\.\d{2}\.)?\d{6,8}", re.IGNORECASE)
_PREPRINT_SERVERS = frozenset({"medrxiv", "biorxiv"})


@dataclass(frozen=True, slots=True)
class Record:
    """What one input says of a document."""

    path: str
    document: Document
    whole: bool = True
    """False where only its ids and its description are kept, for its text is that of an equal record."""
    num: int | None = None
    """Number of the document that it is part of; None where that is new."""
    fresh: bool = False
    """Whether it has just been read."""


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one document."""

    records: tuple[Record, ...]
    barred: frozenset[str] = frozenset()
    """Ids, in lower case, that records here name by mistake: they are another document's."""


def grouped(records: Sequence[Record]) -> list[Group]:
    """Records put together by document; their order doesn't matter.

    Records that share an id are of one document, except that two PMIDs make two documents where no
    record names both. Records without a common id are of one document only where title, year and
    first author are the same, nothing that both give differs, and no third record would fit as well.
    """
    barred = _barred(records)
    named = [_names(record.document) - barred[at] for at, record in enumerate(records)]
    parts = _components(len(records), _sharing(named))
    parts = _joined_by_title(records, named, parts)
    groups = []
    for part in parts:
        # Where records without a PMID tie two papers together after all, the id is theirs.
        held = frozenset[str]().union(*(named[at] for at in part))
        taken = frozenset[str]().union(*(barred[at] for at in part)) - held
        groups.append(Group(tuple(records[at] for at in part), taken))
    return groups


def title_key(document: Document) -> bytes | None:
    """A key of title and first author; None where they couldn't tell the document from another."""
    if document.title_paraphrased or document.design is Design.NOTICE or not document.authors:
        return None
    title = plain(_RETRACTED_MARK.sub("", document.title, count=1))
    if len(title) < SHORTEST_TITLE or len(title.split()) < FEWEST_WORDS or _GENERIC.match(title):
        return None
    family = _family(document.authors[0])
    return sha256(f"{title}|{family}".encode()).digest()[:8] if family else None


def is_preprint(document: Document) -> bool:
    """Whether a document is a preprint, by its type, its server or the form of its DOI."""
    if "preprint" in {name.lower() for name in document.publication_types}:
        return True
    if plain(document.journal or "").split(" ")[0] in _PREPRINT_SERVERS:
        return True
    return document.journal is None and any(
        _PREPRINT_DOI.fullmatch(one) for one in (document.id, *document.aliases)
    )


def plain(text: str) -> str:
    """Words of letters and digits in lower case, without accents, parted by single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare))


def _names(document: Document) -> frozenset[str]:
    return frozenset(one.casefold() for one in (document.id, *document.aliases))


def _barred(records: Sequence[Record]) -> list[frozenset[str]]:
    """For each record the ids that it names and that are another's, which has another PMID."""
    named = [_names(record.document) for record in records]
    pmids = [frozenset(one for one in names if scheme(one) == "pmid") for names in named]
    papers = _components(len(records), _sharing(pmids))
    barred = [frozenset[str]()] * len(records)
    claims: dict[str, list[list[int]]] = {}
    for paper in papers:
        if pmids[paper[0]]:
            for name in {one for at in paper for one in named[at] if scheme(one) in _SHARED_BY_MISTAKE}:
                claims.setdefault(name, []).append(paper)
    for name, claimants in claims.items():
        owner = min(claimants, key=lambda paper: _claim(records, pmids, paper))
        for at in (at for paper in claimants if paper is not owner for at in paper):
            barred[at] |= {name} & named[at]
    return barred


def _claim(
    records: Sequence[Record], pmids: Sequence[frozenset[str]], paper: Sequence[int]
) -> tuple[bool, int]:
    """Sort key: a notice comes after the paper that it is about; else the older PMID first."""
    notice = all(records[at].document.design is Design.NOTICE for at in paper)
    return notice, min(_number(one) for at in paper for one in pmids[at])


def _number(pmid: str) -> int:
    digits = pmid.partition(":")[2]
    return int(digits) if digits.isdecimal() else 2**62


def _sharing(named: Sequence[Iterable[str]]) -> list[tuple[int, int]]:
    """Pairs of places that name the same."""
    first: dict[str, int] = {}
    return [(first.setdefault(name, at), at) for at, names in enumerate(named) for name in names]


def _components(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Places put together where pairs tie them, each part in order."""
    parent = list(range(count))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    parts: dict[int, list[int]] = {}
    for at in range(count):
        parts.setdefault(root(at), []).append(at)
    return list(parts.values())


def _joined_by_title(
    records: Sequence[Record], named: Sequence[frozenset[str]], parts: list[list[int]]
) -> list[list[int]]:
    alike: dict[tuple[bytes, int], set[int]] = {}
    for number, part in enumerate(parts):
        for at in part:
            document = records[at].document
            key = title_key(document)
            if key is not None and document.year is not None:
                alike.setdefault((key, document.year), set()).add(number)
    ids = {number: frozenset[str]().union(*(named[at] for at in part)) for number, part in enumerate(parts)}
    documents = {number: [records[at].document for at in part] for number, part in enumerate(parts)}
    pairs: list[tuple[int, int]] = []
    for numbers in alike.values():
        couples = list(combinations(sorted(numbers), 2))
        # One pair in doubt puts all in doubt: a record could belong to either.
        if all(_agree(documents[a], documents[b], ids[a], ids[b]) for a, b in couples):
            pairs += couples
    return [[at for number in group for at in parts[number]] for group in _components(len(parts), pairs)]


def _agree(
    one: Sequence[Document], other: Sequence[Document], ids: frozenset[str], other_ids: frozenset[str]
) -> bool:
    """Whether nothing that both sides give differs."""
    mine, theirs = _by_scheme(ids), _by_scheme(other_ids)
    if any(mine[name] != theirs[name] for name in mine.keys() & theirs.keys() & _TELLING):
        return False
    return all(_may_be_one(a, b) for a in one for b in other)


def _by_scheme(ids: Iterable[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for one in ids:
        found[scheme(one)] = found.get(scheme(one), frozenset()) | {one}
    return found


def _may_be_one(one: Document, other: Document) -> bool:
    if is_preprint(one) != is_preprint(other) or Design.NOTICE in {one.design, other.design}:
        return False
    if (one.year or other.year) != (other.year or one.year):
        return False
    pairs = (
        (one.volume, other.volume),
        (one.issue, other.issue),
        (_first_page(one), _first_page(other)),
        (one.registry, other.registry),
    )
    if any(a and b and plain(a) != plain(b) for a, b in pairs):
        return False
    return not one.journal or not other.journal or _same_journal(one.journal, other.journal)


def _first_page(document: Document) -> str:
    return re.split(r"[-–—,;]", document.pages or "", maxsplit=1)[0]


def _same_journal(one: str, other: str) -> bool:
    """Whether one name can be the other or its abbreviation, word by word."""
    left, right = (_words_of_journal(name) for name in (one, other))
    return len(left) == len(right) > 0 and all(
        a.startswith(b) or b.startswith(a) for a, b in zip(left, right, strict=True)
    )


def _words_of_journal(name: str) -> list[str]:
    empty = {"the", "of", "and", "for", "in", "on", "de", "la", "der", "die", "das", "und", "et"}
    return [word for word in plain(re.sub(r"\(.*?\)", " ", name)).split() if word not in empty]


def _family(author: str) -> str:
    if "," in author:
        return plain(author.partition(",")[0])
    words = author.split()
    while len(words) > 1 and _INITIALS.fullmatch(words[-1]):
        words.pop()
    return plain(" ".join(words))
