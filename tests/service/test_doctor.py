"""vouch doctor over a small library with vectors of hashed words; its records are made up."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from service.cli import cli

RECORD = {
    "id": "ref:made-up-1",
    "title": "Made-up trial of amadrine",
    "year": 2020,
    "text": "Of 40 patients 12 recovered.",
}


@pytest.fixture
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("VOUCH_MODEL", "hashing")
    monkeypatch.setenv("VOUCH_HOME", str(tmp_path))
    monkeypatch.setenv("VOUCH_TODAY", "2026-11-24")
    records = tmp_path / "records.jsonl"
    second = RECORD | {"id": "ref:made-up-2", "title": "Made-up cohort of bevorol", "text": "None of 9 died."}
    records.write_text("\n".join(json.dumps(one) for one in (RECORD, second)), encoding="utf-8")
    assert CliRunner().invoke(cli, ["index", str(records)]).exit_code == 0
    return tmp_path


def looked_at(*arguments: str):
    shown = CliRunner().invoke(cli, ["doctor", "--format", "json", *arguments])
    return shown.exit_code, {one["part"]: one for one in json.loads(shown.stdout)["checks"]}


def changed(home, statement: str) -> None:
    with closing(sqlite3.connect(home / "library" / "library.db")) as connection, connection:
        connection.execute(statement)


def test_a_sound_library_is_good_in_every_part(home):
    code, found = looked_at()

    assert code == 0
    assert {part: one["state"] for part, one in found.items() if part.startswith("library")} == {
        "library: database": "good",
        "library: documents": "good",
        "library: vectors": "good",
        "library: caches": "good",
    }


def test_without_a_library_it_says_how_to_make_one(monkeypatch, tmp_path):
    monkeypatch.setenv("VOUCH_MODEL", "hashing")
    monkeypatch.setenv("VOUCH_HOME", str(tmp_path / "none"))

    code, found = looked_at()

    assert code == 0
    assert found["library"]["remedy"] == "make one with: vouch index --starter"
    assert not (tmp_path / "none" / "library").exists()


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        (
            "UPDATE documents SET body = replace(body, 'amadrine', 'bmadrine') WHERE id = 'ref:made-up-1'",
            "documents",
        ),
        ("UPDATE documents SET title = 'Made-up trial of bmadrine' WHERE id = 'ref:made-up-1'", "documents"),
        ("UPDATE documents SET year = 2021 WHERE id = 'ref:made-up-1'", "documents"),
        ("UPDATE passages SET text = zeroblob(20) WHERE num = 1", "documents"),
        ("UPDATE vectors SET vector = zeroblob(length(vector))", "vectors"),
        ("DELETE FROM vectors", "vectors"),
        ("INSERT INTO links VALUES (99, 'retracts', 'ref:made-up-1')", "database"),
    ],
)
def test_a_row_that_isnt_as_it_was_written_is_found(home, statement, part):
    changed(home, statement)

    code, found = looked_at()

    assert code == 3
    assert found[f"library: {part}"]["state"] == "bad"
    assert found[f"library: {part}"]["remedy"]


def test_a_cache_that_is_damaged_is_found_and_left_for_who_mends_it(home):
    (cache,) = home.glob("library/caches/*/vectors.faiss")
    cache.write_bytes(cache.read_bytes()[:-1] + b"\xff")

    code, found = looked_at()

    assert (code, found["library: caches"]["state"]) == (3, "bad")
    assert "vectors.faiss" in found["library: caches"]["found"]


def test_a_library_of_another_model_is_told(home, monkeypatch):
    monkeypatch.setenv("VOUCH_MODEL", "default")

    code, found = looked_at()

    assert (code, found["embedding model"]["state"]) == (3, "bad")
    assert "vouch index --rebuild" in found["embedding model"]["remedy"]


def test_a_database_that_lost_its_end_doesnt_keep_the_rest_from_its_turn(home):
    database = home / "library" / "library.db"
    for aside in home.glob("library/library.db-*"):
        aside.unlink()
    database.write_bytes(database.read_bytes()[: database.stat().st_size // 3])

    code, found = looked_at()

    assert code == 3
    assert found["program"]["state"] == "good"
    assert any(one["state"] == "bad" for part, one in found.items() if part.startswith("library"))


def test_retractions_that_nobody_looked_for_deserve_a_look_and_nothing_more(home):
    code, found = looked_at()

    assert code == 0
    assert found["retractions"]["state"] == "notice"


def test_quarantined_inputs_are_counted(home):
    (home / "bad.xml").write_text("<PubmedArticleSet><PubmedArticle>", encoding="utf-8")
    CliRunner().invoke(cli, ["index", str(home / "bad.xml")])

    _, found = looked_at()

    assert found["inputs"]["found"] == "1 of 2 quarantined"


def test_for_a_person_there_is_a_line_for_each_part(home):
    shown = CliRunner().invoke(cli, ["doctor"])

    assert [line.split()[0] for line in shown.stdout.splitlines() if not line.startswith(" ")] == [
        *["good"] * 8,
        "notice",
    ]
