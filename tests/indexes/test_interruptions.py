"""Batches that are stopped, killed or left by their model. Every document is made up."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from library_kit import CountingEmbedder, ids, index, lexical_ids, paper, write

from indexes.build import rebuild, remove_documents
from indexes.ledger import FileState
from rag.errors import LibraryProblem, ModelMismatch, ModelUnavailable


def test_a_failure_of_the_model_that_passes_is_tried_again(library, tmp_path):
    pauses = []

    report = index(
        library, write(tmp_path / "a", paper(1)), embedder=CountingEmbedder(failures=2), pause=pauses.append
    )

    assert report.files[0].state is FileState.INDEXED
    assert pauses == sorted(pauses)
    assert len(pauses) == 2


def test_a_failure_of_the_model_that_stays_marks_nothing_as_done(library, tmp_path):
    file = write(tmp_path / "a", paper(1))

    with pytest.raises(ModelUnavailable, match="failed 3 times"):
        index(library, file, embedder=CountingEmbedder(failures=3))

    assert library.coverage().documents == 0
    assert index(library, file).files[0].state is FileState.INDEXED


def test_a_batch_that_is_interrupted_leaves_the_old_generation_and_keeps_its_vectors(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)))
    file = write(tmp_path / "b", paper(2, "Embolisation."))

    def interrupting(stage, done, total):
        if stage == "committing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index(library, file, progress=interrupting)

    assert library.coverage().generation == 1
    assert ids(library, "embolisation") == ["ref:made-up-1"]
    embedder = CountingEmbedder()
    assert index(library, file, embedder=embedder).files[0].state is FileState.INDEXED
    assert embedder.embedded == []
    assert lexical_ids(library, "embolisation") == ["ref:made-up-2"]


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {kit!r})
from library_kit import index
from indexes.library import Library

def kill(stage, done, total):
    if stage == {stage!r}:
        os.kill(os.getpid(), signal.SIGKILL)

index(Library(Path({library!r})), Path({file!r}), progress=kill)
"""


@pytest.mark.parametrize("stage", ["writing", "committing"])
def test_a_batch_that_is_killed_leaves_the_old_generation_and_the_next_run_is_right(library, tmp_path, stage):
    index(library, write(tmp_path / "a", paper(1)))
    file = write(tmp_path / "b", paper(2, "Embolisation."))
    kit = Path(__file__).parent
    code = KILLED.format(kit=str(kit), stage=stage, library=str(library.folder), file=str(file))

    killed = subprocess.run([sys.executable, "-c", code], cwd=kit.parents[1], check=False)
    other = index(library, write(tmp_path / "c", paper(3, "Laminectomy.")))

    assert killed.returncode == -signal.SIGKILL
    assert other.generation == 2
    assert lexical_ids(library, "embolisation") == []
    assert lexical_ids(library, "laminectomy") == ["ref:made-up-3"]
    assert index(library, file).files[0].state is FileState.INDEXED
    assert lexical_ids(library, "embolisation") == ["ref:made-up-2"]


def test_a_library_of_another_model_is_refused_by_name(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)))

    with pytest.raises(ModelMismatch, match=r"'counting'.*'other'.*vouch index --rebuild"):
        index(library, write(tmp_path / "b", paper(2)), embedder=CountingEmbedder("other"))


def test_a_rebuild_embeds_everything_with_another_model(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1), paper(2, "Embolisation.")))
    other = CountingEmbedder("other", dim=16)

    rebuild(library, other)

    assert len(other.embedded) == 2
    assert ids(library, "embolisation", embedder=other)[0] == "ref:made-up-2"
    assert (library.status().model, library.status().dim) == ("other", 16)
    assert _count(library, "vectors") == 2


def test_there_is_nothing_to_rebuild_or_remove_in_a_library_that_is_not_there(library):
    for call in (lambda: rebuild(library, CountingEmbedder()), lambda: remove_documents(library, ["ref:x"])):
        with pytest.raises(LibraryProblem, match="vouch index"):
            call()
    assert not library.folder.exists()


def _count(library, table):
    with library.reading() as now:
        return now.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
