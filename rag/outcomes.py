"""What studies measure that matters to patients: names of outcomes and the words that mark them."""

from __future__ import annotations

import re

ADVICE = "What is advised"
_OUTCOMES = {
    "Deaths": r"mortality|\bdeaths?\b|\bdied\b|\bdying\b|surviv\w*|(?<!non-)(?<!non)\bfatal\w*",
    "Bleeding": r"\bbleed\w*|ha?emorrhag\w*",
    "Strokes": r"\bstrokes?\b",
    "Heart attacks and other vascular events": r"(?:cardio)?vascular (?:disease|(?:\w+ )?events?)|heart attacks?|myocardial infarction|coronary (?:events?|disease|heart|deaths?)|\bMACE\b|major (?:adverse )?(?:cardiac |cardiovascular )?events?",
    "Clots": r"thrombo(?:sis|tic|embol\w*)|\bclots?\b|\bDVT\b|\bVTE\b|pulmonary embol\w*",
    "Cancer": r"\bcancers?\b|\btumou?rs?\b|neoplas\w*",
    "Admission to hospital": r"\badmission|\badmitted|hospitali[sz](?:ation|ed or)|readmission",
    "Recovery": r"\brecover\w*|\bcured?\b|treatment failure|late failure|relapse\w*|clinical stability|symptoms? (?:eased|resol\w*|relief)|symptom duration|shortened symptoms|time to (?:stability|improvement)",
    "Organ support": r"organ[- ]support-free|need for (?:[\w-]+ ){0,2}(?:vasopressors?|ventilation)|(?:free of|without) vasopressors|vasopressors? (?:were )?(?:started|stopped)|vasopressor-free|ventilator-free|intubat\w*|shock (?:lasted|resolved|reversal)|organ[- ](?:dysfunction|failure)",
    "Outcome": r"neurologic\w*|functional (?:outcome|status|recovery)|\bmotor\b|\boutcomes?\b|prognos\w*|return to normal|\bASIA\b|\bAIS\b|Frankel",
    "Infection": r"\binfections?\b|viral (?:load|clearance)|seroconver\w*",
    "Recurrence": r"\brecurr\w*",
    "Disease progression": r"progression(?:-free)?|response rate|remission|metasta\w*",
    "Fractures and falls": r"\bfractures?\b|\bfalls?\b(?= (?:in|among|were|per))|\bfallers?\b",
    "Dementia and cognition": r"dementia|cogniti\w*",
    "Pain": r"\bpain\b(?! relief (?:drug|medicine))|analges\w*",
    "Depression and anxiety": r"depressi\w*|anxiety|suicid\w*",
    "Birth outcomes": r"preterm|pre-?eclampsia|stillbirth\w*|miscarriage\w*|birth ?weight|live births?",
    "Kidney outcomes": r"kidney (?:failure|injury|function|outcomes?)|renal (?:failure|injury|function)|\be?GFR\b|dialysis",
    "Blood pressure": r"(?:blood|systolic|diastolic) pressure",
    "Weight": r"weight (?:loss|gain)|body weight|\bBMI\b",
    "Exacerbations": r"exacerbation\w*|lung function|\bFEV",
    "Quality of life": r"quality of life",
    "Length of stay": r"length of (?:hospital )?stay|hospital stay",
    "Adverse events": r"(?:adverse|side)[- ](?:events?|effects?|reactions?)|toxicit\w*",
    "Net benefit": r"\bnet (?:benefit|harm|gain|loss)|\bneeded to (?:treat|harm)|\bNNT\b",
    "Clotting tests": r"\bINR\b|prothrombin time",
    "Blood sugar": r"glyc[ae]+mi\w*|blood sugar|glucose",
}
OUTCOMES = (*_OUTCOMES, ADVICE)
"""Names of the outcomes, what matters most to patients first."""
_OUTCOME = {name: re.compile(cues, re.IGNORECASE) for name, cues in _OUTCOMES.items()}


def outcomes_of(text: str) -> frozenset[str]:
    """The outcomes that a text names, by the names of the table."""
    return frozenset(name for name, cues in _OUTCOME.items() if cues.search(text))
