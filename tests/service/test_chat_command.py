"""A conversation in the terminal and through a pipe; the library is made up."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import cli

ROOT = Path(__file__).parents[2]
RUN = "import sys; sys.argv[0] = 'vouch'; from service.cli import main; main()"
FIRST = "Does dromedaril stop night cramps?"


@pytest.fixture
def chat(library):
    """`vouch chat` in this process, with lines as its standard input."""

    def run(*lines, arguments=()):
        return CliRunner().invoke(cli, ["chat", *arguments], input="\n".join(lines) + "\n", prog_name="vouch")

    return run


def test_a_follow_up_is_read_in_the_light_of_the_question_before(chat):
    result = chat(FIRST, "Why?", arguments=["--format", "json"])

    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["question"] for one in answers] == [FIRST, "Why?"]
    assert answers[1]["understood_as"] == "Why does dromedaril stop night cramps?"
    assert result.exit_code == 0


def test_a_reference_keeps_its_number(chat):
    result = chat(FIRST, "Is it safe?", FIRST, arguments=["--format", "json"])

    numbers = {}
    for line in result.stdout.splitlines():
        for reference in json.loads(line)["references"]:
            assert numbers.setdefault(reference["document_id"], reference["number"]) == reference["number"]
    assert len(numbers) == len(set(numbers.values())) > 0


def test_a_new_conversation_knows_nothing_of_the_old_one(chat):
    result = chat(FIRST, "/new", "Why?", arguments=["--format", "json"])

    assert json.loads(result.stdout.splitlines()[-1])["understood_as"] == "Why?"
    assert "a new conversation" in result.stderr


def test_a_source_is_shown_with_its_words(chat):
    result = chat(FIRST, "/sources", "/sources 1")

    assert "[1] Doe JA et al, 2021: Made-up trial" in " ".join(result.stdout.split())
    assert "Why it ranks here:" in result.stdout


def test_the_role_is_changed_within_a_conversation(chat):
    result = chat("/role patient", FIRST, arguments=["--format", "json"])

    assert json.loads(result.stdout.splitlines()[-1])["role"] == "patient"


def test_an_answer_is_kept(chat, vouch):
    saved = chat(FIRST, "/save").stderr

    key = saved.split("saved as ")[1].split(";")[0]
    assert FIRST in vouch("export", key).stdout


def test_the_questions_are_listed_as_they_were_understood(chat):
    assert "2. Why? (Why does dromedaril stop night cramps?)" in chat(FIRST, "Why?", "/history").stdout


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/sources", "no source was cited yet"),
        ("/save", "there is no answer yet"),
        ("/history", "nothing was asked yet"),
        ("/role doctor", "there is no role 'doctor'"),
        ("/frobnicate", "there is no command /frobnicate"),
        ("???", "has no word in it"),
    ],
)
def test_a_line_that_can_not_be_used_is_told_and_the_next_is_taken(chat, line, said):
    result = chat(line, FIRST, arguments=["--format", "json"])

    assert said in result.stderr
    assert json.loads(result.stdout)["question"] == FIRST
    assert result.exit_code == 2


def test_a_suggestion_that_is_not_there_is_told(chat):
    assert (
        "no suggestion '99'" in chat(FIRST, "/suggest 99").stderr
        or "nothing to suggest" in chat(FIRST, "/suggest 99").stdout
    )


def test_nothing_after_quit_is_read(chat):
    assert chat("/quit", FIRST).stdout == ""


def test_help_names_every_command(chat):
    said = chat("/help").stdout

    assert all(
        name in said for name in ("/sources", "/suggest", "/role", "/history", "/save", "/new", "/quit")
    )


def test_a_library_that_is_not_there_ends_it(home):
    result = CliRunner().invoke(cli, ["chat"], input=f"{FIRST}\n", prog_name="vouch")

    assert result.exit_code == 3


def test_each_answer_comes_before_the_next_question_is_given(library):
    """A program at the other end of the pipe waits for an answer before it asks on."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", RUN, "chat", "--format", "json"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        understood = []
        for question in (FIRST, "Why?"):
            process.stdin.write(f"{question}\n")
            process.stdin.flush()
            understood.append(json.loads(process.stdout.readline())["understood_as"])
        process.stdin.close()

    assert understood == [FIRST, "Why does dromedaril stop night cramps?"]
    assert process.returncode == 0


def test_bytes_that_are_no_utf8_end_nothing(library):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
    result = subprocess.run(
        [sys.executable, "-c", RUN, "chat", "--format", "json"],
        env=environment,
        input=b"cramps \xff\xfe\n" + FIRST.encode() + b"\n",
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert json.loads(result.stdout.splitlines()[-1])["question"] == FIRST


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_somebody_at_a_terminal_gets_a_prompt_and_no_colour_where_none_is_wanted(library):
    screen = at_a_terminal([FIRST, "/nonsense", "Why?", "/quit"], NO_COLOR="1")

    assert "/help lists what you can do" in screen
    assert "there is no command /nonsense" in screen
    assert "Understood as: Why does dromedaril stop night cramps?" in " ".join(screen.split())
    assert "\x1b[1m" not in screen
    assert "\x1b[36m" not in screen


def at_a_terminal(lines, **variables):
    """What a terminal shows of a chat, each line typed once the prompt is there; it must end with code 0."""
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb", **variables}
    with subprocess.Popen(
        [sys.executable, "-c", RUN, "chat"], env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        shown = ""
        for line in lines:
            shown = read_until("> ", ours, shown)
            os.write(ours, f"{line}\n".encode())
        shown = read_until(None, ours, shown)
    os.close(ours)
    assert process.returncode == 0
    return shown


def read_until(prompt, terminal, shown):
    """What was shown so far and what comes up to `prompt`, or up to the end without one."""
    begin, deadline = len(shown), time.monotonic() + 60
    while prompt is None or not shown[begin:].endswith(prompt):
        ready, _, _ = select.select([terminal], [], [], max(0, deadline - time.monotonic()))
        assert ready, f"no prompt within a minute after {shown!r}"
        try:
            part = os.read(terminal, 4096).decode("utf-8", "replace")
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    return shown
