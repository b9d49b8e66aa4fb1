"""What must be said before any evidence, by rule and whatever a model says."""

from __future__ import annotations

import re

from rag.types import SafetyKind, SafetyNotice

_CANT = r"(?:can't|cannot|can not|cant|couldn't|unable to|can barely|can hardly|can no longer|struggling to|trouble|difficulty)"
_WHOSE = r"(?:(?:my|his|her|the|their|your|one|whole|left|right|both) )*"
_SIGNS: tuple[tuple[str, str], ...] = (
    (
        (
            rf"{_CANT} (?:move|feel|walk|stand|lift)\b|(?:legs?|arms?|face|side|hands?) (?:is |are |has |have |went |going |gone |feels? )*(?:suddenly |completely )?(?:weak|numb|paraly[sz]ed|droop\w*|dead)\b"
            rf"|(?:lost|losing|no) control (?:of|over) {_WHOSE}(?:bladder|bowels?)|lost {_WHOSE}(?:bladder|bowel)|wet (?:myself|himself|herself)"
            rf"|{_CANT} (?:pee|urinate|pass(?:ing)? urine)|(?:numb|numbness) (?:between|in|around) {_WHOSE}(?:legs|groin|saddle|buttocks)|saddle numbness"
        ),
        "New weakness, numbness, or loss of bladder or bowel control is an emergency",
    ),
    (
        rf"crushing chest|chest (?:pains?|tightness|pressure|hurts)|(?:pain|tightness|pressure|weight|elephant) (?:in|on|down|across) {_WHOSE}(?:arm|chest|jaw)|heart attack",
        "Chest pain can be a heart attack",
    ),
    (
        rf"{_CANT} (?:breathe|breathing|catch|get (?:any |enough )?air)|(?:turning|going|gone|turned) blue|blue lips|lips (?:are )?(?:turning )?blue|chok(?:ing|ed)|stopped breathing|not breathing|gasping|short of breath",
        "Trouble with breathing is an emergency",
    ),
    (
        rf"worst headache|thunderclap|slurr\w+|speech is (?:slurred|garbled)|face (?:is )?droop|{_CANT} (?:speak|talk|see)\b|having a stroke|stroke right now|lost (?:my |his |her )?(?:vision|sight)|suddenly (?:blind|confused)",
        "These can be signs of a stroke or a bleed in the head",
    ),
    (
        r"(?:kill|hurt|harm|cut) (?:myself|himself|herself|themselves)|suicid\w*|end (?:my|his|her) life|wants? to die|overdos\w+|(?:whole|entire) (?:bottle|pack)|swallowed (?:\w+ ){0,4}(?:pills|tablets|bleach|batter(?:y|ies))",
        "If someone may harm themselves or has taken too much, help is there at once",
    ),
    (
        r"(?:throat|tongue|face|lips?) (?:is |are |has |have )?(?:been )?(?:swell\w*|swollen|closing)|anaphyla\w+",
        "A swelling of face or throat can close the airway",
    ),
    (
        r"(?:won't|can't|doesn't|will not) stop (?:the )?bleeding|bleed\w* (?:heavily|out|a lot|that won't stop)|bleeding (?:won't|doesn't|will not|hasn't) stop\w*|soaking (?:through )?(?:a |two )?(?:pads?|towels?)|(?:vomit\w*|throwing up|cough\w*(?: up)?) blood|blood everywhere|black (?:tarry )?stools?",
        "Heavy bleeding is an emergency",
    ),
    (
        rf"unconscious|passed out|won't wake|{_CANT} wake|not waking|(?:having|had|has) an? (?:seizure|fit)|seizing|seizures?|unresponsive|not responding|collapsed|convuls\w+",
        "Loss of consciousness or a seizure is an emergency",
    ),
)

