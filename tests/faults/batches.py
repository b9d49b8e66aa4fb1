"""Batches that are put under faults: their inputs, and how each is run. Every document is made up."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus import jsonl
from corpus.quarantine import BadRecord
from indexes import caches, inverted_lists, vector_files, vectors
from indexes.build import index_paths, rebuild, remove_documents
from indexes.embedding import HashingEmbedder
from indexes.library import Library
from indexes.vector_store import Progress
from rag.errors import UnreadableInput
from rag.types import Document

ACTIONS = ("create", "update", "remove", "rebuild")
"""In the order of a library's life: each begins where the one before ended."""

GONE = ("ref:made-up-4", "ref:made-up-9")
"""What `remove` removes."""

_WORDS = (
    "haematoma resorption steroid laminectomy anticoagulant epidural deficit recovery imaging surgery "
    "conservative follow-up placebo cohort warfarin bleeding motor sensory thoracic cervical lumbar acute"
).split()


def run_action(action: str, library: Library, inputs: Path, progress: Progress | None = None) -> None:
    """Run one of `ACTIONS` to its end; `create` and `update` drop their edition of the inputs first."""
    embedder = HashingEmbedder()
    match action:
        case "create" | "update":
            _drop_inputs(inputs, first=action == "create")
            paths = sorted(inputs.iterdir())
            index_paths(library, paths, embedder, read=read, progress=progress, pause=_no_pause)
        case "remove":
            remove_documents(library, GONE, progress=progress)
        case "rebuild":
            rebuild(library, embedder, progress=progress)


@contextmanager
def counted_as(*, large: bool) -> Iterator[None]:
    """Have a few passages count as many where `large`: lists with a table of parts, and what lies beside them."""
    wanted = {
        (vectors, "LISTS_FROM"): 8,
        (vector_files, "LISTS_FROM"): 8,
        (vectors, "BESIDE_LISTS"): 8,
        (inverted_lists, "PROBED"): 1.0,
        (caches, "_LEXICAL_ANEW_UP_TO"): 0,
    }
    usual = {(module, name): getattr(module, name) for module, name in wanted}
    try:
        for (module, name), value in (wanted if large else usual).items():
            setattr(module, name, value)
        yield
    finally:
        for (module, name), value in usual.items():
            setattr(module, name, value)


def read(path: Path) -> Iterator[Document | BadRecord]:
    """Documents of a file of JSON lines, read in this process."""
    with path.open("rb") as stream:
        found = list(jsonl.read(stream, str(path)))
    if not any(isinstance(record, Document) for record in found):
        raise UnreadableInput(f"{path} has no record that can be read")
    yield from found


def _drop_inputs(folder: Path, *, first: bool) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "broken.jsonl").write_text("{unreadable", encoding="utf-8")
    if first:
        _write(folder / "a.jsonl", [_paper(number) for number in range(1, 8)])
        _write(folder / "b.jsonl", [_paper(number) for number in range(8, 11)])
    else:  # revised, gone, new, retracted, and a line that can't be read
        _write(folder / "a.jsonl", [_paper(1), _paper(3, "revised"), _paper(4), _paper(6)])
        _write(folder / "c.jsonl", [_paper(number, size=3) for number in range(11, 15)])
        _write(folder / "d.jsonl", [_notice(20, retracts=10), _paper(7, "revised")], broken=1)


def _paper(number: int, edition: str = "first", size: int = 1) -> dict[str, object]:
    chosen = random.Random(f"{number} {edition}")
    text = "\n\n".join(" ".join(_sentence(chosen) for _ in range(8)) for _ in range(size))
    title = f"Made-up study {number}, {edition} edition"
    return {"id": f"ref:made-up-{number}", "title": title, "text": text, "year": 2000 + number}


def _sentence(chosen: random.Random) -> str:
    return " ".join(chosen.choices(_WORDS, k=9)).capitalize() + "."


def _notice(number: int, retracts: int) -> dict[str, object]:
    link = {"kind": "retracts", "target": f"ref:made-up-{retracts}"}
    return {**_paper(number), "title": "Retraction of a made-up study", "links": [link]}


def _write(path: Path, papers: list[dict[str, object]], broken: int = 0) -> None:
    lines = [json.dumps(paper) for paper in papers] + ["{"] * broken
    path.write_text("\n".join(lines), encoding="utf-8")


def _no_pause(seconds: float) -> None:
    """Wait for nothing: no test waits."""
