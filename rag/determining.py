"""The words without which a question would be another one, and whether one source says them all."""

from __future__ import annotations

from collections.abc import Sequence

from rag.question import Question
from rag.sources import Source, spoken
from rag.text import term, words
from rag.types import Embedder

DETERMINES = 0.12  # how far the meaning of a question moves without a word that makes it what it is
SAME_WORD = 0.75  # cosine of two words above which one stands for the other: ultrasound, ultrasonography
ENOUGH_OF_IT = 0.6  # of a word's letters: "embolism" doesn't say "embolisation", though they share a stem
_GENERAL = frozenset("specific adequate sufficient optimal appropriate significant zero".split())


def unsaid(question: Question, found: Sequence[Source], embedder: Embedder) -> tuple[str, ...]:
    """Of the words that make a question what it is, those that the best source leaves out.

    A drug, a disease or a group of patients moves the embedding of a question when it is left out; words
    that any question may have don't. Two sources that each say one of them don't answer together.
    """
    heavy = tuple(w for w, moved in weighed(question, embedder) if moved >= DETERMINES)
    left = [tuple(word for word in heavy if not _said(word, source)) for source in found]
    if not heavy or not all(left):
        return ()
    return min((_not_meant(out, source, embedder) for out, source in zip(left, found, strict=True)), key=len)


def weighed(question: Question, embedder: Embedder) -> tuple[tuple[str, float], ...]:
    """The words that name something, each with how far the question's meaning moves without it (1 - cosine)."""
    shorter = {
        word: question.without(word)
        for word in question.words_for(question.subject)
        if may_determine(word, question)
    }
    told = {word: text for word, text in shorter.items() if text and text != question.text}
    if not told:
        return ()
    vectors = embedder.embed([question.text, *told.values()])
    return tuple(zip(told, map(float, 1 - vectors[1:] @ vectors[0]), strict=True))


def may_determine(word: str, question: Question) -> bool:
    """Whether a word can name something: adverbs and the like only lend weight."""
    plain = len(word) < 3 or word.endswith("ly") or word in _GENERAL
    return question.names(term(word)) and not plain


def _said(word: str, source: Source) -> bool:
    wanted = term(word)
    own = any(term(w) == wanted and _shares(word, w) for w in words(source.text))
    return own or spoken(wanted, source.terms - {wanted})


def _shares(asked: str, said: str) -> bool:
    one, other = (word.replace("ae", "e").replace("s", "z") for word in (asked, said))
    same = (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(same, min(len(one), len(other))) >= ENOUGH_OF_IT * len(one)


def _not_meant(out: Sequence[str], source: Source, embedder: Embedder) -> tuple[str, ...]:
    """Those for which the source has no word of the same meaning either."""
    stems = {term(word) for word in out}
    others = sorted({word for word in words(source.text) if term(word) not in stems})
    if not others:
        return tuple(out)
    vectors = embedder.embed([*out, *others])
    likeness = (vectors[: len(out)] @ vectors[len(out) :].T).max(axis=1)
    return tuple(word for word, likest in zip(out, likeness, strict=True) if float(likest) < SAME_WORD)
