"""The manifest of a cache: for which generation it was made, and the sha256 of each of its files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from indexes.checked_file import PARTS, CacheUnusable
from indexes.durability import write_durably
from indexes.lexical import LOCKS

__all__ = ["CacheUnusable", "Stamp", "carried", "condemn", "token_in", "verified", "write"]

_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a cache must hold to be the one of a generation."""

    generation: int
    token: str
    """Drawn for each batch, so that caches of a batch that was never committed are known as such."""
    passages: int
    dim: int


def write(folder: Path, stamp: Stamp, known: Mapping[str, str] | None = None) -> None:
    """Write the manifest of all files that lie in `folder`.

    A file that is checked in parts is vouched for by its table of parts.

    Args:
        folder: where the cache is.
        stamp: what it holds.
        known: digests of those files that are shared with a cache that was checked, as `carried` gives them.
    """
    known = known or {}
    files = {name: known.get(name) or _digest(folder / name) for name in _names(folder)}
    text = json.dumps({**asdict(stamp), "files": files}, indent=1)
    write_durably(folder / _NAME, text.encode())


def carried(previous: Path, folder: Path) -> dict[str, str]:
    """Digests, by name, of the files in `folder` that are the very files of the checked cache `previous`."""
    files = json.loads((previous / _NAME).read_text(encoding="utf-8"))["files"]
    return {
        name: digest
        for name, digest in files.items()
        if (folder / name).exists() and (folder / name).samefile(previous / name)
    }


def verified(folder: Path, stamp: Stamp, loaded: str, known: Mapping[str, str] | None = None) -> bytes:
    """Check the cache in `folder`, and give the content of its file `loaded`: the very bytes that were checked.

    Files that are checked in parts are left for whoever reads them.

    Args:
        folder: where the cache is.
        stamp: what it should hold.
        loaded: name of a file that is wanted.
        known: digests of files that were checked a moment ago and needn't be read again.

    Raises:
        CacheUnusable: it isn't there, isn't of `stamp`, or a file isn't as it was written.
    """
    known = known or {}
    try:
        told = json.loads((folder / _NAME).read_text(encoding="utf-8"))
        files: Mapping[str, Any] = dict(told.pop("files"))
        content = (folder / loaded).read_bytes()
        names = [name for name in _names(folder) if name != loaded]
        digests = {name: known.get(name) or _digest(folder / name) for name in names}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CacheUnusable(f"the cache {folder} is missing or can't be read ({error})") from error
    if told != asdict(stamp):
        raise CacheUnusable(f"the cache {folder} is of {told}, the library is at {asdict(stamp)}")
    digests[loaded] = sha256(content).hexdigest()
    wrong = sorted(name for name in {*digests, *files} if files.get(name) != digests.get(name))
    if wrong:
        raise CacheUnusable(f"the cache {folder} is damaged ({', '.join(wrong)})")
    return content


def condemn(folder: Path) -> None:
    """Take the manifest from a cache that is damaged, so that nobody trusts it and the next writer makes it anew."""
    try:
        (folder / _NAME).unlink(missing_ok=True)
    except OSError:  # in a folder that can't be written everyone finds out alone
        return


def token_in(folder: Path) -> str | None:
    """The token of the cache in `folder`, checked no further; None where there is none."""
    try:
        return str(json.loads((folder / _NAME).read_text(encoding="utf-8"))["token"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _names(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name not in {*LOCKS, _NAME})
    whole = (path for path in found if not path.with_name(path.name + PARTS).exists())
    return sorted(path.relative_to(folder).as_posix() for path in whole)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
