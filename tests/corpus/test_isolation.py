"""Reading in a process of its own. All records are made up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.isolation import IsolatedReader
from corpus.limits import ReadingLimits
from corpus.quarantine import BadRecord
from corpus.reading import read
from rag.errors import UnreadableInput
from rag.types import Document

LINE = '{{"id": "ref:{0}", "title": "A made-up title"}}\n'
LIMITS = ReadingLimits(seconds=2, memory=200 * 2**20)


@pytest.fixture(scope="module")
def reader():
    """The reader whose readers do, on command, what no reader should."""
    with IsolatedReader(LIMITS, "misbehaving_reader") as one:
        yield one


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_it_gives_what_reading_in_this_process_gives(tmp_path):
    file = write(tmp_path / "é.jsonl", LINE.format(1) + "no json\n" + LINE.format(2))

    with IsolatedReader() as reader:
        found = list(reader.read(file))

    assert found == list(read(file))
    assert [type(one) for one in found] == [Document, BadRecord, Document]


def test_all_that_a_document_holds_comes_through(shared):
    folder = shared / "data" / "pubmed_xml"
    if not folder.is_dir():
        pytest.skip(f"{folder} isn't there")
    files = sorted(folder.rglob("*.xml"))[:40]

    with IsolatedReader() as reader:
        assert [list(reader.read(file)) for file in files] == [list(read(file)) for file in files]


def test_a_file_that_cannot_be_read_says_why_and_costs_only_itself(tmp_path):
    with IsolatedReader() as reader:
        with pytest.raises(UnreadableInput, match="is empty"):
            list(reader.read(write(tmp_path / "a", "")))

        assert len(list(reader.read(write(tmp_path / "b", LINE.format(1))))) == 1


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("abort", "by SIGABRT"),
        ("exit", "with exit code 7"),
        ("segfault", "by SIGSEGV"),
        ("hang", "more than 2 s"),
        ("spin", "more than 2 s"),
        ("allocate", "more than 200 MiB"),
        ("recurse", "RecursionError"),
        ("raise", "ValueError: made-up fault"),
        ("write", "File too large"),
        ("open", "Too many open files"),
    ],
)
def test_a_reader_that_goes_wrong_costs_only_its_file(reader, tmp_path, fault, reason):
    with pytest.raises(UnreadableInput, match=reason):
        list(reader.read(write(tmp_path / "bad", fault)))

    assert len(list(reader.read(write(tmp_path / "good", LINE.format(1))))) == 1


def test_documents_before_a_crash_are_kept(reader, tmp_path):
    first, last = reader.read(write(tmp_path / "a", "one then abort"))

    assert first.id == "ref:1"
    assert last.where == "after record 1"
    assert "SIGABRT" in last.reason


def test_what_a_library_prints_does_no_harm(reader, tmp_path):
    (found,) = reader.read(write(tmp_path / "a", "print"))

    assert found.id == "ref:1"


def test_a_file_that_is_left_half_read_leaves_nothing_for_the_next(reader, tmp_path):
    half = reader.read(write(tmp_path / "a", LINE.format(1) + LINE.format(2)))
    next(half)
    half.close()

    assert [one.id for one in reader.read(write(tmp_path / "b", LINE.format(3)))] == ["ref:3"]


def test_the_reading_process_knows_nothing_of_our_environment(reader, tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "made-up-secret")
    with IsolatedReader(LIMITS, "misbehaving_reader") as fresh:
        (found,) = fresh.read(write(tmp_path / "a", "environment"))

    assert "PATH" in found.title
    assert "OPENAI_API_KEY" not in found.title


def test_half_a_character_is_a_bad_record(tmp_path):
    file = write(tmp_path / "a", '{"id": "ref:1", "title": "half \\ud800"}\n')

    with IsolatedReader() as reader:
        assert all(isinstance(one, BadRecord) for one in reader.read(file))


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
def test_a_name_of_a_file_may_be_no_unicode(tmp_path):
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.jsonl"))
    file.write_text(LINE.format(1))

    with IsolatedReader() as reader:
        assert len(list(reader.read(file))) == 1
