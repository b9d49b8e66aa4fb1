"""Files of sets that others made, read as plain records; what can't be read is an error that names it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from rag.errors import InputError

Fields: TypeAlias = Mapping[str, Any]  # one record of a foreign set, read at the edge and nowhere else


@contextmanager
def records_of(path: Path) -> Iterator[None]:
    """Turn what is wrong with the records of `path` into an error that names the file.

    Raises:
        InputError: a record lacks what is asked of it, or holds another kind of value.
    """
    try:
        yield
    except InputError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{path} isn't a file of this set ({type(error).__name__}: {error}); fetch the set anew"
        ) from error


def read_text(path: Path) -> str:
    """The text of a file in UTF-8.

    Raises:
        InputError: it isn't there or can't be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise InputError(f"there is no file {path}; give the folder of the whole set") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} can't be read: {error}; give the set as its source publishes it") from error


def read_json(path: Path) -> Any:
    """The value in a JSON file; raises as `read_text`, and where it is no JSON."""
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise InputError(f"{path} is no valid JSON: {error}; fetch it anew") from error


def read_lines(path: Path) -> Iterator[Mapping[str, Any]]:
    """The objects of a JSON-lines file in order; raises as `read_json`, naming the line."""
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{path}, line {number}: no valid JSON ({error}); fetch it anew") from error
        if not isinstance(record, dict):
            raise InputError(f"{path}, line {number}: {line[:40]!r} is no JSON object; give one a line")
        yield record


def read_table(path: Path, delimiter: str = ",") -> Iterator[Mapping[str, str]]:
    """The rows of a table with a heading line, each by column name."""
    # A field of a review's full abstract is longer than what the csv module allows at first.
    csv.field_size_limit(2**24)
    yield from csv.DictReader(io.StringIO(read_text(path), newline=""), delimiter=delimiter)


def field(record: Mapping[str, Any], name: str, path: Path) -> Any:
    """A field that a record must have.

    Raises:
        InputError: it hasn't; names the file and the field.
    """
    if name not in record:
        raise InputError(
            f"{path}: a record has no field {name!r}, only {', '.join(record)}; is it another set?"
        )
    return record[name]
