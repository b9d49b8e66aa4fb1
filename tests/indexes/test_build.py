"""Batches: what becomes of files and documents. Every document is made up."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from library_kit import CountingEmbedder, ids, index, lexical_ids, paper, write

from corpus.reading import read as real_read
from indexes.build import remove_documents
from indexes.ledger import FileState
from indexes.library import Library
from rag.errors import InputError
from rag.types import Status


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


def test_a_plain_text_is_indexed_once_a_manifest_says_what_it_is(library, tmp_path):
    text, manifest = tmp_path / "scan.txt", tmp_path / "manifest.csv"
    text.write_text("Twelve of forty made-up patients recovered.\n", encoding="utf-8")
    before = index(library, text, read=real_read).files[0].state
    manifest.write_text("file,title,doi\nscan.txt,A made-up report,10.1000/made-up\n", encoding="utf-8")

    after = index(library, text, read=real_read).files[0].state

    assert (before, after) == (FileState.QUARANTINED, FileState.INDEXED)
    assert ids(library, "recovered") == ["doi:10.1000/made-up"]


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
