"""Dates say no more than their source."""

from __future__ import annotations

import pytest

from corpus.dates import free_date, iso_date, publication_date


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        (("2019",), "2019"),
        (("2019", "07"), "2019-07"),
        (("2019", "Jul", "3"), "2019-07-03"),
        (("2019", "July"), "2019-07"),
        (("2020", "Apr-Jun"), "2020-04"),
        (("1990", "Spring"), "1990"),
        (("2019", "13"), "2019"),
        (("2019", "Feb", "31"), "2019-02"),
        (("2019", None, "3"), "2019"),
    ],
)
def test_parts_become_a_date_of_their_precision(parts: tuple[str, ...], written: str) -> None:
    assert str(publication_date(*parts)) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1998 Dec-1999 Jan", "1998-12"),
        ("2000 Spring", "2000"),
        ("Fall 2017", "2017"),
        ("2000 Nov-Dec", "2000-11"),
        ("1976-1977", "1976"),
        ("2001 Dec 15-31", "2001-12"),
        ("no date", "None"),
    ],
)
def test_a_date_in_words_gives_its_first_part(text: str, written: str) -> None:
    assert str(free_date(text)) == written


@pytest.mark.parametrize("year", ["", "20l9", "19", "99999", "0000"])
def test_what_is_no_year_is_an_error(year: str) -> None:
    with pytest.raises(ValueError, match="no year"):
        publication_date(year)


@pytest.mark.parametrize("text", ["2019-02-31", "2019-13", "07/03/2019", "soon"])
def test_an_iso_date_must_be_in_the_calendar(text: str) -> None:
    with pytest.raises(ValueError, match=r"calendar|isn't written"):
        iso_date(text)


def test_an_iso_date_keeps_its_precision() -> None:
    assert [str(iso_date(text)) for text in ("2019", "2019-03", "2019-03-07T10:00")] == [
        "2019",
        "2019-03",
        "2019-03-07",
    ]
