"""Names of journals: in full, and as MEDLINE and ISO 4 abbreviate them."""

from __future__ import annotations

import re
from functools import lru_cache

# Left out of an abbreviation.
_SMALL = frozenset("a an and de der des die du et for fur für in la le of on the und y".split())
_LEAST_LEFT_OUT = 2  # letters: ISO 4 abbreviates nothing by less
# A single letter could begin any word; these are the words that it stands for in abbreviations.
_LETTERS = {"j": "journal", "n": "new", "z": "zeitschrift"}


@lru_cache(maxsize=8192)
def journal_words(name: str) -> tuple[str, ...]:
    """The words of a name that count, in lower case, as in `lancet` of `The Lancet`."""
    words = re.sub(r"[\W_]+", " ", name.casefold()).split()
    return tuple(word for word in words if word not in _SMALL) or tuple(words)


def same_journal(name: str, other: str) -> bool:
    """Whether two names are of one journal: word for word the same, or one the beginning of the other.

    So `N Engl J Med` is `The New England Journal of Medicine`, and `J Surg` isn't `JAMA Surgery`.
    """
    words, others = journal_words(name), journal_words(other)
    if len(words) == 1:  # which nobody abbreviates
        return words == others
    return len(words) == len(others) and all(map(_same_word, words, others))


def _same_word(word: str, other: str) -> bool:
    if word == other:
        return True
    short, long = sorted((word, other), key=len)
    if len(short) == 1:
        return long == _LETTERS.get(short)
    return long.startswith(short) and len(long) - len(short) >= _LEAST_LEFT_OUT
