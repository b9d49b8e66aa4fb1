"""The authors of a PDF, by the line of names below its title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.pdf_paragraphs import Paragraph, folded
from corpus.pdf_sections import PARTS
from corpus.reference_text import author, initials

_FARTHEST = 12
"""Paragraphs below the title, of which the names are one or some."""
_LONGEST_BEFORE = 300  # characters of what may stand between title and names; more is text
_BY = re.compile(r"^(?:by|authors?|prepared by|written by|edited by)\b\s*:?\s*", re.IGNORECASE)
_PARTED = re.compile(r"\s*(?:[,;|·•]|\band\b|&)\s*")
_MARKS = re.compile(r"^[\s*†‡§¶‖#✉\d]+|[\s*†‡§¶‖#✉\d]+$|(?<=\d)[a-h]$")
_ET_AL = re.compile(r",?\s*\bet al\.?$", re.IGNORECASE)
_DEGREES = frozenset(
    """
    ba bao bch bm bs bsc bsn ch chb dds dm dmd dnp do dphil drph dsc dvm edd facc facp facs faha fccp frcp frcpc frcs frcsc
    jd ma mb mba mbbch mbbs mbchb md mha mhs mms mmsc mph mphil mrcp ms msc mscr msn msph msw np pa pac pharmd phd
    psyd rd rn rph scd scm
    """.split()
)
_PARTICLES = frozenset(
    "al ap bin da das de del della den der di do dos du el ibn la le ten ter van von y zu".split()
)
_RANKS = frozenset("jr sr ii iii iv".split())
_NAME_WORD = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]*(?:[’'‐-][^\W\d_]+)*\.?(?:-?[A-Z]\.)*")
# Words that no person's name has, where lines in capitals stand below a title.
_NO_NAME = frozenset(
    """
    abstract academy access acute africa agency america american article association australia blood board britain bureau canada cancer care
    center centers centre china chronic clinical cochrane college commission committee consortium control copyright council country
    department disease diseases division edition europe european excellence faculty federal foundation germany failure global
    government group guideline guidelines health heart hospital india institute institutes institution international
    italy japan journal keywords kingdom laboratory letter medical medicine ministry national network nursing
    office open organisation organization original pain panel pressure prevention program programme public published received
    region report research review school science sciences service services society spain special states statement stroke
    study summary surgery task team the therapy title treatment trial unit united university update version working world zealand
    """.split()
)


def byline(below: Sequence[Paragraph]) -> tuple[str, ...]:
    """Names in the lines below the title, as they are written; empty on any doubt.

    A line counts where all of it is names, of two people at least or with a degree after each.
    """
    found: list[str] = []
    for paragraph in below[:_FARTHEST]:
        text = paragraph.text
        names = _names(text, alone=bool(found))
        if names:
            found += names
        elif found or folded(text) in PARTS or len(text) > _LONGEST_BEFORE:
            break
    return tuple(found)


def written(name: str) -> str:
    """A name as people write it, given name first, as `Family GN`."""
    words = name.split()
    if "," in name or len(words) < 2:
        return author(name)
    rank = words.pop() if words[-1].strip(".").casefold() in _RANKS and len(words) > 2 else ""
    if not rank and words[-1].replace(".", "").isupper() and len(words[-1].replace(".", "")) <= 3:
        return author(name)
    if (
        words[0].isupper() and len(words[0].strip(".")) > 2 and not words[-1].isupper()
    ):  # as in `ZHENG Zhikai`
        words = [*words[1:], words[0].title()]
    start = next((place for place, word in enumerate(words) if place and word in _PARTICLES), len(words) - 1)
    family = " ".join(words[start:])
    if family.isupper() and len(family) > 3:
        family = family.title()
    return " ".join(part for part in (family, initials(" ".join(words[:start])), rank) if part)


def without_marks(name: str) -> str:
    """A name without the marks and degrees after it."""
    words = _MARKS.sub("", name).split()
    while len(words) > 1 and _is_degree(words[-1]):
        words.pop()
    return " ".join(words)


def _names(text: str, *, alone: bool) -> tuple[str, ...]:
    """The names of a line that holds nothing else."""
    line = _ET_AL.sub("", _BY.sub("", text)).strip()
    parts = [_MARKS.sub("", part) for part in _PARTED.split(line)]
    people = [without_marks(part) for part in parts if len(part) > 1 and not _is_degree(part)]
    if not people or not all(map(_is_name, people)):
        return ()
    certain = len(people) > 1 or alone or any(_has_degree(part) for part in parts)
    return tuple(people) if certain else ()


def _is_name(text: str) -> bool:
    words = text.split()
    full = [word for word in words if len(word.strip(".")) > 1 and word not in _PARTICLES]
    return (
        2 <= len(words) <= 6
        and bool(full)
        and all(word in _PARTICLES or _NAME_WORD.fullmatch(word) for word in words)
        and not _NO_NAME & {word.casefold().strip(".") for word in words}
    )


def _has_degree(part: str) -> bool:
    return any(map(_is_degree, part.split()))


def _is_degree(words: str) -> bool:
    return bool(words) and all(plain in _DEGREES for plain in _plain(words))


def _plain(words: str) -> Iterator[str]:
    return (re.sub(r"[\W\d]", "", word).casefold() for word in re.split(r"[\s/]+", words))
