"""An embedder that remembers: sentences of the library come again with every question about their subject."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256
from threading import Lock

import numpy as np

from rag.types import Embedder, FloatArray

_MOST = 50_000  # vectors; 77 MB of them at 384 dimensions


class RememberingEmbedder:
    """Another embedder whose vectors are kept, the last used ones; for one whose vector of a text is always the same.

    Texts are kept as hashes: they may be questions, which are private.
    """

    def __init__(self, embedder: Embedder, most: int = _MOST) -> None:
        self._embedder = embedder
        self._most = most
        self._known: OrderedDict[bytes, FloatArray] = OrderedDict()
        self._lock = Lock()

    @property
    def name(self) -> str:
        """That of the embedder."""
        return self._embedder.name

    @property
    def dim(self) -> int:
        """That of the embedder."""
        return self._embedder.dim

    def embed(self, texts: list[str]) -> FloatArray:
        """Vectors of `texts` as the embedder gives them, shape (len(texts), dim); it is asked for new ones only."""
        keys = [sha256(text.encode("utf-8", "surrogatepass")).digest()[:16] for text in texts]
        found = self._remembered(keys)
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        if new:
            made = self._embedder.embed(list(new.values()))
            found.update(zip(new, made, strict=True))
            self._remember({key: found[key] for key in new})
        rows = [found[key] for key in keys]
        return np.stack(rows) if rows else self._embedder.embed([])

    def _remembered(self, keys: list[bytes]) -> dict[bytes, FloatArray]:
        with self._lock:
            found = {key: self._known[key] for key in keys if key in self._known}
            for key in found:
                self._known.move_to_end(key)
        return found

    def _remember(self, made: dict[bytes, FloatArray]) -> None:
        with self._lock:
            self._known.update(made)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
