"""What people write in an emergency, by class of complaint: words that together, in one sentence, are a red flag.

A row is met where each of its parts stands somewhere in a sentence, in any order: a part of the body and how it
fails, a substance and that it was taken, a group of people and what is grave in them. The classes are those of
public lists of red flags: stroke and cord, chest, breathing, head, harm and poison, allergy, bleeding,
consciousness, infection, small children, pregnancy, abdomen, injury, limbs, sugar.
"""

from __future__ import annotations

from rag.emergency_more import MORE_SIGNS
from rag.emergency_words import CANT, FAILS, LIMB, MANY, MOVE, NOW, PILLS, POISON, TOOK, sign

SIGNS = (
    sign(
        "Thoughts of suicide or of harming oneself need help at once",
        (r"(?:kill|hurt|harm|cut|hang|shoot|shot|drown|poison)\w* (?:myself|himself|herself|themselves)",),
        (r"suicid\w*", r"\bi\b|i'm|i've|he|she|my|friend|wants?|feel\w*|thoughts|attempt\w*"),
        (
            r"(?:end|ending|take|taking|took) (?:it all|my (?:own )?life|his (?:own )?life|her (?:own )?life|their (?:own )?li(?:fe|ves))|(?:going to|want to|wants to|about to) end (?:it|things)",
        ),
        (
            r"(?:wants?|wish\w*|rather|better off) (?:to )?(?:be )?(?:die|dead|i was dead|not (?:be )?(?:alive|here))|(?:don't|not|doesn't) want to (?:live|be alive|wake up|be here|exist)",
        ),
        (
            r"(?:no|don't see (?:the|any|a)|what's the) (?:point|reason) (?:in|of|to) (?:living|live|life|going on|be)|(?:can't|cannot) go on|won't be here (?:tomorrow|anymore)|without me|goodbye (?:note|text|letter)|(?:said|texted|wrote) (?:me |us )?goodbye",
        ),
        (
            r"(?:written|wrote) (?:my|the|a|some) (?:letters?|notes?)|nobody (?:will|would) miss|\brope\b|tired of living|saved up (?:my |the )?(?:pills|tablets|insulin)|picked a (?:tree|bridge|day|date)|(?:everyone|everybody|they|you|my family) (?:is|are|would be|will be|'d be) better off",
            r"i\b|i've|i'm|me|he|she|my",
        ),
        (r"jump\w*", r"train|bridge|roof|window|off"),
        (r"(?:cut|slit|slash)\w*", r"wrists?"),
        (r"noose|self-?harm\w*", r"i\b|i'm|he|she|my"),
        crisis=True,
    ),
    sign(
        "Too much of a medicine, or a poison, can kill before it is felt",
        (TOOK, POISON),
        (TOOK, PILLS, MANY),
        (
            r"gave|given|giving",
            PILLS + r"|dose",
            r"ten times|10 times|double|twice|too much|wrong|by mistake",
        ),
        (PILLS, r"(?:in|into) (?:his|her|the baby's) mouth"),
        (
            TOOK,
            PILLS,
            r"(?!my |his |her )(?:my |his |her |the )?(?:\w+'s|wrong|somebody else's|someone else's)",
        ),
        (r"overdosed|(?:took|taken|had|having|takes) an? (?:\w+ )?overdose",),
        (r"carbon monoxide|gas leak", r"alarm|headaches?|sick|dizzy|smell", r"we|i\b|my|us|all"),
        (r"batter(?:y|ies)|magnets?", r"stuck|nose|ear|swallow\w*"),
    ),
    sign(
        "New weakness or numbness, or trouble with speech or sight, can be a stroke or pressure on the spinal cord, and loss of bladder or bowel control an emergency of the spine",
        (LIMB, FAILS),
        (CANT + r" (?:walk|stand(?: up)?|move|get up)\b",),
        (LIMB + r"|body", CANT + rf" (?:\w+ ){{0,3}}?(?:{MOVE})"),
        (
            r"speech|talk\w*|words?|speak\w*",
            r"slur\w*|muddled|funny|garbl\w*|nonsense|gibberish|jumbled|rubbish|wrong|won't come|strange|can't (?:get|find|speak|talk)|lost",
        ),
        (CANT + r" (?:speak|talk|get (?:my|his|her) words out)|slurr\w*",),
        (
            r"can't understand|doesn't understand|doesn't recognise|doesn't know (?:me|who|where)",
            rf"{NOW}|he|she|my",
        ),
        (r"can't feel", r"toilet|wipe|wee|bladder|bowels?|between"),
        (
            r"see|sight|vision|eyes?|blind",
            r"curtain|lost|black|dark|sudden\w*|blind in|can't see|double|gone",
            rf"{NOW}|curtain|can't see|lost|gone|one eye",
        ),
        (
            r"bottom|saddle|genitals?|groin|between (?:my|his|her|the) legs|private parts|wipe|buttocks",
            r"numb\w*|no (?:feeling|sensation)|can't feel|lost",
        ),
        (CANT + r" (?:\w+ ){0,2}?(?:wee|pee|urinate|pass (?:urine|water)|hold (?:my|his|her)|control)",),
        (r"lost|losing|no|wet", r"control|myself|himself|herself", r"bladder|bowels?|urine|wet|pants"),
        (r"having a stroke|stroke right now|think (?:it's|he's|she's|i'm) (?:having )?a stroke",),
        (r"lost (?:my|his|her) balance|walking like|can't walk straight", rf"{NOW}|vomit\w*|headache"),
        lasting=True,
    ),
    sign(
        "Pain or pressure of the chest, or a heart that races or stumbles with faintness, can be life-threatening",
        (
            r"chest|breast ?bone|sternum",
            r"pain\w*|hurt\w*|ach\w+|tight\w*|pressure|crush\w*|squeez\w*|weight|heav\w+|clutch\w*|elephant|band|burning|stabbing|killing|tearing|vice|vise|(?:standing|sitting) on|on (?:my|his|her) chest",
        ),
        (
            r"jaw|both arms|left arm|shoulder blades|between the shoulders",
            r"pain\w*|ach\w+|tearing|spread\w*|indigestion|heav\w+|radiat\w*|goes (?:up|down)|tight\w*|knife",
        ),
        (
            r"heart|pulse",
            r"rac\w+|pound\w*|stopp?\w*|beating|flutter\w*|1[4-9]\d|2\d\d",
            r"faint\w*|black\w* out|pass(?:ing)? out|dizzy|breath\w*|an hour|hours|180|collaps\w*",
        ),
        (r"pain", r"soaked in sweat|cold sweat|sweating (?:buckets|heavily)|clammy|grey|passing out"),
        (r"heart attack", r"right now|symptoms (?:now|right)|help|what do i do"),
        (
            r"arms?",
            r"pain\w*|ach\w+|hurts?|heav\w+|numb\w*",
            r"sweat\w*|breath\w*|sick|clammy|faint|chest|jaw",
        ),
        (r"grey|gray|clammy|cold sweat|sweating buckets", r"chest|arm|jaw|faint|pain|sick|clutch\w*"),
        (r"(?:having|think|has|had) (?:\w+ ){0,4}heart attack", rf"{NOW}|having|think|now"),
    ),
    sign(
        "Trouble with breathing is an emergency",
        (
            CANT
            + r" (?:\w+ ){0,2}?(?:breathe|breathing|catch (?:my|his|her|a) breath|get (?:(?:my|his|her|any|enough) )?(?:breath|air)|finish (?:a|my|his|her) sentences?|cough)",
        ),
        (r"stopped breathing|(?:isn't|is not|not|hardly|barely|no longer) breathing|gasp\w*",),
        (
            r"breath\w*|asthma|wheez\w*|respirat\w*",
            r"blue|bluish|grey|froth|sucking|ribs|exhaust\w*|(?:one|two|few|single) words?|so bad|too (?:bad|breathless)|like a fish|fighting|deep and fast|and fast|(?:very|really|so|too) (?:fast|quick\w*|hard)|in and out|very fast|really fast|so fast|too fast|worse|badly|shallow|grunt\w*",
        ),
        (
            r"inhaler|nebuli[sz]er|puffer",
            r"nothing|not|isn't|doesn't|no (?:effect|help)|empty|every (?:few|ten|five|\d+)",
        ),
        (
            r"short of breath|out of breath|breathless",
            rf"{NOW}|lying|sudden\w*|at rest|getting worse|swollen|chest|can't",
        ),
        (r"lips?|face|tongue|nails|fingers|baby|he|she|turn\w*|gone|went", r"blue|bluish|purple"),
        (
            r"wrong way|chok(?:ing|ed) on|(?:is|he's|she's|'m) choking|stuck in (?:my|his|her|the) (?:throat|windpipe|airway)",
        ),
        (r"calf|leg", r"swollen|swelling", r"breath\w*|chest"),
        lasting=True,
    ),
    sign(
        "These can be signs of a bleed, an infection or an injury in the head",
        (
            r"headache|pain in (?:my|his|her) head|head hurts|migraine",
            r"worst|terrible|sneez\w*|sudden\w*|out of nowhere|thunderclap|splitting|explod\w*|confus\w*|stiff neck|fever|vomit\w*|blurr\w*|vision|flashing|weak\w*|hit|bang\w*|warfarin|thinners?",
        ),
        (r"worst (?:headache|pain in (?:my|his|her) head)|thunderclap",),
        (
            r"hit|bang\w*|bump\w*|knock\w*|slipp\w*|tripp\w*|fell|fall|crack\w*",
            r"head",
            r"sick|vomit\w*|confus\w*|drowsy|sleepy|remember|headache|warfarin|thinners?|unconscious|blood|pupils?|apixaban|rivaroxaban|clopidogrel|lump|slur\w*|out cold",
        ),
        (r"out cold|knocked (?:out|unconscious)",),
        (r"hit (?:my|his|her) head",),
    ),
    *MORE_SIGNS,
)
