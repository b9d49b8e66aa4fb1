"""Instructions to the models that an evaluation asks: files of `prompts`, by name and version."""

from __future__ import annotations

from importlib.resources import files
from string import Template


def instruction(name: str, **values: str) -> str:
    """The instruction `name`, as in `judge.v1`, with its variables filled in.

    Raises:
        KeyError: a variable has no value.
    """
    text = files("prompts").joinpath(f"{name}.md").read_text(encoding="utf-8")
    return Template(text).substitute(values).strip()
