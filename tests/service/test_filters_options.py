"""Filters and the day of an answer through the command line. Every document is made up."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from rag.types import Design, Filters, Population
from service.cli import cli
from service.filters import Asked, filters_json, filters_of
from service.params import DESIGNS, POPULATIONS

QUESTION = "Does dromedaril stop night cramps?"
LINES = [
    {
        "id": "ref:made-up-old",
        "doi": "10.1234/old",
        "title": "Made-up old trial of dromedaril for night cramps",
        "text": "Dromedaril stopped night cramps in made-up adults.",
        "date": "2010-03-01",
        "journal": "J Made Up Med",
        "languages": ["eng"],
        "publication_types": ["Randomized Controlled Trial"],
        "mesh": ["Adult", "Humans"],
    },
    {
        "id": "ref:made-up-german",
        "pmid": "99999991",
        "title": "Made-up German survey of dromedaril for night cramps",
        "text": "Night cramps stopped in made-up children who took dromedaril.",
        "date": "2014",
        "journal": "Made-up Wochenschrift",
        "languages": ["ger"],
        "publication_types": ["Case Reports"],
        "mesh": ["Child", "Humans"],
    },
    {
        "id": "ref:made-up-undated",
        "title": "Made-up undated note on dromedaril for night cramps",
        "text": "Dromedaril stopped night cramps in a made-up note.",
    },
    {
        "id": "ref:made-up-notice",
        "title": "Retraction of a made-up old trial",
        "text": "The made-up trial of dromedaril for night cramps is retracted.",
        "date": "2016-09-01",
        "publication_types": ["Retraction of Publication"],
        "links": [{"kind": "retracts", "target": "ref:made-up-old"}],
    },
    {
        "id": "ref:made-up-marked",
        "title": "Made-up marked trial of dromedaril for night cramps",
        "text": "Dromedaril stopped every night cramp of made-up adults.",
        "date": "2011-01-01",
        "retracted": True,
    },
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A data home with the documents above, made once."""
    place = tmp_path_factory.mktemp("cramps")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOUCH_HOME", str(place / "home"))
        patch.setenv("VOUCH_MODEL", "hashing")
        (place / "cramps.jsonl").write_text("\n".join(map(json.dumps, LINES)), encoding="utf-8")
        assert CliRunner().invoke(cli, ["index", str(place)]).exit_code == 0
    return place / "home"


@pytest.fixture
def cramps(home, made):
    """The data home of this test, with the documents above in its library."""
    shutil.copytree(made, home)
    return home


@pytest.fixture
def search(vouch, cramps):
    """The JSON of a search with some options."""
    return lambda *options: json.loads(
        vouch("search", "dromedaril night cramps", "--format", "json", *options).stdout
    )


def ids(found):
    return {result["document_id"].removeprefix("ref:made-up-") for result in found["results"]}


@pytest.mark.parametrize(
    ("options", "left"),
    [
        ((), {"german", "undated"}),
        (("--year-to", "2014"), {"german"}),
        (("--year-from", "2014", "--year-to", "2014"), {"german"}),
        (("--language", "de"), {"german"}),
        (("--language", "eng,German"), {"german"}),
        (("--language", "eng", "--language", "German"), {"german"}),
        (("--journal", "made-up wochenschrift"), {"german"}),
        (("--type", "case reports"), {"german"}),
        (("--journal", "Journal of Made Up Medicine", "--as-of", "2012-01-01"), {"old"}),
        (("--level", "4,5"), {"german"}),
        (("--population", "child"), {"german"}),
        (("--document", "99999991"), {"german"}),
        (("--document", "pmid:99999991", "--document", "ref:made-up-undated"), {"german", "undated"}),
        (("--population", "adult"), set()),
    ],
)
def test_each_filter_filters(search, options, left):
    assert ids(search(*options)) == left


def test_json_says_what_was_filtered_and_what_that_left(search):
    found = search("--language", "en", "--year-from", "2000")

    assert found["filters"]["languages"] == ["en"]
    assert found["restricted_to"] == {
        "documents": 1,
        "passages": 1,
        "unknown": {"date": 1, "language": 3},
        "alone": {},
    }
    assert search()["restricted_to"] is None


