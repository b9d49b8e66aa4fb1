"""Vectors by content: what was embedded once is never embedded again."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol

from indexes.embedding import PassageEmbedder
from indexes.packing import packed_vector
from indexes.records import vector_key
from indexes.schema import transaction
from rag.errors import ModelUnavailable
from rag.types import Embedder, FloatArray

TEXTS_A_CALL = 64
_PASSAGES_A_CALL = 512  # some seconds of a fast embedder, which puts those of one length together
_KEYS_A_QUERY = 500  # SQLite takes no more than 999 values on some systems
_PAUSES = (0.2, 1.0)  # seconds before the second and the third attempt


class Progress(Protocol):
    """Told how far a batch has come."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """`stage` is reading, embedding, writing, publishing or committing; `done` of `total` steps of it."""


def embed_missing(
    connection: sqlite3.Connection,
    embedder: Embedder,
    texts: Iterable[str],
    progress: Progress,
    pause: Callable[[float], None] = time.sleep,
) -> set[bytes]:
    """Embed those of `texts` that have no vector yet, and commit each lot as soon as it is made.

    Returns the keys of all of them.

    Raises:
        ModelUnavailable: the model failed three times, or gave values that are no numbers.
        ModelMismatch: the model gave vectors of another length.
    """
    wanted = {vector_key(embedder.name, text): text for text in texts}
    missing = _missing(connection, wanted)
    # By length, so that a lot has texts of few lengths: they share batches, and little is padded.
    missing.sort(key=lambda key: len(wanted[key]))
    done = 0
    for keys in _lots(missing, _PASSAGES_A_CALL if isinstance(embedder, PassageEmbedder) else TEXTS_A_CALL):
        progress("embedding", done, len(missing))
        vectors = _embed(embedder, [wanted[key] for key in keys], pause)
        rows = [(key, packed_vector(vector)) for key, vector in zip(keys, vectors, strict=True)]
        with transaction(connection):
            connection.executemany("INSERT INTO vectors VALUES (?, ?)", rows)
        done += len(keys)
    progress("embedding", done, len(missing))
    return set(wanted)


def drop_unused(connection: sqlite3.Connection, keys: Iterable[bytes]) -> None:
    """Remove those vectors of `keys` that no passage has any more."""
    query = "DELETE FROM vectors WHERE key = ? AND NOT EXISTS (SELECT 1 FROM passages WHERE vector = key)"
    connection.executemany(query, [(key,) for key in keys])


def _missing(connection: sqlite3.Connection, wanted: Mapping[bytes, str]) -> list[bytes]:
    known: set[bytes] = set()
    for keys in _lots(list(wanted), _KEYS_A_QUERY):
        marks = ",".join("?" * len(keys))
        query = f"SELECT key FROM vectors WHERE key IN ({marks})"  # noqa: S608  # marks only
        known.update(row[0] for row in connection.execute(query, keys))
    return [key for key in wanted if key not in known]


def _embed(embedder: Embedder, texts: list[str], pause: Callable[[float], None]) -> FloatArray:
    from indexes.vectors import checked

    made_by = embedder.embed_passages if isinstance(embedder, PassageEmbedder) else embedder.embed
    for attempt in range(len(_PAUSES) + 1):
        try:
            vectors = made_by(texts)
        except (ModelUnavailable, OSError, RuntimeError) as error:
            if attempt == len(_PAUSES):
                raise ModelUnavailable(
                    f"the embedding model {embedder.name!r} failed {attempt + 1} times: {error}; what was "
                    "embedded is kept, so run the same command again once the model works"
                ) from error
            pause(_PAUSES[attempt])
        else:
            return checked(vectors, len(texts), embedder.dim, embedder.name)
    raise AssertionError("unreachable")


def _lots(keys: Sequence[bytes], size: int) -> Iterator[list[bytes]]:
    remaining = iter(keys)
    while lot := list(islice(remaining, size)):
        yield lot
