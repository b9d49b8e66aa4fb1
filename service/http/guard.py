"""The one door in front of every endpoint: host, caller, origin, limits; and headers on what goes out."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.errors import VouchError
from service.http.access import CALLER, Caller, Doorkeeper, Means
from service.http.limits import Allowance
from service.http.problems import MEDIA_TYPE, Problem, of_error, problem_response
from service.http.slow_bodies import patient

PUBLIC = ("/healthz", "/readyz", "/sign-in", "/static/")
"""Paths that are open to everybody; one that ends in a slash stands for all below it."""
SIGN_IN = "/sign-in"
_TOO_LARGE = 413
_TOO_LARGE_BODY = bytes(
    problem_response(_TOO_LARGE, "the body is too large; send less at once", kind="size").body
)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",  # with none, browsers send forms with the origin `null`
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """An ASGI application in front of another; what it refuses never reaches that one."""

    app: ASGIApp
    doorkeeper: Doorkeeper
    allowance: Allowance
    hosts: frozenset[str]
    """Names that the server answers to, in lower case; empty for any."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        connection, sending = HTTPConnection(scope), _with_headers(send)
        try:
            self._check_host(connection)
            caller = await self._caller(connection)
            _check_origin(connection, caller, scope["method"])
            if caller is not None:
                CALLER.set(caller)
            with self.allowance.of(caller):
                scope.setdefault("state", {})["caller"] = caller
                await self.app(scope, patient(receive), sending)
        except (Problem, VouchError) as error:
            problem = error if isinstance(error, Problem) else of_error(error)
            await _refusal(connection, problem)(scope, receive, sending)

    def _check_host(self, connection: HTTPConnection) -> None:
        """A page elsewhere that makes its name point to this computer still sends its own name."""
        host = _hostname(connection.headers.get("host", ""))
        if self.hosts and host not in self.hosts:
            raise Problem(
                421, "this server doesn't go by that name; add it to the setting `hosts`", kind="host"
            )

    async def _caller(self, connection: HTTPConnection) -> Caller | None:
        path = connection.scope["path"]
        if any(path == one or (one.endswith("/") and path.startswith(one)) for one in PUBLIC):
            return None
        caller = await self.doorkeeper(connection)
        if caller is None:
            raise Problem(
                401, "who are you? send a key as `Authorization: Bearer KEY`", kind="unknown-caller"
            )
        return caller


def _check_origin(connection: HTTPConnection, caller: Caller | None, method: str) -> None:
    """A page of another site can make a browser send what looks like its user: what changes things is refused.

    Keys and tokens aren't sent by a browser on its own, so they need no such check.
    """
    if method in _SAFE or (caller is not None and caller.means in {Means.KEY, Means.TOKEN}):
        return
    site = connection.headers.get("sec-fetch-site")
    origin = connection.headers.get("origin")
    foreign = site not in {None, "same-origin", "none"} or (
        origin is not None and urlsplit(origin).netloc.lower() != connection.headers.get("host", "").lower()
    )
    signed_in = caller is not None and caller.means is Means.COOKIE
    if foreign or (signed_in and site is None and origin is None):
        raise Problem(
            403,
            "this was sent by a page of another site; open our own page and send it from there",
            kind="origin",
        )


def _refusal(connection: HTTPConnection, problem: Problem) -> Response:
    from service.web.error_page import error_page, wants_page

    if wants_page(connection):
        if problem.status_code == 401:
            return RedirectResponse(SIGN_IN, 303)
        return error_page(connection, problem.status_code, str(problem.detail), problem.headers)
    headers = dict(problem.headers or {})
    if problem.status_code == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return problem_response(problem.status_code, str(problem.detail), kind=problem.kind, headers=headers)


def _with_headers(send: Send) -> Send:
    """`send` that adds the headers, and lets the refusal of too large a body speak as all others do."""
    replaced = False

    async def sending(message: Message) -> None:
        nonlocal replaced
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            replaced = message["status"] == _TOO_LARGE and headers.get("content-type", "").startswith("text/")
            if replaced:
                headers["Content-Type"], headers["Content-Length"] = MEDIA_TYPE, str(len(_TOO_LARGE_BODY))
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        elif replaced:
            message = {**message, "body": _TOO_LARGE_BODY}
        await send(message)

    return sending


def _hostname(host: str) -> str:
    """The name in a Host header, without its port and the brackets of an IPv6 address."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
