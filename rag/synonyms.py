"""Words that stand for each other in questions and papers.

A short table for what people ask with other words than papers use; each row holds words of one meaning,
or a class of drugs and its members. A brand stands for each drug in it. Multi-word names are written with spaces.
"""

from __future__ import annotations

from functools import lru_cache

from rag.brand_names import rows
from rag.text import terms

_SAME: tuple[tuple[str, ...], ...] = (
    (
        "corticosteroid",
        "steroid",
        "methylprednisolone",
        "hydrocortisone",
        "dexamethasone",
        "prednisone",
        "prednisolone",
        "glucocorticoid",
    ),
    ("nsaid", "ibuprofen", "naproxen", "diclofenac", "ketorolac", "celecoxib"),
    ("acetaminophen", "paracetamol"),
    ("anticoagulant", "blood thinner", "anticoagulation"),
    ("vitamin k antagonist", "warfarin"),
    ("heart attack", "myocardial infarction"),
    ("ascvd", "cardiovascular", "cardiovascular disease", "heart disease", "heart"),
    ("icu", "intensive care", "critically ill"),
    ("virus", "viral", "covid"),
    ("stroke", "cerebrovascular accident"),
    ("influenza", "flu"),
    ("child", "children", "paediatric", "boy", "girl", "infant", "adolescent"),
    ("pregnancy", "pregnant", "obstetric", "maternity", "gestation"),
    ("older", "elderly", "aged 70", "older people"),
    ("surgery", "operation", "operate", "operative", "decompression", "surgical"),
    ("kidney", "renal"),
    ("liver", "hepatic"),
    ("high blood pressure", "hypertension"),
    ("death", "mortality", "die", "died"),
    ("bleeding", "haemorrhage", "bleed"),
    ("brain", "intracranial", "cerebral", "cranial"),
    ("spine", "spinal", "vertebral"),
    ("resorption", "resolution", "absorption", "regression", "disappear", "resolve", "clear", "clearance"),
    ("recur", "recurrence", "recurrent"),
    ("clot", "haematoma", "hematoma"),
    ("cancer", "carcinoma", "neoplasm", "tumour", "malignancy"),
    ("blood sugar", "glucose", "hyperglycaemia"),
    ("common", "incidence", "prevalence", "frequency"),
    ("platelets", "thrombocytopenia"),
    ("stop", "discontinue", "cessation", "withdrawal", "deprescribe"),
    ("baby aspirin", "low dose aspirin"),
    ("septic shock", "sepsis"),
    ("physician", "doctor"),
)


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, ...], frozenset[tuple[str, ...]]]:
    brands = ((word, brand) for generic, *sold in rows() for word in generic.split() for brand in sold)
    groups = [frozenset(tuple(terms(name)) for name in row) for row in (*_SAME, *brands)]
    table: dict[tuple[str, ...], frozenset[tuple[str, ...]]] = {}
    for group in groups:
        for name in group:
            table[name] = table.get(name, frozenset()) | group
    return table


@lru_cache(maxsize=10_000)
def synonyms(term: str) -> frozenset[tuple[str, ...]]:
    """Names, each a tuple of terms, that can stand for a single term; without the term itself."""
    return _table().get((term,), frozenset()) - {(term,)}
