"""Gold sets as a command names them: files and folders of files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from eval.gold import GoldQuestion, read_gold
from rag.errors import InputError


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Questions, and the files that they come from."""

    questions: tuple[GoldQuestion, ...]
    digests: Mapping[str, str]
    """SHA-256 of each file, by its name."""


def read_sets(paths: Sequence[Path]) -> GoldSet:
    """The questions of all files in the order given; of a folder, of its `.jsonl` files by name.

    Raises:
        InputError: a path isn't there, a folder holds no set, or a file can't be read.
    """
    files = [file for path in paths for file in _files(path)]
    questions = tuple(question for file in files for question in read_gold(file))
    return GoldSet(questions, {file.name: sha256(file.read_bytes()).hexdigest() for file in files})


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(path.glob("*.jsonl"))
    if not found:
        raise InputError(f"{path} holds no .jsonl file; give a file or folder of gold questions")
    return found
