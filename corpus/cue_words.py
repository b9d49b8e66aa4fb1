"""Pieces that the cues of designs are made of, as regular expressions without regard to case."""

from __future__ import annotations

PEOPLE = (
    r"\b(?:patients?|participants?|adults?|women|men|children|infants?|newborns?|neonates?|adolescents|males|females|subjects?|individuals?"
    r"|volunteers?|people|persons?|parents|mothers|families|households|residents|students|workers|nurses|physicians|practices|clinics|hospitals)\b"
)
PATIENT = r"(?:man|woman|boy|girl|male|female|patient|infant|child|neonate|newborn|baby|mother|adolescent|lady|gentleman|primigravida)"
ANIMALS = (
    r"(?:mice|rats|rabbits|dogs|pigs|piglets|swine|sheep|lambs|goats|monkeys|macaques|baboons|hamsters|guinea pigs|calves"
    r"|chickens|ferrets|gerbils|animals)"
)
NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
WORDS = r"(?:\w+[ -]){0,3}"

# Where an abstract speaks of its own study: in a sentence of its own, or at the start of a part on design.
OURS = r"(?:^|\bdesign[:.]?\s*|\b(?:we|this|our|an?)\b[^.]{0,60}\b)"
# "A meta-analysis" is as often somebody else's.
ALONE = r"\b(?:we|this|our)\b[^.]{0,60}\b"
# What is wanted, planned or somebody else's is no trial of the paper's own.
NOT_OURS = (
    r"(?!(?:[-, ]+(?:and )?[\w-]+){0,3}[-, ]+(?:trials|studies|RCTs|evidence|data|comparisons|samples?|selection|survey)\b)"
    r"(?!(?:[-, ]+[\w-]+){0,4},? (?:is|are|should|would|may|to confirm|seems?) (?:\w+ )?(?:needed|necessary|warranted|required|justified|be)\b)"
)
RANDOM = r"(?<!non-)(?<!non)(?<!non )(?<!not )(?<!future )(?<!further )\brandomi[sz]ed\b"
DATABASES = r"(?:MEDLINE|PubMed|EMBASE|CINAHL|PsycINFO|PsycLIT|Scopus|Web of Science|Cochrane \w+|CENTRAL|electronic databases|bibliographic databases)"
SEARCHED = rf"\bsearch(?:ed|es)?\b[^.]{{0,120}}\b{DATABASES}|\b{DATABASES}\b[^.]{{0,120}}\bsearch(?:ed|es)?\b"
