"""Sentences of the evidence that found something on the question, and which of them disagree."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rag.comparable import Saying, comparable, of_other_age, of_subgroup
from rag.findings import Finding, finding_of, opposed
from rag.fitness import strength, subject_weights
from rag.named import treatments_in
from rag.outcomes import ADVICE, OUTCOMES, outcomes_of
from rag.question import Question
from rag.relevance import TermWeights
from rag.sentences import Candidate, candidates
from rag.text import term, term_set, terms
from rag.types import Design, Document, Evidence, QuestionType, Status

ON_THE_POINT = 0.3  # share of what the best sentence covers of the subject that each side covers
CLOSE_TO_BEST = 0.6  # share of the score of the best evidence that each side has
# What a sentence gains or loses as the one to stand for its side.
MEASURED, FURTHER_OUTCOME, SUBGROUP, OTHER_AGE, OTHER_TREATMENT = 0.2, -0.1, -0.2, -0.5, -0.4
_ADVISERS = frozenset({Design.GUIDELINE, Design.CONSENSUS, Design.REGULATORY})
_PROCEDURES = re.compile(
    r"(?<!not )\b(?:surgery|surgical|operat\w+|decompression|laminectomy|evacuation|drainage|ventilation|transfusion|goal-directed|conservative|observation|calcium)\b",
    re.IGNORECASE,
)
# Terms that two sentences may share without speaking of one factor.
_GENERAL = frozenset(
    term(word)
    for word in "patients people cases group outcome recovery years use used treatment preoperative link good poor state deficit".split()
)


@dataclass(frozen=True, slots=True)
class Side:
    """A sentence with what it found and how much it deserves to stand for what it says."""

    candidate: Candidate
    finding: Finding
    outcomes: frozenset[str]
    weight: float

    @property
    def document(self) -> Document:
        """The document that says it."""
        return self.candidate.evidence.document

    @property
    def saying(self) -> Saying:
        """Its words under its title."""
        return Saying(self.document.title, self.candidate.text)

    def disagrees(self, other: Side) -> bool:
        """Whether the two, of different documents, can't both be the whole truth on what they share."""
        return (
            self.document.id != other.document.id
            and bool(self.outcomes & other.outcomes)
            and self.finding.combined == other.finding.combined
            and opposed(self.finding.verdict, other.finding.verdict)
            and not self.finding.fits(other.finding)
            and comparable(self.saying, other.saying)
        )


def sides(question: Question, evidence: Sequence[Evidence]) -> list[Side]:
    """Every sentence on the question that found something, from documents that still stand."""
    every = [c for c in candidates(evidence) if c.evidence.document.status is not Status.SUPERSEDED]
    weights = subject_weights(question.subject, every)
    covered = {id(c): _covered(weights, c) for c in every}
    most = max(covered.values(), default=0.0)
    best = max((item.score for item in evidence), default=0.0)
    wanted, acts = _wanted(question), acts_of(question)
    return [
        Side(c, finding, outcomes, covered[id(c)] + _worth(question, c, finding, len(outcomes)))
        for c, finding, outcomes in _found(every)
        if covered[id(c)] >= ON_THE_POINT * most
        and c.evidence.score >= CLOSE_TO_BEST * best
        and names(acts, f"{c.evidence.document.title} {c.text}")
        and outcomes & wanted
    ]


def _wanted(question: Question) -> frozenset[str]:
    """The outcomes of which a question asks; of a guideline what it advises, and where none is named every one."""
    if question.type is QuestionType.GUIDELINE:
        return frozenset({ADVICE})
    named = outcomes_of(question.text)
    if named and question.type is not QuestionType.HARM:  # "safe for pain" names what a drug is for
        return named | {ADVICE}
    return frozenset(OUTCOMES) if acts_of(question) else frozenset(OUTCOMES) - {"Outcome"}


def acts_of(question: Question) -> tuple[tuple[str, ...], ...]:
    """What is done, of which the question asks, each in its terms: its treatments, else its procedures."""
    return tuple(question.treatments.values()) or tuple(
        tuple(term_set(word)) for word in _PROCEDURES.findall(question.text)
    )


def names(acts: Collection[Sequence[str]], text: str) -> bool:
    """Whether a text names one of `acts`, or what stands for it; so does any where there are none."""
    said = term_set(text)
    return not acts or any(all(TermWeights.spoken(t, said) for t in act) for act in acts)


def of_one_thing(one: Side, other: Side, question: Question) -> bool:
    """Whether two sides speak of what is done, or where nothing is, of one factor beyond the question's words."""
    acts = acts_of(question)
    if acts:
        return ADVICE not in one.outcomes or all(names(acts, s.candidate.text) for s in (one, other))
    mine, theirs = term_set(one.candidate.text), term_set(other.candidate.text)
    factors = mine - term_set(question.text) - _GENERAL
    return any(TermWeights.spoken(t, theirs) for t in factors if not t[0].isdigit() and not outcomes_of(t))


def _found(every: Sequence[Candidate]) -> Iterator[tuple[Candidate, Finding, frozenset[str]]]:
    """What each sentence found; where it names no outcome, the sentence before it in its passage tells it."""
    before: Candidate | None = None
    for candidate in every:
        advises = candidate.evidence.document.design in _ADVISERS
        finding = None if candidate.procedure else finding_of(candidate.text, advises)
        if finding:
            outcomes = finding.outcomes
            if not outcomes and before and before.evidence.passage.id == candidate.evidence.passage.id:
                spoken_of = outcomes_of(before.text)
                outcomes = spoken_of if len(spoken_of) == 1 else outcomes
            yield candidate, finding, outcomes
        before = candidate


def _worth(question: Question, candidate: Candidate, finding: Finding, outcomes: int) -> float:
    return (
        candidate.evidence.score
        + strength(candidate)
        + MEASURED * finding.measured
        + FURTHER_OUTCOME * max(0, outcomes - 1)
        + SUBGROUP * of_subgroup(candidate.text)
        + OTHER_AGE * of_other_age(question.text, candidate.text)
        + OTHER_TREATMENT * _with_other_treatment(question, candidate)
    )


def _with_other_treatment(question: Question, candidate: Candidate) -> bool:
    """Whether its title names a treatment beside those of which the question asks."""
    asked = frozenset(t for name in question.treatments.values() for t in name)
    named = (tuple(terms(name)) for name in treatments_in(candidate.evidence.document.title))
    return bool(asked) and any(not all(TermWeights.spoken(t, asked) for t in name) for name in named)


def _covered(weights: TermWeights, candidate: Candidate) -> float:
    item = candidate.evidence
    own = (item.passage.section, candidate.text)
    return (weights.coverage(*own) + weights.coverage(item.document.title, *own)) / 2
