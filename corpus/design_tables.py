"""Tables that tell how a study was done: publication types, MeSH headings, cues in words.

Publication types and headings are those of the National Library of Medicine (MeSH 2025, trees V03
and E05.318); the cues are ours.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rag.types import Design as D  # noqa: N817  # one letter keeps the rows short

_ANY: frozenset[D] = frozenset(D) - {D.UNKNOWN}
_OBSERVATIONS = frozenset({D.COHORT, D.CASE_CONTROL, D.CROSS_SECTIONAL, D.CASE_SERIES, D.CASE_REPORT})
_TRIALS = frozenset({D.RANDOMISED_TRIAL, D.NON_RANDOMISED_TRIAL})
SYNTHESES = frozenset({D.SYSTEMATIC_REVIEW, D.META_ANALYSIS})


class TypeRow(NamedTuple):
    """What a set of publication types, all present, means."""

    types: frozenset[str]
    design: D
    refined_to: frozenset[D] = frozenset()
    """Designs that the record's headings and words may make of it."""
    a_guess: bool = False
    """Whether the design is only the likeliest of several where no word refines it."""


def _row(types: str, design: D, refined_to: frozenset[D] = frozenset(), a_guess: bool = False) -> TypeRow:
    return TypeRow(frozenset(types.split(" + ")), design, refined_to, a_guess)


# The first row whose types are all in the record wins. What is only *about* a study comes first.
TYPE_ROWS = (
    _row("retraction of publication", D.NOTICE),
    _row("retraction notice", D.NOTICE),
    _row("expression of concern", D.NOTICE),
    _row("published erratum", D.NOTICE),
    _row("clinical trial protocol", D.PROTOCOL),
    _row("comment", D.OPINION),
    _row("editorial", D.OPINION),
    _row("letter", D.OPINION),  # also where it carries a trial's type: most are about one
    _row("news", D.OPINION),
    _row("newspaper article", D.OPINION),
    _row("interview", D.OPINION),
    _row("personal narrative", D.OPINION),
    _row("introductory journal article", D.OPINION),
    # Its words decide whether it is the wider kind: a "consensus statement" that nobody calls a guideline.
    _row("practice guideline + consensus development conference", D.GUIDELINE, frozenset({D.CONSENSUS})),
    _row("practice guideline", D.GUIDELINE),
    _row("guideline", D.GUIDELINE),
    _row("consensus statement", D.CONSENSUS),
    _row("consensus development conference", D.CONSENSUS),
    _row("consensus development conference, nih", D.CONSENSUS),
    _row("randomized controlled trial, veterinary", D.PRECLINICAL),
    _row("clinical trial, veterinary", D.PRECLINICAL),
    _row("observational study, veterinary", D.PRECLINICAL),
    # A review of trials is often given the trials' type as well; a trial is not given "systematic review".
    _row("systematic review + randomized controlled trial", D.SYSTEMATIC_REVIEW, SYNTHESES),
    # Also with "meta-analysis": a trial and an update.
    _row("randomized controlled trial", D.RANDOMISED_TRIAL),
    _row("network meta-analysis", D.META_ANALYSIS),
    _row("meta-analysis", D.META_ANALYSIS),
    # A case with a look at the literature is a case, not a systematic review.
    _row("case reports", D.CASE_REPORT, frozenset({D.CASE_REPORT, D.CASE_SERIES})),
    _row("systematic review", D.SYSTEMATIC_REVIEW),
    _row("controlled clinical trial", D.NON_RANDOMISED_TRIAL, _TRIALS),  # NLM: it may be random, unsaid
    _row("clinical trial, phase i", D.NON_RANDOMISED_TRIAL, _TRIALS, a_guess=True),
    _row("clinical trial, phase ii", D.NON_RANDOMISED_TRIAL, _TRIALS, a_guess=True),
    _row("clinical trial, phase iii", D.NON_RANDOMISED_TRIAL, _TRIALS, a_guess=True),
    _row("clinical trial, phase iv", D.NON_RANDOMISED_TRIAL, _TRIALS, a_guess=True),
    _row("equivalence trial", D.NON_RANDOMISED_TRIAL, _TRIALS, a_guess=True),
    _row("pragmatic clinical trial", D.NON_RANDOMISED_TRIAL, _TRIALS, a_guess=True),
    _row("adaptive clinical trial", D.NON_RANDOMISED_TRIAL, _TRIALS, a_guess=True),
    _row("clinical trial", D.NON_RANDOMISED_TRIAL, _TRIALS, a_guess=True),
    _row("scoping review", D.NARRATIVE_REVIEW),
    _row("review + observational study", D.COHORT, _OBSERVATIONS, a_guess=True),
    _row("review", D.NARRATIVE_REVIEW, SYNTHESES | {D.CASE_SERIES}),
    _row("observational study", D.COHORT, _OBSERVATIONS, a_guess=True),
)

