"""`Idempotency-Key` on posts: a post that is sent again because its reply got lost is done once."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.http.problems import Problem

_KEPT_SECONDS = 3600.0
_KEPT = 1_000  # replies
_LARGEST = 1_000_000  # bytes of a reply that is kept, and of a body that is compared
_LONGEST_KEY = 255
_REPLAYED = (b"idempotency-replayed", b"true")
_PASSING = frozenset({408, 429, 499})


@dataclass(slots=True)
class _Reply:
    body_hash: bytes | None
    at: float
    messages: list[Message] = field(default_factory=list)
    done: bool = False


@dataclass(frozen=True, slots=True)
class Once:
    """An ASGI application in front of another; replies are kept for an hour, for the caller who got them."""

    app: ASGIApp
    now: Callable[[], float] = field(default=time.monotonic)
    _replies: OrderedDict[tuple[str, str, str], _Reply] = field(default_factory=OrderedDict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or send the reply that it had before."""
        key = _key(scope)
        if key is None:
            await self.app(scope, receive, send)
            return
        self._forget_old()
        body, receive = await _read(scope, receive)
        known = self._replies.get(key)
        if known is not None:
            await _again(known, body, send)
            return
        reply = self._replies[key] = _Reply(body, self.now())
        try:
            await self.app(scope, receive, _recorded(reply, send))
        finally:
            if not reply.done:
                self._replies.pop(key, None)

    def _forget_old(self) -> None:
        while self._replies:
            key, oldest = next(iter(self._replies.items()))
            if len(self._replies) < _KEPT and self.now() - oldest.at < _KEPT_SECONDS:
                return
            del self._replies[key]


def _key(scope: Scope) -> tuple[str, str, str] | None:
    if scope["type"] != "http" or scope["method"] != "POST":
        return None
    given = Headers(scope=scope).get("idempotency-key")
    caller = scope.get("state", {}).get("caller")
    if given is None or caller is None:
        return None
    if not 1 <= len(given) <= _LONGEST_KEY:
        raise Problem(400, f"an Idempotency-Key has 1 to {_LONGEST_KEY} characters", kind="idempotency")
    return caller.id, scope["path"], given


async def _read(scope: Scope, receive: Receive) -> tuple[bytes | None, Receive]:
    """The hash of the body, and a `receive` that gives it again; a large one isn't read, and has no hash."""
    length = Headers(scope=scope).get("content-length", "")
    if not length.isdecimal() or int(length) > _LARGEST:
        return None, receive
    messages: list[Message] = []
    while not messages or messages[-1].get("more_body", False):
        messages.append(await receive())
    digest = sha256(b"".join(message.get("body", b"") for message in messages)).digest()

    async def receiving() -> Message:
        return messages.pop(0) if messages else await receive()

    return digest, receiving


async def _again(known: _Reply, body: bytes | None, send: Send) -> None:
    if known.body_hash != body:
        raise Problem(
            422, "this Idempotency-Key was sent with another body before; take a new one", kind="idempotency"
        )
    if not known.done:
        raise Problem(409, "the same post is being dealt with", kind="idempotency", retry_after=1)
    for message in known.messages:
        more = {"headers": [*message["headers"], _REPLAYED]} if "headers" in message else {}
        await send({**message, **more})


def _recorded(reply: _Reply, send: Send) -> Send:
    """`send` that keeps what is sent; not of failures, streams and what is large: those are done again."""
    size = 0
    keeping = True

    async def sending(message: Message) -> None:
        nonlocal size, keeping
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "")
            keeping = (
                message["status"] < 500 and message["status"] not in _PASSING and "event-stream" not in kind
            )
        size += len(message.get("body", b""))
        keeping = keeping and size <= _LARGEST
        if keeping:
            reply.messages.append(message)
            ends = message["type"] == "http.response.body" and not message.get("more_body", False)
            reply.done = reply.done or ends
        await send(message)

    return sending
