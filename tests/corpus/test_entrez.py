"""PubMed through a made-up server of E-utilities on the loopback: every record in here is made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from entrez_kit import RETRACTED, Clock, running_server

from corpus import entrez_harvest
from corpus.entrez import fetch
from corpus.entrez_harvest import Harvest, next_since
from corpus.entrez_refresh import refresh
from corpus.entrez_state import saved_search, saved_searches
from corpus.entrez_transport import Transport
from corpus.pubmed import read
from rag.errors import InputError, SourceUnavailable

TODAY = date(2026, 11, 24)


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running_server() as server:
        for pmid in range(1, 8):
            server.add(pmid, day=f"2024/01/0{pmid}")
        yield server


@pytest.fixture(autouse=True)
def small_pages(monkeypatch):
    monkeypatch.setattr(entrez_harvest, "RECORDS_A_PAGE", 3)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def transport(server, clock):
    made = Transport(server.address, clock=clock, pause=clock.pause)
    yield made
    made.close()


def harvest(transport, tmp_path, query="cramps", **options):
    saved = saved_search(tmp_path / "home", query)
    made = Harvest(transport, saved, saved.folder, lambda stage, done, total: None)
    made.run(options.get("since"), options.get("today", TODAY), options.get("most"))
    return made


def pmids(tmp_path, folder="home"):
    found = []
    for path in sorted(Path(tmp_path, folder).rglob("*.xml")):
        with path.open("rb") as stream:
            found += [int(one.id.removeprefix("pmid:")) for one in read(stream, str(path))]
    return sorted(found)


def test_all_that_a_query_finds_is_fetched_a_page_at_a_time(server, transport, tmp_path):
    made = harvest(transport, tmp_path)

    assert pmids(tmp_path) == [1, 2, 3, 4, 5, 6, 7]
    assert [name for name, _ in server.asked] == ["esearch", "efetch", "efetch", "efetch"]
    assert (made.fetched, made.missing, made.saved.complete_to) == (7, 0, TODAY)


def test_the_server_is_told_who_asks(server, clock, tmp_path):
    harvest(Transport(server.address, "a@example.org", "secret", None, clock, clock.pause), tmp_path)

    asked = {(one["tool"], one["email"], one["api_key"]) for _, one in server.asked}
    assert asked == {("vouch", "a@example.org", "secret")}


@pytest.mark.parametrize(("key", "rate"), [(None, 3), ("secret", 10)])
def test_the_pace_that_the_server_asks_for_is_kept(server, clock, key, rate):
    transport = Transport(server.address, key=key, clock=clock, pause=clock.pause)

    for _ in range(2 * rate + 1):
        fetch(transport, ["1"])

    assert clock.now - 1000 == pytest.approx(2)


@pytest.mark.parametrize("fault", [500, 503, 429, "html", "error", "cut", "cut in silence", "empty"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_fault_that_passes_costs_a_pause_and_nothing_else(server, transport, tmp_path, fault, at):
    server.faults = [None] * at + [fault]

    harvest(transport, tmp_path)

    assert pmids(tmp_path) == [1, 2, 3, 4, 5, 6, 7]
    assert max(transport.clock.pauses) >= 0.8


def test_the_server_is_left_alone_as_long_as_it_asks(server, transport, clock, tmp_path):
    server.faults = [(429, "17")]

    harvest(transport, tmp_path)

    assert 17.0 in clock.pauses


def test_a_pause_that_the_server_asks_for_has_an_end(server, transport, clock):
    server.faults = [(429, "86400")]

    fetch(transport, ["1"])

    assert max(clock.pauses) == 60


def test_pauses_grow_and_end_in_a_clear_message(server, transport, clock, tmp_path):
    server.faults = [500] * 99

    with pytest.raises(SourceUnavailable, match="failed 6 times at esearch: HTTP status 500"):
        harvest(transport, tmp_path)

    waits = [pause for pause in clock.pauses if pause > 0.5]
    assert waits == sorted(waits)
    assert len(waits) == 5


def test_a_refusal_is_not_tried_again(server, transport, tmp_path):
    server.faults = [400]

    with pytest.raises(InputError, match="HTTP status 400: busy"):
        harvest(transport, tmp_path)

    assert len(server.asked) == 1


def test_without_a_network_that_is_said_soon(clock, tmp_path):
    transport = Transport("http://127.0.0.1:9", clock=clock, pause=clock.pause)

    with pytest.raises(
        SourceUnavailable, match=r"can't be reached .*needs the network, all others work without"
    ):
        harvest(transport, tmp_path)

    assert clock.now - 1000 < 5


def test_nothing_is_asked_after_the_time_there_was(server, clock, tmp_path):
    transport = Transport(server.address, ends=1010.0, clock=clock, pause=clock.pause)
    server.faults = [None, 500, 500, 500, 500]

    with pytest.raises(SourceUnavailable, match=r"within the time there was .HTTP status 500"):
        harvest(transport, tmp_path)

    assert clock.now <= 1010


def test_the_key_is_in_no_message(server, clock, tmp_path):
    transport = Transport(server.address, key="secret", clock=clock, pause=clock.pause)
    server.faults = [400]

    with pytest.raises(InputError) as error:
        harvest(transport, tmp_path)

    assert "secret" not in f"{error.value} {transport!r}"


@pytest.mark.parametrize("stopped_after", [1, 2, 3])
def test_what_was_stopped_goes_on_and_fetches_nothing_twice(server, transport, tmp_path, stopped_after):
    server.faults = [None] * stopped_after + [400, 400]
    with pytest.raises(InputError):
        harvest(transport, tmp_path)
    before = len(pmids(tmp_path))
    server.faults, server.asked = [], []

    harvest(transport, tmp_path)

    assert pmids(tmp_path) == [1, 2, 3, 4, 5, 6, 7]
    assert sum(name == "efetch" for name, _ in server.asked) == 3 - before // 3
    assert "esearch" not in [name for name, _ in server.asked]


def test_a_search_that_the_server_forgot_is_fetched_by_pmid(server, transport, tmp_path):
    server.keeps = False

    harvest(transport, tmp_path)

    assert pmids(tmp_path) == [1, 2, 3, 4, 5, 6, 7]
    assert server.asked[-1][1]["id"] == "1"


def test_a_page_that_lacks_records_is_fetched_by_pmid(server, transport, tmp_path):
    kept = server.fetched
    server.fetched = lambda fields: kept({**fields, "retmax": "1"} if "WebEnv" in fields else fields)

    harvest(transport, tmp_path)

    assert pmids(tmp_path) == [1, 2, 3, 4, 5, 6, 7]


def test_ids_that_are_listed_twice_are_fetched_once(server, transport, tmp_path):
    server.listed_twice = True

    harvest(transport, tmp_path)

    assert pmids(tmp_path) == [1, 2, 3, 4, 5, 6, 7]


def test_a_query_that_finds_nothing_is_no_error(server, transport, tmp_path):
    made = harvest(transport, tmp_path, "nothing")

    assert (made.fetched, made.saved.complete_to, pmids(tmp_path)) == (0, TODAY, [])


def test_what_the_server_did_not_understand_is_told(transport, tmp_path):
    assert harvest(transport, tmp_path, "nonsense").warnings == ("nonsense",)


def test_a_record_that_is_found_and_not_given_is_counted(server, transport, tmp_path):
    del server.articles["4"]

    made = harvest(transport, tmp_path)

    assert (made.missing, pmids(tmp_path)) == (1, [1, 2, 3, 5, 6, 7])


def test_more_than_a_search_gives_is_fetched_by_spans_of_days(server, transport, tmp_path, monkeypatch):
    for module in (entrez_harvest, __import__("corpus.entrez", fromlist=["entrez"])):
        monkeypatch.setattr(module, "MOST_OF_A_SEARCH", 2)

    harvest(transport, tmp_path)

    assert pmids(tmp_path) == [1, 2, 3, 4, 5, 6, 7]


def test_a_day_with_more_than_a_search_gives_is_told(server, transport, tmp_path, monkeypatch):
    for pmid in range(10, 16):
        server.add(pmid, day="2024/01/01")
    for module in (entrez_harvest, __import__("corpus.entrez", fromlist=["entrez"])):
        monkeypatch.setattr(module, "MOST_OF_A_SEARCH", 2)

    with pytest.raises(InputError, match="narrow the query"):
        harvest(transport, tmp_path)


def test_at_most_so_many_are_fetched_the_newest_first(transport, tmp_path):
    made = harvest(transport, tmp_path, most=4)

    assert pmids(tmp_path) == [4, 5, 6, 7]
    assert made.saved.limited


def test_only_what_is_new_is_fetched_the_next_time(server, transport, tmp_path):
    first = harvest(transport, tmp_path, today=date(2024, 1, 7))
    server.add(8, day="2024/02/01")

    second = harvest(transport, tmp_path, since=next_since(first.saved), today=date(2024, 2, 2))

    assert [one.get("mindate") for name, one in server.asked if name == "esearch"] == [None, "2024/01/05"]
    assert second.fetched == 4
    assert sorted(set(pmids(tmp_path))) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_no_page_is_written_over_by_a_later_one(transport, tmp_path):
    first = harvest(transport, tmp_path)
    harvest(transport, tmp_path, since=date(2024, 1, 6))

    assert first.saved.pages == 3
    assert len(list((tmp_path / "home").rglob("*.xml"))) == 4


def test_searches_are_remembered_however_their_words_are_spaced(transport, tmp_path):
    harvest(transport, tmp_path, "night  cramps")

    assert [one.query for one in saved_searches(tmp_path / "home")] == ["night  cramps"]
    assert saved_search(tmp_path / "home", "night cramps").complete_to == TODAY


def test_a_damaged_memory_of_a_search_is_named(transport, tmp_path):
    harvest(transport, tmp_path)
    path = next((tmp_path / "home").glob("search-*.json"))
    path.write_text("{")

    with pytest.raises(InputError, match="remove it and run the search again"):
        list(saved_searches(tmp_path / "home"))


def asked_again(transport, tmp_path, known, today=TODAY):
    return refresh(transport, tmp_path / "home", known, today, lambda stage, done, total: None)


def test_only_records_that_were_revised_since_are_kept(server, transport, tmp_path):
    server.add(2, revised=(2025, 5, 1), links=RETRACTED)
    known = {"1": date(2024, 1, 1), "2": date(2024, 1, 1), "3": None, "55": date(2024, 1, 1)}

    refreshed = asked_again(transport, tmp_path, known)

    assert pmids(tmp_path) == [2, 3]
    assert (refreshed.asked, refreshed.changed, refreshed.missing) == (4, 2, ("55",))


def test_asking_again_goes_on_where_it_was_stopped(server, transport, tmp_path, monkeypatch):
    import corpus.entrez_refresh

    monkeypatch.setattr(corpus.entrez_refresh, "RECORDS_A_PAGE", 2)
    server.faults = [None, 400]
    known = dict.fromkeys("1234567")
    with pytest.raises(InputError):
        asked_again(transport, tmp_path, known)
    server.faults, server.asked = [], []

    assert asked_again(transport, tmp_path, known).asked == 5
    assert pmids(tmp_path) == [1, 2, 3, 4, 5, 6, 7]
    assert asked_again(transport, tmp_path, known).asked == 7


def test_the_records_of_the_real_set_come_through_unharmed(server, transport, tmp_path, shared):
    real = sorted(Path(shared, "data/pubmed_xml/metapub").glob("*.xml"))
    server.articles, server.days = {}, {}
    for path in real:
        text = path.read_text(encoding="utf-8")
        start, end = text.find("<PubmedArticle>"), text.rfind("</PubmedArticle>")
        if start >= 0 and text.count("<PubmedArticle>") == 1:
            server.articles[path.stem] = text[start : end + len("</PubmedArticle>")]
            server.days[path.stem] = "2024/01/01"

    harvest(transport, tmp_path)

    assert len(server.articles) > 50
    assert pmids(tmp_path) == sorted(map(int, server.articles))
