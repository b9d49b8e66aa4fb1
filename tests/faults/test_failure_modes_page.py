"""The page of failure modes names a test for each promise, and each test that it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).absolute().parents[2]
PAGE = (ROOT / "docs/failure-modes.md").read_text(encoding="utf-8")
PROMISES = [line for line in PAGE.partition("\n## ")[0].splitlines() if line.startswith("| ")][1:]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_each_promise_names_a_test():
    assert PROMISES
    assert not [row for row in PROMISES if not NAMED.search(row)]


def test_each_test_that_is_named_is_there():
    assert not [(path, name) for path, name in NAMED.findall(PAGE) if name not in _functions(ROOT / path)]


def _functions(path: Path) -> set[str]:
    if not path.is_file():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
