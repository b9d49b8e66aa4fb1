"""The commands as a user meets them: output, messages and exit codes."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

QUESTION = "Does dromedaril stop night cramps?"


def test_index_tells_what_became_of_every_input(vouch, inputs):
    result = vouch("index", "inputs", "--format", "json", "--report", "report.json")

    report = json.loads(result.stdout)
    assert (report["inputs"], report["indexed"], report["excluded"]) == (3, 2, 1)
    assert report == json.loads(Path("report.json").read_text(encoding="utf-8"))
    assert (
        list(report)
        == ("inputs indexed revised unchanged quarantined excluded passages seconds generation files").split()
    )
    assert list(report["files"][0]) == ["path", "state", "reason", "attempts", "documents"]


def test_index_ends_with_a_table_and_names_what_it_left_out(vouch, inputs):
    lines = vouch("index", "inputs").stdout.splitlines()

    assert lines[0].split()[:2] == ["2", "indexed"]
    assert "inputs/retracted.md: ref:made-up-retracted is retracted" in " ".join(lines)


def test_index_goes_into_folders_of_folders_only_when_asked(vouch, inputs):
    inputs.rename("below")
    Path("above").mkdir()
    Path("below").rename("above/below")

    assert json.loads(vouch("index", "above", "--format", "json").stdout)["inputs"] == 0
    assert json.loads(vouch("index", "above", "--recursive", "--format", "json").stdout)["inputs"] == 3


def test_a_file_that_can_not_be_read_costs_only_itself(vouch, inputs):
    (inputs / "broken.md").write_bytes(b"\x00\x01\x02")

    result = vouch("index", "inputs")

    assert result.exit_code == 0
    assert "quarantined: inputs/broken.md: " in result.stdout
    assert vouch("index", "inputs", "--strict").exit_code == 1


def test_quarantined_inputs_are_tried_again_on_request(vouch, inputs):
    (inputs / "broken.md").write_bytes(b"\x00\x01\x02")
    vouch("index", "inputs")

    again = json.loads(vouch("index", "inputs", "--retry-quarantined", "--format", "json").stdout)

    assert [file["attempts"] for file in again["files"] if file["state"] == "quarantined"] == [2]


def test_index_without_anything_to_index_says_what_to_give(vouch, home):
    result = vouch("index")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "--starter" in result.stderr


def test_a_missing_path_is_named(vouch, home):
    result = vouch("index", "nowhere")

    assert result.exit_code == 2
    assert "nowhere" in result.stderr


def test_a_report_that_can_not_be_written_is_told_before_the_work(vouch, inputs, home):
    result = vouch("index", "inputs", "--report", "no/such/report.json")

    assert result.exit_code == 2
    assert not home.exists()


def test_the_starter_library_needs_one_word(vouch, home):
    report = json.loads(vouch("index", "--starter", "--format", "json").stdout)

    assert report["inputs"] == 205
    assert report["quarantined"] == 0


def test_rebuild_makes_a_library_of_another_model_usable(vouch, library):
    _made_with(library, "other-model")

    rebuilt = vouch("index", "--rebuild")

    assert (rebuilt.exit_code, rebuilt.stdout.split(";")[0]) == (0, "no inputs")
    assert vouch("ask", QUESTION).exit_code == 0


def test_ask_gives_a_cited_article(vouch, library):
    result = vouch("ask", QUESTION)

    assert result.exit_code == 0
    assert result.stdout.startswith(QUESTION)
    assert "Dromedaril halved the number of night cramps" in result.stdout
    assert "References" in result.stdout
    assert result.stderr == ""


def test_ask_never_cites_what_is_retracted(vouch, library):
    assert "abolished" not in vouch("ask", QUESTION).stdout


@pytest.mark.parametrize(
    "command", [("ask", QUESTION), ("search", "night cramps"), ("show", "ref:made-up-trial"), ("status",)]
)
def test_json_is_one_value_and_nothing_else(vouch, library, command):
    result = vouch(*command, "--format", "json")

    assert result.exit_code == 0
    assert isinstance(json.loads(result.stdout), dict)
    assert result.stderr == ""


def test_every_quote_stands_in_its_passage(vouch, library):
    answer = json.loads(vouch("ask", QUESTION, "--format", "json").stdout)

    citations = [citation for claim in answer["lead"] for citation in claim["citations"]]
    assert citations
    for citation in citations:
        shown = json.loads(vouch("show", citation["document_id"], "--format", "json").stdout)
        text = next(p["text"] for p in shown["passages"] if p["id"] == citation["passage_id"])
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_the_same_question_gives_the_same_bytes(vouch, library):
    first, second = (vouch("ask", QUESTION, "--format", "json").stdout for _ in range(2))

    assert first == second


def test_a_role_changes_no_claim(vouch, library):
    answers = [
        json.loads(vouch("ask", QUESTION, "--format", "json", "--role", role).stdout)
        for role in ("clinician", "patient")
    ]

    assert answers[0]["lead"] == answers[1]["lead"]
    assert answers[0]["disclaimer"] != answers[1]["disclaimer"]


@pytest.mark.parametrize(
    ("restriction", "cited"),
    [
        (("--year-from", "2020"), {"ref:made-up-trial"}),
        (("--design", "case,guideline"), {"ref:made-up-series"}),
        (("--as-of", "2013-01-01"), {"ref:made-up-series"}),
    ],
)
def test_filters_filter(vouch, library, restriction, cited):
    found = json.loads(vouch("search", "dromedaril night cramps", "--format", "json", *restriction).stdout)

    assert {result["document_id"] for result in found["results"]} == cited


def test_an_answer_as_of_a_day_says_so(vouch, library):
    answer = json.loads(vouch("ask", QUESTION, "--as-of", "2013-01-01", "--format", "json").stdout)

    assert answer["as_of"] == "2013-01-01"


def test_a_day_to_come_is_refused(vouch, library):
    result = vouch("ask", QUESTION, "--as-of", "2027-01-01")

    assert result.exit_code == 2
    assert "2027-01-01 lies in the future" in result.stderr


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--design", "trail"),
        ("--as-of", "yesterday"),
        ("--role", "king"),
        ("--year-from", "soon"),
        ("--format", "pdf"),
    ],
)
def test_a_value_that_can_not_be_used_is_named(vouch, library, option, value):
    result = vouch("ask", QUESTION, option, value)

    assert result.exit_code == 2
    assert value in result.stderr


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("", "the question is empty"),
        (" \n\t", "the question is empty"),
        ("why " * 2_500, "the limit is 2,000"),
        ("?!", "no word in it"),
        ("1.5", "no word in it"),
        ("cramps \udcff", "isn't valid Unicode at character 8"),
    ],
)
@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_question_that_can_not_be_used_is_told_at_once(vouch, home, command, question, said):
    result = vouch(command, question)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert result.stderr.startswith("error: ")


@pytest.mark.parametrize(
    "question",
    [
        '"1.5 mg/kg" cramps',
        "type-2 AND",
        "NEAR(cramps",
        "title:cramps*",
        "cramps' OR 1=1 --",
        "ｄｒｏｍｅｄａｒｉｌ",
        "e\u0301\u200b\u202ecramps",
    ],
)
def test_no_text_of_a_question_is_a_query_language(vouch, library, question):
    assert vouch("ask", question).exit_code == 0
    assert vouch("search", question, "--explain").exit_code == 0


def test_a_question_without_an_answer_is_no_error(vouch, library):
    result = vouch("ask", "How is zebra hoof rot treated in Mongolia?", "--format", "json")

    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["status"], answer["references"]) == (0, "abstained", [])


@pytest.mark.parametrize(
    "command",
    [("ask", QUESTION), ("search", "cramps"), ("show", "pmid:1"), ("remove", "pmid:1"), ("status",)],
)
def test_without_a_library_the_command_that_makes_one_is_named(vouch, home, command):
    result = vouch(*command)

    assert (result.exit_code, result.stdout) == (3, "")
    assert "vouch index" in result.stderr


def test_explain_takes_scores_apart_and_says_what_was_left_out(vouch, library):
    shown = " ".join(vouch("search", "dromedaril night cramps", "--explain").stdout.split())

    assert "relevance quality recency penalty score" in shown
    assert "Left out" in shown
    assert "(ref:made-up-retracted): retracted: never used as evidence" in shown


def test_search_json_has_the_fields_of_the_contract(vouch, library):
    found = json.loads(vouch("search", "night cramps", "--format", "json", "--limit", "1").stdout)

    assert list(found) == (
        "query understood_as generation as_of filters restricted_to results excluded".split()
    )
    (result,) = found["results"]
    assert (
        list(result)
        == (
            "document_id passage_id title year design level level_inferred status status_note text why"
        ).split()
    )
    assert list(result["why"]) == ("relevance quality recency penalty score text would_move moves".split())


def test_show_gives_the_document_with_its_passages(vouch, library):
    shown = json.loads(vouch("show", "ref:made-up-trial", "--format", "json").stdout)

    assert (shown["title"], shown["sample_size"]) == ("Made-up trial of dromedaril for night cramps", 240)
    assert list(shown["passages"][0])[:5] == ["id", "section", "text", "start", "end"]


def test_show_says_that_a_document_is_retracted(vouch, library):
    assert "status: retracted" in vouch("show", "ref:made-up-retracted").stdout


def test_an_unknown_document_is_named(vouch, library):
    result = vouch("show", "pmid:404")

    assert result.exit_code == 2
    assert "'pmid:404'" in result.stderr


def test_a_removed_document_is_gone(vouch, library):
    assert vouch("remove", "ref:made-up-trial").exit_code == 0

    assert vouch("show", "ref:made-up-trial").exit_code == 2
    assert "ref:made-up-trial" not in vouch("search", "dromedaril night cramps").stdout


def test_status_counts_what_is_there(vouch, library):
    status = json.loads(vouch("status", "--format", "json").stdout)

    assert (status["documents"], status["by_status"]["retracted"], status["saved_answers"]) == (3, 1, 0)
    assert "documents     3 (" in vouch("status").stdout


def test_a_saved_answer_can_be_exported_in_every_format(vouch, library):
    asked = vouch("ask", QUESTION, "--save", "--format", "json")
    key = json.loads(asked.stdout)["id"]

    exports = {
        form: vouch("export", key, "--format", form)
        for form in ("md", "html", "ris", "bibtex", "csl-json", "json", "article")
    }

    assert f"saved as {key}" in asked.stderr
    assert all(result.exit_code == 0 for result in exports.values())
    first, kept = json.loads(asked.stdout), json.loads(exports["json"].stdout)
    assert kept == {**first, "review": kept["review"]} | {n: kept[n] for n in kept.keys() - first.keys()}
    assert kept["review"]["state"] == first["review"]["state"] == "submitted"
    assert exports["md"].stdout.startswith(f"# {QUESTION}")
    assert exports["html"].stdout.startswith("<!DOCTYPE html>")
    assert exports["ris"].stdout.startswith("TY  - JOUR")
    assert exports["bibtex"].stdout.startswith("@")
    assert json.loads(exports["csl-json"].stdout)[0]["type"] == "article-journal"
    assert key in vouch("export", "--list").stdout


def test_nothing_is_saved_unless_asked(vouch, library):
    vouch("ask", QUESTION)

    assert not (library / "records.db").exists()


@pytest.mark.parametrize("arguments", [(), ("nope",)])
def test_export_of_no_known_answer_says_how_to_find_ids(vouch, library, arguments):
    result = vouch("export", *arguments)

    assert result.exit_code == 2
    assert "vouch export --list" in result.stderr


def test_a_library_of_another_model_is_refused_with_the_remedy(vouch, library):
    _made_with(library, "other-model")

    result = vouch("ask", QUESTION)

    assert result.exit_code == 3
    assert "'other-model'" in result.stderr
    assert "vouch index --rebuild" in result.stderr


def test_a_second_writer_is_told_who_is_writing(vouch, library):
    from indexes.lock import writer_lock

    with writer_lock(library / "library"):
        refused, reading = vouch("index", "."), vouch("status")

    assert refused.exit_code == 3
    assert "is being written by process" in refused.stderr
    assert reading.exit_code == 0


def test_setup_makes_the_model_ready(vouch, home):
    result = vouch("setup")

    assert result.exit_code == 0
    assert "hashing" in result.stderr


def test_a_wrong_day_in_the_environment_is_named(vouch, library, monkeypatch):
    monkeypatch.setenv("VOUCH_TODAY", "soon")

    result = vouch("ask", QUESTION)

    assert result.exit_code == 2
    assert "VOUCH_TODAY is 'soon'" in result.stderr


def _made_with(home: Path, model: str) -> None:
    with closing(sqlite3.connect(home / "library" / "library.db")) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'model'", (model,))
