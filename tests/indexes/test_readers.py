"""Reading connections that are kept open. Every document is made up."""

from __future__ import annotations

import shutil
import sqlite3

import pytest
from library_kit import index, paper, write

from indexes.library import Library
from indexes.readers import Readers


@pytest.fixture
def readers(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)))
    return Readers(library.folder)


def documents(connection):
    return connection.execute("SELECT count(*) FROM documents").fetchone()[0]


def test_a_connection_is_lent_again_and_never_to_two_at_once(readers):
    with readers.one() as first, readers.one() as second:
        assert first is not second
    with readers.one() as third:
        assert third in {first, second}


def test_between_blocks_it_sees_what_was_written(readers, library, tmp_path):
    with readers.one() as connection:
        before = documents(connection)
    index(library, write(tmp_path / "b", paper(2)))

    with readers.one() as again:
        assert (before, documents(again)) == (1, 2)
        assert again is connection


def test_a_library_that_was_put_in_its_place_is_read(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)))
    other = Library(tmp_path / "other")
    index(other, write(tmp_path / "b", paper(2), paper(3)))
    assert library.coverage().documents == 1

    shutil.rmtree(library.folder)
    shutil.move(other.folder, library.folder)

    assert library.coverage().documents == 2


def test_a_connection_in_which_something_failed_is_not_lent_again(readers):
    with pytest.raises(ZeroDivisionError), readers.one() as connection:
        raise ZeroDivisionError

    with pytest.raises(sqlite3.ProgrammingError):
        documents(connection)
    with readers.one() as other:
        assert documents(other) == 1


def test_it_cannot_write(readers):
    with pytest.raises(sqlite3.OperationalError, match="readonly"), readers.one() as connection:
        connection.execute("DELETE FROM documents")
