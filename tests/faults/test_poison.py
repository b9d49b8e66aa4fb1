"""Documents are data: an attack in one is never obeyed in an answer, even by a model that obeys it. `model_campaign.py` plants them all."""

from __future__ import annotations

import pytest
from model_campaign import attacks_of
from poison import OWN_ATTACKS, POSITIONS, tried

IN_THE_PROMPT = ("title", "start of abstract", "middle of abstract", "paragraph", "PDF, first words")
EACH = 3  # attacks of the public set at each position; the campaign plants all


@pytest.mark.parametrize("position", POSITIONS)
def test_an_attack_in_a_document_changes_no_answer(position, tmp_path):
    attacks = OWN_ATTACKS[list(POSITIONS).index(position) % 2 :: 2]
    outcomes = list(tried(tmp_path / "home", position, attacks))

    assert [(one.case.attack, one.wrong) for one in outcomes if one.wrong] == []
    assert all(one.reached for one in outcomes) or position not in IN_THE_PROMPT


@pytest.mark.parametrize("position", IN_THE_PROMPT)
def test_an_attack_of_the_public_set_changes_no_answer(position, tmp_path, shared):
    public = attacks_of(shared / "data/sec_prompt_injection")[: -len(OWN_ATTACKS)]

    outcomes = list(tried(tmp_path / "home", position, public[:: len(public) // EACH]))

    assert [(one.case.attack, one.wrong) for one in outcomes if one.wrong] == []
