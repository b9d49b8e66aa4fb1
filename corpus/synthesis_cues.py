"""Words of what speaks of many studies: syntheses, guidelines, reviews."""

from __future__ import annotations

from corpus.cue_words import ALONE, SEARCHED
from corpus.cues import cue
from rag.types import Design as D  # noqa: N817  # one letter keeps the rows short

# In the order in which they are looked for, among those of `corpus.design_cues`.
SYNTHESIS_CUES = (
    cue(
        D.META_ANALYSIS,
        r"\bmeta-?\s?analys[ei]s\b(?! protocol)",
        (
            "meta",
            ALONE
            + r"meta-?\s?analysis\b|\bmeta-?analys[ei]s (?:was|were) (?:performed|conducted|done|carried out)\b",
        ),
    ),
    cue(
        D.SYSTEMATIC_REVIEW,
        r"\bsystematic (?:\w+ ){0,2}review\b|\bcochrane (?:\w+ )?review\b|\bumbrella review\b|\boverview of reviews\b",
        ("systematic", ALONE + r"systematic(?:ally)? (?:literature )?(?:review|search)"),
    ),
    # PRISMA 2020 asks a systematic review for both: where it searched, and what it let in.
    cue(
        D.SYSTEMATIC_REVIEW,
        r"\bsystematic literature search\b",
        ("search", SEARCHED),
        beside=r"\b(?:inclusion|exclusion|selection|eligibility) criteria\b|\beligible\b|\bindependently\b|\bextracted\b|\bmethodological quality\b"
        r"|\b(?:studies|trials|RCTs|articles|reports) (?:\w+ )?(?:were|was|met|included|involving|that|comparing)\b",
    ),
    cue(
        D.CONSENSUS,
        r"^(?!.*\bguidelines?\b).*(?:\bexpert consensus\b|\bconsensus (?:statement|document|report|conference|recommendations?)"
        r"|\binterdisciplinary consensus\b|\bmodified delphi\b)",
    ),
    cue(
        D.GUIDELINE,
        r"^(?!.*\b(?:adherence|compliance|concordan\w+|implement\w+|impact|survey|appraisal|effects?|evaluat\w+|use of)\b)"
        r".*(?:\b(?:practice|clinical|society|national|joint|living|rapid) guidelines?\b|\bguidelines? (?:for|on|from)\b"
        r"|\bguidelines?(?: 20\d\d| update)?\W*$|\brecommendation statement\b|\bstandards? of (?:medical )?care in\b)",
    ),
    cue(
        D.NARRATIVE_REVIEW,
        r"\b(?:narrative|literature|comprehensive|scoping|mini-?) ?review\b|\breview of (?:the )?literature\b|:[^:]*\breview\W*$|: an? (?:\w+ )?review of\b",
        # The National Library of Medicine counted the references of reviews, and of nothing else.
        ("references:", r"\[References: \d+\]"),
        (
            "review|overview",
            r"\b(?:this|our|the (?:present|current)) (?:[\w-]+ ){0,3}(?:review|overview)\b(?! of (?:\w+ )?(?:cases|patients|records|charts))",
        ),
        (
            "review|summari|discuss|outlines|provides|highlights|devoted",
            r"\b(?:this|the|our) (?:article|paper|chapter|manuscript|monograph) (?:\w+ )?(?:reviews|summari[sz]es|discusses|outlines|provides an? (?:\w+ )?(?:overview|review)|highlights|is devoted)\b",
        ),
        ("we ", r"\bwe (?:\w+ )?(?:review|summari[sz]e) (?!(?:our|the) (?:experience|records|charts|cases))"),
        ("areas covered|expert opinion", r"^(?:areas covered|expert opinion)\b|\bareas covered:"),
        ("search", rf"{SEARCHED}|\b(?:extensive|comprehensive) literature search\b"),
    ),
)
