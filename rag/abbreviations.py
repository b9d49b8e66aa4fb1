"""Abbreviations of an article with what they stand for: as the sources define them, else by a short table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_SHORT = re.compile(r"\b(?=[A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*[A-Z])[A-Z][A-Za-z0-9]{1,7}\b")
_DEFINED = re.compile(r"((?:[\w'’/-]+[ -]+){1,8})\(([A-Z][A-Za-z0-9]{1,7})s?\)")
_COMMON = dict(
    pair.split("=", 1)
    for pair in (
        "CI=confidence interval;CrI=credible interval;HR=hazard ratio;OR=odds ratio;RR=risk ratio;aHR=adjusted hazard ratio;aOR=adjusted odds ratio;"
        "MRI=magnetic resonance imaging;CT=computed tomography;INR=international normalised ratio;ICU=intensive care unit;"
        "NSAID=non-steroidal anti-inflammatory drug;NSAIDs=non-steroidal anti-inflammatory drugs;LMWH=low-molecular-weight heparin;"
        "DOAC=direct oral anticoagulant;DOACs=direct oral anticoagulants;PCC=prothrombin complex concentrate;ASIA=American Spinal Injury Association impairment scale;"
        "AIS=American Spinal Injury Association impairment scale;ARDS=acute respiratory distress syndrome;PSI=pneumonia severity index;CRP=C-reactive protein;"
        "WHO=World Health Organization;FDA=US Food and Drug Administration;EMA=European Medicines Agency;NICE=National Institute for Health and Care Excellence;"
        "USPSTF=US Preventive Services Task Force;ESC=European Society of Cardiology;ACC=American College of Cardiology;AHA=American Heart Association;"
        "ATS=American Thoracic Society;IDSA=Infectious Diseases Society of America;SCCM=Society of Critical Care Medicine;ASRA=American Society of Regional Anesthesia and Pain Medicine;"
        "BMI=body mass index;COPD=chronic obstructive pulmonary disease;LDL=low-density lipoprotein;HDL=high-density lipoprotein;eGFR=estimated glomerular filtration rate;"
        "GRADE=Grading of Recommendations Assessment, Development and Evaluation;NIH=US National Institutes of Health;IQR=interquartile range;SD=standard deviation;"
        "ECG=electrocardiogram;HIV=human immunodeficiency virus;PCR=polymerase chain reaction;RCT=randomised controlled trial;RCTs=randomised controlled trials;VTE=venous thromboembolism;DVT=deep vein thrombosis"
    ).split(";")
)


def abbreviations(sentences: Sequence[str], sources: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Abbreviations that `sentences` use and don't explain, in order of the alphabet, with what they stand for.

    `sources` are the texts that may define them, as in `low-molecular-weight heparin (LMWH)`
    (after Schwartz and Hearst, PSB 2003); what neither they nor the table explain is left out.
    """
    used = dict.fromkeys(short for text in sentences for short in _SHORT.findall(text))
    explained = {short for text in sentences for short in defined(text)}
    by_sources: dict[str, str] = {}
    for text in sources:
        for short, long in defined(text).items():
            by_sources.setdefault(short, long)
    meant = {short: by_sources.get(short) or _COMMON.get(short) for short in used if short not in explained}
    return tuple(sorted((short, long) for short, long in meant.items() if long))


def defined(text: str) -> dict[str, str]:
    """Short forms that a text explains, with the words before the parenthesis that spell them."""
    found: dict[str, str] = {}
    for match in _DEFINED.finditer(text):
        long = _spelt(match[1].strip(" -"), match[2])
        if long:
            found.setdefault(match[2], long)
    return found


def _spelt(before: str, short: str) -> str:
    """The fewest words at the end of `before` whose letters spell `short`, its first letter at the first word."""
    letters = [c.lower() for c in short if c.isalpha()]
    last = re.split(r"[\s-]+", before)[-len(letters) :]
    if [word[:1].lower() for word in last] == letters:
        return before[_start_of(before, last) :]
    at = len(before)
    for place, letter in enumerate(reversed(letters)):
        first = place == len(letters) - 1
        at -= 1
        while at >= 0 and (before[at].lower() != letter or (first and at > 0 and before[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return ""
    long = before[at:]
    return long if len(long.split()) <= len(short) + 3 and len(long) > len(short) + 2 else ""


def _start_of(before: str, last: Sequence[str]) -> int:
    found = re.search(r"[\s-]+".join(map(re.escape, last)) + r"$", before)
    return found.start() if found else 0
