"""Records of lines that each begin with a tag, as MEDLINE and RIS have them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

LONGEST_RECORD = 16 * 2**20
"""Characters of one record; what goes on after that is left out of it."""


@dataclass(frozen=True, slots=True)
class TaggedRecord:
    """One record: its values under their tags, in order."""

    number: int
    line: int
    """Number of its first line."""
    fields: tuple[tuple[str, str], ...]

    def all(self, *tags: str) -> tuple[str, ...]:
        """Values of `tags`, those of the first tag first; empty ones are left out."""
        return tuple(value for tag in tags for name, value in self.fields if name == tag and value)

    def first(self, *tags: str) -> str:
        """The first value of the first of `tags` that has one; empty where none has."""
        return next(iter(self.all(*tags)), "")

    def has(self, *tags: str) -> bool:
        """Whether one of `tags` stands in it, be it empty."""
        return any(name in tags for name, _ in self.fields)

    @property
    def where(self) -> str:
        """Its place in the file, in words."""
        return f"record {self.number}, line {self.line}"


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a format marks its lines."""

    line: re.Pattern[str]
    """Matches a line with a tag: its first group is the tag, its second the value or None."""
    opens: frozenset[str]
    """Tags that always open a record."""
    opens_again: frozenset[str] = frozenset()
    """Tags that open a record where the present one has them already."""
    closes: frozenset[str] = frozenset()
    joint: str = " "
    """What stands between the lines of one value."""


@dataclass(slots=True)
class _Open:
    """A record that is still being read."""

    line: int
    tags: list[str] = field(default_factory=list)
    values: list[list[str]] = field(default_factory=list)
    length: int = 0

    def add(self, tag: str | None, text: str) -> None:
        self.length += len(text)
        if self.length > LONGEST_RECORD:
            return
        if tag is not None:
            self.tags.append(tag)
            self.values.append([text])
        elif self.values:
            self.values[-1].append(text)

    def closed(self, number: int, joint: str) -> TaggedRecord:
        texts = (joint.join(parts).strip() for parts in self.values)
        return TaggedRecord(number, self.line, tuple(zip(self.tags, texts, strict=True)))


def records(lines: Iterable[str], grammar: Grammar) -> Iterator[TaggedRecord]:
    """Records of `lines`, in order; lines before the first tag and after a record's last are left out."""
    number, current = 0, None
    for count, line in enumerate(lines, start=1):
        found = grammar.line.match(line)
        if found is None:
            if current is not None:
                current.add(None, line.strip())
            continue
        tag, value = found[1], (found[2] or "").strip()
        if current is not None and (
            tag in grammar.opens or (tag in grammar.opens_again and tag in current.tags)
        ):
            number += 1
            yield current.closed(number, grammar.joint)
            current = None
        if tag in grammar.closes:
            if current is not None:
                number += 1
                yield current.closed(number, grammar.joint)
                current = None
            continue
        if current is None:
            current = _Open(count)
        current.add(tag, value)
    if current is not None:
        yield current.closed(number + 1, grammar.joint)
