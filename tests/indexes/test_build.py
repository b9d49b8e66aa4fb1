"""Batches: what becomes of files, documents and embeddings. Every document is made up."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from library_kit import CountingEmbedder, ids, index, lexical_ids, paper, write

from indexes.build import rebuild, remove_documents
from indexes.ledger import FileState
from indexes.library import Library
from rag.errors import InputError, LibraryProblem, ModelMismatch, ModelUnavailable
from rag.types import Design, Link, LinkKind, Status


def test_indexing_twice_embeds_nothing_the_second_time(library, tmp_path):
    embedder = CountingEmbedder()
    file = write(tmp_path / "a", paper(1), paper(2))
    index(library, file, embedder=embedder)
    embedder.embedded.clear()

    again = index(library, file, embedder=embedder)

    assert embedder.embedded == []
    assert [report.state for report in again.files] == [FileState.UNCHANGED]
    assert again.generation == 1


def test_an_edited_document_is_found_by_its_new_text_and_not_by_its_old(library, tmp_path):
    file = write(tmp_path / "a", paper(1, "Embolisation was tried."), paper(2))
    index(library, file)

    write(file, paper(1, "Laminectomy was tried."), paper(2))
    report = index(library, file)

    assert report.files[0].state is FileState.REVISED
    assert lexical_ids(library, "laminectomy") == ["ref:made-up-1"]
    assert lexical_ids(library, "embolisation") == []
    assert len(library.passages_of("ref:made-up-1")) == 1


def test_an_edit_embeds_only_the_text_that_is_new(library, tmp_path):
    embedder = CountingEmbedder()
    file = write(tmp_path / "a", paper(1), paper(2))
    index(library, file, embedder=embedder)
    embedder.embedded.clear()

    index(library, write(file, paper(1, "Quite new."), paper(2)), embedder=embedder)

    assert embedder.embedded == ["Made-up study 1\nResults\nQuite new."]


def test_a_removed_document_is_gone_and_its_number_is_never_used_again(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1, "Embolisation."), paper(2)))
    numbers_before = _passage_numbers(library)

    removed = remove_documents(library, ["ref:made-up-1", "ref:made-up-2"])
    index(library, write(tmp_path / "b", paper(3)))

    assert removed == ("ref:made-up-1", "ref:made-up-2")
    assert ids(library, "embolisation") == ["ref:made-up-3"]
    assert min(_passage_numbers(library)) > max(numbers_before)


def test_removing_an_unknown_document_removes_none(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)))

    with pytest.raises(InputError, match="ref:nobody"):
        remove_documents(library, ["ref:made-up-1", "ref:nobody"])

    assert library.coverage().documents == 1


def test_the_file_of_a_removed_document_brings_it_back(library, tmp_path):
    file = write(tmp_path / "a", paper(1), paper(2))
    index(library, file)
    remove_documents(library, ["ref:made-up-1"])

    report = index(library, file)

    assert report.files[0].state is FileState.INDEXED
    assert library.document("ref:made-up-1").title == "Made-up study 1"


def test_a_removed_document_leaves_no_vector_behind(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1), paper(2)))

    remove_documents(library, ["ref:made-up-1"])

    assert _count(library, "vectors") == 1


def test_a_document_that_its_file_no_longer_holds_is_removed(library, tmp_path):
    file = write(tmp_path / "a", paper(1), paper(2))
    index(library, file)

    report = index(library, write(file, paper(2)))

    assert report.files[0].state is FileState.REVISED
    assert ids(library, "study") == ["ref:made-up-2"]


def test_a_document_that_another_file_holds_as_well_stays(library, tmp_path):
    file = write(tmp_path / "a", paper(1), paper(2))
    index(library, file, write(tmp_path / "b", paper(1)))

    index(library, write(file, paper(2)))

    assert library.document("ref:made-up-1")


def test_a_file_that_can_be_read_in_part_removes_nothing(library, tmp_path):
    file = write(tmp_path / "a", paper(1), paper(2))
    index(library, file)

    index(library, write(file, paper(2), broken=["{"]))

    assert library.coverage().documents == 2


def test_broken_records_are_named_and_the_good_ones_indexed(library, tmp_path):
    report = index(library, write(tmp_path / "a", paper(1), broken=["{", "["]))

    assert report.files[0].state is FileState.INDEXED
    assert report.files[0].reason == "2 of 3 records unreadable: line 2: no JSON; line 3: no JSON"
    assert report.files[0].documents == ("ref:made-up-1",)


def test_a_file_in_quarantine_is_read_again_on_request_or_when_it_changes(library, tmp_path):
    file = tmp_path / "a"
    file.write_text("unreadable")

    first = index(library, file)
    skipped = index(library, file)
    retried = index(library, file, retry_quarantined=True)
    mended = index(library, write(file, paper(1)))

    states = [report.files[0].state for report in (first, skipped, retried, mended)]
    assert states == [FileState.QUARANTINED] * 3 + [FileState.INDEXED]
    assert [report.files[0].attempts for report in (first, skipped, retried, mended)] == [1, 1, 2, 1]
    assert skipped.files[0].reason == "a made-up fault of the whole file"
    assert library.status().quarantined == ()


def test_a_file_that_breaks_keeps_the_documents_that_it_brought(library, tmp_path):
    file = write(tmp_path / "a", paper(1))
    index(library, file)
    file.write_text("unreadable")

    index(library, file)

    assert library.document("ref:made-up-1")
    assert [report.path for report in library.status().quarantined] == [str(file)]


def test_a_fault_of_a_reader_costs_only_its_file(library, tmp_path):
    def failing(path):
        if path.name == "bad":
            raise RecursionError("too deep")
        yield paper(1)

    good, bad = write(tmp_path / "good"), write(tmp_path / "bad")
    report = index(library, bad, good, read=failing)

    assert [one.state for one in report.files] == [FileState.QUARANTINED, FileState.INDEXED]
    assert "RecursionError" in report.files[0].reason


def test_half_a_surrogate_pair_is_a_broken_record(library, tmp_path):
    file = write(tmp_path / "a", paper(1, "Half: \ud800"), paper(2))

    report = index(library, file)

    assert "surrogate" in report.files[0].reason
    assert ids(library, "steroids") == ["ref:made-up-2"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.lists(st.sampled_from(["good", "same", "bad", "broken", "retracted", "missing"]), max_size=6))
def test_the_states_add_up_to_the_inputs(tmp_path_factory, kinds):
    folder = tmp_path_factory.mktemp("inputs")
    library = Library(folder / "library")
    paths = [_made(folder / f"{number}-{kind}", kind, number) for number, kind in enumerate(kinds)]

    for _ in range(2):
        report = index(library, *paths)

        total = report.indexed + report.revised + report.unchanged + report.quarantined + report.excluded
        assert total == report.inputs == len(kinds)
        assert [one.path for one in report.files] == [str(path) for path in paths]


def test_a_retracted_document_is_kept_searchable_and_its_file_excluded(library, tmp_path):
    report = index(library, write(tmp_path / "a", paper(1, status=Status.RETRACTED)))

    assert (report.files[0].state, report.files[0].reason) == (
        FileState.EXCLUDED,
        "ref:made-up-1 is retracted",
    )
    assert ids(library, "steroids") == ["ref:made-up-1"]


def test_a_notice_that_comes_later_retracts_a_document_and_goes_with_its_file(library, tmp_path):
    link = Link(LinkKind.RETRACTS, "ref:made-up-1")
    file = write(tmp_path / "b", paper(2, links=(link,), design=Design.NOTICE))
    index(library, write(tmp_path / "a", paper(1)))
    before = library.document("ref:made-up-1").status

    index(library, file)
    during = library.document("ref:made-up-1").status
    remove_documents(library, ["ref:made-up-2"])

    assert [before, during] == [Status.CURRENT, Status.RETRACTED]
    assert library.document("ref:made-up-1").status is Status.CURRENT


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (paper(1, "One."), paper(1, "Two."), "Two."),
        (
            paper(1, "One.", revised=date(2024, 1, 2)),
            paper(1, "Two.", revised=date(2024, 1, 1)),
            "One.",
        ),
        (
            paper(1, "One.", revised=date(2024, 1, 1)),
            paper(1, "Two.", revised=date(2024, 1, 2)),
            "Two.",
        ),
        (paper(1, "One."), paper(1, "Two.", digest=True), "One."),
        (paper(1, "One.", digest=True), paper(1, "Two."), "Two."),
        (
            paper(1, "One.", aliases=("doi:10.1/made-up",)),
            paper(2, "Two.", aliases=("doi:10.1/made-up",)),
            "Two.",
        ),
    ],
)
def test_the_same_document_from_two_doors_is_one(library, tmp_path, first, second, kept):
    index(library, write(tmp_path / "a", first))
    index(library, write(tmp_path / "b", second))

    document = library.document(first.id)
    assert document.sections[0].text == kept
    assert library.document(second.id) == document
    assert library.coverage().documents == 1
    assert {first.id, second.id} <= {document.id, *document.aliases}


def test_the_same_document_from_two_doors_of_one_batch_is_one(library, tmp_path):
    first, second = write(tmp_path / "a", paper(1, "One.")), write(tmp_path / "b", paper(1, "Two."))

    report = index(library, first, second)

    assert [one.state for one in report.files] == [FileState.INDEXED, FileState.REVISED]
    assert library.document("ref:made-up-1").sections[0].text == "Two."


def test_a_record_that_names_two_documents_makes_them_one(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)), write(tmp_path / "b", paper(2)))

    index(library, write(tmp_path / "c", paper(3, aliases=("ref:made-up-1", "ref:made-up-2"))))

    assert library.coverage().documents == 1
    assert library.document("ref:made-up-1").id == library.document("ref:made-up-2").id == "ref:made-up-3"


def test_a_wrong_alias_goes_when_its_only_file_no_longer_gives_it(library, tmp_path):
    file = write(tmp_path / "a", paper(1, aliases=("doi:10.1/wrong",)))
    index(library, file)

    index(library, write(file, paper(1)))

    with pytest.raises(InputError, match=r"doi:10\.1/wrong"):
        library.document("doi:10.1/wrong")


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


def test_the_caches_of_the_last_two_generations_are_kept(library, tmp_path):
    for number in range(4):
        index(library, write(tmp_path / "a", paper(number)))

    assert sorted(path.name for path in (library.folder / "caches").iterdir()) == ["3", "4"]


def _made(path, kind, number):
    match kind:
        case "good":
            return write(path, paper(number))
        case "same":
            return write(path, paper(0))
        case "bad":
            path.write_text("unreadable")
        case "broken":
            path.write_text("{")
        case "retracted":
            return write(path, paper(number, status=Status.RETRACTED))
    return path


def _count(library, table):
    with library.reading() as now:
        return now.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def _passage_numbers(library):
    with library.reading() as now:
        return [row[0] for row in now.connection.execute("SELECT num FROM passages")]
