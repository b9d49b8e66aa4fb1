"""Lists of notices: they reach papers that are there and papers that come later. All but the last are made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from library_kit import index, paper, write

from corpus.retraction_watch import Notice, NoticeList, read_notices
from indexes.build import remove_documents
from indexes.currency import import_notices, last_checks, record_check, who_says
from rag.errors import InputError
from rag.types import Link, LinkKind, Section, Status

DAY = date(2026, 11, 24)
RETRACTED, CONCERN = LinkKind.RETRACTED_BY, LinkKind.CONCERN_BY
REINSTATED, CORRECTED = LinkKind.REINSTATED_BY, LinkKind.CORRECTED_BY


def notice(kind=RETRACTED, *papers, year=2020):
    return Notice(kind, papers or ("ref:made-up-1",), "doi:10.1/notice", date(year, 5, 1), "Error in Data")


def take_in(library, *notices, source="Made Up Watch", **options):
    return import_notices(library, source, NoticeList(notices, 0, ""), DAY, **options)


def status(library, name="ref:made-up-1"):
    return library.document(name).status


def test_a_list_reaches_a_paper_that_is_there_and_makes_a_generation(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)))

    report = take_in(library, notice())

    assert status(library) is Status.RETRACTED
    assert report.changed == (("ref:made-up-1", Status.CURRENT, Status.RETRACTED),)
    assert (report.papers, report.generation, library.coverage().generation) == (1, 2, 2)


def test_a_list_reaches_a_paper_that_comes_later(library, tmp_path):
    take_in(library, notice())

    report = index(library, write(tmp_path / "a", paper(1)))

    assert status(library) is Status.RETRACTED
    assert report.excluded == 1


def test_a_list_that_changes_no_status_makes_no_generation(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)))
    take_in(library, notice())

    assert take_in(library, notice(), notice(CORRECTED)).generation == 2


def test_a_paper_is_found_by_either_of_its_ids_in_any_case(library, tmp_path):
    index(
        library, write(tmp_path / "a", paper(1, aliases=("doi:10.1/PAPER",)), paper(2, aliases=("pmid:7",)))
    )

    take_in(library, notice(RETRACTED, "doi:10.1/paper"), notice(RETRACTED, "doi:10.1/none", "pmid:7"))

    assert [status(library), status(library, "pmid:7")] == [Status.RETRACTED] * 2


def test_a_later_list_of_the_same_source_replaces_the_earlier(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1), paper(2)))
    take_in(library, notice(), notice(RETRACTED, "ref:made-up-2"))

    take_in(library, notice(RETRACTED, "ref:made-up-2"))

    assert [status(library), status(library, "ref:made-up-2")] == [Status.CURRENT, Status.RETRACTED]


def test_a_list_of_another_source_replaces_nothing(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)))
    take_in(library, notice())

    take_in(library, notice(CORRECTED), source="Another list")

    assert status(library) is Status.RETRACTED
    assert [one.source for one in last_checks(library)] == ["Another list", "Made Up Watch"]


@pytest.mark.parametrize(
    ("years", "due"),
    [((2020, 2021), Status.CURRENT), ((2020, 2020), Status.CURRENT), ((2022, 2021), Status.RETRACTED)],
)
def test_a_reinstatement_undoes_a_retraction_that_is_no_later(library, tmp_path, years, due):
    index(library, write(tmp_path / "a", paper(1)))

    take_in(library, notice(year=years[0]), notice(REINSTATED, year=years[1]))

    assert status(library) is due


def test_a_reinstatement_undoes_what_the_record_states(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1, status=Status.RETRACTED)))

    take_in(library, notice(REINSTATED))

    assert status(library) is Status.CURRENT


def test_the_gravest_notice_counts(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)))

    take_in(library, notice(CORRECTED), notice(CONCERN))

    assert status(library) is Status.CONCERN


def test_a_list_cut_short_is_refused_and_changes_nothing(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)))
    take_in(library, *[notice(RETRACTED, f"ref:made-up-{number}") for number in (1, 2, 3)])

    with pytest.raises(InputError, match="cut short"):
        take_in(library, notice(RETRACTED, "ref:made-up-3"))

    assert status(library) is Status.RETRACTED
    take_in(library, notice(RETRACTED, "ref:made-up-3"), fewer=True)
    assert status(library) is Status.CURRENT


def test_it_is_known_who_says_so_and_when(library, tmp_path):
    link = Link(LinkKind.RAISES_CONCERN, "ref:made-up-1")
    index(
        library, write(tmp_path / "a", paper(1, links=(Link(CORRECTED, "pmid:9"),)), paper(2, links=(link,)))
    )
    take_in(library, notice())

    said = who_says(library, "ref:made-up-1")

    assert [(one.kind, one.notice, one.source, one.checked) for one in said] == [
        (CORRECTED, "pmid:9", "its own record", None),
        (CONCERN, "ref:made-up-2", "ref:made-up-2", None),
        (RETRACTED, "doi:10.1/notice", "Made Up Watch", DAY),
    ]
    assert (said[-1].dated, said[-1].reason) == (date(2020, 5, 1), "Error in Data")


def test_what_a_list_says_outlasts_the_removal_of_the_paper(library, tmp_path):
    file = write(tmp_path / "a", paper(1))
    index(library, file)
    take_in(library, notice())
    remove_documents(library, ["ref:made-up-1"])

    index(library, file)

    assert status(library) is Status.RETRACTED


def test_a_source_whose_records_come_by_the_batch_is_recorded_as_looked_at(library):
    record_check(library, "PubMed", DAY)

    assert [(one.source, one.checked) for one in last_checks(library)] == [("PubMed", DAY)]


TITLE = "A made-up randomised comparison of dromedaril with placebo for night cramps"


def version(number, year, **fields):
    from rag.types import PublicationDate

    return paper(number, title=TITLE, authors=("Doe JA",), published=PublicationDate(year), **fields)


@pytest.mark.parametrize("preprint_first", [True, False])
def test_a_preprint_is_superseded_once_its_published_version_is_there_and_no_longer(
    library, tmp_path, preprint_first
):
    preprint = write(tmp_path / "a", version(1, 2020, journal="medRxiv"))
    published = write(tmp_path / "b", version(2, 2021, journal="Made Up J"))
    for file in (preprint, published) if preprint_first else (published, preprint):
        index(library, file)

    assert status(library) is Status.SUPERSEDED
    assert status(library, "ref:made-up-2") is Status.CURRENT
    assert [one.notice for one in who_says(library, "ref:made-up-1")] == ["ref:made-up-2"]
    remove_documents(library, ["ref:made-up-2"])
    assert status(library) is Status.CURRENT


def test_a_preprint_that_names_its_published_version_needs_no_title(library, tmp_path):
    link = Link(LinkKind.PREPRINT_OF, "ref:made-up-2")
    index(library, write(tmp_path / "a", paper(1, links=(link,))))
    alone = status(library)

    index(library, write(tmp_path / "b", paper(2)))

    assert [alone, status(library)] == [Status.CURRENT, Status.SUPERSEDED]


def test_every_paper_of_the_real_sample_gets_the_status_that_is_due(library, tmp_path, shared):
    listed = read_notices(Path(shared, "data/retractions/retraction_watch_sample_given.csv"))
    due: dict[str, set[LinkKind]] = {}
    for one in listed.notices:
        due.setdefault(one.papers[0].casefold(), set()).add(one.kind)
    shells = [paper(n, id=name, sections=(Section("", f"{n}"),)) for n, name in enumerate(due)]
    index(library, write(tmp_path / "a", *(shell for shell in shells[::2])))

    import_notices(library, "Retraction Watch", listed, DAY)
    index(library, write(tmp_path / "b", *(shell for shell in shells[1::2])))

    wrong = {name: status(library, name) for name in due if not _right(status(library, name), due[name])}
    assert (len(due), wrong) == (1418, {})


def _right(found, kinds):
    if REINSTATED in kinds:
        return found is not Status.RETRACTED
    order = ((RETRACTED, Status.RETRACTED), (CONCERN, Status.CONCERN), (CORRECTED, Status.CORRECTED))
    return found is next(given for kind, given in order if kind in kinds)
