"""The parts of red flags: what fails, what was taken, how it swells or bleeds, who is small or pregnant."""

from __future__ import annotations

import re
from dataclasses import dataclass

CANT = r"(?:can(?:'t|not| not| barely| hardly| no longer)|cant|couldn't|could not|unable to|not able to|(?:haven't|hasn't|not) been able to|struggl\w+ to|won't|will not|doesn't|does not|don't|isn't|is not|no longer|trouble|difficulty|refus\w+ to|hardly|barely)"
NOW = r"sudden\w*|all of a sudden|out of nowhere|at once|this morning|tonight|just now|today|minutes|hours?"
LIMB = r"smile|legs?|arms?|foot|feet|hands?|face|mouth|one side|(?:left|right) side|half of|waist down|waist|limbs?|spoon|eyelid"
FAILS = r"weak\w*|numb\w*|limp|useless|hang\w*|droop\w*|dead|paraly\w*|jelly|gav(?:e|ing) way|giving way|lopsided|crooked|wonky|twisted|isn't doing|won't do|drag\w*|drop\w* (?:his|her|my|things)|gone heavy|heavy|no (?:feeling|strength)|lost (?:all )?(?:the )?(?:feeling|strength|use)|stopped work\w*|not working|frozen|asleep all|obey|won't listen"
MOVE = r"mov\w+|lift\w*|walk\w*|stand\w*|feel|use|raise|grip\w*|work|respond"
TOOK = r"found|sucked|licked|bit into|got hold of|doubled up|took|taken|taking|takes|swallow\w*|ate|eaten|drank|drunk|drinking|ingest\w*|inject\w*|got into|chew\w*|inhal\w+|sniffed|had"
POISON = r"bleach|batter(?:y|ies)|weed ?killer|detergent|dishwasher|washing (?:tablets?|pods?|capsules?)|antifreeze|poison\w*|petrol|drain cleaner|cleaning (?:fluid|product)\w*|white spirit|turpentine|rat bait|slug pellets|pesticide|insecticide|magnets?|mushrooms?|berries|nail polish|lamp oil|glue|paint|essential oils?|perfume|hand sanitiser|screen ?wash|laundry|washing powder|methanol|acid|caustic soda"
PILLS = r"pills?|tablets?|capsules?|paracetamol|insulin|medicine|meds|medication|antidepressants?|painkillers?|opioids?|oxycodone|methadone|vitamins|ibuprofen|aspirins?|morphine|lithium|heroin|fentanyl|beta[- ]blockers?|iron"
MANY = r"half|month's worth|week's worth|doubled|twice|little one|toddler|\d\d+|ten times|double|all (?:of )?(?:my|his|her|the|their)|whole|entire|full|handful\w*|too (?:many|much)|bunch|at once|overdos\w*|twenty|thirty|forty|fifty|dozens?|a lot of|packets?|bottle"
SWELL = r"swell\w*|swollen|clos(?:ing|ed|es)|tight\w*|bigger|puff\w*|blown up|ballooned|hoarse|thick"
ATE = r"stung|sting|allerg\w*|peanuts?|nuts?|prawns?|shellfish|fish|eggs?|wasps?|bees?|vaccine|penicillin|antibiotic|eating|ate"
BLOOD = r"blood\w*|bleed\w*|haemorrhag\w*|hemorrhag\w*"
MUCH = r"(?:won't|can't|doesn't|hasn't|will not|not) (?:seem to )?stop\w*|pour\w*|pump\w*|spurt\w*|gush\w*|everywhere|soak\w*|heav\w+|bright red|a lot|lots|(?:passing|big|large) clots|clots the size|pool of|profus\w*|vomit\w*|cough\w*|bring\w* up|throw\w* up|threw up|being sick|spit\w*|faint|dizzy|through|full of|bowl|toilet|running down|squirt\w*|jet|down (?:my|his|her) legs?|hours|warfarin|thinners?|apixaban|old coffee|pregnan\w*|stools?|poo|towels?|(?:pad|pads) (?:every|an)"
FEVER = r"burning up|fever\w*|temperature|infection|hot|3[89](?:\.\d)?|40(?:\.\d)?"
ILL = r"confus\w*|shiver\w*|mottl\w*|stiff neck|neck is stiff|neck (?:\w+ )?bend|muddled|rambling|lights?|spots|drowsy|not making sense|isn't making sense|breath\w* (?:\w+ )?fast|light hurts|chemo\w*|transplant\w*|spleen|purple|hallucinat\w*|delirious|rigors?|clammy|won't wake"
INFANT = r"new ?-?born|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)[- ]?(?:day|week)s?[- ]old|(?:my|our|the) baby|(?:one|two|three|1|2|3)[- ]months?[- ]old|infant"
INFANT_ILL = r"fever\w*|temperature|3[89]|flopp?y|limp|fed|feed\w*|drink\w*|blue|grey|wake|waking|bulging|grunt\w*|wet napp(?:y|ies)|no wet|jerk\w*|not breathing|breathing fast|sucking in|hot to the touch|cold|breast|bottle|nostrils"
PREGNANT = r"pregnan\w*|\d\d weeks|gave birth|given birth|in labour|positive test|expecting|due date|postpartum|after the birth"
GRAVE_PREGNANT = r"bleed\w*|blood|hasn't moved|not mov\w+|isn't moving|stopped moving|no movements?|flashing lights|seeing stars|head is|splitting headache|bad headache|cord|shoulder pain|severe pain|tummy pain|faint|fits?|soak\w*|collaps\w*|can't see|swollen face"


@dataclass(frozen=True, slots=True)
class Sign:
    """A red flag, and the rows of words that are one."""

    flag: str
    rows: tuple[tuple[re.Pattern[str], ...], ...]
    crisis: bool = False
    """Somebody may harm themselves."""
    lasting: bool = False
    """Also has slight and lasting forms that are no emergency."""


def sign(flag: str, *rows: tuple[str, ...], crisis: bool = False, lasting: bool = False) -> Sign:
    """A red flag, its rows read as regular expressions from the start of a word."""
    compiled = tuple(tuple(re.compile(rf"\b(?:{part})") for part in row) for row in rows)
    return Sign(flag, compiled, crisis, lasting)
