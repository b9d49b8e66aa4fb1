"""Records of an XML file that isn't well-formed, found by their tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

_BLOCK = 2**20
_LONGEST_TAG = 32

HARDENED = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
"""Options for every parser: a DOCTYPE is accepted, for real files have one, and never followed or expanded."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """Finds the elements of one or several names in bytes that no parser takes."""

    opens: re.Pattern[bytes]
    closes: re.Pattern[bytes]
    longest: int
    """Bytes of one element; what is longer is given as far as it is held."""

    def of(self, stream: IO[bytes]) -> Iterator[bytes]:
        """Each stretch from an opening tag to its closing tag, the next opening tag or the end."""
        held = b""
        while block := stream.read(_BLOCK):
            held += block
            while (whole := self._first(held)) is not None:
                start, end = whole
                yield held[start:end]
                held = held[end:]
            if len(held) > self.longest and self.opens.search(held):
                yield held
                held = b""
            elif not self.opens.search(held):
                held = held[-_LONGEST_TAG:]
        if opening := self.opens.search(held):
            yield held[opening.start() :]

    def _first(self, held: bytes) -> tuple[int, int] | None:
        opening = self.opens.search(held)
        if opening is None:
            return None
        closing = self.closes.search(held, opening.end())
        another = self.opens.search(held, opening.end(), closing.start() if closing else len(held))
        if another:
            return opening.start(), another.start()
        return (opening.start(), closing.end()) if closing else None


def stretches(names: str, longest: int) -> Stretches:
    """A finder of the elements `names`, parted by `|`."""
    encoded = names.encode()
    return Stretches(re.compile(rb"<(?:%s)[\s>]" % encoded), re.compile(rb"</(?:%s)\s*>" % encoded), longest)
