"""The measure of a large library: built, added to, taken from, opened anew and asked, beside plain LlamaIndex."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from indexes.build import remove_documents
from indexes.library import Library
from indexes.schema import DATABASE
from service.fresh_process import printed_by
from service.scale_library import Maker, listing

STEP = 100  # documents that are added and removed
_COMPARED = (5_000, 100_000)  # passages of which plain LlamaIndex is timed too
_REPEATS = 3


@dataclass(frozen=True, slots=True)
class ScaleFigures:
    """What was measured at one size."""

    passages: int
    documents: int
    build_seconds: float
    """Without embedding; of the run that built it."""
    bytes_on_disk: Mapping[str, int]
    """By part."""
    add_seconds: tuple[float, ...]
    """Of `STEP` documents at a time, one after the other."""
    remove_seconds: tuple[float, ...]
    ours: Mapping[str, Any]
    """As `scale_probe.measured` gives it."""
    plain: Mapping[str, Any]
    """As `scale_baselines.plain_measured` gives it; empty where it wasn't asked."""


def scale_bench(
    home: Path, maker: Maker, questions: Sequence[str], sizes: Sequence[int]
) -> tuple[ScaleFigures, ...]:
    """Measure libraries of about `sizes` passages, kept in `home`."""
    asked = home / "questions.txt"
    asked.write_text("\n".join(" ".join(text.split()) for text in questions) + "\n", encoding="utf-8")
    return tuple(_measured(home / f"{size}", maker, size, asked) for size in sizes)


def seconds_on_nothing(home: Path, maker: Maker) -> float:
    """What it takes to put `STEP` of the made documents into an empty library."""
    folder = home / "empty"
    shutil.rmtree(folder, ignore_errors=True)
    _, seconds = maker.build(folder, round(STEP * maker.base.passages_a_document))
    shutil.rmtree(folder)
    return seconds


def _measured(folder: Path, maker: Maker, size: int, asked: Path) -> ScaleFigures:
    library, seconds = maker.build(folder, size)
    built = _built(folder, seconds)
    adding, removing = _changed(library, maker, folder)
    held = library.coverage()
    return ScaleFigures(
        passages=held.passages,
        documents=held.documents,
        build_seconds=built,
        bytes_on_disk=disk_use(library),
        add_seconds=adding,
        remove_seconds=removing,
        ours=printed_by("service.scale_probe", "ours", str(library.folder), str(asked)),
        plain=printed_by("service.scale_probe", "plain", str(library.folder), str(asked))
        if size in _COMPARED
        else {},
    )


def _built(folder: Path, seconds: float) -> float:
    """Seconds of the run that built the library, which later ones find as it is."""
    note = folder / "built.json"
    if not note.exists():
        note.write_text(json.dumps(seconds), encoding="utf-8")
    return float(json.loads(note.read_text(encoding="utf-8")))


def _changed(library: Library, maker: Maker, folder: Path) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Seconds of adding and of removing a hundred documents, a few times; the library ends as it was."""
    start = library.coverage().documents * 10
    adding, removing = [], []
    for turn in range(_REPEATS):
        first = start + turn * STEP
        file = listing(folder, first, STEP)
        began = time.perf_counter()
        maker.add(library, [file])
        adding.append(time.perf_counter() - began)
    for turn in range(_REPEATS):
        first = start + turn * STEP
        names = [f"ref:scale-{number}" for number in range(first, first + STEP)]
        began = time.perf_counter()
        remove_documents(library, names)
        removing.append(time.perf_counter() - began)
    return tuple(adding), tuple(removing)


def disk_use(library: Library) -> dict[str, int]:
    """Bytes by part of the newest generation; a file that two generations share counts once."""
    newest = max((library.folder / "caches").iterdir(), key=lambda path: int(path.name))
    terms = sum(path.stat().st_size for path in (newest / "lexical").iterdir())
    rest = sum(path.stat().st_size for path in newest.iterdir() if path.is_file())
    database = sum(path.stat().st_size for path in library.folder.glob(f"{DATABASE}*"))
    return {"database": database, "vector index": rest, "lexical index": terms}


def as_json(figures: ScaleFigures) -> dict[str, Any]:
    """The figures as a JSON object."""
    return asdict(figures)
