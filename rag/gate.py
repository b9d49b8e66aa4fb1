"""The gate: may this sentence be shown?

Code, and no prompt, decides. A draft claim passes when its handle is one of the evidence, its quote
stands word for word in that passage, the document may be cited, and each sentence of the claim is one
sentence of one quote, of which nothing is left out but what may go (`rag/alignment.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from rag.alignment import aligned, cut_inside_a_word
from rag.orders import addresses_reader
from rag.polarity import reversed_polarity
from rag.quantities import altered, quantities
from rag.text import sentence_spans, terms, words
from rag.types import Citation, Claim, Design, Document, Evidence, Status, Withheld

MIN_QUOTE_WORDS = 6
_MARKUP = re.compile(
    r"<[a-z/!][^>]*>|https?://|www\.|\]\(|```|-{3,}|={3,}|[{\[]\s*[\"{]|[\"}]\s*[}\]]|\bdoi:\s?10\.|\bPMID\b",
    re.IGNORECASE,
)
_STANDING = {
    Status.SUPERSEDED: "superseded since",
    Status.CONCERN: "an expression of concern stands against it",
    Status.CORRECTED: "corrected since",
    Status.RETRACTED: "retracted",
}
_SAID_ABOVE = re.compile(r"\s*\(indirect[^)]*\)")
_FOREIGN_MARK = re.compile(r"\[\d+(?:\s?[,–-]\s?\d+)*\]|(?<!10)\^\d+|\(\d+(?:[,–-]\d+)+\)$")


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim as an answerer drafts it: handles and quotes not yet checked."""

    text: str
    sources: tuple[tuple[str, str], ...]
    """Pairs of passage id and quote."""


Judge: TypeAlias = Callable[["Draft", Mapping[str, Evidence]], str | None]
"""A draft and the evidence by passage id -> why the draft may not be shown, or None."""


class Gate(Protocol):
    """Splits drafts into claims that may be shown and sentences that are withheld; lets no more through than `vouch`."""

    def __call__(
        self, drafts: Sequence[Draft], evidence: Sequence[Evidence]
    ) -> tuple[tuple[Claim, ...], tuple[Withheld, ...]]:
        """The claims and the withheld sentences, each in order."""


def vouch(
    drafts: Sequence[Draft], evidence: Sequence[Evidence], judge: Judge | None = None
) -> tuple[tuple[Claim, ...], tuple[Withheld, ...]]:
    """Split drafts into claims that are vouched for and sentences that are withheld, each in order.

    `judge` is `fault` unless another is given.
    """
    judge = judge or fault
    by_passage = {item.passage.id: item for item in evidence}
    claims: list[Claim] = []
    withheld: list[Withheld] = []
    for draft in drafts:
        reason = judge(draft, by_passage)
        if reason is None:
            claims.append(_claim(draft, by_passage))
        else:
            withheld.append(Withheld(draft.text, reason))
    return tuple(claims), tuple(withheld)


def citable(document: Document) -> bool:
    """Whether a claim may cite a document at all."""
    return _not_citable(document) is None


def fault(draft: Draft, by_passage: Mapping[str, Evidence]) -> str | None:
    """Why a draft may not be shown; None where it may."""
    if not draft.sources:
        return "it cites nothing"
    for passage_id, quote in draft.sources:
        reason = _source_fault(passage_id, quote, by_passage)
        if reason:
            return reason
    return _text_fault(draft.text, [(by_passage[key].passage.text, quote) for key, quote in draft.sources])


def whole_sentences(quote: str, passage: str) -> str:
    """The whole sentences of a passage that a quote is taken from."""
    start = passage.index(quote)
    end = start + len(quote)
    return " ".join(passage[a:b] for a, b in sentence_spans(passage) if a < end and start < b)


