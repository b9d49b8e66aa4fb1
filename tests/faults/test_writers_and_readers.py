"""Two writers, a writer and readers, a disk that can't be written. Every document is made up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from batches import run_action
from library_state import answers, contents
from trials import disturbed

from indexes.lock import writer_lock

ROOT = Path(__file__).absolute().parents[2]
VOUCH = "import sys; sys.argv[0] = 'vouch'; from service.cli import main; main()"


def vouch(home, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "VOUCH_HOME": str(home), "VOUCH_MODEL": "hashing"}
    command = [sys.executable, "-c", VOUCH, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, check=False, timeout=60, text=True)


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "paper.jsonl"
    path.write_text(json.dumps({"id": "ref:made-up", "title": "Made up", "text": "Steroids were of no use."}))
    return path


def test_a_second_writer_is_told_at_once_who_writes_and_exits_with_3(course, paper):
    library = disturbed(course, "update")

    with writer_lock(library.folder):
        second = vouch(library.folder.parent, "index", str(paper))

    assert second.returncode == 3
    assert f"is being written by process {os.getpid()}" in second.stderr
    assert "Traceback" not in second.stderr


def test_readers_get_the_old_generation_until_a_batch_is_done(course):
    library = disturbed(course, "update")
    before = course.generations["update"][0]
    read = []

    def reading(stage, done, total):
        if stage in {"writing", "publishing", "committing"}:
            read.append((contents(library).holds(before.contents), answers(library) in before.answers))

    run_action("update", library, course.inputs, reading)

    assert len(read) > 3
    assert set(read) == {(True, True)}
    assert contents(library) == course.generations["update"][-1].contents


def test_a_full_disk_ends_a_batch_with_3_and_one_line_and_the_library_answers_as_before(
    course, mounted, paper
):
    library = disturbed(course, "update")
    home = mounted("size=1m", library.folder)
    filler = home.parent / "filler"
    _fill(filler)

    full = vouch(home, "index", str(paper))

    assert full.returncode == 3
    assert "Traceback" not in full.stderr
    assert "check free disk space" in full.stderr
    filler.unlink()
    again = vouch(home, "index", str(paper))
    assert again.returncode == 0


def test_a_disk_that_can_only_be_read_answers_and_says_that_it_cant_be_written(course, mounted, paper):
    library = disturbed(course, "update")
    home = mounted("size=4m", library.folder, "remount,ro")

    assert vouch(home, "status").returncode == 0
    refused = vouch(home, "index", str(paper))
    assert refused.returncode == 3
    assert "Traceback" not in refused.stderr


@pytest.fixture
def mounted(tmp_path):
    """Puts a library on a small disk of its own, under the data home that it returns."""
    disk = tmp_path / "disk"
    disk.mkdir()

    def mount(options, library, then=None):
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)], check=False, capture_output=True
        )
        if made.returncode:
            pytest.skip("a small disk can be mounted by root alone")
        home = disk / "home"
        subprocess.run(["cp", "-a", str(library), f"{_made(home)}/library"], check=True)
        if then:
            subprocess.run(["mount", "-o", then, str(disk)], check=True)
        return home

    yield mount
    subprocess.run(["umount", str(disk)], check=False, capture_output=True)


def _made(folder):
    folder.mkdir()
    return folder


def _fill(path):
    try:
        with path.open("wb", buffering=0) as file:
            while file.write(bytes(4096)) == 4096:
                pass
    except OSError:
        return
