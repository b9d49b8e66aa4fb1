"""`vouch eval` over a small made-up library."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest

from service.eval_systems import code_digest

GOLD = (
    {
        "id": "cramps",
        "question": "Does dromedaril reduce the number of night cramps in adults?",
        "must_have": ["Dromedaril halved the number of night cramps within four weeks"],
        "must_not": ["Dromedaril abolished all night cramps"],
        "cite_any_of": [["ref:made-up-trial"]],
        "best_evidence": ["ref:made-up-trial"],
    },
    {"id": "hiccups", "question": "Zqxj wvkk pfft hiccups whales", "answerable": False},
)


@pytest.fixture
def gold(home) -> Path:
    path = Path("gold.jsonl")
    path.write_text("".join(json.dumps(one) + "\n" for one in GOLD), encoding="utf-8")
    return path


def means(folder) -> dict[str, float | None]:
    summary = json.loads((Path(folder) / "run.json").read_text(encoding="utf-8"))
    return {one["name"]: one["mean"] for one in summary["metrics"]}


def test_a_run_writes_its_report_and_scores_every_question(vouch, library, gold):
    done = vouch("eval", str(gold), "--out", "run", "--min", "must_have_coverage=1", "--min", "best_cited=1")

    assert done.exit_code == 0, done.output
    assert Path("run/report.html").exists()
    of = means("run")
    assert of["repeatability"] == of["role_invariance"] == of["declines_unanswerable"] == 1.0
    assert of["no_retracted_cited"] == of["quotes_verbatim"] == 1.0


def test_a_worsened_pipeline_is_caught_by_minima_and_by_comparison(vouch, library, gold):
    """Worse on purpose: the one strong study is taken out of the library."""
    vouch("eval", str(gold), "--out", "good")
    vouch("remove", "ref:made-up-trial")

    done = vouch("eval", str(gold), "--out", "bad", "--compare", "good", "--min", "must_have_coverage=0.9")

    assert done.exit_code == 1
    assert "below the minimum: must_have_coverage is 0.0" in done.stderr
    comparison = json.loads(Path("bad/run.json").read_text(encoding="utf-8"))["comparison"]
    assert [one["id"] for one in comparison["moved"]] == ["cramps"]
    coverage = next(one for one in comparison["differences"] if one["metric"] == "must_have_coverage")
    assert coverage["mean"] == -1.0


def test_a_run_compared_with_itself_shows_zero_differences(vouch, library, gold):
    vouch("eval", str(gold), "--out", "run")

    done = vouch("eval", str(gold), "--out", "run", "--compare", "run", "--format", "json")

    comparison = json.loads(done.stdout)["comparison"]
    assert comparison["moved"] == []
    assert {one["mean"] for one in comparison["differences"]} <= {0.0, None}


def test_a_minimum_on_what_can_t_be_computed_isn_t_met(vouch, library, gold):
    done = vouch("eval", str(gold), "--out", "run", "--no-probes", "--min", "repeatability=0.5")

    assert done.exit_code == 1
    assert "repeatability is not computed" in done.stderr


def test_a_stored_run_is_scored_anew_without_a_library(vouch, library, gold, monkeypatch):
    vouch("eval", str(gold), "--out", "run")
    before = means("run")
    monkeypatch.setenv("VOUCH_HOME", str(Path("nothing-here").resolve()))

    done = vouch("eval", "--stored", "run", "--out", "anew")

    assert done.exit_code == 0, done.output
    assert means("anew") == before


def test_without_out_a_run_has_a_folder_in_the_data_home(vouch, library, gold):
    done = vouch("eval", str(gold), "--no-probes")

    assert done.exit_code == 0, done.output
    assert list((library / "eval").glob("*/report.html"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "no gold questions"),
        (("missing.jsonl",), "missing.jsonl"),
        (("gold.jsonl", "--min", "f1=0.5"), "no metric 'f1'; choose from: must_have_coverage"),
        (("gold.jsonl", "--min", "hit_at_1"), "isn't METRIC=VALUE"),
        (("gold.jsonl", "--min", "hit_at_1=2"), "isn't METRIC=VALUE"),
        (("gold.jsonl", "--min", "hit_at_1=nan"), "isn't METRIC=VALUE"),
        (("gold.jsonl", "--compare", "nothing"), "holds no run"),
        (("--stored", "nothing"), "holds no run"),
        (("gold.jsonl", "--remote", "nothing"), "no address of a server"),
        (("gold.jsonl", "--chat", "http://127.0.0.1:9"), "needs the name of a model"),
        (("gold.jsonl", "--model", "m"), "is for --chat"),
        (("gold.jsonl", "--remote", "http://a", "--chat", "http://b"), "give one of"),
        (("gold.jsonl", "--judge", "http://a"), "needs both"),
        (("gold.jsonl", "--stored", "nothing"), "brings its own questions"),
    ],
)
def test_what_can_t_be_used_is_told_with_the_remedy(vouch, library, gold, arguments, said):
    done = vouch("eval", *arguments)

    assert done.exit_code == 2
    assert said in done.stderr


def test_a_library_that_is_not_there_is_a_library_problem(vouch, gold):
    assert vouch("eval", str(gold), "--out", "run").exit_code == 3


def test_a_server_that_is_not_there_is_told(vouch, gold):
    done = vouch("eval", str(gold), "--out", "run", "--remote", "http://127.0.0.1:9")

    assert done.exit_code == 4
    assert "127.0.0.1:9" in done.stderr


def test_other_code_is_another_system(monkeypatch, tmp_path):
    """Else a run after a change of the code would show the answers from before it."""
    import rag

    before = code_digest()
    copy = tmp_path / "rag"
    copytree(Path(rag.__file__).parent, copy)
    monkeypatch.setattr(rag, "__file__", str(copy / "__init__.py"))
    same = code_digest()
    (copy / "ranking.py").write_text("changed", encoding="utf-8")

    assert same == before
    assert code_digest() != before


@pytest.mark.parametrize("name", ["bm25", "dense", "llama-index"])
def test_a_baseline_is_scored_by_its_ranking_alone(vouch, library, gold, name):
    done = vouch("eval", str(gold), "--out", "run", "--baseline", name)

    assert done.exit_code == 0, done.output
    of = means("run")
    assert of["best_in_top_3"] == 1.0
    assert of["must_have_coverage"] is None


def test_a_run_scores_one_system(vouch, library, gold):
    done = vouch("eval", str(gold), "--baseline", "bm25", "--remote", "http://127.0.0.1:1")

    assert done.exit_code == 2
    assert "a run scores one system" in done.stderr


def test_a_run_may_be_restricted_and_says_to_what(vouch, library, gold):
    vouch("eval", str(gold), "--out", "run", "--no-probes", "--as-of", "2013-01-01", "--level", "4")

    run = json.loads(Path("run/run.json").read_text(encoding="utf-8"))
    assert "published by 2013-01-01; of the level 4" in json.dumps(run)
    assert means("run")["best_cited"] == 0.0


def test_filters_are_for_our_own_pipeline(vouch, library, gold):
    done = vouch("eval", str(gold), "--baseline", "bm25", "--year-from", "2015")

    assert done.exit_code == 2
    assert "--baseline bm25 takes no filters" in done.stderr
