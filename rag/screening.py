"""What a question asks that evidence can't give: a dose for one person, another subject, another language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.languages_asked import language_of
from rag.types import SafetyKind, SafetyNotice

_DOSE_FOR_ONE = "A dose for one person is a matter for the prescriber or pharmacist who knows them; only what studies used is shown here."
_NOT_MEDICAL = "This doesn't look like a medical question. Only medical literature is searched here, so there may be nothing to find."
_OTHER_LANGUAGE = "The question seems to be in {}. The library is searched in English and the answer is in English: ask again in English to be sure that the words are found."

_ONE = r"(?:i|we|he|she|my \d+[- ](?:year|month|week)[- ]old|my (?:\w+ )?(?:mum|mom|mother|dad|father|wife|husband|partner|son|daughter|child|baby|toddler|kid|gran\w*|boy|girl)|our (?:\w+ )?(?:son|daughter|baby|child)|someone|a (?:\d+|\w+)[- ](?:kg|kilo|year|month)\S*(?:[- ]old)?(?: \w+)?)"
_AMOUNT = r"\d[\d.,]*\s?(?:mg|mcg|µg|g|grams?|milligrams?|ml|units?|iu|tablets?|pills?|drops|puffs)"
_DOSING = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:how (?:much|many)|what (?:dose|dosage|amount|strength)|which (?:dose|dosage))\b.{{0,80}}\b(?:should|can|do|may|must|shall|could|does|is safe for)\b.{{0,20}}\b{_ONE}\b.{{0,40}}\b(?:take|give|have|use|inject|need|get|swallow|start)\b",
        rf"\b(?:can|may|should|could|is it (?:ok|okay|safe|all right) (?:if|for)|shall)\b.{{0,15}}\b{_ONE}\b.{{0,20}}\b(?:take|give|have|use|inject|double|halve|increase|reduce|lower|raise|skip|split|stop|up)\b.{{0,40}}\b(?:{_AMOUNT}|dose|dosage|two (?:tablets|pills)|tomorrow's)",
        rf"\b(?:is|are) {_AMOUNT}\b.{{0,40}}\b(?:too much|too little|enough|ok|okay|safe|right)\b.{{0,30}}\b(?:for (?:me|him|her|us|my|a \d+)|if i)\b",
        r"\b(?:my|his|her) (?:own )?(?:dose|dosage)\b(?! (?:was|has been) (?:stopped|ended))",
        r"\bdose for (?:me|him|her|my|a \d+)\b|\bwhat (?:dose|dosage) (?:for|of .{3,30} for) (?:me|my|him|her|our|a \d+)\b",
        r"\bi (?:weigh|am) \d+ ?(?:kg|kilos?|pounds|lbs?|years)\b.*\b(?:how (?:much|many)|what dose|dose)\b|\b(?:how (?:much|many)|what dose)\b.*\b(?:i|he|she) weighs? \d+",
        r"\b(?:missed|forgot) (?:a|my|the|his|her) (?:dose|tablet|pill|injection)\b.*\b(?:should|can|do|double|take|two)\b",
    )
)
# Whoever gives it for a living asks what studies and guidelines say.
_OF_A_PROFESSION = re.compile(
    r"\b(?:patients?|in adults|in children|in people|trials?|stud(?:y|ies)|guidelines?|recommended|used in)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:capital of|weather|forecast|football|soccer|cricket score|world cup|olympics|election|president of|prime minister|bitcoin|crypto\w*|stock (?:price|market)|share price|mortgage|tax (?:return|rate)|"
    r"write (?:me )?(?:a |an |some )?(?:\w+ )?(?:poem|song|story|code|program|script|essay|letter|email)|python (?:code|script|function)|javascript|sql query|html|tell me a joke|jokes?|lyrics|movie|film|netflix|horoscope|star sign|zodiac|"
    r"recipe for|bake|holiday in|flight to|hotel|restaurant|translate|square root|solve (?:for|the equation)|multiplication|who (?:won|invented|wrote|painted|discovered america)|how tall is|how far is|what time is it|car (?:engine|insurance)|laptop|smartphone|wifi|printer|video game)\b",
    re.IGNORECASE,
)
_MEDICAL = re.compile(
    r"\b(?:patients?|disease|treat\w*|therap\w*|drugs?|medicines?|dose|symptoms?|pain|cancer|infection|virus|vaccin\w*|surg\w+|hospital|doctor|health|risk|mortality|trial|diagnos\w+|syndrome|blood|heart|brain|spin\w+|pneumonia|diabet\w*|aspirin|covid\S*|pregnan\w*|injur\w+|stress|depress\w*|anxiety|sleep|diet|exercise|smok\w*|adolescen\w*|nurs\w+|clinic\w*|obes\w+)\b",
    re.IGNORECASE,
)


def scope_notices(
    question: str, understood_as: str = "", *, urgent: bool = False
) -> tuple[SafetyNotice, ...]:
    """Notices on what evidence can't give.

    Args:
        question: as it was asked.
        understood_as: the same as it stands alone, where it is a follow-up: "and for my 20 kg son?" asks for
            a dose only beside what was asked before.
        urgent: whether an emergency was noticed, beside which a subject isn't questioned.
    """
    return tuple(_notices(question, understood_as or question, urgent=urgent))


def asks_for_a_dose(text: str) -> bool:
    """Whether a question asks how much of a medicine one person should have."""
    lowered = " ".join(text.lower().replace("’", "'").split())
    if _OF_A_PROFESSION.search(lowered) and not re.search(r"\b(?:i|my|me)\b", lowered):
        return False
    return any(pattern.search(lowered) for pattern in _DOSING)


def is_elsewhere(text: str) -> bool:
    """Whether a question plainly asks of something that no medical library holds."""
    return bool(_ELSEWHERE.search(text)) and not _MEDICAL.search(text)


def _notices(question: str, understood_as: str, *, urgent: bool) -> Iterator[SafetyNotice]:
    if asks_for_a_dose(question) or asks_for_a_dose(understood_as):
        yield SafetyNotice(SafetyKind.DOSING, _DOSE_FOR_ONE)
    if language := language_of(question):
        yield SafetyNotice(SafetyKind.SCOPE, _OTHER_LANGUAGE.format(language))
    elif is_elsewhere(understood_as) and not urgent:
        yield SafetyNotice(SafetyKind.SCOPE, _NOT_MEDICAL)
