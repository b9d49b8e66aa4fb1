"""JSON as Vouch prints it: fixed order, real characters, one newline at the end."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | int | float | bool | None"


def json_text(value: Json) -> str:
    """One JSON value; file names that aren't valid Unicode are shown with replacement characters."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"


def json_line(value: Json) -> str:
    """The same on one line, for output that is read line by line."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"
