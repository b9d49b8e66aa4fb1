"""The sides of a clinical topic: headings, the words that mark them, and how to search for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Facet:
    """One side of a topic under which claims are gathered."""

    heading: str
    cues: str
    """Regular expression for the words that mark it, in a section heading, sentence or question."""
    search: str
    """Words that, put behind the subject of a question, search for this side of it."""
    overview: bool = False
    """Whether an overview of a condition should look at it."""


FACETS = (
    Facet(
        "Time course",
        r"resor[bp]|time course|time to|how long|duration|disappear|resol(?:ve|ved|ution)|regress|absor[bp]"
        r"|within (?:a|\d+) (?:hours?|days?|weeks?|months?)|by day \d|on day \d|cleared\b",
        "time to resolution on imaging, days weeks months",
        overview=True,
    ),
    Facet(
        "Mechanism",
        r"mechanism|pathophysiolog|macrophage|lymph|phagocyt|pathway|receptor|drain|in mice|rodent|animal model|explained by",
        "mechanism of clearance",
        overview=True,
    ),
    Facet(
        "Conservative care",
        r"conservativ|observation|observe|without surgery|non-?operat|spontaneous recovery|wait",
        "conservative management without surgery",
        overview=True,
    ),
    Facet(
        "Surgery and its timing",
        r"surg|decompress|laminectomy|evacuat|operat",
        "surgery timing decompression neurological deficit",
        overview=True,
    ),
    Facet(
        "Corticosteroids",
        r"steroid|methylprednisolone|hydrocortisone|dexamethasone|prednis|fludrocortisone",
        "corticosteroids",
        overview=True,
    ),
    Facet(
        "Anticoagulants and bleeding",
        r"anticoag|warfarin|heparin|apixaban|rivaroxaban|dabigatran|andexanet|reversal|vitamin k|prothrombin complex|bleed|haemorrhag|hemorrhag|platelet",
        "anticoagulants reversal bleeding",
        overview=True,
    ),
    Facet(
        "Pain relief",
        r"\bpain\b|nsaid|ibuprofen|paracetamol|acetaminophen|analges|opioid",
        "pain relief analgesics",
    ),
    Facet(
        "Imaging and monitoring",
        r"imaging|\bmri\b|\bct\b|signal|scan|monitor|follow-?up",
        "MRI imaging monitoring follow-up",
        overview=True,
    ),
    Facet(
        "Diagnosis and presentation",
        r"diagnos|present(?:ation|ed|s)?\b|symptom|mimic|sensitivity|specificity|accuracy",
        "diagnosis presentation symptoms",
    ),
    Facet(
        "Prognosis",
        r"prognos|outcome|predict|recover|surviv|mortality|death|died",
        "prognosis predictors of outcome",
        overview=True,
    ),
    Facet(
        "How common it is",
        r"epidemiolog|incidence|prevalence|how (?:common|often|rare)|per (?:million|100,?000|10,?000)|rare\b|1 in \d",
        "incidence frequency",
    ),
    Facet(
        "Risks and harms",
        r"\bharms?\b|adverse|side effect|risk|safety|complication|toxicit|arrhythmi",
        "adverse effects harms risk",
    ),
    Facet(
        "What guidelines say",
        r"guideline|recommend|suggest(?:s|ed)? (?:not|against|giving|that)|advis|grade [abcd1-2]|class (?:i|ii|iii)\b|consensus|statement",
        "guideline recommendation",
        overview=True,
    ),
    Facet(
        "Children and pregnancy",
        r"child|paediatric|pediatric|infant|boy|girl|pregnan|obstetric|caesarean|cesarean",
        "children pregnancy",
    ),
    Facet("Recurrence", r"recur", "recurrence", overview=True),
    Facet(
        "Benefits", r"benefit|efficacy|effective|reduc|improv|lower(?:ed|s)?\b|prevent", "benefit efficacy"
    ),
)
GENERAL = Facet("What the studies found", r"(?!)", "")


@lru_cache(maxsize=64)
def _pattern(cues: str) -> re.Pattern[str]:
    return re.compile(cues, re.IGNORECASE)


@lru_cache(maxsize=10_000)
def facet_of(section: str, sentence: str) -> Facet:
    """The facet that a sentence belongs to: the one whose words it and its section heading use most.

    The heading counts twice: an author who wrote it has already sorted the sentence.
    """
    best, most = GENERAL, 0
    for facet in FACETS:
        hits = 2 * len(_pattern(facet.cues).findall(section)) + len(_pattern(facet.cues).findall(sentence))
        if hits > most:
            best, most = facet, hits
    return best


def facets_of(question: str) -> tuple[Facet, ...]:
    """The facets that a question names, in the order of the table."""
    return tuple(facet for facet in FACETS if _pattern(facet.cues).search(question))
