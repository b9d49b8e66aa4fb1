"""A large file that is checked part by part, each before anything relies on it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO
from weakref import finalize

from indexes.durability import write_durably
from rag.errors import LibraryProblem

PARTS = ".parts"
"""What the name of a file's table of parts adds to its own; a manifest vouches for the table alone."""


class CacheUnusable(LibraryProblem):
    """A cache is missing, stale or damaged; it is rebuilt, never trusted."""


class CheckedFile:
    """A file in parts, each with its sha256. It may be of any length: only what is asked for is read."""

    def __init__(self, path: Path) -> None:
        """Open `path`; the caller has checked its table of parts.

        Raises:
            CacheUnusable: it isn't there or isn't of its length.
        """
        self._path = path
        try:
            told = json.loads(path.with_name(path.name + PARTS).read_text(encoding="utf-8"))
            self._edges, self._digests = [0, *told["ends"]], told["sha256"]
            self._file: BinaryIO = path.open("rb", buffering=0)
            size = path.stat().st_size
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CacheUnusable(f"the cache {path.parent} is missing or can't be read ({error})") from error
        finalize(self, self._file.close)
        self._sound = [False] * len(self._digests)
        if size != self._edges[-1]:
            raise CacheUnusable(f"the cache {path.parent} is damaged ({path.name} has another length)")

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return len(self._digests)

    def check(self, parts: Iterable[int]) -> None:
        """Check those of `parts` that this object hasn't checked before.

        Raises:
            CacheUnusable: one isn't as it was written.
        """
        for part in parts:
            if not self._sound[part]:
                self._check(part)
                self._sound[part] = True

    def _check(self, part: int) -> None:
        from os import pread

        start, end = self._edges[part : part + 2]
        try:
            content = pread(self._file.fileno(), end - start, start)
        except OSError as error:
            raise CacheUnusable(f"the cache {self._path.parent} can't be read ({error})") from error
        if sha256(content).hexdigest() != self._digests[part]:
            raise CacheUnusable(f"the cache {self._path.parent} is damaged ({self._path.name}, part {part})")


def write_checked(path: Path, content: memoryview, ends: Sequence[int]) -> None:
    """Write a file whose parts end at `ends`, with its table; both are on the disk and as they should be.

    Raises:
        CacheUnusable: what is on the disk isn't what was written.
    """
    digests = [sha256(content[start:end]).hexdigest() for start, end in pairwise([0, *ends])]
    write_durably(path, content)
    table = json.dumps({"ends": list(ends), "sha256": digests})
    write_durably(path.with_name(path.name + PARTS), table.encode())
    file = CheckedFile(path)
    file.check(range(file.parts))
