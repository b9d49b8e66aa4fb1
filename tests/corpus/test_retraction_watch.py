"""The list of Retraction Watch. Every row in here is made up."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.retraction_watch import read_notices
from rag.errors import InputError
from rag.types import LinkKind

FULL = "Record ID,RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason"
ROW = "1,10/29/2003 0:00,10.1000/n,0,10.1000/p,7,Retraction,+Error in Data;+Plagiarism;"


def read(tmp_path, *lines, encoding="utf-8"):
    path = tmp_path / "list.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return read_notices(path)


def test_a_row_gives_the_ids_of_the_paper_the_notice_its_day_and_the_reason(tmp_path):
    (notice,) = read(tmp_path, FULL, ROW).notices

    assert (notice.kind, notice.papers, notice.notice) == (
        LinkKind.RETRACTED_BY,
        ("doi:10.1000/p", "pmid:7"),
        "doi:10.1000/n",
    )
    assert (notice.dated, notice.reason) == (date(2003, 10, 29), "Error in Data; Plagiarism")


@pytest.mark.parametrize(
    ("nature", "kind"),
    [
        ("Retraction", LinkKind.RETRACTED_BY),
        ("Expression of concern", LinkKind.CONCERN_BY),
        ("Correction", LinkKind.CORRECTED_BY),
        ("REINSTATEMENT ", LinkKind.REINSTATED_BY),
    ],
)
def test_each_nature_is_told_apart(tmp_path, nature, kind):
    listed = read(tmp_path, FULL, ROW.replace(",Retraction,", f",{nature},"))

    assert [one.kind for one in listed.notices] == [kind]


@pytest.mark.parametrize("day", ["2003-10-29", "2003/10/29", "10/29/2003"])
def test_days_are_read_in_every_form(tmp_path, day):
    assert read(tmp_path, FULL, ROW.replace("10/29/2003 0:00", day)).newest == date(2003, 10, 29)


@pytest.mark.parametrize("day", ["", "None", "13/45/2003", "2003"])
def test_a_day_that_is_none_is_unknown(tmp_path, day):
    assert read(tmp_path, FULL, ROW.replace("10/29/2003 0:00", day)).notices[0].dated is None


def test_rows_that_name_no_paper_or_nothing_known_are_counted(tmp_path):
    nameless = ROW.replace("10.1000/p,7", "Unavailable,0")
    unknown = ROW.replace("Retraction,", "Praise,")

    listed = read(tmp_path, FULL, ROW, nameless, unknown, "")

    assert (len(listed.notices), listed.unusable) == (1, 2)


def test_a_list_in_the_encoding_of_a_spreadsheet_is_read(tmp_path):
    listed = read(tmp_path, FULL, ROW.replace("Plagiarism", "Façade"), encoding="cp1252")

    assert listed.notices[0].reason == "Error in Data; Façade"


def test_names_of_columns_may_be_spelt_in_any_way_and_order(tmp_path):
    listed = read(tmp_path, "\ufefforiginal_paper_doi, Retraction Nature", "10.1000/p,Correction")

    assert listed.notices[0].papers == ("doi:10.1000/p",)


def test_a_field_that_never_ends_is_no_list(tmp_path):
    with pytest.raises(InputError, match="no CSV file"):
        read(tmp_path, FULL, 'x,"' + "a" * (2**20 + 10))


def test_the_real_sample_is_read_whole(shared):
    listed = read_notices(shared / "data/retractions/retraction_watch_sample_given.csv")

    assert (len(listed.notices), listed.unusable) == (1437, 0)
    assert all(one.dated for one in listed.notices)
