"""Is everything there that Vouch needs, and as it should be? What each part says, and how to mend it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rag.errors import LibraryProblem, ModelUnavailable, VouchError
from service.settings import Settings


class State(StrEnum):
    """How a part is."""

    GOOD = "good"
    NOTICE = "notice"
    """Vouch works; somebody should look at it."""
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one part says."""

    part: str
    state: State
    found: str
    remedy: str = ""
    exit_code: int = 0
    """What the command ends with where this is the worst."""


def checkup(settings: Settings, today: date) -> Iterator[Finding]:
    """Every part in turn, each as soon as it was looked at; a part that is bad doesn't keep the next from its turn."""
    steps: tuple[Callable[[], Iterator[Finding]], ...] = (
        _python,
        lambda: _home(settings.data_home),
        lambda: _model(settings),
        lambda: _library(settings),
        lambda: _inputs(settings),
        lambda: _currency(settings, today),
    )
    for step in steps:
        yield from step()


def _python() -> Iterator[Finding]:
    missing = [name for name in _PACKAGES if not _installed(name)]
    told = f"Python {sys.version.split()[0]}, Vouch {_installed('vouch') or 'not installed'}"
    if missing:
        remedy = "install what is missing with: pip install -r requirements.txt"
        yield Finding("program", State.BAD, f"{told}; missing: {', '.join(missing)}", remedy, 5)
    else:
        yield Finding("program", State.GOOD, told)


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _home(home: Path) -> Iterator[Finding]:
    place = next(folder for folder in (home, *home.absolute().parents) if folder.is_dir())
    if not os.access(place, os.W_OK):
        remedy = "give write permission or choose another folder with VOUCH_HOME; asking goes on without"
        yield Finding("data home", State.NOTICE, f"{home} can't be written", remedy)
        return
    free = shutil.disk_usage(place).free
    told = f"{home}, {free / 1e9:.1f} GB free"
    if free < _SPACE:
        yield Finding("data home", State.NOTICE, told, "free some space before the next batch")
    else:
        yield Finding("data home", State.GOOD, told)


def _model(settings: Settings) -> Iterator[Finding]:
    from service.wiring import load_model, open_library

    try:
        model = load_model(settings)
        (vector,) = model.embed(["hypertension"])
        library = open_library(settings)
        if library.exists:
            with library.reading() as now:
                now.check_model(model)
    except VouchError as error:
        yield _bad("embedding model", error)
        return
    if not abs(float(vector @ vector) - 1) < _LENGTH_OFF:
        told = f"{model.name} gives vectors that aren't of length 1"
        remedy = "make it ready anew with: vouch setup"
        yield Finding("embedding model", State.BAD, told, remedy, ModelUnavailable.exit_code)
        return
    yield Finding("embedding model", State.GOOD, model.name)


def _library(settings: Settings) -> Iterator[Finding]:
    from indexes.inspection import inspected
    from service.wiring import open_library

    library = open_library(settings)
    if not library.exists:
        yield Finding("library", State.NOTICE, "there is none yet", "make one with: vouch index --starter")
        return
    try:
        for damage in inspected(library):
            part, many = f"library: {damage.part}", f"{damage.looked_at:,} looked at"
            if damage.faults:
                yield Finding(
                    part, State.BAD, "; ".join(damage.faults), damage.remedy, LibraryProblem.exit_code
                )
            else:
                yield Finding(part, State.GOOD, many)
    except VouchError as error:
        yield _bad("library", error)


def _inputs(settings: Settings) -> Iterator[Finding]:
    from service.wiring import open_library

    library = open_library(settings)
    if not library.exists:
        return
    try:
        status = library.status()
    except VouchError:
        return  # the library's own finding says so
    quarantined = len(status.quarantined)
    if quarantined:
        told = f"{quarantined} of {sum(status.inputs.values())} quarantined"
        remedy = "vouch status says why; try them again with: vouch index PATH --retry-quarantined"
        yield Finding("inputs", State.NOTICE, told, remedy)
    else:
        yield Finding("inputs", State.GOOD, f"{sum(status.inputs.values())}, none quarantined")


def _currency(settings: Settings, today: date) -> Iterator[Finding]:
    from indexes.currency import last_checks
    from service.wiring import open_library

    library = open_library(settings)
    if not library.exists:
        return
    try:
        checks = last_checks(library)
    except VouchError:
        return
    remedy = "look for new ones with: vouch update, or vouch currency import FILE"
    if not checks:
        yield Finding("retractions", State.NOTICE, "no source of them was ever looked at", remedy)
        return
    newest = max(check.checked for check in checks)
    age = (today - newest).days
    state = State.NOTICE if age > _STALE_DAYS else State.GOOD
    told = f"last looked at {age} days ago, on {newest}"
    yield Finding("retractions", state, told, remedy if state is State.NOTICE else "")


def _bad(part: str, error: VouchError) -> Finding:
    told, _, remedy = str(error).rpartition("; ")
    return Finding(part, State.BAD, told or remedy, remedy if told else "", error.exit_code)


_PACKAGES = (
    "faiss-cpu", "fastapi", "llama-index-core", "lxml", "openai", "openvino", "onnxruntime", "sentence-transformers",
    "tantivy",
)  # fmt: skip
_SPACE = 2_000_000_000  # bytes; a million passages take 2.4 GB
_STALE_DAYS = 31
_LENGTH_OFF = 0.01
