"""What a cue is: words of a title or an abstract that give the design of a study away."""

from __future__ import annotations

import re
from typing import NamedTuple

from rag.types import Design

NEVER = r"(?!)"
"""Found in no title."""

_FLAGS = re.IGNORECASE | re.MULTILINE


class Phrase(NamedTuple):
    """What an abstract may say."""

    stems: tuple[str, ...]
    """In lower case; words without any of them need not be searched, which takes most of the time."""
    pattern: re.Pattern[str]


class Cue(NamedTuple):
    """Words that give a design away."""

    design: Design
    in_design_or_title: re.Pattern[str]
    in_abstract: tuple[Phrase, ...] = ()
    """Narrower, because an abstract also speaks of other people's studies."""
    beside: re.Pattern[str] | None = None
    """Words that the abstract must hold as well: chips of porcelain are randomised too."""
    unless: re.Pattern[str] | None = None
    """Words that the abstract must not hold: a trial in people may have begun in mice."""

    def told_by(self, words: str, lowered: str) -> bool:
        """Whether title and abstract together say so; `lowered` is the same in lower case."""
        said = any(
            any(stem in lowered for stem in phrase.stems) and phrase.pattern.search(words)
            for phrase in self.in_abstract
        )
        if not said or (self.beside and not self.beside.search(words)):
            return False
        return not (self.unless and self.unless.search(words))


def cue(design: Design, title: str, *phrases: tuple[str, str], beside: str = "", unless: str = "") -> Cue:
    """A cue of regular expressions.

    Args:
        design: that it gives away.
        title: what the title, or the source's own words on the design, may say.
        phrases: what the abstract may say, each after its stems, as in `("blind|mask", r"…")`.
        beside: what the abstract must hold as well.
        unless: what it must not hold.
    """
    in_abstract = tuple(Phrase(tuple(stems.split("|")), re.compile(one, _FLAGS)) for stems, one in phrases)
    with_it, without = (re.compile(one, _FLAGS) if one else None for one in (beside, unless))
    return Cue(design, re.compile(title, _FLAGS), in_abstract, with_it, without)
