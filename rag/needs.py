"""What a source must speak of to answer a question, one need for each thing that makes it that question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from rag.need import Need, NeedKind, saying, treatments
from rag.need_amounts import doses, spans
from rag.need_names import DISEASES, INTERVENTIONS
from rag.need_words import (
    ADVICE,
    BODIES,
    CONDITIONS,
    GROUPS,
    HEADS,
    OUTCOMES,
    ROUTES,
    SAME_DISEASE,
    SPECIES,
    Row,
)
from rag.populations import populations
from rag.question import Question
from rag.sources import Source, spoken
from rag.synonyms import synonyms
from rag.text import STOP_WORDS, term, term_set
from rag.types import QuestionType


def needs_of(question: Question) -> tuple[Need, ...]:
    """The needs of a question, in the order in which they are told; empty where nothing narrows it."""
    text = question.text
    found = (
        *_drugs(question),
        *_rows(text, NeedKind.SPECIES, SPECIES, "studied {}"),
        *_groups(text),
        *_conditions(text),
        *_rows(text, NeedKind.ROUTE, ROUTES, "gave it {}"),
        *_interventions(text),
        *_editions(question),
        *_studies(text),
        *_rows(text, NeedKind.OUTCOME, OUTCOMES, "tells of {}"),
        *spans(text),
        *doses(question),
        *_topics(question),
    )
    return tuple({need.told: need for need in found}.values())


def _rows(text: str, kind: NeedKind, table: Iterable[Row], told: str) -> Iterator[Need]:
    return (saying(kind, told.format(row.name), row.says) for row in table if row.asks.search(text))


def _drugs(question: Question) -> Iterator[Need]:
    for drug in treatments(question):
        own = term_set(drug)
        names = (own, *(frozenset(name) for t in own for name in synonyms(t)))
        together = question.type is QuestionType.HARM or _TOGETHER.search(question.text) is not None
        yield Need(NeedKind.DRUG, f"speaks of {drug}", _saying_one_of(names, tried=not together))


def _saying_one_of(names: Iterable[frozenset[str]], *, tried: bool = False) -> Callable[[Source], bool]:
    """Whether a source has one of the names; `tried`: as of something that it was about."""
    each = tuple(names)
    return lambda source: any(map((source.tried_terms if tried else source.terms).issuperset, each))


_TOGETHER = re.compile(
    r"\b(?:interact\w*|together|combin\w+|alongside|with|while|safe\w*|and|plus)\b", re.IGNORECASE
)


_TIMES_OF_LIFE = re.compile(r"\b(?:childhood|adolescence|infancy)\b", re.IGNORECASE)


def _groups(text: str) -> Iterator[Need]:
    newborn = next(row for row in GROUPS if row.name == "newborns")
    for group in populations(_TIMES_OF_LIFE.sub(" ", newborn.asks.sub(" ", text))):
        yield Need(NeedKind.GROUP, f"studied {group}", partial(_studied, group))
    yield from _rows(text, NeedKind.GROUP, GROUPS, "studied {}")


def _studied(group: str, source: Source) -> bool:
    """A record of adults and children doesn't say what was found in children: title or sentence must."""
    if group in populations(" . ".join((source.document.title, *source.sentences))):
        return True
    whom = source.document.population or ""
    return group in populations(whom) and not re.search(r"\badults?\b", whom, re.IGNORECASE)


# "aspiration pneumonia", "ventilator-associated pneumonia": the first word says which disease it is.
_QUALIFIED = re.compile(
    r"\b(?P<first>[A-Za-z]{3,})(?:-(?P<bond>associated|acquired|induced|related|resistant|onset)|(?<!ed)) (?P<head>[A-Za-z]{4,})\b"
)


def _conditions(text: str) -> Iterator[Need]:
    yield from _rows(text, NeedKind.CONDITION, CONDITIONS, "speaks of {}")
    for disease in (found[0].lower() for found in DISEASES.finditer(text)):
        yield Need(NeedKind.CONDITION, f"speaks of {disease}", _saying_all_of(disease))
    for found in _QUALIFIED.finditer(text):
        if _names_another(found["first"], found["head"]):
            yield Need(NeedKind.CONDITION, f"speaks of {found[0].lower()}", _of_that_kind(found))


def _saying_all_of(name: str) -> Callable[[Source], bool]:
    wanted = term_set(name)
    return lambda source: all(spoken(t, source.terms) for t in wanted)


def _names_another(first: str, head: str) -> bool:
    before = first.lower()
    plain = before in STOP_WORDS or term(before) in SAME_DISEASE | HEADS or first.isupper()
    return term(head.lower()) in HEADS and not plain and not head.lower().endswith(_OF_A_NOUN)


