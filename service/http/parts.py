"""What the endpoints are made of, put together once when the server starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol, cast

from fastapi import Request

from rag.types import Answer
from service.http.access import Caller, Doorkeeper
from service.http.engine import Engine
from service.http.observing import Figures, Log, unlogged
from service.json_text import Json
from service.params import today
from service.settings import Settings

if TYPE_CHECKING:
    from indexes.library import Library
    from service.records.database import Database
    from service.records.worker import Worker


class Keep(Protocol):
    """Keeps an answer that was given to a caller; called on a thread of its own, never on the event loop."""

    def __call__(self, answer: Answer, caller: Caller) -> dict[str, Json]:
        """Keep `answer`, and return what is sent of it."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one server."""

    settings: Settings
    library: Library
    engine: Engine
    doorkeeper: Doorkeeper
    figures: Figures
    log: Log = unlogged
    today: Callable[[], date] = field(default=today)
    keep: Keep | None = None
    """Keeps every answer; None where answers aren't kept."""
    records: Database | None = None
    """Where answers, conversations, reviews and jobs are kept; None where they aren't."""
    worker: Worker | None = None
    """Runs jobs; None where none are run."""


def parts_of(request: Request) -> Parts:
    """The parts of the server that got `request`; a dependency of endpoints."""
    return cast("Parts", request.app.state.parts)
