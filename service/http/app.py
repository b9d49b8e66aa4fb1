"""The HTTP application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp

from rag.errors import InputError, VouchError
from service.http.access import CALLER
from service.http.description import completed, roles_in
from service.http.doorkeeper import KeysAndTokens, is_loopback
from service.http.engine import Engine, Limits
from service.http.guard import Guard
from service.http.idempotency import Once
from service.http.keeping import Keeping
from service.http.keys import keys_in
from service.http.limits import Allowance
from service.http.observing import Figures, Log, Observed, unlogged
from service.http.oidc import SigningKeys, Tokens
from service.http.parts import Parts
from service.http.problems import answer_with_problems
from service.http.routers import routers
from service.http.sessions import sessions_in
from service.http.tools import tool_server
from service.records.worker import Worker
from service.wiring import open_library, open_pipeline, open_records

if TYPE_CHECKING:
    from service.settings import Settings

_MOST_BYTES = 1_000_000  # of a body; an endpoint that takes files says its own
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def create_app(settings: Settings, *, host: str = "127.0.0.1", log: Log = unlogged) -> FastAPI:
    """The application over the library in the data home.

    Args:
        settings: of the operator.
        host: the address that it will listen on; beyond loopback, everybody needs a key.
        log: takes a line for each request.
    """
    return app_of(parts_for(settings, host, log), hosts=_hosts(settings, host))


def parts_for(settings: Settings, host: str, log: Log = unlogged) -> Parts:
    """The parts of a server; nothing is opened yet."""
    library = open_library(settings)
    home = settings.data_home
    doorkeeper = KeysAndTokens(keys_in(home), sessions_in(home), is_loopback(host), _tokens(settings))
    engine = Engine(lambda: open_pipeline(settings), library.coverage, Limits())
    records, figures = open_records(settings), Figures(lambda: engine.admitted)
    keep, worker = Keeping(records, settings.keep_days), Worker(records, settings)
    return Parts(
        settings, library, engine, doorkeeper, figures, log, keep=keep, records=records, worker=worker
    )


def app_of(
    parts: Parts, *, hosts: frozenset[str] = frozenset(), allowance: Allowance | None = None
) -> FastAPI:
    """The application of any parts; tests bring their own."""
    app = _Guarded(
        lambda inner: Observed(
            Guard(Once(inner), parts.doorkeeper, allowance or Allowance(), hosts), parts.figures, parts.log
        ),
        title="Vouch",
        version=version("vouch"),
        description="Cited answers to medical questions, every sentence vouched for by words in its source.",
        docs_url=None,
        redoc_url=None,
        max_body_size=_MOST_BYTES,
        generate_unique_id_function=_operation,
        lifespan=_lifespan,
    )
    app.state.parts = parts
    tools = tool_server(parts, CALLER.get)
    app.router.routes.extend(
        tools.streamable_http_app(stateless_http=True, json_response=True, host="").routes
    )
    app.state.tools = tools
    answer_with_problems(app)
    for router in routers():
        app.include_router(router)
    return app


class _Guarded(FastAPI):
    """FastAPI with a guard in front of all that it does, its own limits and errors too."""

    def __init__(self, guard: Callable[[ASGIApp], ASGIApp], **rest: Any) -> None:
        super().__init__(**rest)
        self._guard = guard

    def build_middleware_stack(self) -> ASGIApp:
        """The application as the server calls it."""
        return self._guard(super().build_middleware_stack())

    def openapi(self) -> dict[str, Any]:
        """The description of the API; made once."""
        if self.openapi_schema is None:
            self.openapi_schema = completed(super().openapi(), roles_in(self.routes))
        return self.openapi_schema


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    parts: Parts = app.state.parts
    with suppress(VouchError):  # /readyz tells it; the library may come later
        await run_in_threadpool(parts.engine.warm)  # so that the first question needn't wait for it
    if parts.worker is not None:
        parts.worker.start()
    async with app.state.tools.session_manager.run():
        yield
    if parts.worker is not None:
        await run_in_threadpool(parts.worker.stop)
    await run_in_threadpool(parts.engine.close)


def _hosts(settings: Settings, host: str) -> frozenset[str]:
    named = frozenset(name.lower() for name in settings.hosts)
    return _LOOPBACK | named if named or is_loopback(host) else frozenset()


def _tokens(settings: Settings) -> Tokens | None:
    if settings.oidc_issuer is None:
        return None
    if settings.oidc_keys is None:
        raise InputError("the setting oidc_issuer needs oidc_keys: a file or an address with its public keys")
    keys = SigningKeys(settings.oidc_keys)
    return Tokens(settings.oidc_issuer, settings.oidc_audience, keys, settings.oidc_role_claim)


def _operation(route: APIRoute) -> str:
    return route.name
