"""The library as readers and writers see it. Every document is made up."""

from __future__ import annotations

import subprocess
import sys

import pytest
from library_kit import CountingEmbedder, index, paper, write

from indexes.candidates import CandidateSearch
from indexes.library import Library
from indexes.lock import writer_lock
from indexes.schema import DATABASE
from rag.errors import InputError, LibraryDamaged, LibraryLocked, LibraryProblem
from rag.types import Design, PublicationDate, Status


def test_a_library_that_is_not_there_names_the_command_that_makes_it(library):
    for ask in (library.coverage, library.status, lambda: library.document("ref:x")):
        with pytest.raises(LibraryProblem, match="vouch index PATH"):
            ask()


def test_a_document_is_found_by_any_of_its_ids_whole(library, tmp_path):
    document = paper(1, aliases=("doi:10.1/made-up",), authors=("Made A",), source_path="a")
    index(library, write(tmp_path / "a", document))

    assert library.document("doi:10.1/made-up") == document
    assert library.document("ref:made-up-1") == document


def test_an_unknown_id_is_named(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)))

    with pytest.raises(InputError, match="'pmid:0'"):
        library.passages_of("pmid:0")


def test_the_passages_of_a_document_come_in_the_order_of_its_text(library, tmp_path):
    text = "\n\n".join(f"Paragraph {number} is {'long ' * 150}" for number in range(5))
    file = write(tmp_path / "a", paper(1, text))
    index(library, file)

    index(library, write(file, paper(1, f"{'New start. ' * 60}\n\n{text}")))

    found = library.passages_of("ref:made-up-1")
    assert [passage.start for passage in found] == sorted(passage.start for passage in found)
    assert all(f"{'New start. ' * 60}\n\n{text}"[p.start : p.end] == p.text for p in found)


def test_the_status_counts_what_is_there(library, tmp_path):
    file = write(
        tmp_path / "a",
        paper(1),
        paper(2, published=PublicationDate(1999, 3), design=Design.GUIDELINE),
        paper(3, published=None, status=Status.RETRACTED),
    )
    index(library, file, write(tmp_path / "b", broken=["{"]))

    status = library.status()

    assert (status.coverage.generation, status.coverage.documents, status.coverage.passages) == (1, 3, 3)
    assert status.by_status == {Status.CURRENT: 2, Status.RETRACTED: 1}
    assert status.by_design == {Design.COHORT: 2, Design.GUIDELINE: 1}
    assert (status.years, status.undated) == ((1999, 2020), 1)
    assert status.inputs == {"indexed": 1, "quarantined": 1}
    assert [report.path for report in status.quarantined] == [str(tmp_path / "b")]
    assert (status.model, status.dim) == ("counting", 32)
    assert status.database_bytes > 0
    assert status.cache_bytes > 0


def test_a_second_writer_is_told_who_writes_while_readers_go_on(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)))

    with writer_lock(library.folder):
        with pytest.raises(LibraryLocked, match=r"process \d+ on .* since .*; wait"):
            index(library, write(tmp_path / "b", paper(2)))
        found = CandidateSearch(library, CountingEmbedder()).search(["steroids"]).found

    assert len(found) == 1
    assert index(library, tmp_path / "b").indexed == 1


def test_the_lock_of_a_process_that_died_is_free(library, tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from indexes.lock import writer_lock\n"
        "with writer_lock(Path(sys.argv[1])): os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(library.folder)], check=False)

    assert index(library, write(tmp_path / "a", paper(1))).indexed == 1


def test_a_reader_during_a_batch_stays_on_its_generation(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)))

    with library.reading() as now:
        index(library, write(tmp_path / "b", paper(2)))
        documents = now.connection.execute("SELECT count(*) FROM documents").fetchone()[0]

    assert (now.coverage.generation, documents) == (1, 1)
    assert library.coverage().generation == 2


def test_a_batch_that_is_being_written_is_not_seen(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)))
    search = CandidateSearch(library, CountingEmbedder())
    seen = []

    def looking(stage, done, total):
        seen.append(search.search(["study"]))

    index(library, write(tmp_path / "b", paper(2)), progress=looking)

    assert {candidates.coverage.generation for candidates in seen} == {1}
    assert {len(candidates.found) for candidates in seen} == {1}
    assert len(search.search(["study"]).found) == 2


def test_a_file_that_is_no_database_is_told_so(library):
    library.folder.mkdir(parents=True)
    (library.folder / DATABASE).write_bytes(b"made-up rubbish " * 100)

    with pytest.raises(LibraryDamaged, match="damaged"):
        library.coverage()


def test_a_library_of_another_format_is_refused(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)))
    with library.writing() as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'format'")

    with pytest.raises(LibraryProblem, match="format '99'"):
        library.coverage()


def test_a_folder_with_odd_characters_can_hold_a_library(tmp_path):
    library = Library(tmp_path / "a b?c#d%20é")

    index(library, write(tmp_path / "a", paper(1)))

    assert library.coverage().documents == 1


def test_reading_the_status_loads_no_search_engine(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)))
    code = (
        "import sys; from pathlib import Path; from indexes.library import Library\n"
        "library = Library(Path(sys.argv[1])); library.status(); library.document('ref:made-up-1')\n"
        "print({'faiss', 'tantivy', 'llama_index', 'torch', 'onnxruntime', 'lxml', 'filelock'} & set(sys.modules))"
    )

    shown = subprocess.run(
        [sys.executable, "-c", code, str(library.folder)], check=True, capture_output=True, text=True
    )

    assert shown.stdout.strip() == "set()"
