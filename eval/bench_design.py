"""How well title and abstract alone tell what a record's publication types say of its design."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from rag.types import Design


@dataclass(frozen=True, slots=True)
class Told:
    """A record with its types, and the design that was told without them."""

    document_id: str
    types: frozenset[str]
    """In lower case."""
    design: Design

    @property
    def held_out(self) -> bool:
        """Whether it is of the half that no cue was written on: that of ids with an odd sha256."""
        return int(sha256(self.document_id.encode()).hexdigest(), 16) % 2 == 1


@dataclass(frozen=True, slots=True)
class Kind:
    """What types that mean the same are to be told as."""

    name: str
    types: frozenset[str]
    designs: frozenset[Design]
    but_not: frozenset[str] = frozenset()
    """Types that make another kind of a record that has these."""
    always_given: bool = True
    """Whether NLM has given the type to every record that is of this kind."""

    def is_of(self, told: Told) -> bool:
        """Whether a record's types make it one of this kind."""
        return bool(self.types & told.types) and not self.but_not & told.types


@dataclass(frozen=True, slots=True)
class DesignRow:
    """How records of one kind were told from the others."""

    name: str
    right: int
    wrongly: int
    """Records told as this kind whose types say otherwise."""
    missed: int

    @property
    def n(self) -> int:
        """Records that are of this kind by their types."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        """Of those told as this kind, the share that is; 0 where none was told."""
        return self.right / told if (told := self.right + self.wrongly) else 0.0

    @property
    def recall(self) -> float:
        """Of those that are of this kind, the share that was told; 0 where there is none."""
        return self.right / self.n if self.n else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both (van Rijsbergen, Information Retrieval, 1979, ch. 7)."""
        both = 2 * self.right + self.wrongly + self.missed
        return 2 * self.right / both if both else 0.0


_RCT = frozenset({"randomized controlled trial"})
_META = frozenset({"meta-analysis", "network meta-analysis"})
KINDS = (
    Kind("randomised trial", _RCT, frozenset({Design.RANDOMISED_TRIAL})),
    Kind(
        "other clinical trial",
        frozenset(
            {"clinical trial", "controlled clinical trial", "pragmatic clinical trial"}
            | {f"clinical trial, phase {number}" for number in ("i", "ii", "iii", "iv")}
        ),
        frozenset({Design.NON_RANDOMISED_TRIAL}),
        but_not=_RCT,
    ),
    Kind("meta-analysis", _META, frozenset({Design.META_ANALYSIS})),
    # NLM has had "systematic review" since 2019 only; before, it is a review like any other.
    Kind(
        "review, narrative or systematic",
        frozenset({"review", "systematic review"}),
        frozenset({Design.NARRATIVE_REVIEW, Design.SYSTEMATIC_REVIEW}),
        but_not=_META,
    ),
    Kind(
        "case report or series",
        frozenset({"case reports"}),
        frozenset({Design.CASE_REPORT, Design.CASE_SERIES}),
    ),
    Kind(
        "guideline or consensus",
        frozenset({"guideline", "practice guideline", "consensus development conference"}),
        frozenset({Design.GUIDELINE, Design.CONSENSUS}),
    ),
    Kind(
        "letter, comment, editorial or news",
        frozenset({"letter", "comment", "editorial", "news"}),
        frozenset({Design.OPINION}),
    ),
    # Since 2014 only, and not to all.
    Kind(
        "observational study",
        frozenset({"observational study"}),
        frozenset({Design.COHORT, Design.CASE_CONTROL, Design.CROSS_SECTIONAL}),
        always_given=False,
    ),
)


def design_rows(told: Iterable[Told]) -> tuple[DesignRow, ...]:
    """A row for each kind, in their order; a record counts once, and with each kind that its types name."""
    records = tuple({one.document_id: one for one in told}.values())
    return tuple(_row(kind, records) for kind in KINDS)


def macro_f1(rows: Sequence[DesignRow]) -> float | None:
    """Mean F1 of the kinds that there are records of; None where there are none."""
    there = [row.f1 for row in rows if row.n]
    return sum(there) / len(there) if there else None


def _row(kind: Kind, records: Sequence[Told]) -> DesignRow:
    right = wrongly = missed = 0
    for one in records:
        told, is_one = one.design in kind.designs, kind.is_of(one)
        right += told and is_one
        missed += is_one and not told
        wrongly += told and not is_one and (kind.always_given or any(other.is_of(one) for other in KINDS))
    return DesignRow(kind.name, right, wrongly, missed)
