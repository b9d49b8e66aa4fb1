"""`vouch bench` as it is typed, on a made-up set with the hashing model."""

import json

import pytest
from click.testing import CliRunner

from service.cli import cli

DRUGS = ("dromedaril", "camelozine", "oasistat", "caravanib")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A set in BEIR's format of one document a drug, asked for in other words."""
    monkeypatch.setenv("VOUCH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("VOUCH_MODEL", "hashing")
    monkeypatch.setenv("VOUCH_TODAY", "2026-11-24")
    folder = tmp_path / "made_up_set"
    (folder / "qrels").mkdir(parents=True)
    write(folder, DRUGS)
    queries = ({"_id": drug, "text": f"Does {drug} halve the number of night cramps?"} for drug in DRUGS)
    lines(folder / "queries.jsonl", queries)
    rows = "".join(f"{drug}\t{drug}\t1\n" for drug in DRUGS)
    (folder / "qrels/train.tsv").write_text(f"query-id\tcorpus-id\tscore\n{rows}", encoding="utf-8")
    return folder


def write(folder, drugs):
    text = "In a made-up trial of 240 adults, {0} halved the number of night cramps within 4 weeks."
    lines(
        folder / "corpus.jsonl",
        ({"_id": d, "title": f"A study of {d}", "text": text.format(d)} for d in drugs),
    )


def lines(path, records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def bench(*arguments):
    return CliRunner().invoke(cli, ["bench", *map(str, arguments)], prog_name="vouch")


def test_all_systems_are_measured_in_one_run(folder):
    run = bench("retrieval", folder, "--ask", "--format", "json")

    found = json.loads(run.stdout)
    assert found["documents"] == 4
    assert [system["name"] for system in found["systems"]] == [
        "BM25, whole documents",
        "BM25, our passages",
        "dense, our passages",
        "both, fused by rank",
        "plain LlamaIndex",
        "ours",
    ]
    assert {system["nDCG@10"]["n"] for system in found["systems"]} == {4}
    assert {s["name"]: s["hit@1"]["mean"] for s in found["systems"]}["ours"] == 1
    assert found["answers"]["right_document_cited"]["n"] == 4


def test_a_second_run_indexes_nothing_and_a_changed_set_replaces_its_library(folder, tmp_path):
    kept = tmp_path / "home/bench"
    bench("retrieval", folder)
    first = list(kept.iterdir())
    database = first[0] / "library/library.db"
    written = database.stat().st_mtime_ns

    bench("retrieval", folder)
    assert list(kept.iterdir()) == first
    assert database.stat().st_mtime_ns == written

    write(folder, [*DRUGS, "wadiprofen"])
    run = bench("retrieval", folder)
    assert "5 documents" in run.stdout
    assert len(list(kept.iterdir())) == 1
    assert list(kept.iterdir()) != first


def test_the_table_says_how_far_ours_is_ahead(folder):
    run = bench("retrieval", folder, "--limit", "2")

    assert "made_up_set: 4 documents, 2 questions" in run.stdout
    assert "ours less the best of its parts, nDCG@10:" in run.stdout


def test_the_gate_is_tried_with_sentences_of_the_starter_library(folder):
    run = bench("gate", "--limit", "60", "--format", "json")

    found = json.loads(run.stdout)
    assert found["sentences"] > 60
    assert {row["name"]: row["count"] for row in found["wrong_accepted"]}["ten times as large"] == 0
    assert found["pairs"] == []


def test_a_set_without_judged_claims_is_no_set_for_the_gate(folder):
    run = bench("gate", folder)

    assert run.exit_code == 2
    assert "has no judged claims" in run.stderr


def test_a_folder_that_is_not_there_is_bad_input(folder, tmp_path):
    run = bench("retrieval", tmp_path / "nowhere")

    assert run.exit_code == 2
    assert "there is no folder" in run.stderr
