"""Sign-ins of the web pages: a signed cookie that names a key and runs out."""

from __future__ import annotations

import hmac
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

COOKIE = "vouch_session"
SECONDS = 12 * 3600
"""How long a sign-in lasts."""


@dataclass(frozen=True, slots=True)
class Sessions:
    """Makes and reads the cookies of one data home; revoking the key ends its sign-ins at once."""

    secret: bytes
    now: Callable[[], float] = field(default=time.time)

    def cookie(self, key_id: str) -> str:
        """The value of the cookie for whoever showed the key."""
        body = f"{key_id}.{int(self.now()) + SECONDS}"
        return f"{body}.{self._signature(body)}"

    def key_id(self, cookie: str) -> str | None:
        """The key that a cookie was made for; None where it is not ours or has run out."""
        body, _, signature = cookie.rpartition(".")
        key_id, _, until = body.partition(".")
        signed = hmac.compare_digest(self._signature(body).encode(), signature.encode("utf-8", "replace"))
        if not signed or not until.isdecimal() or int(until) < self.now():
            return None
        return key_id

    def _signature(self, body: str) -> str:
        return hmac.new(self.secret, body.encode("utf-8", "replace"), sha256).hexdigest()


def sessions_in(home: Path) -> Sessions:
    """The sign-ins of a data home; their secret is made on first use and is for its owner alone."""
    path = home / "sessions.key"
    try:
        return Sessions(path.read_bytes())
    except FileNotFoundError:
        home.mkdir(parents=True, exist_ok=True)
    secret = secrets.token_bytes(32)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secret)
    except FileExistsError:  # another process was faster
        return Sessions(path.read_bytes())
    return Sessions(secret)
