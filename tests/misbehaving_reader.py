"""A reading process whose reader does what the file tells it to: each thing that no reader should do."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from corpus import reader_process
from corpus.quarantine import BadRecord
from corpus.reading import read
from rag.types import Document

ONE = Document(id="ref:1", title="A made-up title", sections=())


def misbehave(path: Path) -> Iterator[Document | BadRecord]:
    """Do what the file says; a file that says nothing of the kind is read as any is."""
    deed = DEEDS.get(path.read_text(encoding="utf-8"))
    return deed(path) if deed else read(path)


def _spin(_: Path) -> Iterator[Document]:
    while True:
        pass


def _raise(_: Path) -> Iterator[Document]:
    raise ValueError("made-up fault")


def _print(_: Path) -> Iterator[Document]:
    print("a library says hello")  # noqa: T201
    os.write(1, b"so does its code in C")
    yield ONE


def _one_then_abort() -> Iterator[Document]:
    yield ONE
    os.abort()


DEEDS = {
    "abort": lambda _: os.abort(),
    "exit": lambda _: os._exit(7),
    "segfault": lambda _: ctypes.string_at(0),
    "hang": lambda _: time.sleep(60),
    "spin": _spin,
    "allocate": lambda _: iter([bytearray(2**30)]),
    "recurse": misbehave,
    "raise": _raise,
    "write": lambda path: (path.parent / "written").write_text("a word", encoding="utf-8"),
    "open": lambda path: iter([path.open() for _ in range(1000)]),
    "one then abort": lambda _: _one_then_abort(),
    "print": _print,
    "environment": lambda _: iter([replace(ONE, title=" ".join(os.environ))]),
}

if __name__ == "__main__":
    reader_process.read = misbehave
    reader_process.main()
