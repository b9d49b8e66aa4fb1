"""Indexing as the command line does it: find the inputs, show the progress, report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from service.settings import Settings

if TYPE_CHECKING:
    from corpus.isolation import IsolatedReader
    from corpus.quarantine import BadRecord
    from indexes.ledger import BatchReport
    from rag.types import Document
    from service.progress import Shown


def index_inputs(
    settings: Settings,
    paths: Sequence[Path],
    *,
    recursive: bool,
    retry_quarantined: bool,
    rebuild: bool,
    manifest: Path | None = None,
) -> BatchReport:
    """Bring the library up to date with `paths`, after embedding it anew where `rebuild` asks for that.

    Raises:
        InputError: a path isn't there, or the manifest can't be used.
        LibraryProblem: the library can't be written.
    """
    from corpus.isolation import IsolatedReader
    from corpus.manifests import Manifests
    from corpus.reading import find_inputs
    from indexes import build
    from service.progress import shown_progress
    from service.refreshing import refresh_answers
    from service.wiring import load_model, open_library, pipeline_over

    inputs, manifests = find_inputs(paths, recursive), Manifests(manifest)
    with IsolatedReader() as reader, shown_progress() as progress:  # it starts while the model is loaded
        library, embedder = open_library(settings), load_model(settings)
        if rebuild:
            outcome = build.rebuild(library, embedder, progress=progress)
        if inputs or not rebuild:
            outcome = build.index_paths(
                library,
                inputs,
                embedder,
                retry_quarantined=retry_quarantined,
                progress=progress,
                read=partial(_shown, progress, reader),
                manifests=manifests,
            )
    refresh_answers(settings, library, lambda: pipeline_over(library, embedder))
    return outcome


def _shown(progress: Shown, reader: IsolatedReader, path: Path) -> Iterator[Document | BadRecord]:
    progress.file(path)
    return reader.read(path)
