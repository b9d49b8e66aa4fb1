"""Kept answers on the command line: listed, reviewed, asked again, purged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

QUESTION = "Does dromedaril help night cramps?"
TRIAL = "ref:made-up-trial"


@pytest.fixture
def asked(vouch, library):
    """An answer that was saved."""
    return json.loads(vouch("ask", QUESTION, "--save", "--format", "json").stdout)


def test_a_look_where_nothing_is_kept_makes_no_file(vouch, library):
    assert "no answer is kept" in vouch("answers").stdout
    assert "nothing waits" in vouch("review", "queue").stdout
    assert vouch("review", "verify").exit_code == 2
    assert not (library / "records.db").exists()


def test_answers_are_listed_with_their_review(vouch, asked):
    vouch("review", "submit", asked["id"])

    assert f"{asked['id']}  {QUESTION} (submitted, review asked for)" in vouch("answers").stdout
    assert json.loads(vouch("answers", "--format", "json").stdout)["items"][0]["review"]["requested"]


def test_a_review_goes_from_the_queue_to_the_approval(vouch, asked):
    key = asked["id"]
    vouch("review", "submit", key, "--by", "ann")
    waiting = json.loads(vouch("review", "queue", "--format", "json").stdout)["items"]
    taken = vouch("review", "take", key, "--by", "rita")
    approved = vouch("review", "approve", key, "--by", "rita", "--hash", asked["content_hash"][:12])

    assert [one["answer"]["id"] for one in waiting] == [key]
    assert (taken.exit_code, approved.exit_code) == (0, 0), approved.output
    assert f"{key} is approved" in approved.stderr
    assert "Approved by rita" in vouch("export", key).stdout
    assert "not yet reviewed" not in vouch("export", key).stdout
    assert "nothing waits" in vouch("review", "queue").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("approve", "--hash", "0" * 64), "read it again"),
        (("approve",), "must be under_review"),
        (("return", "--comment", "no"), "must be under_review"),
    ],
)
def test_a_step_that_does_not_fit_is_refused(vouch, asked, arguments, words):
    name, *rest = arguments

    result = vouch("review", name, asked["id"], *rest)

    assert result.exit_code == 2
    assert words in result.stderr


def test_the_audit_is_whole(vouch, asked):
    head = vouch("review", "verify").stdout.split()[-1]
    vouch("review", "submit", asked["id"])

    result = vouch("review", "verify", "--head", head)

    assert (result.exit_code, result.stdout.split()[0]) == (0, "2")
    assert vouch("review", "verify", "--head", "f" * 64).exit_code == 1


def test_a_reissue_says_what_went_and_why(vouch, asked):
    vouch("remove", TRIAL)

    again = json.loads(vouch("reissue", asked["id"], "--format", "json").stdout)

    removed = again["difference"]["removed"]
    assert again["reissue_of"] == asked["id"] != again["id"]
    assert f"{TRIAL} is no longer in the library" in {one["reason"] for one in removed}
    assert again["stale"] is None
    assert f"asked again as {again['id']}" in " ".join(vouch("answers", "--stale").stdout.split())


def test_a_reissue_of_what_stands_changes_nothing(vouch, asked):
    assert "stands as it is" in vouch("reissue", asked["id"]).stdout


def test_a_reissue_names_what_came_since(vouch, asked):
    text = (
        "---\nid: ref:made-up-newer\ntitle: Made-up review of dromedaril for night cramps\n"
        "date: 2026-03-01\npublication_types: [Systematic Review, Meta-Analysis]\n---\n## Results\n\n"
        "Over nine trials dromedaril prevented a third of all night cramps in made-up older adults.\n"
    )
    Path("newer.md").write_text(text, encoding="utf-8")
    vouch("index", "newer.md")

    shown = " ".join(vouch("reissue", asked["id"]).stdout.split())

    assert "wasn't among the evidence of generation 1" in shown


def test_a_review_that_was_asked_for_is_asked_for_again(vouch, asked):
    vouch("review", "submit", asked["id"])
    vouch("remove", TRIAL)

    again = json.loads(vouch("reissue", asked["id"], "--format", "json").stdout)

    waiting = json.loads(vouch("review", "queue", "--format", "json").stdout)["items"]
    assert [one["answer"]["id"] for one in waiting] == [again["id"]]


def test_a_purged_answer_leaves_no_trace_in_the_files(vouch, library):
    canary = "dromedaril zyxcanary night cramps"
    key = json.loads(vouch("ask", f"Does {canary} help?", "--save", "--format", "json").stdout)["id"]
    vouch("review", "submit", key, "--comment", "zyxcanary")
    before = _found(library, b"zyxcanary")

    result = vouch("purge", key[:8])

    assert before
    assert "purged 0 conversations and 1 answers" in result.stderr
    assert _found(library, b"zyxcanary") == []
    assert vouch("review", "verify").exit_code == 0


def test_there_must_be_something_to_purge(vouch, asked):
    assert vouch("purge").exit_code == 2
    assert vouch("purge", "nope").exit_code == 2


def _found(folder, word):
    return [path.name for path in folder.rglob("*") if path.is_file() and word in path.read_bytes()]
