"""API keys: shown once, kept as hashes, revoked at once."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from filelock import BaseFileLock
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from rag.errors import InputError, LibraryProblem
from service.http.access import AccessRole

PREFIX = "vouch_"
"""What every key begins with, so that a scanner of secrets knows one when it sees it."""

_LONGEST = 100  # characters of a name


class ApiKey(BaseModel):
    """What is kept of a key: never the key itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    role: AccessRole
    sha256: str
    made_at: datetime
    revoked_at: datetime | None = None


_KEYS = TypeAdapter(tuple[ApiKey, ...])


@dataclass(slots=True)
class ApiKeys:
    """The keys of one data home, read again whenever their file has changed."""

    path: Path
    _seen: tuple[int, int, int] | None = None
    _by_hash: dict[str, ApiKey] | None = None

    def all(self) -> tuple[ApiKey, ...]:
        """Every key that was ever made, in the order of making, revoked ones too.

        Raises:
            LibraryProblem: the file can't be read.
        """
        try:
            return _KEYS.validate_json(self.path.read_bytes())
        except FileNotFoundError:
            return ()
        except (OSError, ValidationError) as error:
            raise LibraryProblem(
                f"the keys in {self.path} can't be read; put back a copy of the file, or move it away and make new keys"
            ) from error

    def valid(self) -> tuple[ApiKey, ...]:
        """The keys that open a door."""
        return tuple(self._valid().values())

    def of_secret(self, secret: str) -> ApiKey | None:
        """The valid key that `secret` is; None where it is none."""
        return self._valid().get(_hash(secret))

    def of_id(self, key_id: str) -> ApiKey | None:
        """The valid key with this id."""
        return next((key for key in self._valid().values() if key.id == key_id), None)

    def add(self, name: str, role: AccessRole) -> tuple[ApiKey, str]:
        """A new key, and the secret that nobody can be told again.

        Raises:
            InputError: the name is empty, too long or has more than one line.
        """
        if not 1 <= len(name.strip()) <= _LONGEST or not name.isprintable():
            raise InputError(f"{name!r} is no name for a key; give 1 to {_LONGEST} characters on one line")
        secret = PREFIX + secrets.token_urlsafe(32)
        key = ApiKey(
            id=secrets.token_hex(4), name=name, role=role, sha256=_hash(secret), made_at=datetime.now(UTC)
        )
        with self._locked():
            self._write((*self.all(), key))
        return key, secret

    def revoke(self, key_id: str) -> ApiKey:
        """Close the door for a key.

        Raises:
            InputError: there is no such key, or it was revoked before.
        """
        with self._locked():
            keys = {key.id: key for key in self.all()}
            key = keys.get(key_id)
            if key is None or key.revoked_at is not None:
                raise InputError(f"there is no valid key {key_id!r}; `vouch keys list` shows the ids")
            keys[key_id] = key.model_copy(update={"revoked_at": datetime.now(UTC)})
            self._write(tuple(keys.values()))
        return keys[key_id]

    def _valid(self) -> dict[str, ApiKey]:
        seen = _stamp(self.path)
        if self._by_hash is None or seen != self._seen:
            self._by_hash = {key.sha256: key for key in self.all() if key.revoked_at is None}
            self._seen = seen
        return self._by_hash

    def _locked(self) -> BaseFileLock:
        from filelock import FileLock

        self.path.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(self.path.with_suffix(".lock"), timeout=10)

    def _write(self, keys: tuple[ApiKey, ...]) -> None:
        new = self.path.with_suffix(".new")
        body = json.dumps([key.model_dump(mode="json") for key in keys], indent=2)
        with os.fdopen(os.open(new, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)


def keys_in(home: Path) -> ApiKeys:
    """The keys of a data home."""
    return ApiKeys(home / "keys.json")


def _hash(secret: str) -> str:
    """Keys are 256 random bits, so a plain sha256 can't be guessed back."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
