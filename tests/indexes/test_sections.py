"""Sections kept without what their passages say. All texts are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library_kit import CountingEmbedder, index, paper, write

import corpus.passages
from corpus.passages import passages
from indexes.build import rebuild
from indexes.sections import packed_sections, unpacked_sections
from rag.errors import LibraryDamaged
from rag.types import Document, Section

TEXTS = st.text(alphabet="ab .\n§é", max_size=60) | st.just("A long made-up sentence of words. " * 60)


def made_up(*texts):
    sections = tuple(Section(f"Part {number}", text) for number, text in enumerate(texts))
    return Document(id="ref:made-up", title="Made up", sections=sections)


def placed(document):
    return [(passage.start, passage.text) for passage in passages(document)]


@given(texts=st.lists(TEXTS, max_size=5))
def test_sections_come_back_as_they_were(texts):
    document = made_up(*texts)

    kept = packed_sections(document, passages(document))

    assert unpacked_sections(kept, placed(document)) == document.sections


def test_what_passages_say_takes_no_room():
    document = made_up(
        *("".join(f"Case {n} of part {part} went well. " for n in range(90)) for part in "abc")
    )

    assert len(packed_sections(document, passages(document))) < 100


def test_passages_of_another_text_are_refused():
    document = made_up("Steroids were of no use.")

    with pytest.raises(LibraryDamaged, match="passages"):
        unpacked_sections(packed_sections(document, passages(document)), [(0, "Steroids were of great use")])


def test_a_document_is_whole_when_a_rebuild_cuts_it_otherwise(library, tmp_path, monkeypatch):
    document = paper(1, "A made-up paragraph of some length. " * 100)
    index(library, write(tmp_path / "a", document))
    monkeypatch.setattr(corpus.passages, "TARGET", 300)

    rebuild(library, CountingEmbedder("other", dim=16))

    assert library.document("ref:made-up-1").sections == document.sections
