"""What is said around an answer to each kind of reader: never other claims, only other words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.plain_terms import Term, terms_in
from rag.types import Answer, Role, SafetyKind
from rag.wording import disclaimer

MOST_TERMS = 12
_EXPLAINED = frozenset({Role.PATIENT, Role.STUDENT})


@dataclass(frozen=True, slots=True)
class RoleWording:
    """The words for one kind of reader beside the claims, which are the same for all."""

    notes: tuple[str, ...]
    """What this reader should keep in mind: red flags for patients, how to read it for the others."""
    terms: tuple[Term, ...]
    """Words of the answer explained, for those who may not know them."""
    disclaimer: str


def wording(answer: Answer, role: Role | None = None) -> RoleWording:
    """The words for a reader; by default the one that the answer was made for.

    Args:
        answer: whose claims are left as they are.
        role: for whom it is worded.
    """
    reader = role or answer.role
    return RoleWording(
        notes=(*_NOTES[reader], *_red_flags(answer, reader), *_of_the_sources(answer, reader)),
        terms=terms_in(_shown(answer), MOST_TERMS) if reader in _EXPLAINED else (),
        disclaimer=disclaimer(reader),
    )


_NOTES = {
    Role.CLINICIAN: (
        "Doses and thresholds stand only inside quotes; check them against the source and your local formulary.",
    ),
    Role.RESEARCHER: (
        "Sentences were chosen by rule and not by systematic review; the ranking of each source is given with its reference.",
    ),
    Role.STUDENT: (
        "Ask of each sentence: what kind of study, in whom, compared with what, and how sure is it?",
    ),
    Role.PATIENT: (
        "Studies tell what happened to groups of people; they can't tell what will happen to you.",
        "Don't start, stop or change a medicine because of this text; talk to your doctor, nurse or pharmacist first.",
    ),
}

_HELP = "Get medical help at once (your local emergency number)"
# By what an answer is about: when a patient must not go on reading.
_RED_FLAGS = (
    (
        r"spinal|spine|epidural|cauda|cord",
        f"{_HELP} for new weakness or numbness in arms or legs, numbness between the legs, loss of control of bladder or bowels, or sudden severe back or neck pain.",
    ),
    (
        r"bleed|haemorrhag|hemorrhag|anticoag|warfarin|apixaban|rivaroxaban|dabigatran|heparin|aspirin|nsaid|ibuprofen|blood thinner",
        f"{_HELP} for bleeding that doesn't stop, black or bloody stools, vomiting blood, a blow to the head, or a sudden severe headache.",
    ),
    (
        r"heart attack|myocardial|cardiovascular|chest pain|coronary|angina",
        f"{_HELP} for pain or pressure in the chest, also when it spreads to arm, jaw or back, or comes with sweating or faintness.",
    ),
    (
        r"stroke|intracranial|intracerebral|cerebral",
        f"{_HELP} for a drooping face, a weak arm or leg, trouble speaking or seeing, or sudden confusion.",
    ),
    (
        r"pneumonia|sepsis|septic|infection|influenza",
        f"{_HELP} for fast or difficult breathing, confusion, cold or mottled skin, fainting, or passing no urine for a day.",
    ),
    (
        r"covid|sars",
        f"{_HELP} for trouble with breathing, blue or grey lips, pressure in the chest, or confusion.",
    ),
    (
        r"pregnan|obstetric|caesarean|breast-?feeding",
        "In pregnancy get help at once for bleeding, severe pain or headache, trouble with sight, or when the baby moves less.",
    ),
    (
        r"allerg|anaphyla",
        f"{_HELP} for swelling of face or throat, trouble with breathing, or faintness after a medicine or food.",
    ),
)
_MOST_FLAGS = 3


def _red_flags(answer: Answer, reader: Role) -> tuple[str, ...]:
    """For patients: the red flags of the subject, those of the question first."""
    if reader is not Role.PATIENT or any(n.kind is SafetyKind.EMERGENCY for n in answer.safety):
        return ()
    asked = answer.understood_as.lower()
    said = " ".join(claim.text for claim in answer.lead).lower()
    of_question = [flag for cues, flag in _RED_FLAGS if re.search(cues, asked)]
    of_answer = [flag for cues, flag in _RED_FLAGS if re.search(cues, said)]
    return tuple(dict.fromkeys((*of_question, *of_answer)))[:_MOST_FLAGS]


def _of_the_sources(answer: Answer, reader: Role) -> Iterator[str]:
    """What the answer was drawn from, and till when what was found reaches."""
    if answer.abstention:
        return
    years = sorted({item.document.year for item in answer.evidence if item.document.year})
    if years and reader is not Role.PATIENT:
        span = f"from {years[0]} to {years[-1]}" if len(years) > 1 else f"from {years[0]}"
        found = len({item.document.id for item in answer.evidence})
        kinds = f"{found} document{'s' if found > 1 else ''}"
        yield f"Drawn from {kinds} found for this question, {span}; {len(answer.cited_documents)} cited."
    elif years:
        yield f"The newest source found for this question is from {years[-1]}; what came out later isn't in it."


def _shown(answer: Answer) -> Iterator[str]:
    yield from (claim.text for claim in answer.claims)
    yield from (point.heading for point in answer.key_points)
    if answer.certainty:
        yield from answer.certainty.reasons
