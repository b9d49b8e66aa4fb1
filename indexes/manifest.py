"""The manifest of a cache: for which generation it was made, and the sha256 of each of its files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from indexes.durability import write_durably
from indexes.lexical import LOCKS
from rag.errors import LibraryProblem

_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a cache must hold to be the one of a generation."""

    generation: int
    token: str
    """Drawn for each batch, so that caches of a batch that was never committed are known as such."""
    passages: int
    dim: int


class CacheUnusable(LibraryProblem):
    """A cache is missing, stale or damaged; it is rebuilt, never trusted."""


def write(folder: Path, stamp: Stamp) -> None:
    """Write the manifest of all files that lie in `folder`."""
    files = {name: _digest(folder / name) for name in _names(folder)}
    text = json.dumps({**asdict(stamp), "files": files}, indent=1)
    write_durably(folder / _NAME, text.encode())


def verified(folder: Path, stamp: Stamp, loaded: str) -> bytes:
    """Check the cache in `folder`, and give the content of its file `loaded`: the very bytes that were checked.

    Raises:
        CacheUnusable: it isn't there, isn't of `stamp`, or a file isn't as it was written.
    """
    try:
        told = json.loads((folder / _NAME).read_text(encoding="utf-8"))
        files: Mapping[str, Any] = dict(told.pop("files"))
        content = (folder / loaded).read_bytes()
        digests = {name: _digest(folder / name) for name in _names(folder) if name != loaded}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CacheUnusable(f"the cache {folder} is missing or can't be read ({error})") from error
    if told != asdict(stamp):
        raise CacheUnusable(f"the cache {folder} is of {told}, the library is at {asdict(stamp)}")
    digests[loaded] = sha256(content).hexdigest()
    wrong = sorted(name for name in {*digests, *files} if files.get(name) != digests.get(name))
    if wrong:
        raise CacheUnusable(f"the cache {folder} is damaged ({', '.join(wrong)})")
    return content


def token_in(folder: Path) -> str | None:
    """The token of the cache in `folder`, checked no further; None where there is none."""
    try:
        return str(json.loads((folder / _NAME).read_text(encoding="utf-8"))["token"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _names(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name not in {*LOCKS, _NAME})
    return sorted(path.relative_to(folder).as_posix() for path in found)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
