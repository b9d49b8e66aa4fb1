"""Made-up trials: fifteen old ones that agree and a new one that says otherwise, or that is too weak to.

No drug and no study in here exists; every record names its authors as made up. They are written by
templates, so that nothing of them can be learnt from, or hidden in, real papers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from rag.types import Design, Document, EvidenceLevel, Link, LinkKind, PublicationDate, Section, Status

OLD_TRIALS = 15


class Newcomer(StrEnum):
    """What the newest study is."""

    STRONG = "large trial"
    SMALL = "small trial"
    WEAKER = "case series"
    RETRACTED = "retracted trial"


@dataclass(frozen=True, slots=True)
class ReversalCase:
    """A question, the old trials on it, and the newest study, which contradicts them."""

    topic: str
    question: str
    documents: tuple[Document, ...]
    newest: str
    """Id of the newest study."""
    newcomer: Newcomer
    helped: bool
    """Whether the old trials found a benefit."""


@dataclass(frozen=True, slots=True)
class _Topic:
    name: str
    people: str
    condition: str
    outcome: str
    question: str
    """With the drug as `{}`."""


_TOPICS = tuple(
    _Topic(*row)
    for row in (
        ("heart", "adults", "acute myocardial infarction", "death from any cause", "Does {} reduce mortality after acute myocardial infarction?"),
        ("stroke", "adults", "acute ischaemic stroke", "disability at 90 days", "Should adults with acute ischaemic stroke be given {}?"),
        ("sepsis", "adults", "septic shock", "death at 28 days", "Does {} improve survival in septic shock?"),
        ("lungs", "adults", "chronic obstructive pulmonary disease", "exacerbations", "Is {} effective in preventing exacerbations of chronic obstructive pulmonary disease?"),
        ("bones", "postmenopausal women", "osteoporosis", "hip fracture", "Does {} prevent hip fracture in postmenopausal women with osteoporosis?"),
        ("kidneys", "adults", "diabetic nephropathy", "kidney failure", "Does {} slow kidney failure in diabetic nephropathy?"),
        ("births", "pregnant women", "threatened preterm labour", "birth before 34 weeks", "Does {} prevent preterm birth in threatened preterm labour?"),
        ("children", "children", "acute bronchiolitis", "admission to hospital", "Should children with acute bronchiolitis receive {}?"),
        ("gut", "adults", "active ulcerative colitis", "relapse within a year", "Does {} keep ulcerative colitis in remission?"),
        ("joints", "adults", "osteoarthritis of the knee", "disabling pain", "Does {} relieve pain in osteoarthritis of the knee?"),
        ("head", "adults", "chronic migraine", "days with migraine", "Is {} useful for chronic migraine?"),
        ("liver", "adults", "severe alcoholic hepatitis", "death at 90 days", "Does {} lower mortality in severe alcoholic hepatitis?"),
    )
)  # fmt: skip
_FIRST = ("Velo", "Quin", "Taro", "Zelu", "Morv", "Pexa", "Ibru", "Nosa", "Fyle", "Dru", "Orba", "Keph")
_LAST = {Newcomer.STRONG: ("trine", "midol"), Newcomer.SMALL: ("xane",), Newcomer.WEAKER: ("sulin",), Newcomer.RETRACTED: ("caprol",)}  # fmt: skip
_TITLES = (
    "{drug} for {condition}: a randomised controlled trial",
    "Effect of {drug} on {outcome} in {condition}",
    "A double-blind placebo-controlled trial of {drug} in {people} with {condition}",
    "{drug} versus placebo in {condition}",
    "Randomised trial of {drug} to prevent {outcome} in {people} with {condition}",
)
_BENEFIT = (
    "{drug} significantly reduced {outcome} compared with placebo ({low}% versus {high}%; P={p}).",
    "{outcome_} occurred in {low}% of those given {drug} and in {high}% of those given placebo (P={p}), a significant benefit.",
    "There was significantly less {outcome} with {drug} than with placebo ({low}% versus {high}%, P={p}).",
)
_NO_BENEFIT = (
    "{drug} did not reduce {outcome} compared with placebo ({high}% versus {low}%; P={p}).",
    "{outcome_} occurred in {high}% of those given {drug} and in {low}% of those given placebo (P={p}), with no benefit of treatment.",
    "There was no less {outcome} with {drug} than with placebo ({high}% versus {low}%, P={p}).",
)
_FOR = (
    "{drug} reduces {outcome} in {people} with {condition} and should be given.",
    "Treatment with {drug} is beneficial in {people} with {condition}.",
    "These results support the use of {drug} in {condition}.",
)
_AGAINST = (
    "{drug} does not reduce {outcome} in {people} with {condition} and should not be given.",
    "Treatment with {drug} is of no benefit in {people} with {condition}.",
    "These results do not support the use of {drug} in {condition}.",
)


def reversal_cases(topics: int | None = None) -> tuple[ReversalCase, ...]:
    """All topics, or the first so many, once for each kind of newest study; a large trial in both directions."""
    return tuple(
        _case(at, topic, f"{first}{last}", newcomer, helped=(at + turn) % 2 == 0)
        for at, (topic, first) in enumerate(zip(_TOPICS[:topics], _FIRST[:topics], strict=True))
        for newcomer, endings in _LAST.items()
        for turn, last in enumerate(endings)
    )


def _case(at: int, topic: _Topic, drug: str, newcomer: Newcomer, *, helped: bool) -> ReversalCase:
    old = tuple(_old_trial(topic, drug, number, helped=helped) for number in range(1, OLD_TRIALS + 1))
    newest = _newest(topic, drug, newcomer, at, helped=not helped)
    return ReversalCase(
        topic.name, topic.question.format(drug), (*old, newest), newest.id, newcomer, helped=helped
    )


def _old_trial(topic: _Topic, drug: str, number: int, *, helped: bool) -> Document:
    year, size = 1990 + (number * 7) % 20, 120 + (number * 83) % 700
    return _trial(topic, drug, number, year, size, helped=helped)


def _newest(topic: _Topic, drug: str, newcomer: Newcomer, at: int, *, helped: bool) -> Document:
    number, year = OLD_TRIALS + 1, 2024 + at % 2
    if newcomer is Newcomer.SMALL:
        return _trial(topic, drug, number, year, 18 + at, helped=helped)
    large = _trial(topic, drug, number, year, 4_000 + 350 * at, helped=helped)
    if newcomer is Newcomer.RETRACTED:
        notice = Link(LinkKind.RETRACTED_BY, "ref:made-up-notice")
        return replace(large, status=Status.RETRACTED, links=(notice,))
    return _case_series(large, topic, drug, 9 + at, helped=helped) if newcomer is Newcomer.WEAKER else large


def _trial(topic: _Topic, drug: str, number: int, year: int, size: int, *, helped: bool) -> Document:
    low, high = 8 + number, 9 + number * 2
    words = {"drug": drug, "condition": topic.condition, "people": topic.people, "outcome": topic.outcome}
    words |= {"outcome_": topic.outcome.capitalize(), "low": str(low), "high": str(high), "p": f"0.0{1 + number % 4}"}  # fmt: skip
    found, concluded = (_BENEFIT, _FOR) if helped else (_NO_BENEFIT, _AGAINST)
    if not helped:
        words["p"] = f"0.{31 + number}"
    methods = f"{size:,} {topic.people} with {topic.condition} were randomly assigned to {drug} or placebo."
    texts = {
        "Methods": methods,
        "Results": found[number % len(found)].format(**words),
        "Conclusions": concluded[number % len(concluded)].format(**words),
    }
    title = _TITLES[number % len(_TITLES)].format(**words)
    return Document(
        id=f"ref:made-up-{drug.lower()}-{number}",
        title=title[0].upper() + title[1:],
        sections=tuple(Section(heading, text) for heading, text in texts.items()),
        authors=("Made Up",),
        journal="Made-Up Trials",
        published=PublicationDate(year, 1 + number % 12),
        publication_types=("Randomized Controlled Trial",),
        design=Design.RANDOMISED_TRIAL,
        level=EvidenceLevel.TWO,
        level_inferred=False,
        sample_size=size,
    )


def _case_series(like: Document, topic: _Topic, drug: str, size: int, *, helped: bool) -> Document:
    said = "all improved" if helped else "none improved"
    texts = {
        "Methods": f"We describe {size} {topic.people} with {topic.condition} who were given {drug}.",
        "Results": f"Of the {size} patients given {drug} for {topic.condition}, {said} with regard to {topic.outcome}.",
        "Conclusions": f"In our experience {drug} {'helps' if helped else 'does not help'} in {topic.condition}.",
    }
    return replace(
        like,
        title=f"Our experience with {drug} in {topic.condition}: a case series",
        sections=tuple(Section(heading, text) for heading, text in texts.items()),
        publication_types=("Case Reports",),
        design=Design.CASE_SERIES,
        level=EvidenceLevel.FOUR,
        sample_size=size,
    )


def documents_of(cases: tuple[ReversalCase, ...]) -> Iterator[Document]:
    """The documents of all cases, for one library."""
    return (document for case in cases for document in case.documents)
