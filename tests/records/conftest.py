"""Databases of records to test on: an SQLite file and a PostgreSQL server of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from records_kit import new_postgres_database, postgres_server

from service.records.database import Database


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """The folder of a PostgreSQL server's socket."""
    with postgres_server() as socket:
        yield socket


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of records; each test runs on both kinds."""
    if request.param == "sqlite":
        made = Database.in_file(tmp_path / "home" / "records.db")
    else:
        made = new_postgres_database(request.getfixturevalue("postgres"))
    yield made
    made.close()
