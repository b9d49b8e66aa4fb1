"""The same document from several doors, and what documents say of each other. All are made up."""

from __future__ import annotations

from datetime import date

import pytest
from library_kit import ids, index, paper, write

from indexes.build import remove_documents
from indexes.ledger import FileState
from rag.errors import InputError
from rag.types import Design, Link, LinkKind, Population, Status


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
        (paper(1, "One."), paper(1, "Two words."), "Two words."),
        (paper(1, "Two words."), paper(1, "One."), "Two words."),
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
            paper(2, "Two words.", aliases=("doi:10.1/made-up",)),
            "Two words.",
        ),
        (
            paper(1, "One.", aliases=("doi:10.1/MADE-up",)),
            paper(2, "Two words.", aliases=("doi:10.1/made-UP",)),
            "Two words.",
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
    first, second = write(tmp_path / "a", paper(1, "One.")), write(tmp_path / "b", paper(1, "Two words."))

    report = index(library, first, second)

    assert [one.state for one in report.files] == [FileState.INDEXED, FileState.REVISED]
    assert library.document("ref:made-up-1").sections[0].text == "Two words."


def test_two_records_of_one_document_in_one_file_keep_the_ids_of_both(library, tmp_path):
    file = write(tmp_path / "a", paper(1, aliases=("ref:made-up-2",)), paper(2))

    index(library, file)

    assert library.document("ref:made-up-1") == library.document("ref:made-up-2")
    assert library.coverage().documents == 1


def test_a_record_that_names_two_documents_makes_them_one(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)), write(tmp_path / "b", paper(2)))

    index(library, write(tmp_path / "c", paper(3, aliases=("ref:made-up-1", "ref:made-up-2"))))

    assert library.coverage().documents == 1
    assert library.document("ref:made-up-1") == library.document("ref:made-up-2")
    assert library.document("ref:made-up-1") == library.document("ref:made-up-3")


def test_a_wrong_alias_goes_when_its_only_file_no_longer_gives_it(library, tmp_path):
    file = write(tmp_path / "a", paper(1, aliases=("doi:10.1/wrong",)))
    index(library, file)

    index(library, write(file, paper(1)))

    with pytest.raises(InputError, match=r"doi:10\.1/wrong"):
        library.document("doi:10.1/wrong")


def test_a_link_reaches_a_document_whatever_the_case_of_its_doi(library, tmp_path):
    link = Link(LinkKind.RETRACTS, "doi:10.1/MADE-up")
    index(library, write(tmp_path / "a", paper(1, aliases=("doi:10.1/made-UP",))))

    index(library, write(tmp_path / "b", paper(2, links=(link,), design=Design.NOTICE)))

    assert library.document("DOI:10.1/Made-Up").status is Status.RETRACTED


def test_groups_that_a_record_names_stand_before_inferred_ones(library, tmp_path):
    inferred = paper(1, "One.", populations=frozenset({Population.CHILD}), populations_inferred=True)
    named = paper(1, "Two words.", populations=frozenset({Population.ADULT}))

    index(library, write(tmp_path / "a", inferred, named))

    kept = library.document("ref:made-up-1")
    assert (kept.populations, kept.populations_inferred) == ({Population.ADULT}, False)
