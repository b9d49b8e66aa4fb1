"""The label of its kind that a paper bears above its title, as in `REVIEW ARTICLE`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_KINDS = {
    "Journal Article": (
        "article, articles, original article, original articles, original research, original investigation, "
        "original paper, original contribution, original study, research article, research paper, research, "
        "full paper, full length article, clinical research, clinical investigation, clinical study"
    ),
    "Review": (
        "review, reviews, review article, narrative review, invited review, state-of-the-art review, clinical review, "
        "mini review, mini-review, minireview, review paper"
    ),
    "Systematic Review": "systematic review, systematic reviews, systematic review and meta-analysis, cochrane review",
    "Meta-Analysis": "meta-analysis, systematic review and meta-analysis, meta-analyses",
    "Scoping Review": "scoping review",
    "Randomized Controlled Trial": "randomized controlled trial, randomised controlled trial, randomized clinical trial",
    "Clinical Trial Protocol": "study protocol, trial protocol",
    "Case Reports": "case report, case reports, clinical case report",
    "Guideline": "guideline, guidelines, nice guideline, clinical guideline, clinical guidelines, who guidelines",
    "Practice Guideline": "practice guideline, clinical practice guideline, clinical practice guidelines, aha guideline",
    "Consensus Statement": "consensus statement, expert consensus, consensus report, position statement, position paper",
    "Editorial": "editorial, editorials, guest editorial",
    "Letter": "letter, letters, letter to the editor, letters to the editor, correspondence",
    "Comment": "comment, commentary, invited commentary, editorial comment",
    "News": "news, news and views",
    "Published Erratum": (
        "correction, corrections, erratum, errata, corrigendum, author correction, publisher correction, "
        "correction to, addendum"
    ),
    "Retraction of Publication": "retraction, retraction note, retraction notice, notice of retraction",
    "Expression of Concern": "expression of concern, editorial expression of concern",
    "Retracted Publication": "retracted, retracted article, retracted paper",
}
"""Types in the words of MEDLINE, and the labels that say the same."""
_TYPES: dict[str, list[str]] = {}
for _kind, _labels in _KINDS.items():
    for _label in _labels.split(", "):
        _TYPES.setdefault(_label, []).append(_kind)
_BESIDE = re.compile(r"\s*[;|•·\t]\s*|\s{2,}")
_ACCESS = re.compile(r"\b(?:free )?open(?: access)?$|\bfree access$|[:.]$", re.IGNORECASE)
# Below a title these words may head something else: an address, a letter's greeting, a remark.
_ABOVE_ONLY = frozenset(
    "Journal Article|Letter|Comment|News|Published Erratum|Retraction of Publication|Retracted Publication".split(
        "|"
    )
)


def publication_types(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """Publication types, in the words of MEDLINE, that the labels on a first page name.

    Args:
        above: running headers and the lines above the title.
        below: the lines right below it.
    """
    found = dict.fromkeys(kind for line in above for kind in _named(line))
    found |= dict.fromkeys(kind for line in below for kind in _named(line) if kind not in _ABOVE_ONLY)
    return tuple(found)


def _named(line: str) -> Iterator[str]:
    """Types of a line that holds labels alone."""
    for part in _BESIDE.split(line.strip()):
        label = " ".join(_ACCESS.sub("", part).split()).strip(" -–—").casefold()
        yield from _TYPES.get(label, ())