VAGUE = TypeRow(frozenset(), D.UNKNOWN, _ANY)
"""The row of every record that no other row fits: `journal article`, `multicenter study`, none at all."""

# MeSH headings on method, tree E05.318; they stand in the record and are no guess.
HEADING_ROWS = (
    ("case-control studies", D.CASE_CONTROL),
    ("cross-sectional studies", D.CROSS_SECTIONAL),
    ("cohort studies", D.COHORT),
    ("longitudinal studies", D.COHORT),
    ("prospective studies", D.COHORT),
    ("retrospective studies", D.COHORT),
    ("follow-up studies", D.COHORT),
)


class Cue(NamedTuple):
    """Words that give a design away."""

    design: D
    in_design_or_title: re.Pattern[str]
    in_abstract: re.Pattern[str] | None = None
    """Narrower, because an abstract also speaks of other people's studies."""
    stems: tuple[str, ...] = ()
    """In lower case; an abstract without any of them need not be searched, which takes most of the time."""
    beside: re.Pattern[str] | None = None
    """Words that the abstract must hold as well: chips of porcelain are randomised too."""


def _cue(design: D, title: str, abstract: str = "", stems: str = "", beside: str = "") -> Cue:
    flags = re.IGNORECASE | re.MULTILINE
    in_abstract, with_it = (re.compile(one, flags) if one else None for one in (abstract, beside))
    return Cue(design, re.compile(title, flags), in_abstract, tuple(stems.split("|")), with_it)


_PEOPLE = (
    r"\b(?:patients?|participants?|adults?|women|men|children|infants?|newborns?|neonates?|adolescents|subjects?|individuals?"
    r"|volunteers?|people|persons?|parents|mothers|families|households|residents|students|workers|nurses|physicians|practices|clinics|hospitals)\b"
)


_NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"

# Where an abstract speaks of its own study: in a sentence of its own, or at the start of a part on design.
_OURS = r"(?:^|\bdesign[:.]?\s*|\b(?:we|this|our|an?)\b[^.]{0,60}\b)"

# "A meta-analysis" is as often somebody else's.
_OURS_ALONE = r"\b(?:we|this|our)\b[^.]{0,60}\b"

# A title like this settles the matter, whatever the types say.
SETTLING_CUES = (
    _cue(
        D.NOTICE,
        r"^\W*(?:retraction(?: note| notice)?(?: to| of| for)?\s*[:–—-](?=\s*\w)|(?:editorial )?expression of concern\b"
        r"|errat(?:um|a)\b|corrigend(?:um|a)\b|(?:author |publisher )?corrections?(?: to| of)?\s*:|correction to\b"
        r"|withdrawal notice\b|notice of (?:retraction|correction|withdrawal)\b)",
    ),
    _cue(
        D.PROTOCOL,
        r"\b(?:study|trial|review) protocol\b|\bprotocol (?:for|of) (?:an?|the)\b.*\b(?:trial|study|review|analysis)\b"
        r"|\brationale and (?:study )?design of\b|\bdesign and rationale of\b",
    ),
    _cue(
        D.OPINION,
        r"^\W*(?:re|(?:author'?s'? |in )?(?:reply|response)|letter to the editor|commentary)\s*[:.–—]|^comments? on\b|^editorial\W*$",
    ),
)

