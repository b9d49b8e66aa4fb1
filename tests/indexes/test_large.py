"""A library that counts as large from a few passages on: lists, what lies beside them, and damage. All is made up."""

from __future__ import annotations

import os
import random
from datetime import date

import pytest
from library_kit import CountingEmbedder, ids, index, paper, write

from indexes import caches, inverted_lists, vector_files, vectors
from indexes.build import remove_documents
from indexes.candidates import CandidateSearch, SearchMode
from indexes.library import Library
from rag.errors import LibraryProblem
from rag.types import Filters

WORDS = (
    "steroid surgery haematoma trial recovery spine pain dose child vein stroke sepsis insulin asthma".split()
)


@pytest.fixture(autouse=True)
def _large_from_30(monkeypatch):
    monkeypatch.setattr(vectors, "LISTS_FROM", 30)
    monkeypatch.setattr(vector_files, "LISTS_FROM", 30)
    monkeypatch.setattr(vectors, "BESIDE_LISTS", 8)
    monkeypatch.setattr(caches, "_LEXICAL_ANEW_UP_TO", 0)
    monkeypatch.setattr(inverted_lists, "PROBED", 1.0)


def made_up_paper(number, rng, step=0):
    text = " ".join(rng.choices(WORDS, k=12)) + f" case {number}."
    return paper(number, text, revised=date(2020, 1, 1 + step))


def filled(library, tmp_path, count=60):
    rng = random.Random(1)
    index(library, write(tmp_path / "a", *[made_up_paper(number, rng) for number in range(count)]))
    return library


def newest(library):
    folders = (library.folder / "caches").iterdir()
    return max(folders, key=lambda folder: int(folder.name))


def dense(library, query, top_k=10):
    search = CandidateSearch(library, CountingEmbedder(), depth=top_k)
    return [one.document.id for one in search.search([query], Filters(), SearchMode.DENSE).found]


def test_the_lists_are_shared_until_much_has_changed(library, tmp_path):
    filled(library, tmp_path)
    lists = (newest(library) / "lists.faiss").stat().st_ino

    index(library, write(tmp_path / "b", paper(100, "Embolisation.")))
    after_one = (newest(library) / "lists.faiss").stat().st_ino
    index(library, write(tmp_path / "c", *[paper(n, f"Embolisation {n}.") for n in range(101, 110)]))
    after_ten = (newest(library) / "lists.faiss").stat().st_ino

    assert lists == after_one != after_ten
    assert dense(library, "embolisation", 1)[0].startswith("ref:made-up-10")


def test_a_library_that_shrinks_is_held_whole_again(library, tmp_path):
    filled(library, tmp_path)

    remove_documents(library, [f"ref:made-up-{number}" for number in range(50)])

    assert not (newest(library) / "lists.faiss").exists()
    assert len(dense(library, "surgery", 20)) == 10


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("size", ["large", "small"])
def test_after_any_history_it_finds_what_one_made_at_once_finds(library, tmp_path, seed, size, monkeypatch):
    """Documents come, are revised and go in random order; what is there then is made at once in another library."""
    if size == "small":
        monkeypatch.undo()
    rng, there = random.Random(seed), {}
    for step in range(12):
        chosen = [rng.randrange(70) for _ in range(rng.choice([1, 5, 25]))]
        if there and rng.random() < 0.4:
            gone = [n for n in dict.fromkeys(chosen) if n in there]
            if gone:
                remove_documents(library, [f"ref:made-up-{number}" for number in gone])
            for number in gone:
                del there[number]
        else:
            came = {number: made_up_paper(number, rng, step) for number in chosen}
            index(library, write(tmp_path / f"{step}", *came.values()))
            there |= came
    clean = Library(tmp_path / "clean")
    index(clean, write(tmp_path / "all", *(there[number] for number in _in_order(library))))

    for word in WORDS:
        assert dense(library, word, 70)[:10] == dense(clean, word, 70)[:10]
        if size == "small":  # BM25 of a large one still counts what is gone, until files are merged
            assert ids(library, word) == ids(clean, word)
    assert library.coverage().passages == clean.coverage().passages == len(there)


def test_numbers_are_never_used_twice(library, tmp_path):
    filled(library, tmp_path, 40)
    before = _nums(library)
    remove_documents(library, ["ref:made-up-39", "ref:made-up-38"])

    index(library, write(tmp_path / "b", paper(100, "Embolisation.")))

    assert not (_nums(library) - before) & before
    assert max(_nums(library)) > max(before)


def test_a_damaged_list_is_caught_by_the_query_that_comes_to_it_and_mended(library, tmp_path):
    filled(library, tmp_path)
    search = CandidateSearch(library, CountingEmbedder())
    search.coverage()
    right = dense(library, "stroke")
    _damage(newest(library) / "lists.faiss")

    assert dense(library, "stroke") == right
    assert dense(library, "stroke") == right


def test_where_mending_takes_long_a_reader_refuses_and_the_next_writer_mends(library, tmp_path, monkeypatch):
    filled(library, tmp_path)
    right = dense(library, "stroke")
    monkeypatch.setattr(caches, "REBUILT_BY_READERS", 30)
    _damage(newest(library) / "lists.faiss")

    for _ in range(2):
        with pytest.raises(LibraryProblem, match="vouch index"):
            dense(library, "stroke")

    index(library, tmp_path / "a")
    assert dense(library, "stroke") == right


def test_a_lexical_file_that_is_damaged_is_caught_on_opening_though_it_is_shared(library, tmp_path):
    filled(library, tmp_path)
    index(library, write(tmp_path / "b", paper(100, "Embolisation.")))
    shared = [path for path in (newest(library) / "lexical").iterdir() if path.stat().st_nlink > 1]
    right = dense(library, "stroke")
    _damage(shared[0])

    assert dense(library, "stroke") == right
    assert not [path for path in (newest(library) / "lexical").iterdir() if path.stat().st_nlink > 1]


def _damage(path):
    content = bytearray(path.read_bytes())
    content[-40] ^= 1
    with path.open("r+b") as file:
        file.write(content)
        os.fsync(file.fileno())


def _in_order(library):
    """Numbers of the documents in the order of their passages' numbers, which settles ties."""
    query = "SELECT d.id FROM passages p JOIN documents d ON d.num = p.document ORDER BY p.num"
    with library.reading() as now:
        return [int(row[0].rpartition("-")[2]) for row in now.connection.execute(query)]


def _nums(library):
    with library.reading() as now:
        return {row[0] for row in now.connection.execute("SELECT num FROM passages")}
