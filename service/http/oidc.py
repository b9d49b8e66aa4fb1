"""Bearer tokens of an OpenID Connect provider that the operator names; nobody else's address is ever asked."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from starlette.concurrency import run_in_threadpool

from rag.errors import InputError, SourceUnavailable
from service.http.access import AccessRole, Caller, Means
from service.http.problems import Problem

# Signatures by a private key alone: with a shared secret whoever can check a token could make one.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519")
_LEEWAY = 60  # seconds that clocks may differ
_KEPT = 600.0  # seconds after which keys are read again
_SOONEST = 30.0  # seconds between two readings, however many unknown tokens come
_LARGEST = 1_000_000  # bytes of a key set
_ORDER = (AccessRole.ADMIN, AccessRole.EDITOR, AccessRole.REVIEWER, AccessRole.READER)


@dataclass(slots=True)
class SigningKeys:
    """The public keys of a provider, from a file or an address."""

    place: str
    now: Callable[[], float] = time.monotonic
    _keys: Mapping[str, Any] | None = None
    _read_at: float = 0.0

    def current(self, *, fresh: bool = False) -> Mapping[str, Any]:
        """The key set as JSON; read again where it is old, or `fresh` is asked for and it isn't quite new.

        Raises:
            SourceUnavailable: it can't be read.
        """
        age = self.now() - self._read_at
        if self._keys is None or age > (_SOONEST if fresh else _KEPT):
            self._keys, self._read_at = _read(self.place), self.now()
        return self._keys


@dataclass(frozen=True, slots=True)
class Tokens:
    """Reads the tokens of one provider."""

    issuer: str
    audience: str
    keys: SigningKeys
    role_claim: str = "roles"
    clock: Callable[[], int] = field(default=lambda: int(time.time()))

    async def __call__(self, token: str) -> Caller:
        """The bearer of `token`.

        Raises:
            Problem: it isn't one of the issuer's for us, has run out, or gives no role.
            SourceUnavailable: the keys can't be read.
        """
        return await run_in_threadpool(self._caller, token)

    def _caller(self, token: str) -> Caller:
        from joserfc.errors import InvalidKeyIdError, JoseError

        try:
            try:
                claims = self._claims(token, self.keys.current())
            except (InvalidKeyIdError, ValueError):  # the provider may have changed its keys
                claims = self._claims(token, self.keys.current(fresh=True))
        except (JoseError, ValueError) as error:
            raise Problem(401, "this token isn't valid here; sign in again", kind="unknown-caller") from error
        role = _role(claims.get(self.role_claim))
        if role is None:
            names = ", ".join(one.value for one in _ORDER)
            raise Problem(
                403,
                f"this token gives no role; its {self.role_claim!r} must have one of {names}",
                kind="role",
            )
        name = str(claims.get("name") or claims.get("preferred_username") or claims["sub"])
        return Caller(f"{self.issuer}#{claims['sub']}", name[:200], role, Means.TOKEN)

    def _claims(self, token: str, keys: Mapping[str, Any]) -> dict[str, Any]:
        from joserfc import jwt
        from joserfc.jwk import KeySet

        key_set = KeySet.import_key_set({"keys": keys["keys"]})
        claims = jwt.decode(token, key_set, algorithms=_ALGORITHMS).claims
        jwt.JWTClaimsRegistry(
            now=self.clock,
            leeway=_LEEWAY,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.audience},
            sub={"essential": True},
            exp={"essential": True},
        ).validate(claims)
        return claims


def _role(claim: object) -> AccessRole | None:
    """The most that a claim allows; `vouch-admin` and `vouch:admin` mean `admin`."""
    given = claim if isinstance(claim, list) else str(claim or "").split()
    names = {str(one).removeprefix("vouch-").removeprefix("vouch:") for one in given}
    return next((role for role in _ORDER if role.value in names), None)


def _read(place: str) -> Mapping[str, Any]:
    try:
        found = json.loads(_fetched(place) if "://" in place else Path(place).read_bytes())
        return {"keys": list(found["keys"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceUnavailable(
            f"the signing keys in {place} can't be read: {type(error).__name__}; check the setting oidc_keys"
        ) from error


def _fetched(place: str) -> bytes:
    address = urlsplit(place)
    if address.scheme != "https" and address.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise InputError(f"signing keys come over https only; the setting oidc_keys is {place!r}")
    with urlopen(Request(place), timeout=5) as reply:  # noqa: S310  # checked above, and the operator's own
        return bytes(reply.read(_LARGEST))
