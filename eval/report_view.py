"""A run as a report shows it: figures ready to print, questions worst first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.ids import cited, folded
from eval.intervals import Mean
from eval.matching import Match
from eval.metrics import Judges, Metric
from eval.metrics_citation import spoken
from eval.run import Row, Run
from eval.summary import means, question_type
from rag.types import Answer, Claim, Document

BINS = ("0", "<.25", "<.5", "<.75", "<1", "1")
# A question is read when one of these falls short; the others say how, and not whether, it is good.
_JUDGED = (
    "must_have_coverage",
    "must_not_avoided",
    "conflict_shown",
    "answers_answerable",
    "declines_unanswerable",
    "citation_recall",
    "acceptable_cited",
    "quotes_verbatim",
    "number_fidelity",
    "no_retracted_cited",
    "no_superseded_lead",
    "repeatability",
    "role_invariance",
    "hit_at_1",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A metric over the whole run."""

    metric: Metric
    mean: Mean | None
    counts: tuple[int, ...]
    """Questions in each of `BINS`."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that an answer should or shouldn't hold, and the sentences that say it."""

    text: str
    said_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """What vouches for a sentence, as far as it is known."""

    document: Document
    quote: str
    section: str
    named: str
    """`best`, `acceptable` or nothing: what the gold question thinks of it."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of an answer beside its sources."""

    claim: Claim
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One question, ready to be read."""

    row: Row
    question_type: str
    short: tuple[tuple[str, float], ...]
    """Titles of the metrics that fall short and their values, worst first."""
    must_have: tuple[Statement, ...]
    must_not: tuple[Statement, ...]
    missed: tuple[str, ...]
    """Best evidence that isn't cited."""
    said: tuple[Said, ...]

    @property
    def failed(self) -> bool:
        """Whether anything falls short."""
        return bool(self.short)


def lines(run: Run, among: Sequence[Metric]) -> tuple[Line, ...]:
    """All metrics of a run with their means and distributions."""
    of = means(run.rows, among)
    return tuple(Line(metric, of[metric.name], _counts(run, metric.name)) for metric in among)


def cases(run: Run, among: Sequence[Metric], judges: Judges) -> tuple[Case, ...]:
    """All questions, those that fall short first and worst first."""
    titles = {metric.name: metric.title for metric in among if metric.name in _JUDGED}
    found = [_case(row, titles, judges) for row in run.rows]
    return tuple(
        sorted(found, key=lambda case: (-sum(1 - value for _, value in case.short), case.row.gold.id))
    )


def _counts(run: Run, name: str) -> tuple[int, ...]:
    counts = [0] * len(BINS)
    for row in run.rows:
        value = row.scores.get(name)
        if value is not None:
            counts[_bin(value)] += 1
    return tuple(counts)


def _bin(value: float) -> int:
    if value <= 0:
        return 0
    return len(BINS) - 1 if value >= 1 else 1 + int(value * 4)


def _case(row: Row, titles: Mapping[str, str], judges: Judges) -> Case:
    answer = row.result.answer
    claims = answer.claims if answer else ()
    texts = [claim.text for claim in claims]
    scored = [(title, row.scores.get(name)) for name, title in titles.items()]
    short = [(title, value) for title, value in scored if value is not None and value < 1]
    best = [key for key in row.gold.best_evidence if row.gold.answerable]
    known = cited(claims, answer) if answer else frozenset()
    return Case(
        row=row,
        question_type=question_type(row),
        short=tuple(sorted(short, key=lambda one: (one[1], one[0]))),
        must_have=_statements(row.gold.must_have, row, spoken(claims), judges.match)
        if row.gold.answerable
        else (),
        must_not=_statements(row.gold.must_not, row, texts, judges.match_forbidden),
        missed=tuple(key for key in best if not folded([key]) & known),
        said=tuple(_said(claim, answer, row) for claim in claims) if answer else (),
    )


def _statements(
    wanted: Sequence[str], row: Row, sentences: Sequence[str], match: Match
) -> tuple[Statement, ...]:
    claims = row.result.answer.claims if row.result.answer else ()
    found = ((text, match(text, sentences, row.gold.question) or ()) for text in wanted)
    return tuple(Statement(text, tuple(claims[place].text for place in places)) for text, places in found)


def _said(claim: Claim, answer: Answer, row: Row) -> Said:
    documents = {item.document.id: item.document for item in answer.evidence}
    best, acceptable = (
        folded(row.gold.best_evidence),
        folded(key for ids in row.gold.cite_any_of for key in ids),
    )
    sources = []
    for citation in claim.citations:
        document = documents.get(citation.document_id) or Document(citation.document_id, "", ())
        ids = folded((document.id, *document.aliases))
        named = "best" if ids & best else "acceptable" if ids & acceptable else ""
        sources.append(Source(document, citation.quote, citation.section, named))
    return Said(claim, tuple(sources))
