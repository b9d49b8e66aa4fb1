"""What must be said before any evidence, by rule and whatever a model says."""

from __future__ import annotations

import re

from rag.types import SafetyKind, SafetyNotice

_SELF = r"\b(?:i|i'm|i've|my|me|we|our|she|he|he's|she's|her|his|someone|somebody)\b"
_EMERGENCIES: tuple[tuple[str, str], ...] = (
    (
        (
            r"(?:can't|cannot|can not|unable to|couldn't) (?:move|feel|walk|stand)|(?:legs?|arms?|face|side) (?:is |are |went |going |gone |feels? )?(?:suddenly )?(?:weak|numb|paraly[sz]ed|drooping|dead)"
            r"|lost (?:control of )?(?:my |his |her )?(?:bladder|bowels?)|(?:can't|cannot|unable to) (?:pee|urinate|pass urine)|numb(?:ness)? (?:between|in) (?:my|his|her)? ?(?:legs|groin|saddle)"
        ),
        "New weakness, numbness, or loss of bladder or bowel control is an emergency",
    ),
    (
        r"crushing chest|chest (?:pain|tightness|pressure)|pain (?:in|down) (?:my|his|her) (?:left )?(?:arm|chest|jaw)",
        "Chest pain can be a heart attack",
    ),
    (
        r"(?:can't|cannot|can not|struggling to|trouble|unable to) (?:breathe|breathing|catch)|turning blue|blue lips|choking",
        "Trouble with breathing is an emergency",
    ),
    (
        r"worst headache|thunderclap|slurred|face (?:is )?droop|stroke right now",
        "These can be signs of a stroke or a bleed in the head",
    ),
    (
        r"(?:kill|hurt|harm) (?:myself|himself|herself)|suicid|end my life|want to die|overdos",
        "If someone may harm themselves, help is there at once",
    ),
    (
        r"(?:throat|tongue|face|lips?) (?:is |are )?swell|anaphyla",
        "A swelling of face or throat can close the airway",
    ),
    (
        r"(?:won't stop|can't stop|heavy|heavily|a lot of) (?:the )?bleeding|bleeding (?:heavily|won't stop|a lot)|vomiting blood|coughing (?:up )?blood|black stools?",
        "Heavy bleeding is an emergency",
    ),
    (
        r"unconscious|passed out|won't wake|not waking|seizure|fitting|unresponsive|collapsed",
        "Loss of consciousness or a seizure is an emergency",
    ),
)
_ACTION = "Call your local emergency number or go to an emergency department now. Do not wait for what is written here."
_DOSING = re.compile(
    r"\b(?:how (?:much|many)|what dose)\b.*\b(?:should|can|do) (?:i|my|we)\b.*\b(?:take|give|have)\b|\bmy (?:own )?dose\b",
    re.IGNORECASE,
)


def safety_notices(question: str) -> tuple[SafetyNotice, ...]:
    """Notices for a question as it was asked: emergencies first, then requests for a personal dose.

    An emergency is a red flag that somebody has, not one that is asked about: the words of a person who
    speaks of themselves or someone near are needed beside the sign.
    """
    notices = []
    lowered = question.lower().replace("’", "'")
    if re.search(_SELF, lowered) and (flag := _red_flag(lowered)):
        notices.append(SafetyNotice(SafetyKind.EMERGENCY, f"{flag}. {_ACTION}"))
    if _DOSING.search(lowered):
        text = "A dose for one person is a matter for the prescriber or pharmacist who knows them; only what studies used is shown here."
        notices.append(SafetyNotice(SafetyKind.DOSING, text))
    return tuple(notices)


def _red_flag(lowered: str) -> str | None:
    return next((flag for cues, flag in _EMERGENCIES if re.search(cues, lowered)), None)
