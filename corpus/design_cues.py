"""Words of titles and abstracts that give the design of a study away; all of them ours.

A title names its own study; an abstract speaks of other people's as well, so its cues are narrower.
`docs/study-design.md` says the same in words, for clinicians to read and correct.
"""

from __future__ import annotations

from corpus.cue_words import ANIMALS, NOT_OURS, NUMBER, OURS, PATIENT, PEOPLE, RANDOM, WORDS
from corpus.cues import NEVER, cue
from corpus.synthesis_cues import SYNTHESIS_CUES
from rag.types import Design as D  # noqa: N817  # one letter keeps the rows short

# The first that matches wins, among those that the row of the types allows: first of all in the title, then in
# title and abstract together.
CUES = (
    cue(
        D.PRECLINICAL,
        r"\b(?:mouse|mice|murine|rats?|rabbits?|zebrafish|porcine|piglets?|beagles?|monkeys?|macaques?|canine|in vitro(?! fertili)|animal model)\b",
        (
            "c57bl|balb|sprague|wistar|zealand|mice",
            r"\b(?:C57BL/6|BALB/c|Sprague[- ]Dawley|Wistar rats?|New Zealand white|(?:knockout|transgenic|nude) mice)\b",
        ),
        (
            "mice|rats|rabbits|dogs|pigs|piglets|swine|sheep|lambs|goats|monkeys|macaques|baboons|hamsters|calves|chickens|ferrets|gerbils|animals",
            rf"\b{ANIMALS} (?:were|was|received|underwent|developed)\b|\bin (?:an(?:a)?esthetized|isolated|conscious) {ANIMALS}\b",
        ),
        ("model", r"\b(?:rat|mouse|murine|rabbit|canine|porcine|ovine) model\b"),
        unless=r"\b(?:patients|participants|volunteers|women|men|adults) (?:were|was|received|underwent)\b",
    ),
    cue(
        D.REGULATORY,
        r"\bregulatory (?:safety )?(?:communication|information|alert|letter)|\bsafety (?:communication|announcement|alert)\b",
    ),
    cue(
        D.CASE_SERIES,
        rf"\b(?:{NUMBER} cases?|case reports?) (?:and|with) (?:\w+ )*?review of (?:\S+ )*?cases\b",
    ),
    cue(D.CASE_REPORT, r"\bcase reports?\b.*\breview\b"),
    *SYNTHESIS_CUES,
    cue(
        D.NON_RANDOMISED_TRIAL,
        r"\bnon-?\s?randomi[sz]ed\b|\bquasi-?\s?(?:randomi[sz]ed|experiment\w*)\b|\bsingle-arm\b",
        (
            "quasi|single-arm|non-random|nonrandom|non random",
            r"\b(?:quasi-?experimental|single-arm|non-?\s?randomi[sz]ed)\b[^.]{0,80}\b(?:study|trial|design|comparison)\b",
        ),
    ),
    cue(
        D.PROTOCOL,
        r"\bthe design of the\b.*\b(?:trial|study)\b",
        (
            "will ",
            r"\bwill (?:then )?be (?:\w+ )?(?:randomi[sz]ed|randomly|recruited|enrolled|allocated|assigned)\b|\bwill (?:be )?randomi[sz]e\b",
        ),
    ),
    cue(
        D.RANDOMISED_TRIAL,
        r"(?<!non-)(?<!non)(?<!non )\brandomi[sz]ed\b(?! (?:controlled |clinical )*(?:trials|studies)\b)"
        r"|\bplacebo-controlled\b.*\b(?:trial|phase)\b",
        # Allocation by chance, but for that of samples and of other people's trials; then what only goes with it.
        ("randomised|randomized", rf"{RANDOM}{NOT_OURS}"),
        (
            "randomly|random allocation|random assignment|random order|at random|randomisation|randomization",
            (
                r"\brandomly (?!selec|sampl|chosen|drawn|picked|recruit|identif|invited|distributed)\w+|\bat random\b(?! from)|\brandom (?:allocation|assignment|order)\b"
                r"|(?<!mendelian )\brandomi[sz]ation\b(?! (?:study|analys\w+))"
            ),
        ),
        (
            "blind|masked|masking",
            r"\b(?:single|double|triple)-?\s?(?:blind|mask)|\b(?:investigator|observer|assessor)[- ](?:blind|mask)",
        ),
        (
            "placebo|sham",
            (
                rf"\b(?:placebo|sham)-?\s?controlled\b{NOT_OURS}|\bplacebo (?:group|arm|recipients)\b"
                r"|\b(?:or|versus|vs\.?|compared (?:with|to)) (?:an? |the |matching |oral )?placebo\b"
            ),
        ),
        (
            "crossover|cross-over|cross over",
            r"\bcross-?\s?over (?:\w+ )?(?:study|trial|design|fashion|manner|comparison)\b",
        ),
        (
            " either",
            r"\b(?:received?|treated with|given|assigned to|allocated to|administered|assignment to) either\b",
        ),
        (
            "assigned|allocated",
            r"\bwere (?:\w+ )?(?:assigned|allocated) (?:in|to|into)\b(?![^.]{0,80}\b(?:according|based|depending)\b)",
        ),
        beside=PEOPLE,
    ),
    cue(
        D.CASE_CONTROL,
        r"\bcase[-–— ]control\b",
        (
            "control study|control design|control analysis",
            OURS + r"case[-–— ]control (?:study|design|analysis)\b",
        ),
    ),
    cue(
        D.CROSS_SECTIONAL,
        r"\bcross-?\s?sectional\b|\bprevalence (?:study|survey)\b",
        ("sectional", OURS + r"cross-?\s?sectional (?:\w+ )?(?:study|survey|analysis|design)\b"),
    ),
    cue(
        D.CASE_SERIES,
        rf"\bcase series\b|\b(?:retrospective|surgical|imaging|clinical) (?:\w+ )?series\b|\breport of {NUMBER} cases\b"
        rf"|\bpooled case reports\b|\breview of {NUMBER} (?:\w+ )*(?:and \d+ own (?:\w+ )*)?cases\b"
        rf"|\b{NUMBER} literature cases\b",
        ("case series", OURS + r"case series\b"),
        (
            "report|describe|present",
            rf"\b(?:report|describe|present)(?:s|ed)? (?:the |our )?{NUMBER} {WORDS}(?:cases|patients|children|women|men|infants)\b",
        ),
    ),
    cue(
        D.CASE_REPORT,
        rf"\bcase reports?\b|\b(?:{NUMBER}|a|rare|unusual) cases? of\b|\bcase of the month\b|\ba case\W*$",
        (
            "case",
            r"\bwe (?:report|present|describe) (?:here |herein )?(?:an?|the|this|one) (?:[\w-]+ )*case\b|\bcase report\b|\bthe case of an?\b",
        ),
        (
            "report|describe|present",
            rf"\b(?:report|describe|present)s? (?:an?|the first|one) (?:[\w-]+ ){{0,4}}{PATIENT}\b",
        ),
        (
            "-old| old",
            rf"\b(?:an?|the) (?:previously )?(?:[\w-]+ ){{0,2}}?\d+[- ](?:years?|months?|weeks?|days?)[- ]old (?:[\w-]+ ){{0,4}}{PATIENT}\b",
        ),
    ),
    cue(
        D.NON_RANDOMISED_TRIAL,
        NEVER,  # a trial in its pilot, open or early phase may be random, as its abstract would say
        ("open", rf"\bopen(?:-?\s?label)? {WORDS}(?:study|trial|extension)\b"),
        (
            "phase i|phase 1|phase 2|phase 3|phase 4",
            rf"\bphase (?:I|II|III|IV|1|2|3|4)[ab]? {WORDS}(?:study|trial)\b",
        ),
        ("uncontrolled|pilot", r"\b(?:uncontrolled|pilot) (?:\w+ )?(?:study|trial)\b"),
        ("dose-|dose ", r"\bdose[- ](?:escalation|escalating|ranging|finding)\b"),
        ("this trial|clinical trial|present trial", r"\b(?:this|the present) (?:clinical )?trial\b"),
        (
            "intervention group|experimental group",
            r"\b(?:intervention|experimental) group\b[^.]{0,150}\bcontrol\b",
        ),
        ("test", r"\bpre-?\s?test[/ -]+post-?\s?test\b"),
    ),
    cue(
        D.COHORT,
        r"\bcohort\b|\bregist(?:ry|er)(?:-based)? (?:analysis|study)\b|\blongitudinal (?:study|analysis)\b"
        r"|\bretrospective (?:\w+ )?(?:comparison|comparative|analysis|study|review|survey|before-after)\b"
        r"|\bprospective (?:\w+ )?(?:study|surveillance)\b|\btarget[- ]trial emulation\b|\bsurveillance\b",
        (
            "cohort|retrospective|prospective|longitudinal",
            OURS
            + r"(?:cohort (?:study|analysis)|(?:retrospective|prospective|longitudinal) (?:\w+ )?(?:cohort|study|analysis|review))",
        ),
        ("retrospectively", r"\bretrospectively (?:review|analy[sz]|evaluat|examin|stud|identif)\w*"),
        (
            "records|charts",
            r"\b(?:records|charts) (?:of|from|were)\b[^.]{0,60}\b(?:reviewed|examined|analy[sz]ed)\b",
        ),
        ("followed", r"\bwere followed(?:[- ]up)? (?:for|prospectively|until|over)\b"),
        (
            "observational|interventional|correlational",
            r"\b(?:observational|non-?\s?interventional|correlational) (?:\w+ ){0,2}(?:study|analysis|design)\b",
        ),
        (
            "claims|registry|administrative|dispensing|prescription|registration",
            r"\b(?:claims|registry|administrative|dispensing|prescription|registration) (?:data|databases?|records)\b",
        ),
    ),
    cue(
        D.CROSS_SECTIONAL,
        r"\bsurvey\b",
        (
            "survey",
            r"\b(?:a|postal|mail(?:ed)?|telephone|online|national|nationwide|population|household|web-based|questionnaire) survey (?:of|was|were|among|conducted)\b",
        ),
        (
            "questionnaire",
            r"\bquestionnaires? (?:was|were) (?:sent|mailed|administered|completed|distributed|given)\b",
        ),
        ("sectional", r"\bcross[- ]?sectional\b"),
        beside=PEOPLE,
    ),
    # Work in the laboratory, of which nothing says that people took part.
    cue(
        D.PRECLINICAL,
        NEVER,
        ("mice|mouse|murine", r"\b(?:mice|mouse|murine)\b"),
        (
            "cell|vitro",
            r"\bcell lines?\b|\bcells? (?:culture|were|expressing|lacking|deficient)\b|\bin vitro\b(?! fertili)",
        ),
        ("transfect|knock|sirna|shrna", r"\btransfect\w+|\bknock-?(?:out|down|in)\b|\bs[ih]RNAs?\b"),
        ("yeast|drosophila|zebrafish|elegans|xenopus", r"\b(?:yeast|Drosophila|zebrafish|elegans|Xenopus)\b"),
        unless=PEOPLE,
    ),
    cue(
        D.NARRATIVE_REVIEW,
        r"\boverview\b",
        ("reviewed|discussed|summari", r"\b(?:is|are) (?:\w+ )?(?:reviewed|discussed|summari[sz]ed)\b"),
        ("we ", r"\bwe (?:discuss|outline)\b"),
    ),
)
