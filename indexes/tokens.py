"""Texts as the default model's tokens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

MOST = 256  # tokens of a text that count


class Tokens:
    """The default model's tokenizer; a text longer than `MOST` tokens is cut, none is padded."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.enable_truncation(MOST)
        self._tokenizer.no_padding()

    def of(self, texts: Sequence[str]) -> list[list[int]]:
        """The token ids of each text."""
        found = self._tokenizer.encode_batch_fast([encodable(text) for text in texts])
        return [encoding.ids for encoding in found]


def encodable(text: str) -> str:
    """`text` with lone surrogates, which tokenizers refuse, as question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
