"""What people write in an emergency, by class of complaint: words that together, in one sentence, are a red flag.

A row is met where each of its parts stands somewhere in a sentence, in any order: a part of the body and how it
fails, a substance and that it was taken, a group of people and what is grave in them. The classes are those of
public lists of red flags: stroke and cord, chest, breathing, head, harm and poison, allergy, bleeding,
consciousness, infection, small children, pregnancy, abdomen, injury, limbs, sugar.
"""

from __future__ import annotations

from rag.emergency_words import (
    ATE,
    BLOOD,
    CANT,
    FAILS,
    FEVER,
    ILL,
    INFANT,
    LIMB,
    MANY,
    MOVE,
    MUCH,
    NOW,
    PILLS,
    POISON,
    PREGNANT,
    SWELL,
    TOOK,
    sign,
)

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
    sign(
        "A swelling of face or throat, or an allergy that reaches breathing or circulation, can close the airway",
        (r"throat|tongue|face|lips?|mouth|airway|voice", SWELL),
        (r"hives|welts|itch\w*", r"wheez\w*|breath\w*|dying|faint\w*|swell\w*|swollen|throat"),
        (
            ATE,
            r"breath\w*|throat|tongue|faint\w*|hoarse|voice|dizzy|collaps\w*|wheez\w*|welts|hives",
            r"tight\w*|swell\w*|swollen|can't|clos\w*|hoarse|faint\w*|dizzy|collaps\w*|wheez\w*|all over|trouble|welts",
        ),
        (
            r"(?:having|had|has) (?:a |an )?(?:\w+ ){0,2}(?:anaphyla\w*|(?:severe|bad|really bad) (?:allergic )?reaction)|hives all over|(?:in|into|it's|is|think) anaphyla\w*",
        ),
        (CANT + r" swallow", r"drool\w*|saliva|bone|stuck|tight\w*|tongue|throat|i\b|he|she"),
    ),
    sign(
        "Heavy or inner bleeding is an emergency",
        (BLOOD, MUCH),
        (r"coffee grounds",),
        (r"vomit\w*|sick", r"coffee|blood|black"),
        (r"soak\w*", r"pads?|towels?|sheets?|dressing"),
        (
            r"stools?|poo|motions?",
            r"black|tar\w*|bloody|red",
            r"i\b|my|dizzy|faint|weak|since|today|turned|he|she|his|her",
        ),
        (
            r"cut|slic\w*|sever\w*|chopp?\w*|saw\w*|amputat\w*",
            r"chainsaw|artery|to the bone|deep|finger (?:off|tip)|won't stop|(?:finger|toe|hand|thumb)s? (?:is |came |completely )?off",
        ),
    ),
    sign(
        "Loss of consciousness or a seizure is an emergency",
        (
            r"unconscious|unresponsive|(?:not|isn't|won't|doesn't) respond\w*|dropped to the (?:floor|ground)|(?:can't|cannot|couldn't) (?:\w+ )?(?:rouse|wake)|won't wake|(?:isn't|not) wak\w+|hard to wake|no pulse|eyes (?:have )?rolled back|(?:won't|doesn't|isn't) answer\w*|get (?:him|her|them) to (?:open|wake|respond|answer)|keep (?:my|his|her) eyes open",
        ),
        (
            r"passed out|pass(?:ing)? out|collaps\w*|fainted|black\w* out|on the floor",
            r"he|she|i\b|i'm|i've|my|someone|somebody|friend|keep\w*",
        ),
        (
            r"(?:having|had|has|has had|just had) an? (?:\w+ )?(?:seizure|fit)\b|seizing|(?:is|he's|she's|keeps|started|been) fitting|convuls\w+|shaking all over|having (?:\w+ ){0,2}seizures?",
        ),
        (
            r"(?:is|went|gone|goes|he's|she's) (?:\w+ )?(?:limp|flopp?y)|drowsy (?:and|since)|(?:so|very|too) (?:drowsy|sleepy)",
            r"baby|he|she|my|child|fell|head|took",
        ),
        (r"jerk\w*|twitch\w*", r"all over|eyes|whole body|won't stop"),
        (r"had (?:a |another )(?:fit|seizure)", r"another|again|after|still"),
        (
            r"diabet\w*|type 1|insulin|sugar|hypo",
            r"confus\w*|wake|swallow|vomit\w*|pear drops|fruity|rubbish|nonsense|keep anything down|breathing|unconscious|drowsy|fitting|sweat\w*",
        ),
        (
            r"heat|sun|hot",
            r"stopped sweating|isn't making sense|not making sense|confus\w*|collaps\w*|delirious",
        ),
        (
            r"(?:suddenly|became|become|is|very|getting|now|so) (?:\w+ )?confused|talking (?:nonsense|gibberish|rubbish)",
            r"he|she|my|mum|dad|grand\w*|wife|husband",
        ),
    ),
    sign(
        "An infection with confusion, cold or mottled skin, a rash that stays under a glass or a stiff neck can be sepsis or meningitis",
        (FEVER, ILL),
        (r"rash|spots", r"glass|fade|purple|press\w*|bruis\w*"),
        (r"mottled|cold hands and feet", r"breath\w*|confus\w*|skin|he|she|shiver\w*"),
        (r"shiver\w*|shaking", r"confus\w*|drowsy|muddled|catheter"),
    ),
    sign(
        "A very ill infant needs help at once",
        (INFANT, _INFANT_ILL),
        (r"soft spot|fontanelle?", r"bulg\w*|swollen|sunken|tight"),
        (r"ribs|chest", r"suck\w*|pull\w*|each breath"),
    ),
    sign(
        "In pregnancy and after birth these are red flags",
        (PREGNANT, _GRAVE_PREGNANT),
        (r"waters", r"cord|green|brown|blood"),
        (
            r"baby|bump|kicks?",
            r"feel (?:my|the|our) baby|hasn't moved|not moved|isn't moving|stopped moving|no movements?|not kick\w*|stopped kicking",
        ),
    ),
    sign(
        "Sudden or severe pain of the belly or a testicle needs to be seen at once",
        (
            r"stomach|belly|tummy|abdom\w*",
            r"rigid|board|excruciating|unbearable|agony|doubled (?:up|over)|worst|can't stand|hard as",
        ),
        (r"pain", r"curled up|writhing|screaming|agony|can't move|worst ever|unbearable|excruciating"),
        (r"testic\w*|ball", r"size of|screaming|sudden\w*|agony|twisted|vomit\w*|badly|severe|swollen"),
    ),
    sign(
        "An injury of this kind needs help at once",
        (
            r"burn\w*|scald\w*|boiling|hot (?:oil|fat|water|tea|coffee|soup|chocolate)|acid|bleach|chemicals?|cleaner",
            r"eyes?|all over|over|face|chest|baby|child|girl|boy|skin",
            r"i\b|my|he|she|his|her|got|went|spill\w*|splash\w*",
        ),
        (
            r"(?:pulled|dragged|came) out of the (?:pool|water|sea|river|bath)|(?:nearly |almost )?drown(?:ed|ing)\b|under (?:the )?water",
        ),
        (r"electrocut\w*|live wire|electric shock|lightning", r"i\b|he|she|my|thrown|touched|got|was"),
        (
            r"snake|adder|viper|cobra|rattlesnake|scorpion|jellyfish|black widow",
            r"bit\w*|stung|sting|got",
            r"me|my|i\b|he|she|his|her",
        ),
        (r"(?:was|got|been|is) (?:stabbed|shot)|stabbed (?:in|him|her|me)|shot in|gunshot|impaled|crushed",),
        (
            r"hit by a (?:car|bus|lorry|truck|train|van|bike|taxi|tram)|run over|car (?:crash|accident)|motorbike",
            r"i\b|my|he|she",
        ),
        (
            r"fell|fall\w*",
            r"ladder|roof|stairs|height|hip|horse|window|balcony",
            r"can't|remember|move|stand|twisted|hurts?|pain|numb|unconscious|bleeding",
        ),
        (r"explod\w*|blew up|firework", r"hand|face|eyes?|fingers"),
        (r"tried to hang|hanging from|found (?:him|her|them) hanging",),
    ),
    sign(
        "A limb that turns cold, white and numb may have lost its blood",
        (
            r"foot|leg|arm|hand|toes?|fingers?",
            r"white|cold|pale|blue",
            r"(?:no|find a|a) pulse|no feeling|numb\w*|sudden\w*|can't (?:feel|move)|pain\w*",
        ),
        lasting=True,
    ),
)
