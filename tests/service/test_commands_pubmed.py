"""Fetching from PubMed on the command line, from a made-up server on the loopback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from entrez_kit import RETRACTED, running_server


@pytest.fixture
def server(home, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv("NCBI_API_KEY", raising=False)
    with running_server() as server:
        monkeypatch.setenv("VOUCH_ENTREZ_URL", server.address)
        for pmid in (1, 2, 3):
            server.add(pmid)
        yield server


def outcome(vouch, *arguments):
    result = vouch(*arguments, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_what_a_query_finds_is_indexed(vouch, server):
    report = outcome(vouch, "pubmed", "cramps")

    assert (report["records"], report["missing"], report["batch"]["indexed"]) == (3, 0, 1)
    assert "Made-up study 2" in vouch("show", "pmid:2").stdout


@pytest.mark.parametrize("query", ["", "  "])
def test_an_empty_query_is_refused_and_not_remembered(vouch, server, home, query):
    refused = vouch("pubmed", query)

    assert (refused.exit_code, "the query is empty" in refused.stderr) == (2, True)
    assert not home.exists() or not list(home.rglob("*.json"))


def test_files_can_be_kept_where_one_likes_and_nothing_else_there_is_read(vouch, server):
    Path("kept").mkdir()
    Path("kept/mine.txt").write_text("not for the library")

    report = outcome(vouch, "pubmed", "cramps", "--to", "kept", "--max", "2")

    assert len(list(Path("kept").glob("pubmed-*.xml"))) == report["batch"]["inputs"] == 1
    assert vouch("show", "pmid:1").exit_code == 2


def test_asked_again_only_what_is_new_is_fetched(vouch, server):
    outcome(vouch, "pubmed", "cramps")
    server.add(4, day="2026/11/24")

    assert outcome(vouch, "pubmed", "cramps")["records"] == 1
    assert vouch("show", "pmid:4").exit_code == 0


def test_records_of_before_a_day_are_left_out(vouch, server):
    server.add(4, day="2026/11/20")

    assert outcome(vouch, "pubmed", "cramps", "--since", "2026-11-01")["records"] == 1
    refused = vouch("pubmed", "cramps", "--since", "2027-01-01")
    assert (refused.exit_code, "after today" in refused.stderr) == (2, True)


def test_an_update_brings_what_is_new_and_what_was_retracted(vouch, server):
    outcome(vouch, "pubmed", "cramps")
    server.add(4, day="2026/11/24")
    server.add(2, revised=(2026, 11, 1), links=RETRACTED)

    report = outcome(vouch, "update")

    assert (report["records"], report["refreshed"]["changed"]) == (1, 1)
    assert json.loads(vouch("show", "pmid:2", "--format", "json").stdout)["status"] == "retracted"
    assert "PubMed, 2026-11-24" in vouch("status").stdout


def test_a_retraction_that_pubmed_takes_back_is_taken_back(vouch, server):
    server.add(2, revised=(2026, 10, 1), links=RETRACTED)
    outcome(vouch, "pubmed", "cramps")
    before = json.loads(vouch("show", "pmid:2", "--format", "json").stdout)["status"]
    server.add(2, revised=(2026, 11, 1))

    outcome(vouch, "update")

    after = json.loads(vouch("show", "pmid:2", "--format", "json").stdout)["status"]
    assert [before, after] == ["retracted", "current"]


def test_a_second_update_finds_nothing_more(vouch, server):
    outcome(vouch, "pubmed", "cramps")
    server.add(2, revised=(2026, 11, 1), links=RETRACTED)
    outcome(vouch, "update")

    report = outcome(vouch, "update")

    assert (report["records"], report["refreshed"]["changed"]) == (0, 0)
    assert report["batch"]["indexed"] == report["batch"]["revised"] == 0


def test_what_came_before_a_failure_is_indexed_and_the_failure_told(vouch, server, monkeypatch):
    from corpus import entrez_harvest, entrez_transport

    monkeypatch.setattr(entrez_harvest, "RECORDS_A_PAGE", 2)
    monkeypatch.setattr(entrez_transport, "FIRST_PAUSE", 0.0)
    server.faults = [None, None, *[500] * 6]

    result = vouch("pubmed", "cramps")

    assert (result.exit_code, "failed 6 times at efetch" in result.stderr) == (4, True)
    assert vouch("show", "pmid:3").exit_code == 0
    assert outcome(vouch, "pubmed", "cramps")["records"] == 1


def test_without_a_network_that_is_said(vouch, home, monkeypatch):
    from corpus import entrez_transport

    monkeypatch.setattr(entrez_transport, "FIRST_PAUSE", 0.0)
    monkeypatch.setenv("VOUCH_ENTREZ_URL", "http://127.0.0.1:9")

    result = vouch("pubmed", "cramps")

    assert (result.exit_code, "needs the network" in result.stderr) == (4, True)


def test_an_update_of_no_library_says_how_to_make_one(vouch, server):
    result = vouch("update")

    assert (result.exit_code, "vouch index" in result.stderr) == (3, True)


def test_the_outcome_is_told_in_words(vouch, server):
    printed = vouch("pubmed", "cramps nonsense").stdout

    assert "PubMed didn't understand all of the query: nonsense" in printed
    assert "3 records fetched, 0 found but not given" in printed
