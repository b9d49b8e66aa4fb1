"""Making sure that what was written is on the disk."""

from __future__ import annotations

import os
from pathlib import Path


def write_durably(path: Path, content: bytes | memoryview) -> None:
    """Write a whole file and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_files(folder: Path) -> None:
    """Wait until the files of `folder` and their names are on the disk."""
    for path in folder.iterdir():
        _sync(path)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Wait until the names in `folder` are on the disk."""
    if os.name == "posix":  # elsewhere a folder can't be opened, and needn't be
        _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
