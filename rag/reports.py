"""One report of each study among the evidence: the others are named beside it and count for nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rag.citations import name_and_year
from rag.kinship import copies, families, is_named, is_preprint, same_texts, versions
from rag.types import Document, Evidence, Status

_DOUBTFUL = frozenset({Status.SUPERSEDED, Status.CONCERN})


@dataclass(frozen=True, slots=True)
class Reports:
    """Evidence in which each study has one report and each text one copy."""

    evidence: tuple[Evidence, ...]
    stood_for: Mapping[str, Document]
    """By the id of a document that is left out: the one that reports the same."""


def one_report_each(ordered: Sequence[Evidence], question: str) -> Reports:
    """The same evidence without the further reports of a study and the further copies of a text.

    Of the reports of one study stands the published version, else one that nobody doubts, else the best
    for the question; its `why` names the others. What the question names stands as well.
    """
    documents = {item.document.id: item.document for item in ordered}
    worth = _worth(documents)

    def named(key: str) -> bool:
        return is_named(documents[key], question)

    alike = same_texts(ordered)
    further = _stood_for(families(ordered, alike), worth, named)
    apart = [item for item in ordered if item.document.id not in further]
    alike = tuple(pair for pair in alike if not any(item.document.id in further for item in pair))
    source = {item.passage.id: item.document.id for item in apart}
    copied = _stood_for(copies(alike), lambda key: worth(source[key]), lambda key: named(source[key]))
    kept = [item for item in apart if item.passage.id not in copied]
    told = further | {source[copy]: source[original] for copy, original in copied.items()}
    standing = {item.document.id for item in kept}
    stood = {key: documents[_last(told, best, standing)] for key, best in told.items()}
    return Reports(
        tuple(
            _telling(item, [documents[k] for k in stood if stood[k].id == item.document.id]) for item in kept
        ),
        {key: best for key, best in stood.items() if key not in standing},
    )


def _worth(documents: Mapping[str, Document]) -> Callable[[str], tuple[bool, bool, bool, int]]:
    """Sort key of a document among the reports of one study; the best comes first."""
    earlier = {before for before, _ in versions(documents.values())}
    places = {key: place for place, key in enumerate(documents)}

    def key(name: str) -> tuple[bool, bool, bool, int]:
        document = documents[name]
        doubtful = document.status in _DOUBTFUL
        # Version before doubt: what is said against a paper holds for its preprint as well.
        return name in earlier, doubtful, is_preprint(document), places[name]

    return key


def _stood_for(
    groups: Iterable[frozenset[str]], worth: Callable[[str], Any], named: Callable[[str], bool]
) -> dict[str, str]:
    """For each of a group that isn't its best nor named: the best."""
    found: dict[str, str] = {}
    for group in groups:
        best = min(group, key=worth)
        found |= {other: best for other in sorted(group - {best}) if not named(other)}
    return found


def _last(told: Mapping[str, str], key: str, standing: Collection[str]) -> str:
    """Who stands in the end: the best report of a study may itself be left out as a copy."""
    while key not in standing:
        key = told[key]
    return key


def _telling(item: Evidence, others: Sequence[Document]) -> Evidence:
    if not others:
        return item
    names = ", ".join(f"{name_and_year(other)} ({other.id})" for other in others)
    return replace(item, why=replace(item.why, text=f"{item.why.text}; also reported in {names}"))
