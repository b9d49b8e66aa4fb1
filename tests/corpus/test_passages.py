"""Documents are cut at sentence ends, exactly and for good."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.passages import LONGEST, TARGET, passages, text_of
from rag.text import sentence_spans
from rag.types import Design, Document, Section

_TEXTS = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.sampled_from(
            ["It fell by 1.5 mg/kg. ", "\n\n", "Größe ≥ 3 cm. ", "word " * 300, "x" * 1500, "A b. " * 60]
        ),
    ),
    max_size=8,
).map("".join)
_SECTIONS = st.lists(st.builds(Section, st.sampled_from(["", "Results", "Methods"]), _TEXTS), max_size=4)
SENTENCE = "The haematoma had gone on the scan that was taken after {} weeks, and the patient walked. "


def made_up(*texts: str, title: str = "A made-up title") -> Document:
    sections = tuple(Section(f"Part {number}", text) for number, text in enumerate(texts))
    return Document(id="ref:made-up", title=title, sections=sections)


def sentences(first: int, last: int) -> str:
    return "".join(SENTENCE.format(number) for number in range(first, last)).strip()


@given(_SECTIONS)
def test_offsets_give_back_the_text_of_every_passage(sections: list[Section]) -> None:
    document = Document(id="ref:made-up", title="A made-up title", sections=tuple(sections))

    found = passages(document)

    whole = text_of(document)
    assert all(whole[passage.start : passage.end] == passage.text for passage in found)


@given(_SECTIONS)
def test_every_word_of_a_document_is_in_a_passage(sections: list[Section]) -> None:
    document = Document(id="ref:made-up", title="A made-up title", sections=tuple(sections))

    found = passages(document)

    for section in sections:
        cut = {passage.text for passage in found if passage.section == section.heading}
        words = section.text.split()
        assert {word for text in cut for word in text.split()} >= {word for word in words if len(word) <= 10}


@given(
    st.lists(st.sampled_from([" ", "\n", ". ", ", ", "\n\n", "\u00a0", "? ", "word", "é 🙂 "]), max_size=600)
)
def test_passages_leave_out_nothing_but_white_space(separators: list[str]) -> None:
    """Numbered words, so that no two passages are equal and collapse."""
    text = "".join(f"N{number}{separator}" for number, separator in enumerate(separators))

    spans = [(passage.start, passage.end) for passage in passages(made_up(text))]

    borders = [0, *(border for span in spans for border in span), len(text)]
    assert borders == sorted(borders)
    assert not any(text[start:end].strip() for start, end in zip(borders[::2], borders[1::2], strict=True))


@given(_SECTIONS)
def test_no_passage_is_longer_than_the_longest(sections: list[Section]) -> None:
    document = Document(id="ref:made-up", title="A made-up title", sections=tuple(sections))

    assert all(0 < len(passage.text) <= LONGEST for passage in passages(document))


def test_a_long_section_is_cut_at_sentence_ends_near_the_target() -> None:
    text = sentences(10, 60)

    found = passages(made_up(text))

    ends = {end for _, end in sentence_spans(text)}
    assert len(found) > 3
    assert {passage.end for passage in found} <= ends
    assert all(TARGET * 0.7 < len(passage.text) <= TARGET for passage in found[:-2])
    assert " ".join(passage.text for passage in found) == text


def test_no_last_passage_is_a_single_sentence() -> None:
    """Whatever the length, the tail takes a sentence from the passage before it, or joins that one."""
    for last in range(24, 60):
        *_, tail = passages(made_up(sentences(10, last)))

        assert len(sentence_spans(tail.text)) > 1


def test_a_paragraph_is_never_cut_while_it_fits() -> None:
    paragraphs = [sentences(first, first + 12) for first in range(10, 70, 12)]

    found = passages(made_up("\n\n".join(paragraphs)))

    assert TARGET < len(paragraphs[0]) <= LONGEST
    assert [paragraph for passage in found for paragraph in passage.text.split("\n\n")] == paragraphs


def test_a_sentence_that_is_too_long_is_cut_at_a_clause_end() -> None:
    text = "One clause of a sentence without an end, " * 50

    first, *_ = passages(made_up(text))

    assert first.text.endswith("end,")


def test_a_word_without_an_end_is_cut_at_the_limit() -> None:
    found = passages(made_up("".join(chr(0x4E00 + number) for number in range(3000))))

    assert [len(passage.text) for passage in found] == [1200, 1200, 600]


def test_ids_stay_when_another_section_changes() -> None:
    before = made_up(sentences(10, 40), sentences(40, 50))
    after = replace(
        before, sections=(Section("Part 0", "Something else."), before.sections[1]), title="Another"
    )

    kept = {passage.id for passage in passages(before) if passage.section == "Part 1"}

    assert kept == {passage.id for passage in passages(after) if passage.section == "Part 1"}


def test_ids_before_the_change_stay_when_a_text_is_continued() -> None:
    before, after = passages(made_up(sentences(10, 40))), passages(made_up(sentences(10, 50)))

    assert [passage.id for passage in after][: len(before) - 2] == [passage.id for passage in before][:-2]


def test_the_id_is_made_of_the_document_the_section_and_the_text() -> None:
    (passage,) = passages(made_up("It went away."))

    hashed = sha256(b"Part 0\nIt went away.").hexdigest()
    assert passage.id == f"ref:made-up#{hashed[:16]}"
    assert passage.document_id == "ref:made-up"


def test_equal_passages_of_one_section_collapse_to_the_first() -> None:
    document = Document(
        id="ref:made-up",
        title="Twice",
        sections=(Section("Results", "It fell."), Section("Results", "It fell.")),
    )

    (passage,) = passages(document)

    assert passage.start == 0


def test_a_document_without_text_gives_its_title() -> None:
    (passage,) = passages(made_up(title="Resorption of a made-up haematoma"))

    assert (passage.section, passage.text, passage.start) == ("Title", "Resorption of a made-up haematoma", 0)


def test_a_notice_without_text_gives_nothing() -> None:
    notice = replace(made_up(title="Retraction: a made-up paper"), design=Design.NOTICE)

    assert passages(notice) == ()


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\n \n\t\n"])
def test_a_section_without_words_gives_nothing(text: str) -> None:
    assert passages(made_up(text)) == ()
