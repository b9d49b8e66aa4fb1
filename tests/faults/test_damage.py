"""Damaged files of a library: noticed before anything is answered from them. Every document is made up."""

from __future__ import annotations

import os
import sqlite3

import pytest
from damage import LONGEST, damaged_cache
from library_state import answers, contents
from trials import disturbed

from indexes import caches
from rag.errors import LibraryDamaged, LibraryProblem

CAUGHT = {"rebuilt", "refused"}


def test_a_damaged_cache_is_made_anew_or_refused(course):
    found = [damaged_cache(course, seed) for seed in range(25)]

    assert [one for one in found if one.fate not in CAUGHT or one.seconds > LONGEST] == []


def test_a_damaged_cache_of_a_large_library_is_made_anew_or_refused(large_course):
    found = [damaged_cache(large_course, seed) for seed in range(12)]

    assert [one for one in found if one.fate not in CAUGHT or one.seconds > LONGEST] == []


def test_a_damaged_cache_that_takes_too_long_to_make_is_refused_with_what_to_do(course, monkeypatch):
    monkeypatch.setattr(caches, "REBUILT_BY_READERS", 0)
    library = disturbed(course, "update")
    path = library.folder / "caches" / "1" / "vectors.faiss"
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(LibraryProblem, match="vouch index"):
        answers(library)


@pytest.mark.parametrize("left", [0.0, 0.3, 0.9])
def test_a_database_that_lost_its_end_is_refused(course, left):
    library = disturbed(course, "update")
    path = library.folder / "library.db"
    os.truncate(path, int(path.stat().st_size * left))

    with pytest.raises(LibraryProblem):
        contents(library)


def test_a_database_that_is_gone_is_no_library(course):
    library = disturbed(course, "update")
    (library.folder / "library.db").unlink()

    with pytest.raises(LibraryProblem, match="there is no library"):
        answers(library)


def test_a_bit_that_flips_in_the_words_of_a_passage_is_refused(course):
    library = disturbed(course, "update")
    with sqlite3.connect(library.folder / "library.db") as connection:
        num, text = connection.execute("SELECT num, text FROM passages ORDER BY num LIMIT 1").fetchone()
        flipped = text[:9] + bytes([text[9] ^ 1]) + text[10:]
        connection.execute("UPDATE passages SET text = ? WHERE num = ?", (flipped, num))
    connection.close()

    with pytest.raises(LibraryDamaged, match="aren't those that were stored"):
        answers(library)
