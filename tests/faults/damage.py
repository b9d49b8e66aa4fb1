"""Damage to the files of a library, as disks and careless hands do it, and what comes of it."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from batches import counted_as, run_action
from library_state import answers, contents
from trials import Course, disturbed, rebuilds

from indexes.library import Library
from rag.errors import LibraryProblem

BLOCK = 4096
LONGEST = 5.0
"""Seconds within which damage must be mended or refused."""

_NO_DATA = {"writer.lock", "writer.json", ".tantivy-writer.lock", ".tantivy-meta.lock"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one damage."""

    damage: str
    """Kind and file."""
    fate: str
    """`rebuilt` or `refused`; `harmless` where nothing was noticed and nothing was wrong; else `WRONG: …`."""
    seconds: float

    @property
    def wrong(self) -> bool:
        """Whether the promise was broken."""
        return self.fate.startswith("WRONG") or self.seconds > LONGEST


def damaged_cache(course: Course, seed: int) -> Outcome:
    """Damage one cache file of a library, then ask it or, one time in four, write to it."""
    chosen = random.Random(seed)
    library = disturbed(course, "update")
    generation = course.generations["create"][-1].contents.generation
    told = _damage(chosen, _files(library.folder / "caches" / str(generation)))
    writes = chosen.random() < 0.25
    use = _write if writes else _ask
    return _outcome(f"{told}{', then a batch' if writes else ''}", course, library, use)


def damaged_database(course: Course, seed: int) -> Outcome:
    """Damage the database of a library, then read all of it and ask it."""
    chosen = random.Random(seed)
    library = disturbed(course, "update")
    told = _damage(chosen, [path for path in _files(library.folder) if path.name.startswith("library.db")])
    return _outcome(told, course, library, _read_all)


def _outcome(told: str, course: Course, library: Library, use: Callable[[Course, Library], str]) -> Outcome:
    started = time.perf_counter()
    with counted_as(large=course.large), rebuilds() as made_anew:
        try:
            fault = use(course, library)
        except LibraryProblem:
            fault, refused = "", True
        except Exception as error:  # noqa: BLE001  # whatever it is, it is the finding
            fault, refused = f"{type(error).__name__}: {error}", False
        else:
            refused = False
    seconds = time.perf_counter() - started
    if fault:
        return Outcome(told, f"WRONG: {fault}", seconds)
    return Outcome(told, "refused" if refused else "rebuilt" if made_anew else "harmless", seconds)


def _ask(course: Course, library: Library) -> str:
    right = answers(library) in course.generations["create"][-1].answers
    return "" if right else "it answers otherwise than it should"


def _write(course: Course, library: Library) -> str:
    wanted = course.generations["update"][-1]
    run_action("update", library, course.inputs)
    if contents(library) != wanted.contents:
        return "the next generation holds other rows than it should"
    right = answers(library) in wanted.answers
    return "" if right else "the next generation answers otherwise than it should"


def _read_all(course: Course, library: Library) -> str:
    before = course.generations["create"][-1]
    found = contents(library)
    wrong = [name for name, rows in before.contents.tables.items() if found.tables.get(name) != rows]
    if wrong:
        return f"rows of {', '.join(sorted(wrong))} are others"
    return _ask(course, library)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in _NO_DATA)


def _damage(chosen: random.Random, files: Sequence[Path]) -> str:
    """Damage one of `files`; says how."""
    while True:
        path = chosen.choice(files)
        kind = chosen.choice(("flip", "zero", "cut", "longer", "gone", "swapped"))
        before = path.read_bytes()
        if kind == "gone":
            path.unlink()
        elif kind == "swapped":
            _swap(path, chosen.choice(files))
        else:
            path.write_bytes(_changed(chosen, before, kind))
        if not path.exists() or path.read_bytes() != before:
            return f"{kind} {path.name if len(path.stem) < 32 else path.suffix}"


def _changed(chosen: random.Random, content: bytes, kind: str) -> bytes:
    at = chosen.randrange(len(content)) if content else 0
    match kind:
        case "flip" if content:
            return content[:at] + bytes([content[at] ^ 1 << chosen.randrange(8)]) + content[at + 1 :]
        case "zero":
            start = at - at % BLOCK
            return content[:start] + bytes(len(content[start : start + BLOCK])) + content[start + BLOCK :]
        case "cut":
            return content[:at]
    return content + bytes(chosen.randrange(1, 100))


def _swap(one: Path, other: Path) -> None:
    between = one.with_name("swapping")
    shutil.move(one, between)
    shutil.copyfile(between if one == other else other, one)
    shutil.copyfile(between, other)
    between.unlink()
