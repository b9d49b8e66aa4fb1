"""The metrics: names, what they mean, and their functions.

Every metric is a pure function of a gold question and a result, from 0 to 1, higher is better; None means
"not computed". What should have been answered and wasn't is scored, never dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from inspect import getdoc
from typing import TypeAlias

from eval import metrics_citation, metrics_conduct, metrics_content, metrics_ranking
from eval.gold import GoldQuestion
from eval.judge import GATE, Supports, gate_supports
from eval.matching import MATCHER, Match, says, says_in_one
from eval.result import Result
from rag.errors import InputError

Measure: TypeAlias = Callable[[GoldQuestion, Result], float | None]


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure of a report."""

    name: str
    title: str
    group: str
    measure: Measure

    @property
    def definition(self) -> str:
        """What it measures and where it comes from: the docstring of its function."""
        measure = self.measure.func if isinstance(self.measure, partial) else self.measure
        return " ".join((getdoc(measure) or "").split())


@dataclass(frozen=True, slots=True)
class Judges:
    """Who decides what no formula does; their names stand in the report."""

    support: Supports = gate_supports
    support_name: str = GATE
    match: Match = says
    match_forbidden: Match = says_in_one
    match_name: str = MATCHER

    @property
    def names(self) -> Mapping[str, str]:
        """By kind of decision."""
        return {"citation support": self.support_name, "statements": self.match_name}


def metrics(judges: Judges | None = None) -> tuple[Metric, ...]:
    """All metrics in the order of a report, with `judges` where one is needed."""
    judges = judges or Judges()
    return (*_content(judges), *_citation(judges), *_conduct(), *_ranking())


def chosen(names: Sequence[str], among: Sequence[Metric]) -> tuple[Metric, ...]:
    """The metrics with these names, in the order of the report.

    Raises:
        InputError: for a name that no metric has; lists the names.
    """
    known = [metric.name for metric in among]
    for name in names:
        if name not in known:
            raise InputError(f"there is no metric {name!r}; choose from: {', '.join(known)}")
    return tuple(metric for metric in among if metric.name in names)


def score(gold: GoldQuestion, result: Result, among: Sequence[Metric]) -> dict[str, float | None]:
    """The value of each metric for one question, by its name."""
    return {metric.name: metric.measure(gold, result) for metric in among}


def _content(judges: Judges) -> tuple[Metric, ...]:
    m, group = metrics_content, "What it says"
    covered = partial(m.must_have_coverage, match=judges.match)
    avoided = partial(m.must_not_avoided, match=judges.match_forbidden)
    return (
        Metric("must_have_coverage", "Must-have statements said", group, covered),
        Metric("must_not_avoided", "Must-not statements avoided", group, avoided),
        Metric("conflict_shown", "Disagreement shown", group, m.conflict_shown),
        Metric("answers_answerable", "Answerable questions answered", group, m.answers_answerable),
        Metric("declines_unanswerable", "Unanswerable questions declined", group, m.declines_unanswerable),
    )


def _citation(judges: Judges) -> tuple[Metric, ...]:
    m, group = metrics_citation, "What it cites"
    recall = partial(m.citation_recall, supports=judges.support)
    precision = partial(m.citation_precision, supports=judges.support)
    acceptable = partial(m.acceptable_cited, match=judges.match)
    return (
        Metric("citation_recall", "Sentences supported by their citations", group, recall),
        Metric("citation_precision", "Citations of use", group, precision),
        Metric("acceptable_cited", "Acceptable source cited for what is said", group, acceptable),
        Metric("best_cited", "Best evidence cited", group, m.best_cited),
        Metric("relevant_cited", "Right document cited", group, m.relevant_cited),
        Metric("quotes_verbatim", "Quotes verbatim", group, m.quotes_verbatim),
        Metric("number_fidelity", "Numbers as in their quotes", group, m.number_fidelity),
    )


def _conduct() -> tuple[Metric, ...]:
    m, group = metrics_conduct, "How it is made"
    return (
        Metric("no_retracted_cited", "Nothing retracted cited", group, m.no_retracted_cited),
        Metric("no_superseded_lead", "Nothing superseded in the lead", group, m.no_superseded_lead),
        Metric("emergency_noticed", "Emergencies told to call for help", group, m.emergency_noticed),
        Metric("no_false_alarm", "No alarm without an emergency", group, m.no_false_alarm),
        Metric("strong_evidence", "Cited documents of level 1 or 2", group, m.strong_evidence),
        Metric("repeatability", "Same bytes when asked again", group, m.repeatability),
        Metric("role_invariance", "Same claims for every role", group, m.role_invariance),
    )


def _ranking() -> tuple[Metric, ...]:
    m, group = metrics_ranking, "How it ranks"
    return (
        Metric("ndcg_at_10", "nDCG@10", group, m.ndcg_at_10),
        Metric("recall_at_100", "Recall@100", group, m.recall_at_100),
        Metric("mrr", "MRR", group, m.mrr),
        Metric("map", "MAP", group, m.average_precision),
        Metric("hit_at_1", "Hit@1", group, m.hit_at_1),
        Metric("best_in_top_3", "Best evidence in the first three", group, m.best_in_top_3),
    )
