"""Files read in a process of their own. All documents are made up."""

from __future__ import annotations

import io
import re
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import wire
from corpus.isolation import IsolatedReader
from corpus.limits import ReadingLimits
from corpus.quarantine import BadRecord
from corpus.reading import read
from rag.errors import UnreadableInput
from rag.types import Design, Document, Link, LinkKind, PublicationDate, Section

QUICK = ReadingLimits(seconds=1.5, memory=256 * 2**20, seconds_a_document=0.05, files_open=40)
GOOD = "one Made up.\ntwo Made up.\n"


@pytest.fixture(scope="module")
def hostile():
    """A reader that does what its files say."""
    with IsolatedReader(QUICK, "hostile_reader") as reader:
        yield reader


def outcome(reader: IsolatedReader, path: Path) -> list[str]:
    return [one.id if isinstance(one, Document) else one.reason for one in reader.read(path)]


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


FAULTS = [
    ("refuse", "made-up refusal"),
    ("fail", "LookupError: made-up fault"),
    ("hang", "more than 1.5 s"),
    ("spin", "more than 1.5 s"),
    ("exit", "exit code 7"),
    ("leave", "exit code 0"),
    ("abort", "SIGABRT"),
    ("segfault", "SIGSEGV"),
    ("allocate", "0.25 GiB of memory"),
    ("deepen", "RecursionError"),
    ("connect", "may not do socket"),
    ("run", "may not do subprocess"),
    ("delete", "may not do os.remove"),
    ("descriptors", "Too many open files"),
]


@pytest.mark.parametrize(("act", "reason"), FAULTS)
def test_a_reader_that_fails_costs_only_its_file(hostile, tmp_path, act, reason):
    with pytest.raises(UnreadableInput, match=reason):
        outcome(hostile, write(tmp_path / "bad", act))

    assert outcome(hostile, write(tmp_path / "good", GOOD)) == ["ref:one", "ref:two"]


@pytest.mark.parametrize(("act", "reason"), FAULTS)
def test_what_came_before_a_fault_is_kept(hostile, tmp_path, act, reason):
    first, second, last = outcome(hostile, write(tmp_path / "bad", GOOD + act))

    assert (first, second) == ("ref:one", "ref:two")
    assert reason.removeprefix("more than 1.5") in last


def test_what_a_library_prints_is_no_part_of_the_documents(hostile, tmp_path):
    assert outcome(hostile, write(tmp_path / "a", f"print\n{GOOD}print")) == ["ref:one", "ref:two"]


def test_keys_and_settings_do_not_reach_a_reader(tmp_path, monkeypatch):
    monkeypatch.setenv("VOUCH_CANARY", "secret")

    with IsolatedReader(QUICK, "hostile_reader") as reader:
        assert outcome(reader, write(tmp_path / "a", f"environment\n{GOOD}")) == ["ref:one", "ref:two"]


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (ReadingLimits(file_bytes=100_000), "more than 100,000 bytes"),
        (ReadingLimits(documents=10), "more than 10 documents"),
        (ReadingLimits(document_bytes=1000), "a document of .* bytes"),
    ],
)
def test_output_without_end_is_stopped(tmp_path, limits, reason):
    with IsolatedReader(limits, "hostile_reader") as reader:
        try:
            *_, last = outcome(reader, write(tmp_path / "a", "endless"))
        except UnreadableInput as error:
            last = str(error)

        assert re.search(reason, last)
        assert outcome(reader, write(tmp_path / "good", GOOD)) == ["ref:one", "ref:two"]


def test_the_same_process_reads_one_file_after_the_other(tmp_path):
    with IsolatedReader() as reader:
        process = reader._process
        for number in range(3):
            (found,) = reader.read(write(tmp_path / str(number), '{"id": "ref:1", "title": "Made up"}'))
            assert found.id == "ref:1"

        assert reader._process is process


def test_a_process_is_relieved_after_so_many_files(tmp_path):
    with IsolatedReader(ReadingLimits(files_a_process=2), "hostile_reader") as reader:
        first = reader._process
        for name in ("a", "b", "c"):
            assert outcome(reader, write(tmp_path / name, "one")) == ["ref:one"]

        assert reader._process not in {None, first}


def test_a_reading_that_is_left_half_way_does_not_reach_the_next_file(hostile, tmp_path):
    half = hostile.read(write(tmp_path / "a", GOOD))
    next(half)
    half.close()

    assert outcome(hostile, write(tmp_path / "b", "three")) == ["ref:three"]


def test_time_in_which_nobody_waits_is_not_counted(hostile, tmp_path):
    records = hostile.read(write(tmp_path / "a", GOOD))
    next(records)
    time.sleep(1.6)

    assert [one.id for one in records] == ["ref:two"]


def test_leaving_ends_a_reading_at_once(tmp_path):
    ended = []
    with IsolatedReader(module="hostile_reader") as reader:
        path = write(tmp_path / "a", "one\nhang")
        records = reader.read(path)
        next(records)
        thread = threading.Thread(target=lambda: ended.extend(records))
        thread.start()
    thread.join(timeout=5)

    assert not thread.is_alive()
    assert "SIGKILL" in ended[0].reason


def test_a_process_that_speaks_another_language_is_an_error_of_the_file(tmp_path):
    with IsolatedReader(QUICK, "this") as reader, pytest.raises(UnreadableInput, match=r"ended|too many"):
        outcome(reader, write(tmp_path / "a", GOOD))


def test_what_is_read_is_what_reading_in_this_process_gives(tmp_path):
    lines = '{"id": "ref:1", "title": "Made up", "year": 2020, "n": 40}\n{"title": \n{"id": "ref:2", "title": "B"}\n'
    path = write(tmp_path / "a", lines)

    with IsolatedReader() as reader:
        assert list(reader.read(path)) == list(read(path))


def test_a_name_that_is_no_utf8_is_read(tmp_path):
    path = tmp_path / b"odd\xff".decode("utf-8", "surrogateescape")
    try:
        write(path, '{"id": "ref:1", "title": "Made up"}')
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")

    with IsolatedReader() as reader:
        (found,) = reader.read(path)

    assert isinstance(found, Document)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
documents = st.builds(
    Document,
    id=texts,
    title=texts,
    sections=st.lists(st.builds(Section, texts, texts), max_size=3).map(tuple),
    authors=st.lists(texts, max_size=2).map(tuple),
    published=st.none() | st.builds(PublicationDate, st.integers(1800, 2100), st.none() | st.integers(1, 12)),
    revised=st.none() | st.dates(),
    design=st.sampled_from(Design),
    sample_size=st.none() | st.integers(1, 10**9),
    links=st.lists(st.builds(Link, st.sampled_from(LinkKind), texts), max_size=2).map(tuple),
)


@given(record=documents | st.builds(BadRecord, texts, texts))
@settings(deadline=None)
def test_a_record_arrives_as_it_was_sent(record):
    stream = io.BytesIO()

    wire.send(stream, record)

    stream.seek(0)
    kind, size = wire.HEADER.unpack(stream.read(wire.HEADER.size))
    assert wire.received(kind, stream.read(size)) == record


def test_half_a_surrogate_pair_is_a_bad_record_on_the_way():
    stream = io.BytesIO()

    wire.send(stream, Document("ref:1", "Half \ud800", ()))

    stream.seek(0)
    kind, size = wire.HEADER.unpack(stream.read(wire.HEADER.size))
    assert "surrogate" in wire.received(kind, stream.read(size)).reason
