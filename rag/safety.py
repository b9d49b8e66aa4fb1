"""What must be said before any evidence, by rule and whatever a model says: emergencies and crises."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.emergency_signs import SIGNS
from rag.emergency_words import Sign
from rag.screening import scope_notices
from rag.types import SafetyKind, SafetyNotice

_ACTION = "Call your local emergency number or go to an emergency department now. Do not wait for what is written here."
_CRISIS = (
    "If there is danger now, or something was taken or done, call your local emergency number and don't stay alone. "
    "A crisis line, a doctor or someone you trust can help at any hour; you don't have to go through this alone."
)

# Somebody has it: these words outweigh that a study is asked for in the same breath.
_RELATIVE = r"mum|mom|mother|dad|daddy|father|nan|nana|grand\w+|wife|husband|partner|boyfriend|girlfriend|son|daughter|brother|sister|uncle|aunt|cousin|friend|mate|neighbour|neighbor|colleague|flatmate|(?:little|baby) (?:girl|boy|one)"
_SMALL = r"(?:teenager|toddler|baby|child|kid|newborn|infant)"
_PERSON = re.compile(
    rf"\b(?:i|i'm|i've|i'll|i'd|my|me|myself|himself|herself|themselves|he|he's|she|she's|her|his|him|someone|somebody|we|we're|we've|our|us|{_RELATIVE}|(?:my|our|the|this|his|her|year[- ]old|month[- ]old|week[- ]old|day[- ]old) {_SMALL})\b|^(?:{_SMALL}|type 1 {_SMALL}|\d+ (?:day|week|month)s?[- ]old|mate)\b"
)
_HAS = re.compile(
    rf"\b(?:i|he|she|we|they|someone|somebody|(?:(?:my|our|the|a) )?(?:\w+ ){{0,2}}?(?:{_RELATIVE}|{_SMALL}))(?:'ve|'m|'s| am| is| are| has| have| had| feels?| can't| cannot| won't| keeps?| just| suddenly| took| swallowed| started| lost| passed| wants?| collapsed)\b"
    r"|\bmy (?:[\w']+ ){1,3}?(?:is|are|hurts?|feels?|has|have|went|turned|won't)\b"
)
# Only somebody who is in it writes these, with or without a word for a person.
_PLAIN = re.compile(
    r"\bcrushing chest|\b(?:can't|cant|cannot) (?:breathe|move|feel|speak|wake|swallow)|won't (?:wake|stop)|\b(?:help me|please help|need help)\b|right now|just now|turning blue|not breathing|stopped breathing|blood everywhere|\bspurting\b|\bevery (?:few|\d+) minutes\b|\bsince (?:this|last|yesterday|an hour|\d)|\b(?:minutes?|hours?) ago\b|worst headache of my life|(?:throat|tongue) (?:is )?(?:swelling|closing)|\btonight\b|\bin one eye\b|\bfeel (?:faint|dizzy|very ill)\b"
)
# It is over, or it is studied, written or worried about: no alarm, whoever it was.
_OVER = re.compile(
    r"\b(?:years?|months?|weeks?|decades?) ago\b|\b(?:my|our) patients?\b|\bto (?:avoid|prevent) (?:an? )?|\blast (?:year|month|summer|winter|spring|autumn)\b|\bhistory of\b|\bas a child\b|\bin (?:19|20)\d\d\b|\bpreviously\b|\bpast (?:stroke|seizures?)\b"
    r"|\b(?:writing|preparing|studying|reading|researching|reviewing|teaching)\b|\b(?:thesis|essay|exam|lecture|journal club)\b|\bworried about\b|\bafraid of\b|\bused to\b|\bno longer\b(?! (?:feel|move|walk|breathe))|\brecovered\b"
    r"|\bdied (?:of|from|at)\b|\b(?:after|since) (?:a|an|my|his|her|the) (?:heart attack|stroke|seizure|overdose)\b|\bcan (?:i|we) (?:fly|drive|travel|swim|drink)\b|\bthat (?:stopped|went away|has gone)\b"
)
# Slight or lasting forms of what may be grave.
_SLIGHT = re.compile(
    r"\b(?:a (?:bit|little)|slight\w*|mild\w*|sometimes|occasionally|now and then|for (?:years|months)|after sitting|when i sit|cross-legged|asleep|climbing stairs|on exertion|when i (?:run|exercise|train)|in the mornings?|carpal tunnel|botox|from (?:my |the )?(?:diabetes|neuropathy|screens?|chemo))\b"
)
_SENTENCE = re.compile(
    r"\s*[.:;!?]+\s+|,\s+(?=(?:does|do|can|should|is|what|how|why|would|will)\b)|\s+but\s+"
)
_CLAUSE = re.compile(r"\s*,\s+|\s+(?=and now\b)")
_ABOUT = re.compile(
    r"\b(?:patients|people|adults|children|women|men|infants)\b|\btrials?\b|\bstud(?:y|ies)\b|\bevidence\b|\bguidelines?\b|\breviews?\b|\brisk\b|\bincidence\b|\bprevalence\b|\bmechanism\b|\bprevent\w*\b|\bmortality\b|\bscores?\b|\brecommend\w*\b"
)


def safety_notices(question: str, understood_as: str = "") -> tuple[SafetyNotice, ...]:
    """Notices for a question: emergencies first, then requests for a personal dose and what is out of scope.

    An emergency is a red flag that somebody has now, not one that is asked about, studied or long over.

    Args:
        question: as it was asked.
        understood_as: the same as it stands alone, where it is a follow-up.
    """
    emergency = next((n for text in (question, understood_as) for n in _emergencies(text)), None)
    first = (emergency,) if emergency else ()
    return (*first, *scope_notices(question, understood_as, urgent=bool(first)))


def _emergencies(text: str) -> Iterator[SafetyNotice]:
    present = _without_what_is_over(" ".join(text.lower().replace("’", "'").split()))
    sign = next((sign for sign in SIGNS if _met(sign, present)), None)
    if sign and _now(present):
        yield SafetyNotice(SafetyKind.EMERGENCY, f"{sign.flag}. {_CRISIS if sign.crisis else _ACTION}")


def _met(sign: Sign, clauses: tuple[str, ...]) -> bool:
    told = [clause for clause in clauses if not (sign.lasting and _SLIGHT.search(clause))]
    return any(all(part.search(clause) for part in row) for clause in told for row in sign.rows)


def _now(clauses: tuple[str, ...]) -> bool:
    """Whether somebody has it now: said of a person, or in words that only they write."""
    told = ". ".join(clauses)
    person = _PERSON.search(told) is not None
    if _ABOUT.search(told):
        return person and bool(_PLAIN.search(told) or _HAS.search(told))
    return person or bool(_PLAIN.search(told)) or _states(told)


def _states(told: str) -> bool:
    """Whether it only states: whoever writes "tearing pain, came on like a knife" asks about themselves."""
    return len(told.split()) >= _A_STATEMENT and not _ASKS.search(told)


_A_STATEMENT = 4  # words
_ASKS = re.compile(
    r"\?|\b(?:what|which|who|how|why|when|where|is|are|do|does|did|can|could|should|would|will|was|were|causes?|treat\w*|symptoms?|signs?|diagnos\w+|manage\w*|outcomes?|prognosis|rates?|versus|vs)\b"
)


def _without_what_is_over(lowered: str) -> tuple[str, ...]:
    """The clauses that don't speak of the past: an old stent does not excuse a pain of today."""
    sentences = (_CLAUSE.split(sentence) for sentence in _SENTENCE.split(lowered))
    told = (", ".join(c for c in clauses if c and not _OVER.search(c)) for clauses in sentences)
    return tuple(sentence for sentence in told if sentence)
