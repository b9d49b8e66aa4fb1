"""Plain text that a manifest describes; all of it is made up."""

from __future__ import annotations

import pytest

from corpus.bare_text import is_bare, read_bare
from rag.errors import UnreadableInput

WORDS = (
    "METHODS\n\nForty made-up patients\nwere enrolled.\n\nResults:\nTwelve recovered.\n\nNobody was harmed.\n"
)


def test_paragraphs_stand_under_the_lines_that_are_headings(tmp_path):
    path = tmp_path / "trial.txt"
    path.write_text(WORDS, encoding="utf-8")

    [document] = read_bare(path)

    assert [(section.heading, section.text) for section in document.sections] == [
        ("METHODS", "Forty made-up patients were enrolled."),
        ("Results", "Twelve recovered.\n\nNobody was harmed."),
    ]


def test_a_sentence_that_ends_in_a_colon_after_a_full_stop_is_no_heading(tmp_path):
    path = tmp_path / "trial.txt"
    path.write_text("It was seen in a ratio of 3:1 among them:\nmen.", encoding="utf-8")

    [document] = read_bare(path)

    assert [section.heading for section in document.sections] == [""]


@pytest.mark.parametrize(
    ("content", "bare"),
    [
        (WORDS.encode(), True),
        (WORDS.encode("utf-16"), True),
        (b"<html><body><p>A page.</p></body></html>", False),
        (b"%PDF-1.7 made up", False),
        (b'{"title": "a made-up record"}', False),
        (b"\x00\x01\x02", False),
        (b"", False),
    ],
)
def test_only_text_of_no_format_is_bare(tmp_path, content, bare):
    path = tmp_path / "file"
    path.write_bytes(content)

    assert is_bare(path) is bare


def test_a_file_that_is_not_there_is_not_bare(tmp_path):
    assert not is_bare(tmp_path / "nowhere.txt")


def test_a_file_without_a_word_is_refused(tmp_path):
    path = tmp_path / "blank.txt"
    path.write_text(" \n\n", encoding="utf-8")

    with pytest.raises(UnreadableInput, match="has no text"):
        list(read_bare(path))
