"""What must be said before any evidence, by rule and whatever a model says."""

from __future__ import annotations

import re

from rag.types import SafetyKind, SafetyNotice

_CANT = r"(?:can't|cannot|can not|cant|couldn't|could not|unable to|can barely|can hardly|can no longer|struggling to|struggles to|trouble|difficulty)"
_WHOSE = r"(?:(?:my|his|her|the|their|your|one|whole|left|right|both) )*"
_FEW = r"(?:[\w']+ ){0,3}"
_SELF = r"(?:myself|himself|herself|themselves|ourselves)"
_TOOK = r"(?:took|taken|takes|swallowed|ate|eaten|drank|drunk|ingested)"
_SIGNS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        (
            rf"{_CANT} {_WHOSE}?(?:move|feel|walk|stand|lift)\b",
            rf"(?:legs?|arms?|feet|foot|face|mouth|side|body|hands?) {_FEW}(?:weak(?:er)?|numb|limp|hang\w*|gave way|giving way|paraly[sz]ed|droop\w*|dead)\b",
            r"(?:legs?|arms?|feet|foot|hands?) (?:won't|will not|don't|do not|doesn't|stopped|no longer) (?:mov|work|respond)\w*",
            r"half of (?:me|my body|his body|her body) (?:doesn't|does not|won't|is|has|went)",
            rf"(?:lost|no|losing) (?:all |the )?(?:feeling|sensation|strength) (?:in|of|from|below) {_WHOSE}",
            rf"(?:lost|losing|lost all|no) control (?:of|over) {_WHOSE}(?:bladder|bowels?|urine)|lost {_WHOSE}(?:bladder|bowel)|wet {_SELF}",
            rf"{_CANT} (?:hold|control) {_WHOSE}(?:urine|pee|water|bladder|bowels?|stools?)|{_CANT} (?:pee|urinate|pass(?:ing)? (?:urine|water))",
            rf"(?:numb|numbness) (?:between|in|around) {_WHOSE}(?:legs|groin|saddle|buttocks|genitals)|saddle numbness",
        ),
        "New weakness, numbness, or loss of bladder or bowel control is an emergency",
    ),
    (
        (
            r"crushing chest|chest (?:pains?|tightness|pressure|hurts|is killing)|heart attack",
            rf"(?:pain|tightness|pressure|weight|band|elephant) {_FEW}(?:in|on|down|across|around) {_WHOSE}(?:arm|chest|jaw)",
            rf"chest (?:feels?|is) {_FEW}(?:tight|heavy|elephant|crush\w*|squeez\w*)|tearing pain|pain between {_WHOSE}shoulder blades",
            rf"(?:was|got|been) (?:stabbed|shot)\b|(?:stabbed|shot) in {_WHOSE}\w+|gunshot|electrocuted",
        ),
        "Pain or injury of the chest can be life-threatening",
    ),
    (
        (
            rf"{_CANT} (?:to )?(?:breathe|breathing|catch|get (?:any |enough )?air)|stopped breathing|(?:isn't|is not|not) breathing|gasping|short of breath|{_CANT} finish (?:a|my|his|her) sentences?|ribs {_FEW}sucking|breathing (?:very|so|too) fast",
            r"(?:turn\w*|go(?:es|ing|ne)?|went) (?:blue|grey|gray)|(?:blue|grey|gray) lips|lips (?:are |have |is |look |looks )?(?:turned |turning |went |going )?(?:blue|grey|gray)|too breathless to|chok(?:ing|ed)",
            r"wheez\w+ badly|inhaler (?:does|is|isn't|doesn't|has) (?:\w+ )?(?:nothing|not|working|help\w*)",
        ),
        "Trouble with breathing is an emergency",
    ),
    (
        (
            rf"worst headache|thunderclap|sudden {_FEW}headache|headache,? (?:the )?worst",
            rf"headache {_FEW}(?:and|with) (?:\w+ )?(?:vomiting|stiff neck|confusion|blurr\w* vision)|(?:stiff neck|blurr\w* vision) (?:and|with) {_FEW}headache|stiff neck and a rash",
            rf"slurr\w+|talk\w* gibberish|speech (?:is|became|has become|makes|sounds) (?:garbled|no sense|strange)|face (?:is )?droop|{_CANT} (?:speak|talk|see)\b|having a stroke|stroke right now",
            r"lost (?:my |his |her )?(?:vision|sight)|(?:suddenly|became|very) (?:blind|confused)|hit (?:my|his|her) head",
        ),
        "These can be signs of a stroke, a bleed or an infection in the head",
    ),
    (
        (
            rf"(?:kill|hurt|harm|cut|hang|shoot|shot|poison|drown)\w* {_SELF}|(?:cut|slit|slashed) (?:my|his|her) wrists?",
            r"(?:am|i'm|is|feel\w*|getting|been) (?:\w+ )?suicidal|suicidal (?:thoughts|and|right)|commit\w* suicide|suicide (?:attempt|note)|attempted suicide",
            r"end(?:ing)? (?:my|his|her) (?:own )?life|end(?:ing)? it all|wants? to die|wants? to be dead|better off dead|not want to (?:live|be alive|wake up)|don't want to (?:live|be alive|be here|wake up)",
            rf"overdosed|(?:took|taken|takes|had|having) an? (?:\w+ )?overdose|{_TOOK} {_FEW}too (?:many|much)|(?:whole|entire|full) (?:bottle|pack|packet|box)",
            rf"{_TOOK} {_FEW}(?:\d\d+|ten|twelve|fifteen|twenty|thirty|forty|fifty|handful|bunch|double|all) (?:of )?{_FEW}(?:pills?|tablets?|capsules?|vitamins|insulin)",
            rf"{_TOOK} {_FEW}(?:\w+'s )?{_FEW}(?:bleach|batter(?:y|ies)|magnets?|antifreeze|poison|detergent|drain cleaner|cleaning fluid|petrol|pills|tablets)",
        ),
        "If someone may harm themselves or has taken too much or a poison, help is there at once",
    ),
    (
        (
            rf"(?:throat|tongue|face|lips?) {_FEW}(?:swell\w*|swollen|closing|tight\w*|puff\w*)|swollen (?:throat|tongue|face|lips?)|{_CANT} swallow",
            r"anaphyla\w+|severe allergic reaction|hives all over",
        ),
        "A swelling of face or throat can close the airway",
    ),
    (
        (
            rf"(?:won't|can't|doesn't|will not|cannot) stop (?:the )?bleeding|bleed\w* (?:\w+ )?(?:heavily|out|a lot|everywhere|badly|profusely|that won't stop)|bleeding (?:won't|doesn't|will not|hasn't) stop\w*|spurting|blood {_FEW}(?:pouring|gushing)",
            r"(?:soaking|bleeding|soaked) (?:through )?(?:a |one |two |\d )?(?:pads?|towels?)|pads? (?:every|an|per) (?:\w+ )?(?:hour|minutes)",
            rf"(?:vomit\w*|throw\w* up|threw up|cough\w*(?: up)?|spitting) {_FEW}blood|coffee grounds|blood in (?:my|his|her) vomit|blood everywhere|black (?:and )?(?:tarry )?stools?|stools? (?:is|are|turned|looks?) (?:black|bloody|tarry)",
        ),
        "Heavy bleeding is an emergency",
    ),
    (
        (
            rf"unconscious|passed out|fainted|dropped to the (?:floor|ground)|hard to wake|won't wake|{_CANT} wake|not waking|unresponsive|(?:not|isn't) responding|collapsed|convuls\w+|no pulse",
            r"(?:having|had|has|has had) an? (?:\w+ )?(?:seizure|fit)\b|seizing|having (?:\w+ ){0,2}seizures?|eyes rolled back|shaking all over|(?:is|keeps|started|been) fitting",
            r"(?:is|went|gone|goes) (?:\w+ )?(?:limp|floppy)|(?:newborn|weeks? old) .{0,20}(?:fever|temperature)|(?:newborn|baby) .{0,40}(?:won't|not) (?:feed|drink)\w*|baby (?:has )?(?:stopped moving|isn't moving)",
        ),
        "Loss of consciousness, a seizure or a very ill infant is an emergency",
    ),
)

