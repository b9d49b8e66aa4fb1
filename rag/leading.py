"""What answers first: the sentences that may lead an answer, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.comparable import of_other_age, of_others, of_subgroup
from rag.facets import FACETS
from rag.findings import finding_of
from rag.fitness import Scored, on_other_treatment, strength
from rag.named import treatments_in
from rag.outcomes import ADVICE, outcomes_of
from rag.polarity import Stance, stance
from rag.populations import older
from rag.question import Question
from rag.sides import acts_of, names
from rag.text import term_set, terms
from rag.types import Design, QuestionType, Status

ON_THE_POINT = 0.4  # a lead covers at least this share of what the best sentence covers of the subject
SIDE_ON_THE_POINT = 0.45  # the same for being put first because it is on the side that was asked for
ADVICE_ON_THE_POINT = (
    0.2  # the same for advice on the treatment that was asked about: it names few of its circumstances
)
SPEAKS_FOR_OTHERS = 0.75  # the same for a synthesis that stands for the older studies
OLDER = 0.15  # what a study of older people gains where these are asked about
DEATHS = 0.25  # what a finding on deaths gains where the question names no outcome
SHARED_WORD = 0.05  # what a piece of advice gains for each word of the question that it says
_WHAT_TO_DO = re.compile(
    r"\bshould\b|\brecommend|\badvis|\bguideline|\bwhat to do\b|\bbest treatment\b|\bhow (?:is|are|do you|to) (?:\w+ ){0,8}(?:treat|manage)",
    re.IGNORECASE,
)
_LEANS = re.compile(r"(?:it|they|its|their|this|these|those|such)\b", re.IGNORECASE)
_NOBODY_LOOKED = re.compile(
    r"\bno (?:study|studies|trials?) (?:has |have )?(?:compar|directly|looked|was found|were found)",
    re.IGNORECASE,
)
_SHORT_NAME = re.compile(r"\b[A-Z][A-Za-z]*(?:[A-Z]|-?\d)[A-Za-z0-9]*\b")
# Who issues advice, and where people are: what is about the subject need not name them.
_NO_SUBJECT = frozenset(
    "US UK EU USA ICU ED ER GP WHO FDA EMA NICE CDC NIH USPSTF ACC AHA ESC ATS IDSA SCCM ASRA".split()
)
# Types of question that a piece of advice doesn't answer.
_OF_FACTS = frozenset(
    {
        QuestionType.HARM,
        QuestionType.PROGNOSIS,
        QuestionType.DIAGNOSIS,
        QuestionType.FREQUENCY,
        QuestionType.MECHANISM,
    }
)


def lead_of(question: Question, found: Sequence[Scored]) -> list[Scored]:
    """On the side that was asked for, direct if it can be, not overtaken, strongest first; before all, advice if asked."""
    sound = [s for s in found if s.candidate.evidence.document.status is not Status.SUPERSEDED]
    sound = [s for s in sound if _states(s.candidate.text)] or sound
    sound = [s for s in sound if _on_treatment(question, s)] or sound
    sound = [s for s in sound if _says_every_name(question, s)] or sound
    most = max((s.covered for s in sound), default=0.0)
    fitting = [s for s in sound if s.covered >= ON_THE_POINT * most and not s.candidate.procedure]
    fitting = [s for s in fitting if _of_all_asked(question, s)] or fitting
    asked = [
        s for s in fitting if s.candidate.facet in question.facets and s.covered >= SIDE_ON_THE_POINT * most
    ]
    first = _direct(asked) or asked
    then = _direct(fitting) or fitting or sound
    in_order = [s for group in (first, then) for s in _telling_first(question, _not_overtaken(group))]
    return [*_advice(question, sound)[:1], *in_order]


def lead_of_overview(question: Question, found: Sequence[Scored]) -> list[Scored]:
    """The strongest sentence of each side of the topic: those that the question names, then by the table."""
    sound = [s for s in found if not s.candidate.procedure and not s.candidate.leans]
    direct = _direct(sound) or sound
    stating = [s for s in direct if stance(s.candidate.text) is not Stance.AGAINST]
    best = {s.candidate.facet: s for s in reversed(strongest_first(stating or direct))}
    order = dict.fromkeys((*question.facets, *FACETS))
    return [best[facet] for facet in order if facet.overview and facet in best]


def strongest_first(found: Sequence[Scored]) -> list[Scored]:
    """By score and strength of the study."""
    return sorted(found, key=lambda s: -(s.score + strength(s.candidate)))


def _telling_first(question: Question, found: Sequence[Scored]) -> list[Scored]:
    """Strongest first; where a question on an effect names no outcome, deaths matter more than others."""
    if question.type is not QuestionType.THERAPY or outcomes_of(question.text):
        return sorted(found, key=lambda s: -_weight(question, s))
    return sorted(found, key=lambda s: -(_weight(question, s) + DEATHS * _on_deaths(s)))


def _weight(question: Question, s: Scored) -> float:
    """Score and strength; where older people are asked about, more for a study of them."""
    document = s.candidate.evidence.document
    of_them = question.older and older(f"{document.title} {document.population or ''}")
    return s.score + strength(s.candidate) + OLDER * of_them


def _on_deaths(s: Scored) -> bool:
    finding = finding_of(s.candidate.text, s.candidate.evidence.document.design is Design.GUIDELINE)
    return finding is not None and "Deaths" in finding.outcomes and len(finding.outcomes) == 1


def _states(text: str) -> bool:
    """Whether a sentence stands alone and says what was found, not that nobody has looked."""
    return not _LEANS.match(text) and not _NOBODY_LOOKED.search(text)


def _about(s: Scored) -> str:
    """The title; where it names no treatment but a class of them, who was given what as well."""
    document = s.candidate.evidence.document
    named = bool(treatments_in(document.title))
    return document.title if named else f"{document.title} {document.population or ''}"


def _on_treatment(question: Question, s: Scored) -> bool:
    text = s.candidate.text
    about = names(acts_of(question), f"{_about(s)} {text}")
    return about and not on_other_treatment(question, text)


def _says_every_name(question: Question, s: Scored) -> bool:
    """Whether it or its title names each treatment that was asked about, and one of the short names, as `GLP-1`."""
    text = f"{_about(s)} {s.candidate.text}"
    short = [tuple(terms(name)) for name in _SHORT_NAME.findall(question.text) if name not in _NO_SUBJECT]
    return all(names((act,), text) for act in acts_of(question)) and names(short, text)


def _of_all_asked(question: Question, s: Scored) -> bool:
    """Whether it speaks of all of the patients, of the age that was asked about, and of facts where these are asked."""
    text = s.candidate.text
    advises = s.candidate.evidence.document.design is Design.GUIDELINE and _is_advice(text)
    misses = of_subgroup(text) or of_other_age(question.text, text) or of_others(question.text, text)
    return not misses and not (advises and question.type in _OF_FACTS)


def _advice(question: Question, found: Sequence[Scored]) -> list[Scored]:
    """For a question of what to do: what guidelines advise, on the point and for this age, the best first."""
    if not _WHAT_TO_DO.search(question.text):
        return []
    most = max((s.covered for s in found), default=0.0)
    asked = term_set(question.text)
    advice = [
        s
        for s in found
        if s.candidate.evidence.document.design is Design.GUIDELINE
        and _is_advice(s.candidate.text)
        and s.covered >= ADVICE_ON_THE_POINT * most
        and not of_other_age(question.text, s.candidate.text)
        and not of_others(question.text, s.candidate.text)
    ]
    shared = {id(s): len(asked & term_set(s.candidate.text)) for s in advice}
    direct = _direct(advice) or advice
    return sorted(direct, key=lambda s: -(s.score + strength(s.candidate) + SHARED_WORD * shared[id(s)]))


def _is_advice(text: str) -> bool:
    finding = finding_of(text, True)
    return finding is not None and ADVICE in finding.outcomes


def _direct(found: Sequence[Scored]) -> list[Scored]:
    return [s for s in found if not s.candidate.evidence.document.indirect]


def _not_overtaken(found: Sequence[Scored]) -> list[Scored]:
    """Without the studies that are older than the newest synthesis: that one speaks for them, or against."""
    most = max((s.covered for s in found), default=0.0)
    years = [s.year for s in found if s.synthesis and s.covered >= SPEAKS_FOR_OTHERS * most and s.year]
    return [s for s in found if s.synthesis or not years or s.year is None or s.year >= max(years)]