@pytest.mark.parametrize(
    ("given", "there"),
    [
        (("--language", "Klingon"), "'eng'"),
        (("--journal", "J Made Up Meds"), "'J Made Up Med'"),
        (("--type", "Case Report"), "'Case Reports'"),
        (("--document", "pmid:404"), "vouch search"),
        (("--population", "unicorn"), "pregnancy"),
        (("--level", "6"), "from 1 to 5"),
        (("--year-to", "soon"), "soon"),
    ],
)
@pytest.mark.parametrize("command", ["ask", "search"])
def test_an_unknown_value_is_named_with_those_that_there_are(vouch, cramps, command, given, there):
    result = vouch(command, QUESTION, *given)

    assert (result.exit_code, result.stdout) == (2, "")
    assert given[1] in result.stderr
    assert there in result.stderr


def test_years_in_the_wrong_order_are_refused(vouch, cramps):
    result = vouch("ask", QUESTION, "--year-from", "2020", "--year-to", "2010")

    assert result.exit_code == 2
    assert "no year is from 2020 to 2010" in result.stderr


def test_an_answer_without_anything_within_its_filters_says_what_was_filtered_away(vouch, cramps):
    answer = json.loads(
        vouch("ask", QUESTION, "--year-from", "2020", "--population", "child", "--format", "json").stdout
    )

    abstention = answer["abstention"]
    assert answer["status"] == "abstained"
    assert abstention["reason"].startswith(
        "the filters leave none of 5 documents: sources published in 2020 or later; "
        "studied in the population child (so many pass each filter alone: year 0, population 1)"
    )
    assert abstention["searched"]["documents"] == 0
    assert {near["document_id"] for near in abstention["nearest"]} == {
        "ref:made-up-german",
        "ref:made-up-undated",
    }
    assert all(near["why"].startswith("kept out by the filters: ") for near in abstention["nearest"])
    assert answer["lead"] == answer["references"] == []


def test_the_status_of_an_article_says_what_it_was_restricted_to(vouch, cramps):
    shown = " ".join(vouch("ask", QUESTION, "--language", "de").stdout.split())

    assert "Restricted to sources in the language de (1 of 5 documents)" in shown
    assert "Left out because it isn't known of them: the language of 3 documents" in shown


@pytest.mark.parametrize(
    ("day", "seen"), [("2010-02-28", set()), ("2013-12-31", {"old"}), ("2014-12-31", {"old", "german"})]
)
def test_as_of_a_day_nothing_later_is_seen_and_no_later_notice_is_known(search, day, seen):
    found = search("--as-of", day)

    assert ids(found) == seen
    assert found["as_of"] == day
    assert {result["status"] for result in found["results"]} <= {"current"}


def test_as_of_a_day_after_its_notice_a_paper_is_retracted(search):
    found = search("--as-of", "2016-09-01")

    assert ids(found) == {"german"}
    assert {"ref:made-up-old": None}.items() <= {
        one["document_id"]: one["status_note"] for one in found["excluded"] if one["status"] == "retracted"
    }.items()


def test_a_retraction_without_a_date_holds_on_every_day_and_that_is_said(search):
    (marked,) = (
        one
        for one in search("--as-of", "2013-12-31")["excluded"]
        if one["document_id"] == "ref:made-up-marked"
    )

    assert marked["status"] == "retracted"
    assert marked["status_note"].startswith("It isn't known how it stood on 2013-12-31")


def test_as_of_a_day_age_is_counted_from_it(search):
    def recency(day):
        (old,) = (one for one in search("--as-of", day)["results"] if one["document_id"] == "ref:made-up-old")
        return old["why"]["recency"]

    assert recency("2010-06-01") == 1.0
    assert recency("2015-06-01") < recency("2012-06-01") < 1.0


def test_an_answer_as_of_a_day_cites_what_was_retracted_later_and_says_so(vouch, cramps):
    def cited(*options):
        answer = json.loads(vouch("ask", QUESTION, "--format", "json", *options).stdout)
        return {one["document_id"]: (one["status"], one["status_note"]) for one in answer["references"]}

    assert cited("--as-of", "2013-12-31") == {
        "ref:made-up-old": ("current", "Since that day it has been retracted (2016-09-01)")
    }
    assert "ref:made-up-old" not in cited()


def test_short_names_stand_for_designs_that_there_are():
    assert {name for names in DESIGNS.values() for name in names} <= set(Design)
    assert set(POPULATIONS) == set(Population)


def test_without_restrictions_nothing_is_asked_of_the_library():
    assert filters_of(Asked(), library=None, now=None) == Filters()
    assert not any(filters_json(Filters()).values())
