"""Where the retrieved evidence disagrees, both sides of it, and the likely reason."""

from __future__ import annotations

from collections.abc import Sequence

from rag.comparable import comparable
from rag.findings import Verdict
from rag.gate import Draft, vouch
from rag.outcomes import OUTCOMES
from rag.question import Question
from rag.sides import Side, of_one_thing, sides
from rag.types import Conflict, Document, Evidence, QuestionType

MOST = 2  # disagreements shown
A_SIDE = 2  # claims of different documents on one side
ALLY = 0.8  # share of the weight of the first of its side that the second has
FIRST_OUTCOME = 0.05  # what an outcome gains over the next in the table, where the question names none
MUCH_LARGER = 3  # times
APART = 2  # years
_ASKED = frozenset(  # types of question that an effect or a piece of advice answers
    {
        QuestionType.THERAPY,
        QuestionType.HARM,
        QuestionType.PROGNOSIS,
        QuestionType.GUIDELINE,
        QuestionType.OVERVIEW,
    }
)
_DENIES = frozenset({Verdict.SAME, Verdict.AGAINST, Verdict.BAD})


def conflicts(question: Question, evidence: Sequence[Evidence]) -> tuple[Conflict, ...]:
    """Findings of different documents on one outcome of the question that can't both be the whole truth.

    They are looked for among all of the evidence, not only among what is shown; every side is vouched
    for by the gate like any other claim.
    """
    if question.type not in _ASKED:
        return ()
    every = sides(question, evidence)
    found: dict[str, Conflict] = {}
    for topic, one, other in _pairs(question, every):
        if topic in found or len(found) == MOST:
            continue
        first = _with_ally(one, other, every, [one, other])
        shown = [*first, *_with_ally(other, one, every, [*first, other])]
        claims, withheld = vouch([_draft(side) for side in shown], evidence)
        if not withheld:
            found[topic] = Conflict(topic, claims, reason(one.document, other.document))
    return tuple(found.values())


def reason(one: Document, other: Document) -> str:
    """Why two documents may disagree, as far as their records tell."""
    reasons = []
    if bool(one.indirect) != bool(other.indirect):
        far = one if one.indirect else other
        reasons.append(f"one side is indirect evidence ({far.indirect})")
    if one.design is not other.design:
        reasons.append(f"the designs differ ({one.design.value} and {other.design.value})")
    if one.year and other.year and abs(one.year - other.year) >= APART:
        newer, older = (one, other) if one.year > other.year else (other, one)
        reasons.append(f"the {newer.design.value} of {newer.year} is newer than that of {older.year}")
    small, large = sorted((one.sample_size or 0, other.sample_size or 0))
    if small and large >= MUCH_LARGER * small:
        reasons.append(f"one is much larger ({large:,} against {small:,} people)")
    if one.population and other.population and one.population != other.population:
        reasons.append(f"the populations differ ({one.population}; {other.population})")
    return "; ".join(reasons) if reasons else "the records do not show why"


def _pairs(question: Question, every: Sequence[Side]) -> list[tuple[str, Side, Side]]:
    """Opposed pairs with the outcome on which they are, the weightiest first; what found an effect before what did not."""
    found = []
    for place, one in enumerate(every):
        for other in every[place + 1 :]:
            if one.disagrees(other) and of_one_thing(one, other, question):
                first, then = sorted((one, other), key=lambda side: side.finding.verdict in _DENIES)
                found.append((_topic(one, other), first, then))
    return sorted(
        found, key=lambda pair: (-_weight(*pair), pair[0], pair[1].document.id, pair[2].document.id)
    )


def _topic(one: Side, other: Side) -> str:
    shared = sorted(one.outcomes & other.outcomes, key=OUTCOMES.index)
    return (
        " or ".join((shared[0], *(name.lower() for name in shared[1:])))
        if one.finding.combined
        else shared[0]
    )


def _weight(topic: str, one: Side, other: Side) -> float:
    place = next(i for i, name in enumerate(OUTCOMES) if topic.startswith(name))
    return one.weight + other.weight - FIRST_OUTCOME * place


def _with_ally(one: Side, other: Side, every: Sequence[Side], shown: Sequence[Side]) -> list[Side]:
    """A side with the best of a document not yet shown that found the same and disagrees with the other as well."""
    taken = {side.document.id for side in shown}
    topic = min(one.outcomes & other.outcomes, key=OUTCOMES.index)
    allies = [
        side
        for side in every
        if side.document.id not in taken
        and side.finding.verdict is one.finding.verdict
        and topic in side.outcomes
        and side.weight >= ALLY * one.weight
        and side.disagrees(other)
        and comparable(side.saying, one.saying)
    ]
    return [one, *sorted(allies, key=lambda side: -side.weight)[: A_SIDE - 1]]


def _draft(side: Side) -> Draft:
    return Draft(side.candidate.text, ((side.candidate.evidence.passage.id, side.candidate.text),))
