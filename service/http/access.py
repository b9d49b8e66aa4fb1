"""Who asks, and what they may do: roles, and the dependencies that hold endpoints to them."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Protocol

from fastapi import Depends, Request
from fastapi.security import HTTPBearer
from fastapi.security.http import HTTPAuthorizationCredentials
from starlette.requests import HTTPConnection

from service.http.problems import Problem


class AccessRole(StrEnum):
    """What somebody may do; not to be mixed up with the role of a reader that an answer is worded for."""

    READER = "reader"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMIN = "admin"

    def may(self, needed: AccessRole) -> bool:
        """Whether this role includes `needed`: every role may read, an admin may do everything."""
        return self is needed or needed is AccessRole.READER or self is AccessRole.ADMIN


class Means(StrEnum):
    """How somebody showed who they are."""

    OPEN = "open"
    """Not at all: the server listens on loopback only and there are no keys."""
    KEY = "key"
    TOKEN = "token"  # noqa: S105  # the word, not one of them
    COOKIE = "cookie"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request."""

    id: str
    """Stable, and never a secret: of a key, or issuer and subject of a token."""
    name: str
    role: AccessRole
    means: Means


LOCAL = Caller("local", "this computer", AccessRole.ADMIN, Means.OPEN)
"""Whoever asks a server that listens on loopback only and has no keys."""


CALLER: ContextVar[Caller] = ContextVar("caller")
"""Who sent the request that is dealt with; for what is called without it, as tools of assistants are."""


class Doorkeeper(Protocol):
    """Tells who sent a request."""

    async def __call__(self, connection: HTTPConnection) -> Caller | None:
        """The caller; None where nothing was shown and the server isn't open.

        Raises:
            Problem: what was shown is wrong, has run out or was revoked.
        """


_bearer = HTTPBearer(
    scheme_name="key", bearerFormat="API key or OIDC token", auto_error=False, description="`vouch keys add`"
)


def needs(role: AccessRole) -> Callable[..., Caller]:
    """A dependency that gives the caller, and refuses one who may not do what `role` may."""

    def caller(
        request: Request,
        _: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)] = None,
    ) -> Caller:
        found: Caller | None = getattr(request.state, "caller", None)
        if found is None:
            raise Problem(
                401, "who are you? send a key as `Authorization: Bearer KEY`", kind="unknown-caller"
            )
        if not found.role.may(role):
            raise Problem(
                403,
                f"this needs the role {role.value}, your key has {found.role.value}; ask an admin for another key",
                kind="role",
            )
        return found

    caller.needs = role  # type: ignore[attr-defined]  # so that a test can draw the matrix from the routes
    return caller


Reader = Annotated[Caller, Depends(needs(AccessRole.READER))]
Reviewer = Annotated[Caller, Depends(needs(AccessRole.REVIEWER))]
Editor = Annotated[Caller, Depends(needs(AccessRole.EDITOR))]
Admin = Annotated[Caller, Depends(needs(AccessRole.ADMIN))]