# Somebody has it: these words outweigh that a study is asked for in the same breath.
_WHO = r"(?:i|he|she|we|they|you|someone|somebody|(?:my|the|our|a) (?:\w+ ){0,2}?(?:\w+))"
_HAS = re.compile(
    rf"\b{_WHO}(?:'ve|'m|'s| am| is| are| has| have| had| feels?| can't| cannot| won't| keeps?| just| suddenly| took| swallowed| started| lost| passed| wants?| collapsed)\b"
)
_PERSON = re.compile(
    r"\b(?:i|i'm|i've|i'll|my|me|myself|himself|herself|he|he's|she|she's|her|his|someone|somebody|baby|toddler|husband|wife|mother|father|mum|mom|dad|son|daughter)\b"
)
# Only somebody who is in it writes these, with or without a word for a person.
_PLAIN = re.compile(
    r"\bcrushing chest|\b(?:can't|cant|cannot) (?:breathe|move|feel|speak|wake|swallow)|won't (?:wake|stop)|\b(?:help me|please help|need help)\b|right now|just now|turning blue|not breathing|stopped breathing|blood everywhere|\bspurting\b|\bevery (?:few|\d+) minutes\b|\bsince (?:this|last|yesterday|an hour|\d)|\b(?:minutes?|hours?) ago\b|worst headache of my life|(?:throat|tongue) (?:is )?(?:swelling|closing)"
)

# It is over, or it is studied, written or worried about: no alarm, whoever it was.
_OVER = re.compile(
    r"\b(?:years?|months?|weeks?|decades?) ago\b|\b(?:my|our) patients?\b|\bto (?:avoid|prevent) (?:an? )?|\blast (?:year|month|summer|winter|spring|autumn)\b|\bhistory of\b|\bas a child\b|\bin (?:19|20)\d\d\b|\bpreviously\b|\bpast (?:stroke|seizures?)\b"
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
    return next(
        (flag for signs, flag in _SIGNS if any(re.search(rf"\b(?:{s})", lowered) for s in signs)), None
    )


def _now(lowered: str) -> bool:
    """Whether somebody has it now: said of a person, or in words that only they write."""
    person = _PERSON.search(lowered) is not None
    if _ABOUT.search(lowered):
        return person and bool(_PLAIN.search(lowered) or _HAS.search(lowered))
    return person or bool(_PLAIN.search(lowered))


def _without_what_is_over(lowered: str) -> str:
    """The clauses that don't speak of the past: an old stent does not excuse a pain of today."""
    return ", ".join(clause for clause in _CLAUSE.split(lowered) if not _OVER.search(clause))