def _source_fault(passage_id: str, quote: str, by_passage: Mapping[str, Evidence]) -> str | None:
    item = by_passage.get(passage_id)
    if item is None:
        return "it cites a passage that is not among the evidence"
    if reason := _not_citable(item.document):
        return reason
    if quote not in item.passage.text:
        return "its quote does not stand word for word in the passage that it cites"
    if cut_inside_a_word(quote, item.passage.text):
        return "its quote begins or ends inside a word"
    if len(words(quote)) < MIN_QUOTE_WORDS:
        return f"its quote is shorter than {MIN_QUOTE_WORDS} words"
    return None


def _not_citable(document: Document) -> str | None:
    if document.retracted:
        return f"it cites a retracted paper, {document.id}"
    if document.design is Design.PROTOCOL:
        return f"it cites a protocol, {document.id}, which has no results yet"
    if document.design is Design.NOTICE:
        return f"it cites a notice about another paper, {document.id}, as if it were a study"
    return None


def _text_fault(text: str, sources: Sequence[tuple[str, str]]) -> str | None:
    """Why a text may not be shown with its sources, pairs of passage and quote; None where it may."""
    if not words(text):
        return "it says nothing"
    if _MARKUP.search(text):
        return "it contains markup, an address or an identifier"
    if _FOREIGN_MARK.search(text):
        return "it contains a citation mark of its source"
    used: set[int] = set()
    for sentence in _sentences(text):
        if addresses_reader(sentence):
            return "it asks or orders something of whoever reads it"
        vouching = {n for n, (passage, quote) in enumerate(sources) if aligned(sentence, quote, passage)}
        if not vouching:
            return _why_not(sentence, sources)
        used |= vouching
    return None if len(used) == len(sources) else "one of its quotes does not say it"


def _why_not(text: str, sources: Sequence[tuple[str, str]]) -> str:
    """In words what a sentence says that no single sentence of its quotes does.

    A quote may be cut out of a sentence that denies it: which way it points, the whole sentence decides.
    """
    # A blank line ends a sentence: the end of one quote and the start of the next make none together.
    quotes = "\n\n".join(quote for _, quote in sources)
    around = "\n\n".join(whole_sentences(quote, passage) for passage, quote in sources)
    wrong = altered(text, quotes)
    if wrong and wrong[0] not in quantities(quotes):
        return f"the number {wrong[0]} does not stand in its quote"
    if reversed_polarity(text, around):
        return "it denies or points another way than its quote"
    said = set(terms(quotes))
    foreign = [word for word in words(text) if not said.issuperset(terms(word))]
    if foreign:
        return f"its words are not covered by its quote: {', '.join(dict.fromkeys(foreign))}"
    if wrong:
        return f"the number {wrong[0]} stands between other words in its quote"
    return "it joins words of its quote that do not stand together, or leaves out what limits them"


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def _claim(draft: Draft, by_passage: Mapping[str, Evidence]) -> Claim:
    cited = tuple(_citation(by_passage[passage_id], quote) for passage_id, quote in draft.sources)
    return Claim(draft.text, cited, context=context(by_passage[draft.sources[0][0]]))


def _citation(item: Evidence, quote: str) -> Citation:
    start = item.passage.text.index(quote)
    return Citation(item.document.id, item.passage.id, quote, item.passage.section, start, start + len(quote))


def context(item: Evidence) -> str:
    """What the record says about where a claim comes from: design, year, size, population, indirectness.

    The gate can't see whether a true quote stands out of its context, so the context is shown.
    """
    document = item.document
    parts = [document.design.value]
    if document.year is not None:
        parts[0] += f" {document.year}"
    if document.sample_size is not None and document.sample_size > 1:
        parts.append(f"n = {document.sample_size:,}")
    if document.population:
        parts.append(_SAID_ABOVE.sub("", document.population))
    if document.indirect:
        parts.insert(0, f"indirect evidence: {document.indirect}")
    if document.status is not Status.CURRENT:
        parts.insert(0, _STANDING[document.status])
    return "; ".join(parts)
