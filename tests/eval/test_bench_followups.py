"""Every conversation in here is made up."""

import json

import pytest
from click.testing import CliRunner

from eval.bench_followups import Rewrite, rewrite_rows, token_f1
from service.cli import cli


def test_token_f1_counts_repeats():
    """Three words of four are shared on one side, three of three on the other: 2 * 3 / (4 + 3)."""
    assert token_f1("is it is treatable", "is it treatable") == pytest.approx(6 / 7)


def test_what_was_held_out_has_a_row_of_its_own():
    """And so has each collection, of what isn't medical."""
    turns = [
        Rewrite("Is it?", ("What is it?",), "Is rain it?", medical=False, group="made up", held_out=one)
        for one in (True, False)
    ]

    rows = rewrite_rows(turns, lambda question, earlier: question)

    assert [(row.name, row.ours.n if row.ours else 0) for row in rows] == [
        ("medical", 0),
        ("other", 2),
        ("other, made up", 2),
        ("other, made up, held out", 1),
    ]


def test_what_people_added_is_looked_for_and_what_stood_alone_is_to_be_left():
    turns = [
        Rewrite("Is it?", ("What is cramp?",), "Is cramp bad?", medical=True),
        Rewrite("Is rain wet?", ("What is cramp?",), "Is rain wet?", medical=True),
    ]

    row, _ = rewrite_rows(turns, lambda question, earlier: f"{question} cramp" if earlier else question)

    assert row.recalled.value == 0.5
    assert row.left.value == 0.0
    assert row.gain.value == pytest.approx(row.ours.value - row.copied.value)


def test_the_command_measures_a_set(shared):
    folder = shared / "data/conv_rewrite"
    ran = CliRunner().invoke(
        cli, ["bench", "followups", str(folder), "--limit", "60", "--format", "json"], prog_name="vouch"
    )

    medical = json.loads(ran.stdout)["rows"][0]
    assert medical["token_f1"]["mean"] >= medical["copied"]["mean"] + 0.08
    assert medical["left_alone"]["mean"] == 1.0


def test_the_command_refuses_a_set_without_rewrites(shared):
    ran = CliRunner().invoke(cli, ["bench", "followups", str(shared / "data/scifact")], prog_name="vouch")

    assert ran.exit_code == 2
    assert "has no rewrites" in ran.stderr


def test_two_questions_without_words_are_alike_and_one_is_like_none():
    assert (token_f1("?", "!"), token_f1("?", "why")) == (1.0, 0.0)


def test_only_turns_that_had_to_change_are_scored_and_medical_ones_apart():
    turns = [Rewrite("Is it?", ("What is it?",), "Is cramp it?", True), Rewrite("A?", (), "a", True)]

    medical, other = rewrite_rows(
        turns, lambda question, earlier: f"{question} cramp" if earlier else question
    )

    assert (medical.ours.value, medical.ours.n) == (1.0, 1)
    assert medical.copied.value == pytest.approx(0.8)
    assert (other.ours, other.copied) == (None, None)