# Somebody has it: these words outweigh that a study is asked for in the same breath.
_WHO = r"(?:i|he|she|we|they|you|someone|somebody|(?:my|the|our|a) (?:\w+ ){0,2}?(?:\w+))"
_HAS = re.compile(
    rf"\b{_WHO}(?:'ve|'m|'s| am| is| are| has| have| had| feels?| can't| cannot| won't| keeps?| just| suddenly| took| swallowed| started| lost| passed| wants?| collapsed)\b"
)
_PERSON = re.compile(
    r"\b(?:i|i'm|i've|my|me|myself|he|he's|she|she's|her|his|someone|somebody|baby|toddler|husband|wife|mother|father|mum|mom|dad|son|daughter)\b"
)
# Only somebody who is in it writes these, with or without a word for a person.
_PLAIN = re.compile(
    r"\bcrushing chest|\b(?:can't|cant|cannot) (?:breathe|move|feel|speak|wake|swallow)|won't (?:wake|stop)|\b(?:help me|please help|need help)\b|right now|just now|turning blue|not breathing|stopped breathing|blood everywhere|worst headache of my life|(?:throat|tongue) (?:is )?(?:swelling|closing)"
)

# It is over, or it is studied, written or worried about: no alarm, whoever it was.
_OVER = re.compile(
    r"\b(?:years?|months?|weeks?|decades?) ago\b|\blast (?:year|month|summer|winter|spring|autumn)\b|\bhistory of\b|\bas a child\b|\bin (?:19|20)\d\d\b|\bpreviously\b|\bpast (?:stroke|seizures?)\b"
    r"|\b(?:writing|preparing|studying|reading|researching|reviewing|teaching)\b|\b(?:thesis|essay|exam|lecture|journal club)\b|\bworried about\b|\bafraid of\b|\bused to\b|\bno longer\b(?! (?:feel|move|walk|breathe))|\brecovered\b"
)
_CLAUSE = re.compile(r"\s*[,.;:!?]+\s+|\s+but\s+|\s+and now\s+")
_ABOUT = re.compile(
    r"\b(?:patients|people|adults|children|women|men|infants)\b|\btrials?\b|\bstud(?:y|ies)\b|\bevidence\b|\bguidelines?\b|\breviews?\b|\brisk\b|\bincidence\b|\bprevalence\b|\bmechanism\b|\bprevent\w*\b|\bmortality\b|\bscores?\b|\brecommend\w*\b"
)
_ACTION = "Call your local emergency number or go to an emergency department now. Do not wait for what is written here."
_DOSING = re.compile(
    r"\b(?:how (?:much|many)|what dose)\b.*\b(?:should|can|do) (?:i|my|we)\b.*\b(?:take|give|have)\b|\bmy (?:own )?dose\b",
    re.IGNORECASE,
)


def safety_notices(question: str) -> tuple[SafetyNotice, ...]:
    """Notices for a question as it was asked: emergencies first, then requests for a personal dose.

    An emergency is a red flag that somebody has now, not one that is asked about, studied or long over.
    """
    notices = []
    lowered = " ".join(question.lower().replace("’", "'").split())
    present = _without_what_is_over(lowered)
    flag = _red_flag(present)
    if flag and _now(present):
        notices.append(SafetyNotice(SafetyKind.EMERGENCY, f"{flag}. {_ACTION}"))
    if _DOSING.search(lowered):
        text = "A dose for one person is a matter for the prescriber or pharmacist who knows them; only what studies used is shown here."
        notices.append(SafetyNotice(SafetyKind.DOSING, text))
    return tuple(notices)


def _red_flag(lowered: str) -> str | None:
    return next((flag for cues, flag in _SIGNS if re.search(rf"\b(?:{cues})", lowered)), None)


def _now(lowered: str) -> bool:
    """Whether somebody has it now: said of a person, or in words that only they write."""
    person = _PERSON.search(lowered) is not None
    if _ABOUT.search(lowered):
        return person and bool(_PLAIN.search(lowered) or _HAS.search(lowered))
    return person or bool(_PLAIN.search(lowered))


def _without_what_is_over(lowered: str) -> str:
    """The clauses that don't speak of the past: an old stent does not excuse a pain of today."""
    return ", ".join(clause for clause in _CLAUSE.split(lowered) if not _OVER.search(clause))
