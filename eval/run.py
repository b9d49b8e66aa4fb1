"""A run: gold questions, what a system gave back for each, and how that scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from eval.gold import GoldQuestion
from eval.result import Result


@dataclass(frozen=True, slots=True)
class Row:
    """One question of a run."""

    gold: GoldQuestion
    result: Result
    scores: Mapping[str, float | None]
    """By name of the metric; None: not computed."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a run was made with, so that two runs are compared for what they are."""

    system: str
    """What was scored, in words: our pipeline, a server, a baseline."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Everything that changes answers: models, prompts, weights, filters, role."""
    generation: int | None = None
    models: Mapping[str, str] = field(default_factory=dict)
    prompts: Mapping[str, str] = field(default_factory=dict)
    date: str = ""
    """ISO date of the answers ("as of")."""
    gold: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each gold file, by its name."""
    judges: Mapping[str, str] = field(default_factory=dict)
    """What decided, by kind of decision: support, matching."""


@dataclass(frozen=True, slots=True)
class Run:
    """All rows of one evaluation, in the order of the gold questions."""

    provenance: Provenance
    fingerprint: str
    """Of everything that changes answers."""
    rows: tuple[Row, ...]
