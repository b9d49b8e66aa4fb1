"""Answers in prose, as chat models write them: their sentences and the documents that these cite."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from rag.question import understand
from rag.text import sentence_spans
from rag.types import (
    Abstention,
    Answer,
    Citation,
    Claim,
    Coverage,
    Document,
    Evidence,
    Mode,
    Passage,
    Role,
    Why,
)

_ID = re.compile(
    r"\bPMID:?\s*(?P<pmid>\d{1,8})\b|\b(?P<pmcid>PMC\d{3,9})\b"
    r"|pubmed\.ncbi\.nlm\.nih\.gov/(?P<page>\d{1,8})|(?P<doi>\b10\.\d{4,9}/[^\s\"'<>\[\]{}]+)"
    r"|\b(?P<ref>ref:[\w.-]+)",
    re.IGNORECASE,
)
_MARK = re.compile(r"\[(\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\]")
_LISTED = re.compile(r"^\s*(?:\[(\d{1,3})\]|(\d{1,3})[.)])\s+(.*)$")
_LIST_BEGINS = re.compile(r"^\W*(?:references|sources|citations|bibliography|works cited)\W*$", re.IGNORECASE)
_DECLINES = re.compile(
    r"\b(?:(?:i|we) (?:do not|don't|cannot|can't|could not|couldn't) (?:know|answer|find|say)"
    r"|(?:not|no|in)\s?(?:enough|sufficient) (?:evidence|information|data) (?:to|for)"
    r"|(?:evidence|information|sources?|literature|documents?) (?:do(?:es)? not|don't|doesn't|cannot) answer"
    r"|no (?:answer|evidence) (?:was|is|could be) (?:found|available|given)|unable to answer)\b",
    re.IGNORECASE,
)
_DECORATION = re.compile(r"^\s*(?:[-*•#>]+|\d{1,2}[.)])\s+|\*\*|__", re.MULTILINE)


def answer_in_prose(question: str, text: str, role: Role, as_of: date) -> Answer:
    """The answer that a text gives.

    Its claims are its sentences without marks. A sentence cites the ids in it (PMID, PMCID, DOI, `ref:…`)
    and, for marks such as [2], what the list of references at the end has under the number. It has no
    quotes, so nothing that needs one is computed. It declines where its first two sentences say so.
    """
    body, listed = _parted(text)
    claims = tuple(claim for sentence in _sentences(body) if (claim := _claim(sentence, listed)))
    declines = not claims or _DECLINES.search(" ".join(claim.text for claim in claims[:2])) is not None
    shown = () if declines else claims
    return Answer(
        question=question,
        understood_as=question,
        question_type=understand(question).type,
        role=role,
        mode=Mode.MODEL,
        lead=shown,
        key_points=(),
        conflicts=(),
        certainty=None,
        withheld=(),
        abstention=_abstention(text) if declines else None,
        safety=(),
        evidence=_evidence(shown),
        coverage=Coverage(0, 0, 0),
        as_of=as_of,
    )


def ids_in(text: str) -> tuple[str, ...]:
    """Ids of documents that a text names, in our spelling, each once."""
    return tuple(dict.fromkeys(_id(match) for match in _ID.finditer(text)))


def _id(match: re.Match[str]) -> str:
    if match["pmid"] or match["page"]:
        return f"pmid:{match['pmid'] or match['page']}"
    if match["pmcid"]:
        return f"pmcid:{match['pmcid'].upper()}"
    if match["ref"]:
        return match["ref"]
    doi = match["doi"].rstrip(".,;:*_")
    return f"doi:{doi[:-1] if doi.endswith(')') and '(' not in doi else doi}"


def _parted(text: str) -> tuple[str, Mapping[int, tuple[str, ...]]]:
    """The text before its list of references, and the ids under each number of the list."""
    lines = text.splitlines()
    heads = [place for place, line in enumerate(lines) if _LIST_BEGINS.match(line)]
    begin = heads[-1] if heads else _first_listed(lines)
    listed: dict[int, tuple[str, ...]] = {}
    for line in lines[begin:]:
        found = _LISTED.match(line)
        if found:
            listed[int(found[1] or found[2])] = ids_in(found[3])
    return "\n".join(lines[:begin]), listed


def _first_listed(lines: list[str]) -> int:
    """Where a list without a heading begins: the run of lines at the end that are numbered and name an id."""
    begin = len(lines)
    for place in range(len(lines) - 1, -1, -1):
        if lines[place].strip() and not (_LISTED.match(lines[place]) and ids_in(lines[place])):
            break
        begin = place
    return begin


def _sentences(body: str) -> list[str]:
    plain = _DECORATION.sub("", body).replace("\n", "\n\n")
    spans = sentence_spans(plain)
    joined: list[str] = []
    for start, end in spans:
        sentence = plain[start:end]
        # A mark after the full stop belongs to the sentence before it.
        if joined and not _MARK.sub("", sentence).strip(" .()"):
            joined[-1] += f" {sentence}"
        elif joined and (led := re.match(r"(?:\s*\[\d[\d,;–\s-]*\])+", sentence)):
            joined[-1] += f" {led[0]}"
            joined.append(sentence[led.end() :].strip())
        else:
            joined.append(sentence)
    return joined


def _claim(sentence: str, listed: Mapping[int, tuple[str, ...]]) -> Claim | None:
    numbers = [n for mark in _MARK.findall(sentence) for n in _numbers(mark)]
    ids = dict.fromkeys([*(key for n in numbers for key in listed.get(n, ())), *ids_in(sentence)])
    text = " ".join(_MARK.sub("", sentence).split()).replace(" .", ".")
    if not re.search(r"\w", text):
        return None
    return Claim(text, tuple(Citation(key, "", "", "", 0, 0) for key in ids))


def _numbers(mark: str) -> list[int]:
    found: list[int] = []
    for part in re.split(r"[,;]", mark):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        found += range(ends[0], min(ends[-1], ends[0] + 50) + 1) if ends else []
    return found


def _evidence(claims: tuple[Claim, ...]) -> tuple[Evidence, ...]:
    """The cited documents, of which no more is known than their ids."""
    ids = dict.fromkeys(citation.document_id for claim in claims for citation in claim.citations)
    why = Why(0.0, 0.0, 0.0, 1.0, 0.0, "cited by the model")
    return tuple(
        Evidence(Passage("", key, "", "", 0, 0), Document(id=key, title=key, sections=()), why) for key in ids
    )


def _abstention(text: str) -> Abstention:
    return Abstention(text.strip()[:2_000], 0, 0, (), (), "")
