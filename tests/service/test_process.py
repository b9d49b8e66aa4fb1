"""The command line as a process: start-up, pipes, signals, encodings."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUN = "import sys; sys.argv[0] = 'vouch'; from service.cli import main; main()"


def command(*arguments: str | bytes) -> list[str | bytes]:
    return [sys.executable, "-c", RUN, *arguments]


@pytest.fixture
def environment(home):
    """The environment of a child process, with a data home of its own."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def run(environment, *arguments, **variables):
    return subprocess.run(
        command(*arguments), env={**environment, **variables}, capture_output=True, check=False, timeout=60
    )


def test_help_loads_nothing_but_click(environment):
    script = (
        "import sys; from service.cli import cli\n"
        "cli.main(['--help'], standalone_mode=False)\n"
        "cli.main(['ask', '--help'], standalone_mode=False)\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )

    result = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, check=True, text=True
    )

    heavy = {
        "numpy",
        "pydantic",
        "pydantic_settings",
        "rich",
        "llama_index",
        "onnxruntime",
        "sqlite3",
        "yaml",
        "lxml",
    }
    assert not heavy & set(result.stderr.split())
    assert "Usage:" in result.stdout


def test_output_is_utf8_even_where_the_locale_is_not(environment, library):
    result = run(
        environment,
        "ask",
        "Does dromedaril stop night cramps?",
        "--format",
        "json",
        PYTHONIOENCODING="ascii",
        LC_ALL="C",
    )

    assert result.returncode == 0
    assert json.loads(result.stdout.decode("utf-8"))["status"] == "answered"


def test_the_same_question_gives_the_same_bytes_in_another_process(environment, library):
    outputs = {
        run(
            environment, "ask", "Does dromedaril stop night cramps?", "--format", "json", PYTHONHASHSEED=seed
        ).stdout
        for seed in ("1", "2")
    }

    assert len(outputs) == 1


def test_bytes_that_are_no_utf8_are_refused(environment, library):
    result = run(environment, "ask", b"cramps \xff\xfe")

    assert result.returncode == 2
    assert b"isn't valid Unicode at character 8" in result.stderr


def test_a_file_name_that_is_no_utf8_is_reported(environment, inputs):
    try:
        (inputs / os.fsdecode(b"odd\xff.md")).write_text("---\ntitle: Odd\n---\nMade up.\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")

    result = run(environment, "index", "inputs", "--format", "json")

    assert result.returncode == 0
    assert json.loads(result.stdout)["inputs"] == 4


def test_a_reader_that_leaves_early_is_no_error_message(environment, library):
    with subprocess.Popen(
        command("search", "night cramps", "--explain"),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.close()
        errors = process.stderr.read()

    assert b"Traceback" not in errors
    assert b"Broken pipe" not in errors


def test_an_interrupt_ends_with_130_and_a_word(environment, home):
    lines = (
        json.dumps({"id": f"ref:made-up-{n}", "title": f"Made-up {n}", "text": "cramps " * 9})
        for n in range(8_000)
    )
    Path("many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    # A suite that runs in the background of a shell hands an ignored interrupt down to its children.
    heard = f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler); {RUN}"
    index = [sys.executable, "-c", heard, "index", "many.jsonl"]
    with subprocess.Popen(index, env=environment, stderr=subprocess.PIPE) as process:
        while not (home / "library" / "writer.json").exists() and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        errors = process.stderr.read()

    assert process.returncode == 130
    assert b"stopped" in errors
    assert b"Traceback" not in errors


def test_progress_is_not_shown_where_nobody_watches(environment, inputs):
    result = run(environment, "index", "inputs")

    assert result.stderr == b""
