"""The number of people, where it is said plainly. All sentences are made up."""

from __future__ import annotations

import pytest

from corpus.sample_size import sample_size


@pytest.mark.parametrize(
    ("abstract", "size"),
    [
        ("A total of 1,206 patients were randomised.", 1206),
        ("A total of 45 079 patients were recorded.", 45079),
        ("We enrolled 416 older adults with a fracture.", 416),
        ("At 12 hospitals, 237 consecutive patients were included.", 237),
        ("We did a cohort study of 628 patients with stroke.", 628),
        ("Of 83 patients examined, 26 were found to have one.", 83),
        ("RESULTS: A TOTAL OF 58 OUTPATIENTS CAME.", 58),
        ("Patients (N = 38) were asked twice.", 38),
        ("We studied a registry of 91 households.", 91),
        ("We Randomised 77 Volunteers.", 77),
    ],
)
def test_a_plain_number_of_people_is_found(abstract: str, size: int) -> None:
    assert sample_size(abstract) == size


@pytest.mark.parametrize(
    "abstract",
    [
        "",
        "The incidence was 12 per 100,000 people.",
        "One study of 30 patients with a bleed and 32 healthy adults were compared.",
        "Patients (n=38) and controls (n=33) were compared with 12 adults.",
        "In 3 of 11 patients it was seen.",
        "101 patients (33.7%) returned.",
        "From 1996 to 2005 on patients with a lesion.",
        "Patients aged 25- to 74-year-old patients were asked.",
        "22 adults and 15 adults as well as 19 healthy volunteers were included.",
    ],
)
def test_a_rate_an_arm_or_an_outcome_is_no_sample(abstract: str) -> None:
    assert sample_size(abstract) is None
