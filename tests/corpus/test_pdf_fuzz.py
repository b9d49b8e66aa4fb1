"""Damaged PDFs: whatever is cut off or turned over, the reader gives a document or a reason, in time."""

from __future__ import annotations

import io
import random
import time

import pytest
from made_up_pdf import At, column, pdf, scan

from corpus import pdf as reader
from corpus.quarantine import BadRecord
from rag.errors import UnreadableInput
from rag.types import Document

PAGE = [
    At(60, 740, "Dromedaril for cramps", 18),
    *column(
        60, 700, ["The trial of dromedaril took place in nine hospitals.", "All papers here are made up."]
    ),
]
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a doi="10.5555/made.up.1">10.5555/made.up.1</a></x:xmpmeta>'
EACH = 125
SECONDS = 5.0


def kinds() -> dict[str, bytes]:
    text = pdf([PAGE, PAGE]).getvalue()
    return {
        "text": text,
        "metadata": text + b"\n" + XMP + b"\n" + text[text.rindex(b"startxref") :],
        "scan": scan(pdf([PAGE]), dots_an_inch=20).getvalue(),
        "mixed": text[:-40] + scan(pdf([PAGE]), dots_an_inch=20).getvalue(),
    }


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """`whole` cut short, or with one to a hundred bits turned over."""
    if chance.random() < 0.4:
        return whole[: chance.randrange(len(whole))]
    bits = bytearray(whole)
    for _ in range(chance.choice((1, 3, 10, 100))):
        bits[chance.randrange(len(bits))] ^= 1 << chance.randrange(8)
    return bytes(bits)


@pytest.mark.parametrize("kind", kinds())
def test_a_damaged_file_gives_a_document_or_a_reason_in_time(kind: str) -> None:
    whole, chance = kinds()[kind], random.Random(5)

    for _ in range(EACH):
        begun = time.process_time()
        try:
            found = list(reader.read(io.BytesIO(damaged(whole, chance)), "made-up.pdf", lambda: None))
        except UnreadableInput:
            found = []
        assert all(isinstance(one, Document | BadRecord) for one in found)
        assert time.process_time() - begun < SECONDS
