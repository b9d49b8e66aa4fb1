"""Telling who sent a request: by API key, by token, by the cookie of a sign-in; else nobody."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import HTTPConnection

from service.http.access import LOCAL, Caller, Means
from service.http.keys import PREFIX, ApiKey, ApiKeys
from service.http.problems import Problem
from service.http.sessions import COOKIE, Sessions


class ReadToken(Protocol):
    """Tells whose token this is."""

    async def __call__(self, token: str) -> Caller:
        """The bearer of `token`.

        Raises:
            Problem: it isn't one of the issuer's, has run out, or gives no role.
        """


@dataclass(frozen=True, slots=True)
class KeysAndTokens:
    """The doorkeeper of a server: default deny, open only on loopback while there are no keys."""

    keys: ApiKeys
    sessions: Sessions
    loopback: bool
    """The server listens on loopback only."""
    read_token: ReadToken | None = None

    @property
    def open(self) -> bool:
        """Whether whoever reaches the server may do everything."""
        return self.loopback and self.read_token is None and not self.keys.valid()

    async def __call__(self, connection: HTTPConnection) -> Caller | None:
        """The caller, by what the request shows; what is shown and wrong is refused also where all is open."""
        if given := connection.headers.get("authorization"):
            return await self._bearer(given)
        if cookie := connection.cookies.get(COOKIE):
            key = self.keys.of_id(self.sessions.key_id(cookie) or "")
            if key is not None:
                return _caller(key, Means.COOKIE)
        return LOCAL if self.open and not _forwarded(connection) else None

    async def _bearer(self, given: str) -> Caller:
        scheme, _, secret = given.partition(" ")
        secret = secret.strip()
        if scheme.lower() != "bearer" or not secret:
            raise _refused("send a key as `Authorization: Bearer KEY`")
        if secret.startswith(PREFIX):
            key = self.keys.of_secret(secret)
            if key is None:
                raise _refused("this key isn't known or was revoked; make one with: vouch keys add NAME")
            return _caller(key, Means.KEY)
        if self.read_token is not None:
            return await self.read_token(secret)
        if self.open and secret.count(".") != 2:
            return LOCAL  # chat clients insist on sending some key
        raise _refused("this is no key of this server; keys begin with vouch_")


def is_loopback(host: str) -> bool:
    """Whether an address to listen on is reached from this computer only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _caller(key: ApiKey, means: Means) -> Caller:
    return Caller(key.id, key.name, key.role, means)


def _refused(detail: str) -> Problem:
    return Problem(401, detail, kind="unknown-caller")


def _forwarded(connection: HTTPConnection) -> bool:
    """Whether it came through a proxy: then it may come from anywhere."""
    return any(name in connection.headers for name in ("forwarded", "x-forwarded-for", "x-real-ip", "via"))
