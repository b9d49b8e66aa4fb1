"""Prompts are files with versions: each variable is filled, and a version that was used stays as it is."""

from __future__ import annotations

from hashlib import sha256

import pytest

from prompts import Prompt, load, names

FROZEN = {
    "answer.v1": "3d4f86d284d6c17a",
    "baseline.v1": "8dad67cd3a478125",
    "condense.v1": "d4975bea777f91a9",
    "judge.v1": "3b1804466857995c",
    "material.v1": "ff1fef42b973d20e",
    "repair.v1": "beec171ce115881c",
}


@pytest.mark.parametrize("name", names())
def test_a_prompt_has_a_version_and_says_something(name):
    assert load(name).text.strip()
    assert load(name).name == name


def test_values_stand_where_their_variables_were():
    assert Prompt("made_up.v1", "Ask $what of $whom.\n").fill(what="much", whom="all") == "Ask much of all."


def test_what_a_value_says_is_no_variable():
    assert Prompt("made_up.v1", "It costs $price.").fill(price="$price $5 ${x}") == "It costs $price $5 ${x}."


def test_variables_that_are_missing_or_too_many_are_listed():
    with pytest.raises(ValueError, match=r"made_up\.v1: no value for a, b; no variable c, d"):
        Prompt("made_up.v1", "$b $a").fill(c="", d="")


@pytest.mark.parametrize("name", ["answer.v9", "../pyproject", "answer", ""])
def test_a_name_that_is_no_prompt_is_refused_with_those_that_there_are(name):
    with pytest.raises(ValueError, match=r"there are .*judge\.v1"):
        load(name)


@pytest.mark.parametrize("name", FROZEN)
def test_a_version_that_was_used_is_never_edited(name):
    assert sha256(load(name).text.encode()).hexdigest()[:16] == FROZEN[name]


def test_every_prompt_is_held_to_its_version():
    assert set(FROZEN) == set(names())
