"""What people call it, in the words of the field: "blood clot in the spine" is a spinal haematoma.

Each row holds the field's words and then what people say for them. Rows of `_MESH` are entry terms of MeSH
(2025 descriptors) put in the order in which people say them; rows of `_PLAIN` are headings of the US National
Library of Medicine's MedlinePlus, or plain words that any clinician would put so in a note; brands of drugs
come from `rag/brand_names.py`. A row is here only
if its lay words mean nothing else in a medical question.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.brand_names import rows

_MESH: tuple[tuple[str, ...], ...] = (
    ("myocardial infarction", "heart attack"),
    ("hypertension", "high blood pressure"),
    ("hypotension", "low blood pressure"),
    ("blood glucose", "blood sugar"),
    ("hyperglycaemia", "high blood sugar", "high sugar"),
    ("hypoglycaemia", "low blood sugar", "low sugar"),
    ("ischaemic attack, transient", "mini-stroke", "ministroke", "mini stroke"),
    ("cerebrovascular accident", "brain attack"),
    (
        "venous thrombosis",
        "deep vein thrombosis",
        "blood clot in the leg",
        "blood clot in my leg",
        "clot in the leg",
    ),
    ("pulmonary embolism", "blood clot in the lung", "blood clots in the lungs", "clot on the lung"),
    ("kidney calculi", "kidney stones", "kidney stone"),
    ("gallstones", "gall stones"),
    ("gastroesophageal reflux", "acid reflux"),
    ("influenza", "the flu", "flu"),
    ("chickenpox varicella", "chickenpox", "chicken pox"),
    ("herpes zoster", "shingles"),
    ("pertussis", "whooping cough"),
    ("rubella", "german measles"),
    ("mononucleosis, infectious", "glandular fever"),
    ("conjunctivitis", "pink eye", "pinkeye"),
    ("rhinitis, allergic, seasonal", "hay fever", "hayfever"),
    ("otitis media", "middle ear infection", "ear infection"),
    ("urinary tract infection", "bladder infection", "water infection"),
    ("pharyngitis", "sore throat"),
    ("seizures", "convulsions"),
    ("dyspnoea", "shortness of breath", "short of breath", "breathlessness", "breathless"),
    ("syncope", "fainting", "fainted"),
    ("pruritus", "itching", "itchy skin"),
    ("haematemesis gastrointestinal haemorrhage", "vomiting blood", "throwing up blood", "vomited blood"),
    ("melaena gastrointestinal haemorrhage", "black stools", "tarry stools"),
    ("haemoptysis", "coughing up blood", "coughed up blood"),
    ("haematuria", "blood in urine", "blood in my urine", "blood in the urine"),
    (
        "urinary retention",
        "can't pass water",
        "cannot pass water",
        "can't pee",
        "unable to urinate",
        "can't urinate",
    ),
    ("urinary incontinence", "leaking urine", "bladder leakage"),
    ("diarrhoea", "loose stools"),
    ("fractures, bone", "broken bone", "broken bones"),
    ("hip fracture", "broken hip"),
    ("low back pain", "lower back pain", "backache"),
    ("alopecia", "hair loss"),
    ("tinnitus", "ringing in the ears"),
    ("myopia", "nearsightedness", "short-sightedness"),
    ("strabismus", "crossed eyes"),
    ("contraceptives, oral", "birth control pill", "birth control pills"),
    ("caesarean section", "c-section", "c section"),
    ("pre-eclampsia", "toxaemia of pregnancy"),
    ("abortion, spontaneous", "miscarriage"),
    ("postpartum depression", "baby blues"),
    ("sudden infant death", "cot death", "crib death"),
    ("amyotrophic lateral sclerosis", "lou gehrig's disease", "motor neurone disease"),
    ("thrombocytopenia", "low platelets", "low platelet count"),
    ("anaemia", "low blood count"),
    ("arrhythmia", "irregular heartbeat", "irregular heart beat"),
    ("palpitations", "racing heart", "fluttering heart"),
    ("coronary artery bypass", "heart bypass"),
)
_PLAIN: tuple[tuple[str, ...], ...] = (
    ("anticoagulants", "blood thinners", "blood thinner"),
    ("low-dose aspirin", "baby aspirin"),
    ("diuretics", "water pills", "water pill", "water tablets", "water tablet"),
    ("statins", "cholesterol tablets", "cholesterol pills"),
    ("hypercholesterolaemia", "high cholesterol"),
    ("analgesics", "painkillers", "painkiller", "pain killers", "pain killer"),
    ("sedatives hypnotics", "sleeping pills", "sleeping tablets"),
    (
        "spinal haematoma",
        "blood clot in the spine",
        "blood clot in my spine",
        "blood clot on the spine",
        "bleed in the spine",
        "bleeding in the spine",
        "blood in the spine",
    ),
    (
        "intracranial haemorrhage",
        "bleeding in the brain",
        "bleed on the brain",
        "brain bleed",
        "bleeding on the brain",
    ),
    ("subdural haematoma", "blood clot under the skull"),
    ("thrombus haematoma", "blood clots", "blood clot"),
    (
        "gastrointestinal bleeding",
        "stomach bleed",
        "stomach bleeding",
        "bleeding in the stomach",
        "gut bleed",
    ),
    ("spinal surgery", "back operation", "back surgery", "operation on my back", "spine operation"),
    ("heart disease cardiovascular", "heart trouble", "heart problems"),
    ("pneumonia", "lung infection"),
    ("respiratory tract infection", "chest infection"),
    ("sepsis", "blood poisoning"),
    (
        "spontaneous resolution",
        "go away by itself",
        "go away on its own",
        "heal by itself",
        "clear up by itself",
        "go away by themselves",
    ),
    ("prognosis", "chances of recovery"),
    ("paresis limb weakness", "legs giving way", "weak legs", "heavy legs"),
)


def in_field_words(text: str) -> str:
    """The text with what people say put in the words of the field; the longest that fits comes first."""
    return _pattern().sub(lambda found: _field()[_plain(found[1])], text)


@lru_cache(maxsize=1)
def _field() -> dict[str, str]:
    return {_plain(lay): row[0] for row in (*_MESH, *_PLAIN, *rows()) for lay in row[1:]}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_field(), key=len, reverse=True)
    names = "|".join(re.escape(lay).replace("'", "['’]").replace("\\ ", r"\s+") for lay in longest_first)
    return re.compile(rf"\b({names})s?\b", re.IGNORECASE)


def _plain(lay: str) -> str:
    return " ".join(lay.lower().replace("’", "'").split())
