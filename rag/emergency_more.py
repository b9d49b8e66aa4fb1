"""Red flags, the second half of the table: allergy, bleeding, consciousness, infection, the very young, pregnancy, injury."""

from __future__ import annotations

from rag.emergency_words import (
    ATE,
    BLOOD,
    CANT,
    FEVER,
    GRAVE_PREGNANT,
    ILL,
    INFANT,
    INFANT_ILL,
    MUCH,
    PREGNANT,
    SWELL,
    sign,
)

MORE_SIGNS = (
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
        (INFANT, INFANT_ILL),
        (r"soft spot|fontanelle?", r"bulg\w*|swollen|sunken|tight"),
        (r"ribs|chest", r"suck\w*|pull\w*|each breath"),
    ),
    sign(
        "In pregnancy and after birth these are red flags",
        (PREGNANT, GRAVE_PREGNANT),
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
