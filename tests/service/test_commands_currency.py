"""Lists of notices on the command line. Every paper and notice in here is made up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

LIST = """Record ID,Title,RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason
1,Made up,5/1/2020 0:00,10.1000/notice,0,https://doi.org/10.1000/PAPER,0,Retraction,+Error in Data;+Unreliable Results;
2,Made up,2020-05-02,unavailable,77,unavailable,0,Retraction,
"""
PAPER = {"id": "doi:10.1000/paper", "title": "A made-up paper", "abstract": "Cramps were halved."}


@pytest.fixture
def listed(home: Path) -> Path:
    Path("paper.jsonl").write_text(json.dumps(PAPER), encoding="utf-8")
    Path("list.csv").write_text(LIST, encoding="utf-8")
    return Path("list.csv")


def test_a_list_is_taken_in_and_its_papers_are_flagged(vouch, listed):
    vouch("index", "paper.jsonl")

    report = json.loads(vouch("currency", "import", str(listed), "--format", "json").stdout)

    assert report == {
        "source": "Retraction Watch",
        "notices": 1,
        "unusable": 1,
        "papers": 1,
        "changed": [{"document_id": "doi:10.1000/paper", "before": "current", "after": "retracted"}],
        "generation": 2,
    }


def test_show_says_who_says_so_and_when(vouch, listed):
    vouch("currency", "import", str(listed), "--checked", "2026-11-20")
    vouch("index", "paper.jsonl")

    shown = " ".join(vouch("show", "doi:10.1000/paper").stdout.split())
    standing = json.loads(vouch("show", "doi:10.1000/paper", "--format", "json").stdout)["standing"]

    assert "retracted by doi:10.1000/notice, 2020-05-01; says Retraction Watch of 2026-11-20" in shown
    assert "Error in Data; Unreliable Results" in shown
    assert standing == [
        {
            "kind": "retracted by",
            "notice": "doi:10.1000/notice",
            "source": "Retraction Watch",
            "dated": "2020-05-01",
            "checked": "2026-11-20",
            "reason": "Error in Data; Unreliable Results",
        }
    ]


def test_status_says_when_each_source_was_last_looked_at(vouch, listed):
    vouch("index", "paper.jsonl")
    before = vouch("status").stdout

    vouch("currency", "import", str(listed))

    assert "never: no source of retractions was looked at" in before
    assert "Retraction Watch, 2026-11-24: 1 notices" in vouch("status").stdout
    assert json.loads(vouch("status", "--format", "json").stdout)["checks"] == [
        {
            "source": "Retraction Watch",
            "checked": "2026-11-24",
            "newest_notice": "2020-05-01",
            "notices": 1,
        }
    ]


def test_the_report_names_what_changed(vouch, listed):
    vouch("index", "paper.jsonl")

    printed = vouch("currency", "import", str(listed)).stdout

    assert "doi:10.1000/paper: current before, retracted now" in printed


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a,b\n1,2\n", "lacks the columns"),
        ("RetractionNature,OriginalPaperDOI\nRetraction,none\n", "no row with a DOI or PMID"),
        ("", "lacks the columns"),
    ],
)
def test_what_is_no_list_is_refused(vouch, home, content, message):
    Path("list.csv").write_text(content, encoding="utf-8")

    result = vouch("currency", "import", "list.csv")

    assert result.exit_code == 2
    assert message in result.stderr


def test_a_list_that_is_not_there_is_named(vouch, home):
    result = vouch("currency", "import", "none.csv")

    assert (result.exit_code, "none.csv can't be read" in result.stderr) == (2, True)
