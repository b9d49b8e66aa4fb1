"""`vouch eval` over a server and over a chat model, each a small local one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from eval_kit import GOLD, answered
from http_kit import serving
from test_chat import TEXT, completion
from test_remote import vouch

from eval.gold import gold_record
from service.cli import cli


@pytest.fixture
def run_eval(tmp_path, monkeypatch):
    """Runs the command in an empty folder with one gold question; gives the means."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VOUCH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    Path("gold.jsonl").write_text(json.dumps(gold_record(GOLD)) + "\n", encoding="utf-8")

    def run(*options):
        done = CliRunner().invoke(cli, ["eval", "gold.jsonl", "--out", "run", *options], prog_name="vouch")
        assert done.exit_code == 0, done.output
        return json.loads(Path("run/run.json").read_text(encoding="utf-8"))

    return run


def mean(summary, name):
    return next(one["mean"] for one in summary["metrics"] if one["name"] == name)


def test_a_server_is_scored_by_its_address(run_eval):
    with serving(vouch(answered().answer)) as server:
        summary = run_eval("--remote", server.url)

    assert mean(summary, "quotes_verbatim") == 1.0
    assert mean(summary, "repeatability") is None
    assert summary["provenance"]["system"] == f"the server at {server.url}"
    assert summary["provenance"]["generation"] == 1


def test_a_chat_model_is_scored_and_judged_by_a_model(run_eval):
    def reply(path, body):
        return 200, completion("none" if body["model"] == "judge" else TEXT)

    with serving(reply) as server:
        plain = run_eval("--chat", server.url, "--model", "made-up")
        judged = run_eval(
            "--chat", server.url, "--model", "made-up", "--judge", server.url, "--judge-model", "judge"
        )

    assert mean(plain, "must_have_coverage") == pytest.approx(2 / 3)
    assert mean(judged, "must_have_coverage") == 0.0
    assert "judge at" in judged["provenance"]["judges"]["statements"]
    # The answer was kept: the second run asked the judge alone.
    assert [body["model"] for _, body in server.requests].count("made-up") == 1
