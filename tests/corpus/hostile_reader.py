"""A reader that does what its file says, in place of `corpus.reader_process`. Its documents are made up."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from corpus.quarantine import BadRecord
from corpus.reader_process import serve
from rag.errors import UnreadableInput
from rag.types import Document, Section


def read(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        word, *rest = line.split()
        if word in ACTS:
            ACTS[word]()
        elif word == "endless":
            yield from endless(number)
        elif word == "bad":
            yield BadRecord(f"line {number}", "made up")
        else:
            yield Document(f"ref:{word}", f"Made-up {word}", (Section("", " ".join(rest)),))


def endless(number):
    while True:
        yield Document(f"ref:{number}", "Made-up", (Section("", "word " * 1000),))


def refuse():
    raise UnreadableInput("made-up refusal")


def deepen():
    deepen()


def fail():
    raise LookupError("made-up fault")


def spin():
    while True:
        pass


ACTS = {
    "refuse": refuse,
    "fail": fail,
    "spin": spin,
    "hang": lambda: time.sleep(3600),
    "exit": lambda: os._exit(7),
    "leave": lambda: sys.exit(0),
    "abort": os.abort,
    "segfault": lambda: ctypes.string_at(0),
    "allocate": lambda: bytearray(2**40),
    "deepen": deepen,
    "print": lambda: (sys.stdout.write("noise\n"), os.write(1, b"noise"), sys.stderr.write("noise")),
    "connect": lambda: socket.create_connection(("127.0.0.1", 9)),
    "run": lambda: subprocess.run(["true"], check=False),
    "delete": lambda: Path("/nowhere/at/all").unlink(),
    "environment": lambda: os.environ.get("VOUCH_CANARY") and fail(),
    "descriptors": lambda: [os.open(os.devnull, os.O_RDONLY) for _ in range(200)],
}

if __name__ == "__main__":
    serve(read)
