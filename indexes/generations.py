"""Making a batch's changes the next generation of the library."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from indexes import caches
from indexes.batch import Batch
from indexes.caches import Change
from indexes.library import Snapshot
from indexes.manifest import Stamp
from indexes.vector_store import Progress, drop_unused
from rag.types import Embedder


def advance(
    folder: Path,
    batch: Batch,
    before: Snapshot,
    progress: Progress,
    embedder: Embedder | None = None,
    *,
    anew: bool = False,
) -> None:
    """Number the generation that `batch` makes and put its caches in place, before the caller commits.

    So a reader of any committed generation always finds its caches. A batch that changed nothing
    makes no generation.

    Args:
        folder: the library's folder.
        batch: all of whose changes are made, in an open transaction.
        before: the generation that it changes.
        progress: told before the caches are made and before the caller commits.
        embedder: its model becomes the library's; None: the library keeps its own.
        anew: make the caches and the generation from the library, whatever the batch changed.
    """
    drop_unused(batch.connection, batch.loose_keys)
    if not batch.changed and not anew:
        return
    if embedder is not None:
        _set_model(batch.connection, embedder)
    stamp = _number(batch, before, before.stamp.dim if embedder is None else embedder.dim)
    change = None if anew else Change(before.stamp, sorted(batch.removed), sorted(batch.added))
    progress("publishing", 0, 1)
    caches.publish(folder, batch.connection, stamp, change)
    progress("committing", 0, 1)


def _set_model(connection: sqlite3.Connection, embedder: Embedder) -> None:
    rows = [("model", embedder.name), ("dim", str(embedder.dim))]
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)


def _number(batch: Batch, before: Snapshot, dim: int) -> Stamp:
    documents = batch.connection.execute("SELECT count(*) FROM documents").fetchone()[0]
    # Reckoned: counting a million takes longer than adding a few. A cache of another size is refused.
    passages = before.stamp.passages + len(batch.added) - len(batch.removed)
    stamp = Stamp(before.stamp.generation + 1, token_hex(16), passages, dim)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    row = (stamp.generation, stamp.token, now, documents, passages)
    batch.connection.execute("INSERT INTO generations VALUES (?, ?, ?, ?, ?)", row)
    return stamp