def _of_that_kind(found: re.Match[str]) -> Callable[[Source], bool]:
    first, bond, head = found["first"].lower(), found["bond"], found["head"].lower()
    if bond:
        bound = re.compile(rf"\b{first}[- ]{bond}", re.IGNORECASE)
        return lambda source: source.says(bound)
    pair = (term(first), term(head))
    return lambda source: any(all(spoken(t, term_set(part)) for t in pair) for part in source.parts)


_OF_A_NOUN = ("ative", "ous")  # "ulcerative" only says which colitis it is

_ENDING = 4  # letters that a word for an intervention may differ in: embolisation, embolised


def _interventions(text: str) -> Iterator[Need]:
    for named in (found[0].lower() for found in INTERVENTIONS.finditer(text)):
        stem = re.compile(rf"\b{re.escape(named[: max(5, len(named) - _ENDING)])}", re.IGNORECASE)
        yield saying(NeedKind.INTERVENTION, f"speaks of {named}", stem)


_EDITION = re.compile(r"guideline|edition|standards|recommendation|statement", re.IGNORECASE)


def _editions(question: Question) -> Iterator[Need]:
    text, years = question.text, question.when.years
    bodies = [(name, says) for name, says in BODIES if says.search(text)] if ADVICE.search(text) else []
    for name, says in bodies:
        told = f"is a text of {name}" + (f" from {years[0]}" if years else "")
        yield Need(NeedKind.EDITION, told, _edition(says, years[:1], question))
    if years and not bodies and _EDITION.search(text):
        yield Need(NeedKind.EDITION, f"is a guideline of {years[0]}", _edition(None, years[:1], question))


def _edition(
    says: re.Pattern[str] | None, years: tuple[int, ...], question: Question
) -> Callable[[Source], bool]:
    def met(source: Source) -> bool:
        of_body = says is None or _is_of(source, says)
        of_year = not years or source.document.year == years[0] or _tells_of(source, years[0], question)
        return of_body and of_year

    return met


def _is_of(source: Source, says: re.Pattern[str]) -> bool:
    document = source.document
    of = " . ".join((document.journal or "", *document.authors, document.id.upper()))
    return bool(says.search(of)) or source.says(says)


def _tells_of(source: Source, year: int, question: Question) -> bool:
    """The title or a sentence names the edition and says something of the subject in the same breath."""
    wanted = {t for drug in treatments(question) for t in term_set(drug)} or set(question.subject)
    told = (part for part in (source.document.title, *source.sentences) if str(year) in part)
    return any(wanted & term_set(part) for part in told)


_STUDY_NAME = re.compile(
    r"\b(?=[A-Z0-9-]*[A-Z]{3})[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)*(?: \d)?\b(?= (?:trial|study))"
)


def _studies(text: str) -> Iterator[Need]:
    for found in _STUDY_NAME.finditer(text):
        name = re.compile(rf"\b{re.escape(found[0])}\b".replace(r"\-", "[- ]"), re.IGNORECASE)
        yield saying(NeedKind.STUDY, f"gives the results of {found[0]}", name)


_ENCYCLOPAEDIC = re.compile(
    r"^(?:what (?:is|are|causes?)|how (?:to|is|are|do you|can (?:i|you|one))|who (?:is|are|gets)|do you have information about)\b"
    r"(?: \(?are\)?)?(?: the)?(?: (?:treatments?|symptoms?|causes?|outlook|complications|genetic changes|tests?|stages|risk factors|at risk|prevent(?:ed)?|diagnos\w+|treat(?:ed)?|inherited))?"
    r"(?: (?:for|of|to|related to))? (?P<topic>[^?]{3,60}?)(?: (?:inherited|treated|diagnosed|prevented))? ?\?*$",
    re.IGNORECASE,
)
_LONGEST_TOPIC = 4  # terms; whoever uses more asks something about it


def _topics(question: Question) -> Iterator[Need]:
    """Who asks what a disease is, or what is done for it, asks for a source that is about it."""
    found = _ENCYCLOPAEDIC.match(question.text)
    if found and 0 < len(term_set(found["topic"])) <= _LONGEST_TOPIC and not treatments(question):
        topic = found["topic"]
        yield Need(NeedKind.TOPIC, f"is about {topic}", lambda source: _is_about(source, term_set(topic)))


def _is_about(source: Source, wanted: frozenset[str]) -> bool:
    untitled = not source.document.title or source.document.title.startswith("[")
    return untitled or all(spoken(t, term_set(source.about)) for t in wanted)