# The first that matches wins, among those that the row of the types allows.
CUES = (
    _cue(
        D.PRECLINICAL,
        r"\b(?:mouse|mice|murine|rats?|rabbits?|zebrafish|porcine|piglets?|beagles?|monkeys?|macaques?|in vitro(?! fertili)|animal model)\b",
        r"\b(?:C57BL/6|BALB/c|Sprague[- ]Dawley|Wistar rats?|(?:knockout|transgenic) mice|mice were|rats were)\b",
        stems="c57bl|balb|sprague|wistar|mice|rats",
    ),
    _cue(
        D.REGULATORY,
        r"\bregulatory (?:safety )?(?:communication|information|alert|letter)|\bsafety (?:communication|announcement|alert)\b",
    ),
    _cue(
        D.CASE_SERIES,
        rf"\b(?:{_NUMBER} cases?|case reports?) (?:and|with) (?:\w+ )*?review of (?:\S+ )*?cases\b",
    ),
    _cue(D.CASE_REPORT, r"\bcase reports?\b.*\breview\b"),
    _cue(
        D.META_ANALYSIS,
        r"\bmeta-?\s?analys[ei]s\b(?! protocol)",
        _OURS_ALONE + r"meta-?\s?analysis\b",
        stems="meta",
    ),
    _cue(
        D.SYSTEMATIC_REVIEW,
        r"\bsystematic (?:\w+ )?review\b|\bcochrane (?:\w+ )?review\b",
        _OURS_ALONE + r"systematic(?:ally)? (?:literature )?(?:review|search)",
        stems="systematic",
    ),
    _cue(
        D.CONSENSUS,
        r"^(?!.*\bguidelines?\b).*(?:\bexpert consensus\b|\bconsensus (?:statement|document|report|conference|recommendations?)"
        r"|\binterdisciplinary consensus\b|\bmodified delphi\b)",
    ),
    _cue(
        D.GUIDELINE,
        r"^(?!.*\b(?:adherence|compliance|concordan\w+|implement\w+|impact|survey|appraisal)\b)"
        r".*(?:\b(?:practice|clinical|society|national|joint|living|rapid) guidelines?\b|\bguidelines? (?:for|on|from)\b"
        r"|\bguidelines?(?: 20\d\d| update)?\W*$|\brecommendation statement\b|\bstandards? of (?:medical )?care in\b)",
    ),
    _cue(
        D.NON_RANDOMISED_TRIAL,
        r"\bnon-?\s?randomi[sz]ed\b|\bquasi-?\s?(?:randomi[sz]ed|experiment\w*)\b|\bsingle-arm\b",
        r"\b(?:quasi-?experimental|single-arm|non-?randomi[sz]ed)\b[^.]{0,40}\b(?:study|trial)\b",
        stems="quasi|single-arm|non-random|nonrandom|non random",
    ),
    _cue(
        D.RANDOMISED_TRIAL,
        r"(?<!non-)(?<!non)(?<!non )\brandomi[sz]ed\b(?! (?:controlled |clinical )*(?:trials|studies)\b)"
        r"|\bplacebo-controlled\b.*\b(?:trial|phase)\b",
        # Any word of allocation by chance, but for those of samples, of models and of other people's trials.
        r"(?<!non-)(?<!non)(?<!non )(?<!not )\brandomi[sz]ed\b(?! (?:[\w-]+ ){0,3}(?:trials|studies|RCTs|evidence|data|comparisons)\b)"
        r"|\brandomly (?!selec|sampl|chosen|drawn|picked|recruit|identif|invited|distributed)\w+|\bat random\b(?! from)|\bin random order\b"
        r"|\b(?:by|after|before|at|following) randomi[sz]ation\b|\brandom (?:allocation|assignment|order)\b"
        r"|\bdouble-?\s?(?:blind|mask)|\b(?:placebo|sham)-?\s?controlled\b(?! (?:trials|studies)\b)|\bcross-?\s?over (?:study|trial|design|fashion)\b",
        stems="random|blind|mask|placebo|sham|over",
        beside=_PEOPLE,
    ),
    _cue(
        D.CASE_CONTROL,
        r"\bcase[-–— ]control\b",
        _OURS + r"case[-–— ]control study\b",
        stems="control study",
    ),
    _cue(
        D.CROSS_SECTIONAL,
        r"\bcross-?\s?sectional\b|\bprevalence (?:study|survey)\b",
        _OURS + r"cross-?\s?sectional (?:\w+ )?(?:study|survey|analysis)\b",
        stems="sectional",
    ),
    _cue(
        D.CASE_SERIES,
        rf"\bcase series\b|\b(?:retrospective|surgical|imaging|clinical) (?:\w+ )?series\b|\breport of {_NUMBER} cases\b"
        rf"|\bpooled case reports\b|\breview of {_NUMBER} (?:\w+ )*(?:and \d+ own (?:\w+ )*)?cases\b"
        rf"|\b{_NUMBER} literature cases\b",
        _OURS + r"case series\b",
        stems="case series",
    ),
    _cue(
        D.CASE_REPORT,
        rf"\bcase reports?\b|\b(?:{_NUMBER}|a|rare) cases? of\b",
        r"\bwe (?:report|present|describe) (?:an?|the|this) (?:\w+ )*case\b|\bcase report\b",
        stems="case",
    ),
    _cue(
        D.COHORT,
        r"\bcohort\b|\bregist(?:ry|er)(?:-based)? (?:analysis|study)\b|\blongitudinal (?:study|analysis)\b"
        r"|\bretrospective (?:\w+ )?(?:comparison|comparative|analysis|study|review|survey|before-after)\b"
        r"|\bprospective (?:\w+ )?(?:study|surveillance)\b|\btarget[- ]trial emulation\b|\bsurveillance\b",
        _OURS + r"(?:cohort (?:study|analysis)|(?:retrospective|prospective)"
        r" (?:\w+ )?(?:cohort|study|analysis|review))|\bwe retrospectively\b",
        stems="cohort|retrospective|prospective",
    ),
    _cue(
        D.NARRATIVE_REVIEW,
        r"\b(?:narrative|literature|comprehensive|scoping|mini-?) ?review\b|\breview of (?:the )?literature\b|:[^:]*\breview\W*$",
        r"\b(?:this|our|the present) (?:\w+ )?review\b",
        stems="review",
    ),
)
