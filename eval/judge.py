"""Whether quotes support a sentence: the judge of citations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from rag.gate import MIN_QUOTE_WORDS, citable, whole_sentences
from rag.polarity import reversed_polarity
from rag.quantities import altered
from rag.text import sentence_spans, terms, words
from rag.types import Answer, Citation, Evidence

GATE = "rules: numbers with units in their order, denials and directions in their place, 80 % of the words (eval/judge.py)"
MIN_COVERAGE = 0.8  # share of a sentence's content terms that its quotes must hold

Supports: TypeAlias = Callable[[str, Sequence[Citation], Answer], bool]
"""Whether the quotes of citations, taken together, support a sentence of an answer."""


def gate_supports(sentence: str, citations: Sequence[Citation], answer: Answer) -> bool:
    """Whether quotes bear `sentence` out, whoever wrote it, also one that says it in other words.

    Our own gate lets less pass: it must be sure of each sentence, and a judge fair to all systems.
    """
    known = _by_passage(answer)
    quoted = [(known.get(citation.passage_id), citation.quote) for citation in citations]
    sources = [(item.passage.text, quote) for item, quote in quoted if item and _usable(item, quote)]
    return bool(sources) and len(sources) == len(quoted) and bears_out(sentence, sources)


def bears_out(sentence: str, sources: Sequence[tuple[str, str]]) -> bool:
    """Whether a sentence says no number, no direction and few words that its sources don't.

    Args:
        sentence: what is said; what of it stands in the quotes word for word needs no further judging.
        sources: pairs of a passage and the quote out of it.
    """
    # A blank line ends a sentence: the end of one quote and the start of the next make none together.
    quotes = "\n\n".join(quote for _, quote in sources)
    around = "\n\n".join(whole_sentences(quote, passage) for passage, quote in sources)
    whole = set(_sentences(quotes)).intersection(_sentences(around))
    own = " ".join(one for one in _sentences(sentence) if one not in whole)
    content = set(terms(own))
    covered = not content or len(content & set(terms(quotes))) / len(content) >= MIN_COVERAGE
    return covered and not altered(own, quotes) and not reversed_polarity(own, around)


def judgeable(answer: Answer) -> bool:
    """Whether every citation has a quote and its passage is at hand: else nobody can judge them here."""
    known = {key for key, item in _by_passage(answer).items() if item.passage.text}
    cited = [citation for claim in answer.claims for citation in claim.citations]
    return all(citation.quote and citation.passage_id in known for citation in cited)


def _usable(item: Evidence, quote: str) -> bool:
    return citable(item.document) and quote in item.passage.text and len(words(quote)) >= MIN_QUOTE_WORDS


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def _by_passage(answer: Answer) -> Mapping[str, Evidence]:
    return {item.passage.id: item for item in answer.evidence}
