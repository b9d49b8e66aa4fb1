"""A run as Markdown: the tables of its report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from eval.compare import Comparison
from eval.intervals import Mean
from eval.metrics import Metric
from eval.report_view import Case
from eval.run import Run
from eval.summary import figures, means, slices

_IN_SLICES = (
    "must_have_coverage",
    "answers_answerable",
    "declines_unanswerable",
    "citation_recall",
    "acceptable_cited",
    "best_cited",
    "ndcg_at_10",
)


def report_markdown(
    run: Run, among: Sequence[Metric], cases: Sequence[Case], comparison: Comparison | None
) -> str:
    """Overview, comparison, slices and the questions that fall short."""
    parts = (
        _head(run),
        _overview(run, among),
        _compared(comparison, among),
        _sliced(run, among),
        _short(cases),
    )
    return "\n".join("\n".join(part) for part in parts).rstrip() + "\n"


def shown(mean: Mean | None) -> str:
    """A mean with its interval, or that it wasn't computed."""
    return f"{mean.value:.3f} ({mean.low:.3f} to {mean.high:.3f})" if mean else "not computed"


def _head(run: Run) -> Iterator[str]:
    told, of = run.provenance, figures(run)
    yield f"# Evaluation of {_plain(told.system)}"
    yield ""
    yield f"{of.questions} questions, {of.errors} errors, as of {told.date}; settings {run.fingerprint}"
    yield ""
    for name, value in {**told.models, **told.prompts, **told.judges}.items():
        yield f"- {name}: {_plain(value)}"
    if told.generation is not None:
        yield f"- generation of the library: {told.generation}"
    for name, digest in told.gold.items():
        yield f"- gold: {_plain(name)} ({digest[:12]})"
    if of.seconds_p50 is not None and of.seconds_p95 is not None:
        yield f"- time to an answer: {of.seconds_p50:.2f} s in the middle, {of.seconds_p95:.2f} s at the 95th percentile"
    if of.median_year is not None:
        yield f"- median year of what is cited: {of.median_year:.0f}"
    if of.tokens is not None:
        yield f"- tokens: {of.tokens}"
    yield ""


def _overview(run: Run, among: Sequence[Metric]) -> Iterator[str]:
    of = means(run.rows, among)
    for group, metrics in groupby(among, key=lambda metric: metric.group):
        yield f"## {group}"
        yield ""
        yield "| metric | mean (95 % interval) | n |"
        yield "|---|---|---|"
        for metric in metrics:
            mean = of[metric.name]
            yield f"| {metric.title} (`{metric.name}`) | {shown(mean)} | {mean.n if mean else 0} |"
        yield ""


def _compared(comparison: Comparison | None, among: Sequence[Metric]) -> Iterator[str]:
    if comparison is None:
        return
    titles = {metric.name: metric.title for metric in among}
    yield "## Against the other run"
    yield ""
    yield "| metric | difference (95 % interval) | n | better | worse | only one computed it |"
    yield "|---|---|---|---|---|---|"
    for one in comparison.differences:
        n = one.difference.n if one.difference else 0
        moved = f"{one.better} | {one.worse} | {one.unpaired}"
        yield f"| {titles[one.metric]} | {shown(one.difference)} | {n} | {moved} |"
    yield ""
    for change in comparison.moved:
        parts = ", ".join(f"{titles[name]} {value:+.2f}" for name, value in change.differences)
        yield f"- {change.row.gold.id}: {parts}"
    yield ""


def _sliced(run: Run, among: Sequence[Metric]) -> Iterator[str]:
    columns = [metric for metric in among if metric.name in _IN_SLICES]
    found = slices(run, among)
    if not found or not columns:
        return
    yield "## By kind of question"
    yield ""
    yield f"| questions | n | {' | '.join(metric.title for metric in columns)} |"
    yield f"|---|---|{'---|' * len(columns)}"
    for one in found:
        of = (one.means[metric.name] for metric in columns)
        values = " | ".join(f"{mean.value:.2f}" if mean else "–" for mean in of)
        yield f"| {one.property}: {_plain(one.value)} | {one.questions} | {values} |"
    yield ""


def _short(cases: Sequence[Case]) -> Iterator[str]:
    yield "## Questions that fall short, worst first"
    yield ""
    for case in cases:
        if case.failed:
            parts = ", ".join(f"{title} {value:.2f}" for title, value in case.short)
            yield f"- **{_plain(case.row.gold.id)}** {_plain(case.row.gold.question)} ({parts})"
            yield from (f"  - missing: {_plain(one.text)}" for one in case.must_have if not one.said_by)
            yield from (
                f"  - said, and must not be: {_plain(one.text)}" for one in case.must_not if one.said_by
            )


def _plain(text: str) -> str:
    """Text on one line that no table cell or mark-up ends on."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
