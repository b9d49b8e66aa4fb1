"""Versioned prompts: Markdown files with $variables; a used version is never edited."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from string import Template

_NAME = re.compile(r"[a-z][a-z_]*\.v\d+")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A text with $variables, by the name and version that a run records."""

    name: str
    text: str

    @property
    def variables(self) -> frozenset[str]:
        """Names of the variables that `fill` needs."""
        return frozenset(Template(self.text).get_identifiers())

    def fill(self, **values: str) -> str:
        """The text with its variables filled in; `$` within a value stays as it is.

        Raises:
            ValueError: a variable has no value, or a value no variable; lists them.
        """
        missing, unknown = sorted(self.variables - set(values)), sorted(set(values) - self.variables)
        if missing or unknown:
            wrong = [f"no value for {', '.join(missing)}"] if missing else []
            wrong += [f"no variable {', '.join(unknown)}"] if unknown else []
            raise ValueError(f"prompt {self.name}: {'; '.join(wrong)}")
        return Template(self.text).substitute(values).strip()


@lru_cache(maxsize=32)
def load(name: str) -> Prompt:
    """The prompt `name`, as in `answer.v1`.

    Raises:
        ValueError: there is none of this name; lists those that there are.
    """
    if name not in names():
        raise ValueError(f"there is no prompt {name!r}; there are {', '.join(names())}")
    return Prompt(name, files("prompts").joinpath(f"{name}.md").read_text(encoding="utf-8"))


def names() -> tuple[str, ...]:
    """Names of all prompts, with their versions."""
    found = (entry.name.removesuffix(".md") for entry in files("prompts").iterdir())
    return tuple(sorted(name for name in found if _NAME.fullmatch(name)))
