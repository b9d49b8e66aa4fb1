"""Whether a sentence is a sentence of its source with nothing left out but what may go.

What may go: what stands in parentheses, a clause of circumstance in front of a comma, what follows a comma,
semicolon or colon to the end, linking words, and who found it. None of it may deny, limit, doubt or turn what
is left. Nothing may be added, and nothing may change places, so that a number, a direction, a group or a
denial can't get to another place. Words that are the same but for their ending or spelling are the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.text import sentence_spans, term

_TOKEN = re.compile(r"\d+(?:[.,·]\d+)*|[^\W\d_]+|[%‰<>=≤≥±×/°+~^]|(?<![\w.)])[-−–](?=[.\d])|(?<!\d)\.(?=\d)")
_ARTICLES = frozenset({"a", "an", "the"})
_LINKING = frozenset(
    "additionally also altogether consequently finally furthermore hence however importantly indeed interestingly "
    "likewise moreover notably overall similarly specifically then thereby therefore thus".split()
)
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
}
_SIGNS = {"−": "-", "–": "-", "≤": "<=", "≥": ">="}
_FOUND = re.compile(
    r"(?:in conclusion,? )?(?:(?:our|the|these|this|this study's|present) )*(?:results?|findings?|study|trial|analysis|analyses|data|we|authors?)"
    r"(?: \w+){0,2} (?:found|shows?|showed|observed|demonstrated?|demonstrates|report(?:s|ed)?|concluded?|confirm(?:s|ed)?|indicated?|indicates|revealed?|reveals)"
    r",? that,?\s*",
    re.IGNORECASE,
)
# What denies, doubts, limits, turns or dates what stands beside it, and what tells whose numbers are whose.
_TURNS = re.compile(
    r"\b(?:no|not|never|neither|nor|none|without|cannot|\w+n['’]t|lack\w*|fail\w*|absen\w+|unable|against|except\w*|unless|if|whether"
    r"|only|solely|until|rather|instead|unlike|contrary|despite|former\w*|latter|previously|historically|traditionally|initially|once"
    r"|may|might|could|would|possib\w*|probab\w*|potential\w*|perhaps|likely|unlikely|suggest\w*|hypothes\w*|thought|believed|assum\w*|suppos\w*"
    r"|unclear|uncertain|unknown|doubt\w*|suspect\w*|retract\w*|respectively|mice|mouse|murine|rats?|rabbits?|rodents?|animals?|vitro|piglets?|dogs?)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"\((?:data )?not shown\)", re.IGNORECASE)
_BREAK = re.compile(r"[,;:]|\s[-–—]\s|—")


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int


def aligned(sentence: str, quote: str, passage: str) -> bool:
    """Whether `sentence` is one sentence of `quote`, a stretch of `passage`, with nothing left out but what may go."""
    said = _words(sentence)
    start = passage.index(quote)
    end = start + len(quote)
    spans = [(a, b) for a, b in sentence_spans(passage) if a < end and start < b]
    return bool(said) and any(
        _Source(passage[a:b], max(0, start - a), min(b, end) - a).says(said) for a, b in spans
    )


def cut_inside_a_word(quote: str, passage: str) -> bool:
    """Whether `quote` begins or ends in the middle of a word or number of `passage`."""
    start = passage.index(quote)
    edges = (start, start + len(quote))
    near = _TOKEN.finditer(passage, max(0, start - 60), min(len(passage), edges[1] + 60))
    return any(token.start() < edge < token.end() for token in near for edge in edges)


def _words(sentence: str) -> tuple[str, ...]:
    return tuple(token.word for token in _tokens(sentence))


@lru_cache(maxsize=4_000)
def _tokens(sentence: str) -> tuple[_Token, ...]:
    """The words, numbers and signs of a sentence in one spelling, articles left out."""
    found = [_Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(sentence)]
    return tuple(
        _Token(_one_spelling(token.word), token.start, token.end)
        for place, token in enumerate(found)
        if token.word not in _ARTICLES and not (place == 0 and token.word.lower() in _ARTICLES)
    )


def _one_spelling(word: str) -> str:
    if word[0].isdigit():
        return re.sub(r",(?=\d{3}(?:\D|$))", "", word).replace("·", ".")
    lower = word.casefold()
    return _SIGNS.get(word) or _NUMBERS.get(lower) or (term(lower) if len(lower) > 3 else lower)


class _Source:
    """One sentence of a passage, of which the part from `start` to `end` is quoted."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._tokens = text, _tokens(text)
        self._quoted = [start <= token.start and token.end <= end for token in self._tokens]

    def says(self, said: Sequence[str]) -> bool:
        """Whether `said` is left of it where only what may go is left out."""
        count = len(self._tokens)
        asides, begins, ends = self._asides(), self._begins(), self._ends()
        reached: list[set[int]] = [set() for _ in range(count + 1)]
        for place in range(count + 1):
            if place in begins:
                reached[place].add(0)
            if place in ends and len(said) in reached[place]:
                return True
            if place == count:
                break
            self._step(place, said, asides.get(place), reached)
        return False

    def _step(self, place: int, said: Sequence[str], aside: int | None, reached: list[set[int]]) -> None:
        """From one word of the source on: said, or left out."""
        word = self._tokens[place].word
        if self._quoted[place]:
            reached[place + 1] |= {n + 1 for n in reached[place] if n < len(said) and said[n] == word}
        if aside is not None:
            reached[aside] |= reached[place]
        if self._text[self._tokens[place].start : self._tokens[place].end].lower() in _LINKING:
            reached[place + 1] |= reached[place]

    def _asides(self) -> dict[int, int]:
        """First words of parentheses that may go, with the place behind each."""
        found: dict[int, int] = {}
        opened: list[int] = []
        for at, mark in enumerate(self._text):
            if mark in "([":
                opened.append(at)
            elif mark in ")]" and opened:
                begun = opened.pop()
                inside = [i for i, t in enumerate(self._tokens) if begun < t.start and t.end <= at]
                if inside and _may_go(self._text[begun : at + 1]):
                    found[inside[0]] = max(inside[-1] + 1, found.get(inside[0], 0))
        return found

    def _begins(self) -> set[int]:
        """Places where what is said may begin: the start, or behind a clause of circumstance or who found it."""
        found = _FOUND.match(self._text)
        places = {0, *([i for i, t in enumerate(self._tokens) if found and t.start >= found.end()][:1])}
        for place in range(1, len(self._tokens)):
            between = self._text[self._tokens[place - 1].end : self._tokens[place].start]
            if _BREAK.search(between) and _may_go(self._text[: self._tokens[place].start]):
                places.add(place)
        return places

    def _ends(self) -> set[int]:
        """Places where what is said may end: the end, or in front of a further clause."""
        places = {len(self._tokens)}
        for place in range(1, len(self._tokens)):
            between = self._text[self._tokens[place - 1].end : self._tokens[place].start]
            if _BREAK.search(between) and _may_go(self._text[self._tokens[place].start :]):
                places.add(place)
        return places


def _may_go(text: str) -> bool:
    """Whether what is left out denies, doubts, limits and turns nothing of what is left."""
    return not _TURNS.search(_NOTHING.sub("", text))
