"""Study design in `vouch bench sets`, on two made-up exports."""

import json

import pytest
from click.testing import CliRunner

from service.cli import cli

NBIB = """PMID- 1
TI  - Aspirin for a made-up headache
AB  - Forty patients were randomly assigned to aspirin or placebo.
PT  - Journal Article
PT  - Randomized Controlled Trial

PMID- 2
TI  - A made-up headache in a camel keeper
AB  - A 54-year-old man presented with headache.
PT  - Case Reports
"""
RIS = """TY  - JOUR
TI  - Headache in made-up towns
AB  - Nothing here tells how it was done.
PT  - Randomized Controlled Trial
ER  -
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of the set, with two files of its names."""
    monkeypatch.setenv("VOUCH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("VOUCH_MODEL", "hashing")
    folder = tmp_path / "medline_nbib_ris"
    folder.mkdir()
    (folder / "robotsearch_pubmed_given_485.nbib").write_text(NBIB, encoding="utf-8")
    (folder / "robotsearch_ovid_given_536.ris").write_text(RIS, encoding="utf-8")
    return folder


def test_designs_are_told_without_types_and_counted_by_them(folder):
    done = CliRunner().invoke(cli, ["bench", "sets", str(folder), "--format", "json"], catch_exceptions=False)

    found = json.loads(done.stdout)["sets"][0]["designs"]["all"]
    trials, cases = found["kinds"][0], found["kinds"][4]
    assert (trials["n"], trials["precision"], trials["recall"]) == (2, 1.0, 0.5)
    assert (cases["n"], cases["f1"]) == (1, 1.0)
    assert found["macro_f1"] == pytest.approx((2 / 3 + 1) / 2)


def test_designs_are_a_table_of_their_own(folder):
    done = CliRunner().invoke(cli, ["bench", "sets", str(folder)], catch_exceptions=False)

    assert "### Study design from title and abstract alone" in done.stdout
    assert "| all | randomised trial | 2 | 1.000 | 0.500 | 0.667 |" in done.stdout
    assert "| half held out |" in done.stdout
