"""Questions that may come next, each of which the library can answer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from rag.answer import Answer
from rag.evidence import Evidence
from rag.facets import facet_of, facets_of
from rag.followup_phrases import Phrase
from rag.followup_reference import refers
from rag.followup_rewrite import rewritten
from rag.followup_topic import Kind, Topic, topic_of
from rag.named import drugs_in
from rag.populations import groups_of
from rag.types import Population, QuestionType

CHECKED = 5  # candidates that are searched for, at most: a search takes some 10 ms
DEPTH = 40  # passages of a search that are ranked: whether there is an answer shows in the first
FIRST = 5  # passages among which one must speak of what a candidate asks anew
# What to ask of a disease or of a treatment about one side of it; empty where that side isn't asked of it.
_ASKED: dict[str, tuple[str, str]] = {
    "Time course": ("How long does {} take to resolve?", ""),
    "Mechanism": ("What is the mechanism of {}?", "How does {} work?"),
    "Conservative care": ("Can {} be managed without surgery?", ""),
    "Surgery and its timing": ("When is surgery needed for {}?", ""),
    "Corticosteroids": ("Do corticosteroids help in {}?", ""),
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may come next, and what a passage must speak of to answer what it asks anew."""

    question: str
    speaks: Callable[[Evidence], bool]

    def spoken_of(self, evidence: Sequence[Evidence]) -> bool:
        """Whether one of the first passages for the question speaks of it."""
        return any(map(self.speaks, evidence[:FIRST]))


def suggested(
    answer: Answer, asked_before: Sequence[str], answers: Callable[[Candidate], bool], most: int
) -> tuple[str, ...]:
    """Up to `most` questions that may follow an answer: a side, a group or a drug that it left unsaid.

    Args:
        answer: with the evidence that it was drawn from.
        asked_before: stand-alone questions of the conversation, which aren't suggested again.
        answers: whether the library answers a candidate, by search and the rule of abstention; asked of at
            most `CHECKED`.
        most: how many are wanted.
    """
    known = {_plain(one) for one in (*asked_before, answer.understood_as, answer.question)}
    chosen: list[str] = []
    checked = 0
    for candidate in _candidates(answer):
        if len(chosen) >= most or checked >= CHECKED:
            break
        narrower = any(one.startswith(candidate.question.rstrip("?")) for one in chosen)
        if narrower or _plain(candidate.question) in known:
            continue
        known.add(_plain(candidate.question))
        checked += 1
        chosen += [candidate.question] if answers(candidate) else []
    return tuple(chosen)


def _candidates(answer: Answer) -> Iterator[Candidate]:
    """Questions by turns of what the uncited evidence speaks of most: sides, groups, drugs."""
    topic = topic_of(answer.understood_as)
    if not topic.named:
        return
    cited = set(answer.cited_documents)
    unsaid = [item for item in answer.evidence if item.document.id not in cited] or list(answer.evidence)
    alike = _taken_up(answer, topic)
    kinds = [_of_sides(answer, topic, unsaid)]
    kinds += [_of_groups(answer, topic, unsaid), _of_drugs(answer, unsaid)] if alike else []
    while any(kinds):
        for kind in kinds:
            if kind:
                yield kind.pop(0)


def _of_sides(answer: Answer, topic: Topic, unsaid: Sequence[Evidence]) -> list[Candidate]:
    """Sides of the topic, without those that are headings of the answer or that the question names."""
    said = {point.heading for point in answer.key_points}
    said.add(facet_of("", answer.understood_as).heading)
    weight: dict[str, float] = defaultdict(float)
    for item in unsaid:
        for heading in _headings(item) - said:
            weight[heading] += item.why.score
    headings = sorted(weight, key=lambda one: (-weight[one], one))
    # Of the drug alone as well, since what harms is seldom studied under one condition.
    asked = [(heading, narrow) for narrow in (True, False) for heading in headings]
    found = ((_question(heading, topic, narrow=narrow), heading) for heading, narrow in asked)
    return [Candidate(text, partial(_is_of, heading)) for text, heading in dict(found).items() if text]


def _question(heading: str, topic: Topic, *, narrow: bool) -> str:
    of_disease, of_drug = _ASKED.get(heading, ("", ""))
    ill, drug = _disease(topic), topic.subject(wanted=Kind.DRUG)
    if drug is not None and drug.drug:
        condition = topic.condition if ill and narrow else ""
        return _in_number(of_drug, drug).format(f"{drug.text} {condition}".strip()) if of_drug else ""
    return of_disease.format(ill) if ill and of_disease else ""


def _disease(topic: Topic) -> str:
    """The name of the disease that the topic is of: `spinal haematoma` of `spinal haematoma resorption`."""
    for phrase in topic.found:
        words = phrase.text.split()
        starts = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        name = next((one for one in starts if replace(phrase, text=one).disease), None)
        if name:
            return f"{phrase.article}{name}"
    return ""


def _in_number(template: str, phrase: Phrase) -> str:
    if not phrase.plural:
        return template
    return template.replace(" is {}", " are {}").replace(" does {}", " do {}")


def _of_groups(answer: Answer, topic: Topic, unsaid: Sequence[Evidence]) -> list[Candidate]:
    """The same question of other people than it named."""
    named = groups_of(answer.understood_as)
    weight: dict[Population, float] = defaultdict(float)
    for item in unsaid:
        for group in _groups(item) - named:
            weight[group] += item.why.score
    groups = sorted((one for one in weight if one in _OTHERS), key=lambda one: (-weight[one], one))
    return [Candidate(_for_group(answer, topic, group), partial(_is_in, group)) for group in groups]


def _for_group(answer: Answer, topic: Topic, group: Population) -> str:
    if answer.question_type is QuestionType.OVERVIEW and (ill := _disease(topic)):
        return f"What is known of {ill} {_OTHERS[group]}?"
    return rewritten(f"And {_OTHERS[group]}?", [answer.understood_as])


def _of_drugs(answer: Answer, unsaid: Sequence[Evidence]) -> list[Candidate]:
    """The same question of another drug that the titles of the evidence name."""
    named = drugs_in(answer.understood_as)
    if len(named) != 1:
        return []
    weight: dict[str, float] = defaultdict(float)
    for item in unsaid:
        for drug in {one for one in drugs_in(item.document.title) if one.isalpha()} - set(named):
            weight[drug] += item.why.score
    drugs = sorted(weight, key=lambda one: (-weight[one], one))
    old = re.compile(rf"\b{re.escape(named[0])}\b", re.IGNORECASE)
    return [Candidate(old.sub(drug, answer.understood_as), partial(_names, drug)) for drug in drugs]


def _taken_up(answer: Answer, topic: Topic) -> bool:
    """Whether the question itself reads well of others: one sentence, with no figure and no reference in it."""
    text = answer.understood_as
    whole = topic.text.strip() == text.strip()
    return whole and not refers(text) and re.search(r"(?<!-)\b\d", text) is None


def _headings(item: Evidence) -> frozenset[str]:
    said = f"{item.passage.section} {item.passage.text}"
    return frozenset(facet.heading for facet in facets_of(said))


def _groups(item: Evidence) -> frozenset[Population]:
    return groups_of(f"{item.document.title} {item.passage.text}")


def _is_of(heading: str, item: Evidence) -> bool:
    return heading in _headings(item)


def _is_in(group: Population, item: Evidence) -> bool:
    return group in _groups(item)


def _names(drug: str, item: Evidence) -> bool:
    return drug in f"{item.document.title} {item.passage.text}".lower()


def _plain(question: str) -> str:
    return " ".join(question.lower().split()).rstrip("?.! ")
