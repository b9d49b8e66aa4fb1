"""What makes a question another one: routes, groups, animals, bodies that give advice, times and outcomes.

Each table pairs what a question says with what a source must say to have studied it. A row is here where
any clinician would refuse to carry a finding over: from tablets to an inhaler, from adults to newborns, from
pneumonia of the community to that of the ventilator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.text import term


@dataclass(frozen=True, slots=True)
class Row:
    """One thing, the words by which questions ask for it, and those by which sources speak of it."""

    name: str
    asks: re.Pattern[str]
    says: re.Pattern[str]


def _row(name: str, asks: str, says: str) -> Row:
    asking = re.compile(rf"\b(?:{asks})\b", re.IGNORECASE)
    return Row(name, asking, re.compile(rf"\b(?:{says})", re.IGNORECASE))


ROUTES = (
    _row(
        "by mouth",
        r"oral(?! (?:intake|feed\w*|food|fluids?|nutrition|anti-?coag|contracept|surg|cavity|health|hygiene|cancer|mucos|direct))|by mouth",
        r"oral|by mouth|tablets?|capsules?",
    ),
    _row("intravenous", r"intravenous(?:ly)?|i\.?v\.?|infusions?|drip", r"intravenous|\bi\.?v\.?\b|infus"),
    _row("inhaled", r"inhal(?:ed|ation|er)|nebuli[sz]ed|nebuli[sz]er", r"inhal|nebuli"),
    _row("on the skin", r"topical|cream|ointment|gel", r"topical|cream|ointment|\bgel\b"),
    _row("under the skin", r"subcutaneous(?:ly)?", r"subcutaneous"),
    _row("into a muscle", r"intramuscular(?:ly)?", r"intramuscular"),
    _row("into the nose", r"intranasal(?:ly)?|nasal sprays?|nose sprays?", r"intranasal|nasal spray"),
    _row("rectal", r"rectal(?:ly)?(?= (?:drug|dose|route|admin|aspirin))|suppositor(?:y|ies)", r"suppositor"),
    _row("intrathecal", r"intrathecal(?:ly)?", r"intrathecal"),
    _row("through the skin", r"transdermal|(?:skin )?patch(?:es)?", r"transdermal|patch"),
    _row("under the tongue", r"sublingual(?:ly)?", r"sublingual"),
)

GROUPS = (
    _row(
        "newborns",
        r"neonat\w*|newborns?|new-born\w*|preterm|premature (?:bab\w+|infants?)",
        r"neonat|newborn|preterm",
    ),
    _row("breastfeeding", r"breast-?feeding|lactating|nursing mothers?", r"breast-?feed|lactat"),
    _row("nursing home residents", r"nursing[- ]homes?|care[- ]homes?", r"nursing[- ]home|care[- ]home"),
    _row(
        "dialysis",
        r"dialysis|ha?emodialysis|kidney failure|renal failure|end-stage (?:renal|kidney)",
        r"dialysis|ha?emodialysis|kidney failure|renal failure|end-stage",
    ),
    _row("cirrhosis", r"cirrhosis|cirrhotics?|liver failure", r"cirrho|liver failure"),
    _row("transplant recipients", r"transplant\w*", r"transplant"),
    _row("HIV", r"hiv|aids", r"\bhiv\b|\baids\b"),
    _row("sickle cell disease", r"sickle[- ]cell", r"sickle"),
    _row("haemophilia", r"ha?emophili\w*", r"ha?emophili"),
    _row(
        "people with cancer",
        r"(?:cancer|oncology) patients|(?:people|patients|adults|women|men|someone) with (?:\w+ )?cancer|chemotherapy",
        r"cancer|oncolog|tumour|chemotherap",
    ),
    _row(
        "outpatients",
        r"out-?patients?|ambulatory",
        r"out-?patient|ambulatory|community(?!-acq| acq)|non-?hospitali[sz]ed|primary care|at home",
    ),
    _row("athletes", r"athletes?|runners|sportsmen|players", r"athlete|runner|sport"),
    _row("astronauts and divers", r"astronauts?|divers|pilots?", r"astronaut|divers|pilot"),
)

SPECIES = tuple(
    _row(name, asks, says)
    for name, asks, says in (
        ("dogs", r"dogs?|canines?|pupp(?:y|ies)", r"dog|canine"),
        ("cats", r"cats?(?! scan)|felines?|kittens?", r"\bcats?\b|feline"),
        ("mice", r"mice|mouse|murine", r"mice|mouse|murine"),
        ("rats", r"rats?", r"\brats?\b"),
        ("hamsters", r"hamsters?", r"hamster"),
        ("rabbits", r"rabbits?", r"rabbit"),
        ("pigs", r"pigs?|piglets?|porcine|swine(?! flu)", r"\bpig|porcine|swine"),
        ("monkeys", r"monkeys?|macaques?|primates?", r"monkey|macaque|primate"),
        ("horses", r"horses?|equine|ponies", r"horse|equine"),
        ("ferrets", r"ferrets?", r"ferret"),
        ("cattle and sheep", r"cows?|cattle|bovine|sheep|ovine|lambs?", r"\bcow|cattle|bovine|sheep|ovine"),
    )
)

CONDITIONS = (
    _row(
        "long COVID",
        r"(?:long|post)[- ]covid\w*|post-acute covid\w*",
        r"(?:long|post)[- ]covid|post-acute covid",
    ),
    _row("ventilator-associated pneumonia", r"vap", r"ventilator[- ]associated|\bvap\b"),
    _row("nosocomial", r"nosocomial|hospital-acquired", r"nosocomial|hospital[- ]acquired|ventilator"),
    _row(
        "the variant",
        r"(?:JN|BA|XBB|KP|BQ)\.?\d[\w.]*|omicron|\w+ variant",
        r"variant|omicron|\b(?:JN|BA|XBB|KP|BQ)\.?\d",
    ),
    _row("exposure", r"(?:before|after|pre-?|post-?) ?exposure", r"exposure|exposed|contacts"),
    _row(
        "slipped disc",
        r"dis[ck] (?:herniation|prolapse|protrusion)|(?:herniated|slipped|prolapsed|bulging) dis[ck]s?|sciatica",
        r"dis[ck] (?:herniat|prolaps|protru)|(?:herniated|slipped|prolapsed|ruptured) dis[ck]|sciatic",
    ),
)

OUTCOMES = (
    _row(
        "return to work",
        r"(?:return\w*|back|go\w*|fit) (?:to|for) (?:\S+ ){0,2}work|sick leave",
        r"work|employ|sick leave",
    ),
    _row("driving", r"drive|driving", r"driv(?:e\b|ing)"),
    _row("flying", r"fly|flying|air travel|plane", r"\bfly|air travel|\bflight"),
    _row("quality of life", r"quality of life|qol", r"quality of life|\bqol\b"),
    _row(
        "sexual function",
        r"sexual (?:function|life)|sex life|erectile\w*|impoten\w+",
        r"sexual|erectile|impoten",
    ),
    _row("fertility", r"fertility|infertil\w*|conceive|get pregnant", r"fertil|conceiv"),
    _row("sense of smell", r"sense of smell|loss of smell|smell|anosmia", r"smell|anosmi"),
    _row(
        "length of life",
        r"life expectancy|how (?:many|much) .{0,60}(?:extend|prolong|add|lengthen|gain)\w* .{0,50}life",
        r"life-years|(?:years|months) of life(?! expect)|life expectancy (?:rose|fell|was longer|increase)",
    ),
    _row("costs", r"costs?|cost-effective\w*|expensive|price", r"cost|price|expens"),
    _row(
        "time of day",
        r"(?:better|best|or|than|should) .{0,60}(?:bedtime|at night|in the (?:morning|evening)|with (?:food|meals)|empty stomach)"
        r"|(?:bedtime|at night|in the (?:morning|evening)) (?:or|better|rather)",
        r"bedtime|at night|evening|morning|with (?:food|meals)|empty stomach",
    ),
)

# Bodies that give advice, as questions and sources write them; capitals count, for "who" is no body.
BODIES = tuple(
    (name, re.compile(rf"\b(?:{says})\b"))
    for name, says in (
        ("WHO", r"WHO|World Health Organi[sz]ation"),
        ("NIH", r"NIH|National Institutes of Health|US government"),
        ("NICE", r"NICE|National Institute for Health and Care Excellence"),
        ("USPSTF", r"USPSTF|(?:Preventive Services )?Task Force"),
        ("ESC", r"ESC|European Society of Cardiology"),
        ("ACC/AHA", r"ACC|AHA|American (?:College of Cardiology|Heart Association)"),
        (
            "ADA",
            r"ADA|American Diabetes Association|Standards of (?:Medical )?Care in Diabetes|Diabetes Care",
        ),
        ("IDSA", r"IDSA|Infectious Diseases Society of America"),
        ("ATS", r"ATS|American Thoracic Society"),
        ("ERS", r"ERS|European Respiratory Society"),
        ("BTS", r"BTS|British Thoracic Society"),
        ("ASRA", r"ASRA|American Society of Regional Anesthesia"),
        ("ESAIC/ESRA", r"ESAIC|ESRA|ESA|European Society of Anaesthesiology"),
        ("Surviving Sepsis Campaign", r"SSC|Surviving [Ss]epsis [Cc]ampaign"),
        ("SCCM", r"SCCM|Society of Critical Care Medicine"),
        ("ASH", r"ASH|American Society of Hematology"),
        ("ESO", r"ESO|European Stroke Organisation"),
        ("FDA", r"FDA|Food and Drug Administration"),
        ("EMA", r"EMA|European Medicines Agency"),
        ("CDC", r"CDC|Centers for Disease Control"),
        ("ACOG", r"ACOG|American College of Obstetricians"),
        ("RCOG", r"RCOG|Royal College of Obstetricians"),
        ("KDIGO", r"KDIGO"),
        ("GOLD", r"GOLD"),
        ("GINA", r"GINA"),
        ("ESMO", r"ESMO"),
        ("ASCO", r"ASCO"),
        ("NCCN", r"NCCN"),
        ("EULAR", r"EULAR"),
        ("SIGN", r"SIGN"),
        ("AOSpine", r"AO ?Spine"),
        ("AAP", r"AAP|American Academy of Pediatrics"),
        ("Cochrane", r"Cochrane"),
    )
)
ADVICE = re.compile(
    r"guid(?:eline|ance)|recommend|statement|advi[sc]e|\bsays?\b|standards of care|edition|campaign|position|"
    r"consensus|criteria|approve|warn|suggest",
    re.IGNORECASE,
)
# A sentence that says so doesn't speak for what it names: it was left out, or nobody knows yet.
NOT_STUDIED = re.compile(
    r"\b(?:not (?:been )?(?:studied|covered|included|displayed|shown)|excluded|exclud\w+|left out|leaves? out|kept out|"
    r"does not apply|still running|under ?way|awaited|planned|will then|expected data|no eligible evidence|"
    r"unclear|not in it|too thin)\b",
    re.IGNORECASE,
)
# A drug that is only named as one not to be taken together with another isn't studied there.
INTERACTS = re.compile(
    r"\b(?:interact\w*|CYP\w+|must not be (?:taken|given)|(?:not|never) (?:be )?(?:taken|given|used) (?:together|with)|"
    r"co-?administ\w+|need a pause|medicines must be checked)\b",
    re.IGNORECASE,
)
# Nouns of disease that another word before them makes another disease.
HEADS = frozenset(
    term(w)
    for w in (
        "pneumonia shock abscess syndrome failure infarction diabetes anaemia hepatitis meningitis arthritis "
        "epilepsy cancer carcinoma lymphoma leukaemia ulcer embolism covid hypertension fibrosis "
        "myopathy neuropathy encephalitis colitis nephritis asthma psychosis headache "
        "thrombocytopenia purpura"
    ).split()
)
# Words before such a noun that leave it what it is: how bad, how new, who has it.
SAME_DISEASE = frozenset(
    term(w)
    for w in (
        "severe severity nonsevere non mild moderate bad acute early late new recent ordinary suspected confirmed any "
        "hospitalised serious critical critically refractory recurrent first second previous primary current adult "
        "with of from in and or for the a an my his her this that in-hospital single possible ongoing persistent worsening "
        "acquired hospital stage advanced metastatic hospitalized inpatient outpatient type after during against "
        "reverse reverses resolve resolves show look mimic more less to has have had is are treat prevent cause get their had symptomatic asymptomatic lower higher reduce without "
        "keep maintain hold control help cure slow halt stop improve worsen manage relieve ease delay follow complicate raise "
        "shorten speed clear settle avoid"
    ).split()
)
# Words of a question that no source on its drug need say.
BESIDE = frozenset(
    term(w)
    for w in (
        "side report reported paper publish published find found trial read say matter father mother tell question answer "
        "tablet pill doctor pharmacist interval wait hold continue safe dangerous harmful useful worth worse better people old young healthy"
    ).split()
)
