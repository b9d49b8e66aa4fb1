"""Questions that may come next, each of which the library can answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from rag.answer import Answer
from rag.evidence import Evidence
from rag.facets import GENERAL, facet_of
from rag.followup_rewrite import rewritten
from rag.followup_topic import Kind, Topic, topic_of
from rag.named import drugs_in
from rag.populations import groups_of
from rag.types import Population

CHECKED = 6  # candidates that are searched for, at most: a search takes some 10 ms
# What to ask of a disease or of a treatment about one side of it; empty where that side isn't asked of it.
_ASKED: dict[str, tuple[str, str]] = {
    "Time course": ("How long does {} take to resolve?", ""),
    "Mechanism": ("What is the mechanism of {}?", "How does {} work?"),
    "Conservative care": ("Can {} be managed without surgery?", ""),
    "Surgery and its timing": ("When is surgery needed for {}?", ""),
    "Corticosteroids": ("Do corticosteroids help in {}?", ""),
    "Pain relief": ("Which pain relief is safe in {}?", ""),
    "Imaging and monitoring": ("What does imaging show in {}?", ""),
    "Diagnosis and presentation": ("How is {} diagnosed?", ""),
    "Prognosis": ("What is the prognosis of {}?", ""),
    "How common it is": ("How common is {}?", ""),
    "Risks and harms": ("What are the complications of {}?", "What are the adverse effects of {}?"),
    "Anticoagulants and bleeding": ("", "What is the risk of bleeding with {}?"),
    "What guidelines say": ("What do guidelines recommend for {}?", "What do guidelines recommend on {}?"),
    "Recurrence": ("How often does {} recur?", ""),
    "Benefits": ("", "How effective is {}?"),
}
_OTHERS = {
    Population.CHILD: "in children",
    Population.PREGNANCY: "in pregnancy",
}


def suggested(
    answer: Answer, asked_before: Sequence[str], answerable: Callable[[str], bool], most: int
) -> tuple[str, ...]:
    """Up to `most` questions that may follow an answer: a side, a group or a drug that it left unsaid.

    Args:
        answer: with the evidence that it was drawn from.
        asked_before: stand-alone questions of the conversation, which aren't suggested again.
        answerable: whether the library can answer a question; asked of at most `CHECKED`.
        most: how many are wanted.
    """
    known = {_plain(one) for one in (*asked_before, answer.understood_as, answer.question)}
    chosen: list[str] = []
    checked = 0
    for candidate in _candidates(answer):
        if len(chosen) >= most or checked >= CHECKED:
            break
        if _plain(candidate) in known:
            continue
        known.add(_plain(candidate))
        checked += 1
        chosen += [candidate] if answerable(candidate) else []
    return tuple(chosen)


def _candidates(answer: Answer) -> Iterator[str]:
    """Questions by turns of what the uncited evidence speaks of most: sides, groups, drugs."""
    topic = topic_of(answer.understood_as)
    if not topic.named:
        return
    cited = set(answer.cited_documents)
    unsaid = [item for item in answer.evidence if item.document.id not in cited] or list(answer.evidence)
    kinds = [_of_sides(answer, topic, unsaid), _of_groups(answer, unsaid), _of_drugs(answer, topic, unsaid)]
    while any(kinds):
        for kind in kinds:
            if kind:
                yield kind.pop(0)


def _of_sides(answer: Answer, topic: Topic, unsaid: Sequence[Evidence]) -> list[str]:
    """Sides of the topic, without those that are headings of the answer or that the question names."""
    said = {point.heading for point in answer.key_points}
    said.add(facet_of("", answer.understood_as).heading)
    weight: dict[str, float] = defaultdict(float)
    for item in unsaid:
        facet = facet_of(item.passage.section, item.passage.text)
        if facet is not GENERAL and facet.heading not in said:
            weight[facet.heading] += item.why.score
    questions = (_question(heading, topic) for heading in sorted(weight, key=lambda one: (-weight[one], one)))
    return [question for question in questions if question]


def _question(heading: str, topic: Topic) -> str:
    of_disease, of_drug = _ASKED.get(heading, ("", ""))
    ill, drug = topic.subject(wanted=Kind.DISEASE), topic.subject(wanted=Kind.DRUG)
    if ill is not None and ill.disease and of_disease and not (drug and drug.drug and of_drug):
        return of_disease.format(f"{ill.article}{ill.text}")
    if drug is not None and drug.drug and of_drug:
        condition = topic.condition if ill is not None and ill.disease else ""
        return of_drug.format(f"{drug.text} {condition}".strip())
    return ""


def _of_groups(answer: Answer, unsaid: Sequence[Evidence]) -> list[str]:
    """The same question of other people than it named."""
    named = groups_of(answer.understood_as)
    weight: dict[Population, float] = defaultdict(float)
    for item in unsaid:
        for group in groups_of(f"{item.document.title} {item.passage.text}") - named:
            weight[group] += item.why.score
    groups = sorted((one for one in weight if one in _OTHERS), key=lambda one: -weight[one])
    return [rewritten(f"And {_OTHERS[group]}?", [answer.understood_as]) for group in groups]


def _of_drugs(answer: Answer, topic: Topic, unsaid: Sequence[Evidence]) -> list[str]:
    """The same question of another drug that the titles of the evidence name."""
    subject = topic.subject()
    if subject is None or not subject.drug:
        return []
    named = set(drugs_in(answer.understood_as))
    weight: dict[str, float] = defaultdict(float)
    for item in unsaid:
        for drug in set(drugs_in(item.document.title)) - named:
            weight[drug] += item.why.score
    drugs = sorted(weight, key=lambda one: (-weight[one], one))
    return [rewritten(f"What about {drug}?", [answer.understood_as]) for drug in drugs]


def _plain(question: str) -> str:
    return " ".join(question.lower().split()).rstrip("?.! ")
