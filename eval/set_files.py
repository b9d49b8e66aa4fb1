"""Files of public data sets, with errors that name the file and the remedy."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from rag.errors import InputError

Fields: TypeAlias = Mapping[str, Any]  # one record of a foreign set, read at the edge and nowhere else


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what goes wrong while `path` is read into an error that says what to do.

    Raises:
        InputError: the file isn't there, can't be decoded, or its records lack what is asked of them.
    """
    try:
        yield
    except OSError as error:
        raise InputError(f"{path} can't be read: {error}; give the folder that holds the data set") from error
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error) as error:
        raise InputError(
            f"{path} isn't a file of this data set ({type(error).__name__}: {error}); fetch the set anew"
        ) from error


def json_object(path: Path) -> Fields:
    """The one JSON object of a file."""
    record = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(record, dict):
        raise TypeError(f"expected an object, found {type(record).__name__}")
    return record


def json_lines(path: Path) -> Iterator[Fields]:
    """The JSON objects of a file, one a line."""
    # Not splitlines: texts hold characters that it takes for the end of a line.
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def csv_rows(path: Path) -> Iterator[Mapping[str, str]]:
    """The rows of a file of comma-separated values, by the names of its first line."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
