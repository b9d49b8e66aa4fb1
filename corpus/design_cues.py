"""Words of titles and abstracts that give the design of a study away; all of them ours.

A title names its own study; an abstract speaks of other people's as well, so its cues are narrower.
`docs/study-design.md` says the same in words, for clinicians to read and correct.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rag.types import Design as D  # noqa: N817  # one letter keeps the rows short


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
    unless: re.Pattern[str] | None = None
    """Words that the abstract must not hold: a trial in people may have begun in mice."""


def _cue(
    design: D, title: str, abstract: str = "", *, stems: str = "", beside: str = "", unless: str = ""
) -> Cue:
    flags = re.IGNORECASE | re.MULTILINE
    in_abstract, with_it, without = (
        re.compile(one, flags) if one else None for one in (abstract, beside, unless)
    )
    return Cue(design, re.compile(title, flags), in_abstract, tuple(stems.split("|")), with_it, without)


_PEOPLE = (
    r"\b(?:patients?|participants?|adults?|women|men|children|infants?|newborns?|neonates?|adolescents|males|females|subjects?|individuals?"
    r"|volunteers?|people|persons?|parents|mothers|families|households|residents|students|workers|nurses|physicians|practices|clinics|hospitals)\b"
)


_NEVER = r"(?!)"
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
        r"|\brationale and (?:study )?design of\b|\bdesign and rationale of\b"
        r"|(?:^|[:–—-] ?)(?:the )?(?:study )?(?:rationale|design)(?:(?:,| and|, and) (?:rationale|design|methods|objectives))* of (?:an?|the)\b.*\b(?:trial|study)\b",
    ),
    _cue(
        D.OPINION,
        r"^\W*(?:re|(?:author'?s'? |in )?(?:reply|response)|letter to the editor|commentary)\s*[:.–—]|\bcomments? on\b|^editorial\W*$"
        r"|\[(?:letter|comment|editorial|news)\b[^\]]*\]|[:.–—] *(?:an? )?(?:invited |editorial )?(?:commentary|editorial|viewpoint|letter to the editor)\W*$",
    ),
)

_ONE_WORD = r"(?:\w+[ -]){0,3}"
_ANIMALS = (
    r"(?:mice|rats|rabbits|dogs|pigs|piglets|swine|sheep|lambs|goats|monkeys|macaques|baboons|hamsters|guinea pigs|calves"
    r"|chickens|ferrets|gerbils|animals)"
)
_DATABASES = r"(?:MEDLINE|PubMed|EMBASE|CINAHL|PsycINFO|PsycLIT|Scopus|Web of Science|Cochrane \w+|CENTRAL|electronic databases|bibliographic databases)"
_SEARCHED = (
    rf"\bsearch(?:ed|es)?\b[^.]{{0,120}}\b{_DATABASES}|\b{_DATABASES}\b[^.]{{0,120}}\bsearch(?:ed|es)?\b"
)
_PATIENT = r"(?:man|woman|boy|girl|male|female|patient|infant|child|neonate|newborn|baby|mother|adolescent|lady|gentleman|primigravida)"
# What is wanted, planned or somebody else's is no trial of the paper's own.
_NOT_OURS = (
    r"(?!(?:[-, ]+(?:and )?[\w-]+){0,3}[-, ]+(?:trials|studies|RCTs|evidence|data|comparisons|samples?|selection|survey)\b)"
    r"(?!(?:[-, ]+[\w-]+){0,4},? (?:is|are|should|would|may|to confirm|seems?) (?:\w+ )?(?:needed|necessary|warranted|required|justified|be)\b)"
)
_RANDOMISED = r"(?<!non-)(?<!non)(?<!non )(?<!not )(?<!future )(?<!further )\brandomi[sz]ed\b"

# The first that matches wins, among those that the row of the types allows: first of all in the title, then in the abstract.
CUES = (
    _cue(
        D.PRECLINICAL,
        r"\b(?:mouse|mice|murine|rats?|rabbits?|zebrafish|porcine|piglets?|beagles?|monkeys?|macaques?|canine|in vitro(?! fertili)|animal model)\b",
        rf"\b(?:C57BL/6|BALB/c|Sprague[- ]Dawley|Wistar rats?|New Zealand white|(?:knockout|transgenic|nude) mice)\b"
        rf"|\b{_ANIMALS} (?:were|was|received|underwent|developed)\b|\bin (?:an(?:a)?esthetized|isolated|conscious) {_ANIMALS}\b"
        r"|\b(?:rat|mouse|murine|rabbit|canine|porcine|ovine) model\b",
        stems="c57bl|balb|sprague|wistar|zealand|mice|rats|rabbit|dogs|pigs|swine|sheep|lambs|goats|monkeys|macaques|animals|model|calves",
        unless=r"\b(?:patients|participants|volunteers|women|men|adults) (?:were|was|received|underwent)\b",
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
        _OURS_ALONE
        + r"meta-?\s?analysis\b|\bmeta-?analys[ei]s (?:was|were) (?:performed|conducted|done|carried out)\b",
        stems="meta",
    ),
    _cue(
        D.SYSTEMATIC_REVIEW,
        r"\bsystematic (?:\w+ ){0,2}review\b|\bcochrane (?:\w+ )?review\b|\bumbrella review\b|\boverview of reviews\b",
        _OURS_ALONE + r"systematic(?:ally)? (?:literature )?(?:review|search)",
        stems="systematic",
    ),
    # PRISMA 2020 asks a systematic review for both: where it searched, and what it let in.
    _cue(
        D.SYSTEMATIC_REVIEW,
        r"\bsystematic literature search\b",
        _SEARCHED,
        stems="search",
        beside=r"\b(?:inclusion|exclusion|selection|eligibility) criteria\b|\beligible\b|\bindependently\b|\bextracted\b|\bmethodological quality\b"
        r"|\b(?:studies|trials|RCTs|articles|reports) (?:\w+ )?(?:were|was|met|included|involving|that|comparing)\b",
    ),
    _cue(
        D.CONSENSUS,
        r"^(?!.*\bguidelines?\b).*(?:\bexpert consensus\b|\bconsensus (?:statement|document|report|conference|recommendations?)"
        r"|\binterdisciplinary consensus\b|\bmodified delphi\b)",
    ),
    _cue(
        D.GUIDELINE,
        r"^(?!.*\b(?:adherence|compliance|concordan\w+|implement\w+|impact|survey|appraisal|effects?|evaluat\w+|use of)\b)"
        r".*(?:\b(?:practice|clinical|society|national|joint|living|rapid) guidelines?\b|\bguidelines? (?:for|on|from)\b"
        r"|\bguidelines?(?: 20\d\d| update)?\W*$|\brecommendation statement\b|\bstandards? of (?:medical )?care in\b)",
    ),
    # The National Library of Medicine counted the references of reviews, and of nothing else.
    _cue(
        D.NARRATIVE_REVIEW,
        r"\b(?:narrative|literature|comprehensive|scoping|mini-?) ?review\b|\breview of (?:the )?literature\b|:[^:]*\breview\W*$|: an? (?:\w+ )?review of\b",
        r"\[References: \d+\]|\b(?:this|our|the (?:present|current)) (?:[\w-]+ ){0,3}(?:review|overview)\b(?! of (?:\w+ )?(?:cases|patients|records|charts))"
        r"|\b(?:this|the|our) (?:article|paper|chapter|manuscript|monograph) (?:\w+ )?(?:reviews|summari[sz]es|discusses|outlines|provides an? (?:\w+ )?(?:overview|review)|highlights|is devoted)\b"
        r"|\bwe (?:\w+ )?(?:review|summari[sz]e) (?!(?:our|the) (?:experience|records|charts|cases))|^(?:areas covered|expert opinion)\b|\bareas covered:"
        rf"|{_SEARCHED}|\b(?:extensive|comprehensive) literature search\b",
        stems="references|review|article|paper|chapter|manuscript|summari|areas|search",
    ),
    _cue(
        D.NON_RANDOMISED_TRIAL,
        r"\bnon-?\s?randomi[sz]ed\b|\bquasi-?\s?(?:randomi[sz]ed|experiment\w*)\b|\bsingle-arm\b",
        r"\b(?:quasi-?experimental|single-arm|non-?\s?randomi[sz]ed)\b[^.]{0,80}\b(?:study|trial|design|comparison)\b",
        stems="quasi|single-arm|non-random|nonrandom|non random",
    ),
    _cue(
        D.PROTOCOL,
        r"\bthe design of the\b.*\b(?:trial|study)\b",
        r"\bwill (?:then )?be (?:\w+ )?(?:randomi[sz]ed|randomly|recruited|enrolled|allocated|assigned)\b|\bwill (?:be )?randomi[sz]e\b",
        stems="will be|will random",
    ),
    _cue(
        D.RANDOMISED_TRIAL,
        r"(?<!non-)(?<!non)(?<!non )\brandomi[sz]ed\b(?! (?:controlled |clinical )*(?:trials|studies)\b)"
        r"|\bplacebo-controlled\b.*\b(?:trial|phase)\b",
        # Allocation by chance, but for that of samples and of other people's trials; or what only goes with it.
        rf"{_RANDOMISED}{_NOT_OURS}"
        r"|\brandomly (?!selec|sampl|chosen|drawn|picked|recruit|identif|invited|distributed)\w+|\bat random\b(?! from)|\bin random order\b"
        r"|(?<!mendelian )\brandomi[sz]ation\b(?! (?:study|analys\w+))|\brandom (?:allocation|assignment|order)\b"
        rf"|\b(?:single|double|triple)-?\s?(?:blind|mask)|\b(?:investigator|observer|assessor)[- ](?:blind|mask)|\b(?:placebo|sham)-?\s?controlled\b{_NOT_OURS}"
        r"|\bcross-?\s?over (?:\w+ )?(?:study|trial|design|fashion|manner|comparison)\b"
        r"|\bplacebo (?:group|arm|recipients)\b|\b(?:or|versus|vs\.?|compared (?:with|to)) (?:an? |the |matching |oral )?placebo\b"
        r"|\b(?:received?|treated with|given|assigned to|allocated to|administered|assignment to) either\b"
        r"|\bwere (?:\w+ )?(?:assigned|allocated) (?:in|to|into)\b(?![^.]{0,80}\b(?:according|based|depending)\b)",
        stems="random|blind|mask|placebo|sham|over|either|assigned|allocated",
        beside=_PEOPLE,
    ),
    _cue(
        D.CASE_CONTROL,
        r"\bcase[-–— ]control\b",
        _OURS + r"case[-–— ]control (?:study|design|analysis)\b",
        stems="control study|control design|control analysis",
    ),
    _cue(
        D.CROSS_SECTIONAL,
        r"\bcross-?\s?sectional\b|\bprevalence (?:study|survey)\b",
        _OURS + r"cross-?\s?sectional (?:\w+ )?(?:study|survey|analysis|design)\b",
        stems="sectional",
    ),
    _cue(
        D.CASE_SERIES,
        rf"\bcase series\b|\b(?:retrospective|surgical|imaging|clinical) (?:\w+ )?series\b|\breport of {_NUMBER} cases\b"
        rf"|\bpooled case reports\b|\breview of {_NUMBER} (?:\w+ )*(?:and \d+ own (?:\w+ )*)?cases\b"
        rf"|\b{_NUMBER} literature cases\b",
        _OURS
        + rf"case series\b|\b(?:report|describe|present)(?:s|ed)? (?:the |our )?{_NUMBER.replace('two', 'two|both')} {_ONE_WORD}(?:cases|patients|children|women|men|infants)\b",
        stems="case series|cases|report|describe|present",
    ),
    _cue(
        D.CASE_REPORT,
        rf"\bcase reports?\b|\b(?:{_NUMBER}|a|rare|unusual) cases? of\b|\bcase of the month\b|\ba case\W*$",
        rf"\bwe (?:report|present|describe) (?:here |herein )?(?:an?|the|this|one) (?:[\w-]+ )*case\b|\bcase report\b|\bthe case of an?\b|\b(?:report|describe|present)s? (?:an?|the first|one) (?:[\w-]+ ){{0,4}}{_PATIENT}\b"
        rf"|\b(?:an?|the) (?:previously )?(?:[\w-]+ ){{0,2}}?\d+[- ](?:years?|months?|weeks?|days?)[- ]old (?:[\w-]+ ){{0,4}}{_PATIENT}\b",
        stems="case|report|describe|present|old",
    ),
    _cue(
        D.NON_RANDOMISED_TRIAL,
        _NEVER,  # a trial in its pilot, open or early phase may be random, as its abstract would say
        rf"\bopen(?:-?\s?label)? {_ONE_WORD}(?:study|trial|extension)\b|\bphase (?:I|II|III|IV|1|2|3|4)[ab]? {_ONE_WORD}(?:study|trial)\b"
        r"|\b(?:uncontrolled|pilot) (?:\w+ )?(?:study|trial)\b|\bdose[- ](?:escalation|escalating|ranging|finding)\b|\b(?:this|the present) (?:clinical )?trial\b"
        r"|\b(?:intervention|experimental) group\b[^.]{0,150}\bcontrol\b|\bpre-?\s?test[/ -]+post-?\s?test\b",
        stems="open|phase|uncontrolled|pilot|dose|trial|group|test",
    ),
    _cue(
        D.COHORT,
        r"\bcohort\b|\bregist(?:ry|er)(?:-based)? (?:analysis|study)\b|\blongitudinal (?:study|analysis)\b"
        r"|\bretrospective (?:\w+ )?(?:comparison|comparative|analysis|study|review|survey|before-after)\b"
        r"|\bprospective (?:\w+ )?(?:study|surveillance)\b|\btarget[- ]trial emulation\b|\bsurveillance\b",
        _OURS + r"(?:cohort (?:study|analysis)|(?:retrospective|prospective|longitudinal)"
        r" (?:\w+ )?(?:cohort|study|analysis|review))|\bretrospectively (?:review|analy[sz]|evaluat|examin|stud|identif)\w*"
        r"|\b(?:records|charts) (?:of|from|were)\b[^.]{0,60}\b(?:reviewed|examined|analy[sz]ed)\b|\bwere followed(?:[- ]up)? (?:for|prospectively|until|over)\b"
        r"|\b(?:observational|non-?\s?interventional|correlational) (?:\w+ ){0,2}(?:study|analysis|design)\b"
        r"|\b(?:claims|registry|administrative|dispensing|prescription|registration) (?:data|databases?|records)\b",
        stems="cohort|observational|interventional|correlational|retrospective|prospective|longitudinal|records|charts|followed|claims|registry|administrative|dispensing|prescription|registration",
    ),
    _cue(
        D.CROSS_SECTIONAL,
        r"\bsurvey\b",
        r"\b(?:a|postal|mail(?:ed)?|telephone|online|national|nationwide|population|household|web-based|questionnaire) survey (?:of|was|were|among|conducted)\b"
        r"|\bquestionnaires? (?:was|were) (?:sent|mailed|administered|completed|distributed|given)\b|\bcross[- ]?sectional\b",
        stems="survey|questionnaire|sectional",
        beside=_PEOPLE,
    ),
    _cue(
        D.NARRATIVE_REVIEW,
        r"\boverview\b",
        r"\b(?:is|are) (?:\w+ )?(?:reviewed|discussed|summari[sz]ed)\b|\bwe (?:discuss|outline)\b",
        stems="reviewed|discuss|summari|outline",
    ),
)
