"""The import table of docs/architecture.md, and the size of what a reader must hold in mind."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "prompts": (),
    "rag": ("prompts",),
    "corpus": ("rag.types", "rag.errors", "rag.text"),
    "indexes": ("rag.types", "rag.errors", "rag.text", "rag.nodes", "corpus"),
    "eval": ("rag", "prompts"),
    "service": ("rag", "prompts", "corpus", "indexes", "eval"),
}
MAY_IMPORT_LLAMA_INDEX = ("rag.nodes", "rag.retrieval", "rag.ranking", "indexes", "service.wiring")
HEAVY = (
    "faiss",
    "llama_index",
    "lxml",
    "nltk",
    "onnx",
    "onnxruntime",
    "openai",
    "scipy",
    "sentence_transformers",
    "sklearn",
    "tantivy",
    "tokenizers",
    "torch",
    "transformers",
)
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path
    for package in MAY_IMPORT
    for path in sorted((ROOT / package).rglob("*.py"))
}

each_module = pytest.mark.parametrize("module", MODULES)


@each_module
def test_a_package_imports_only_what_the_table_allows(module):
    own = module.split(".")[0]
    allowed = (own, *MAY_IMPORT[own])

    foreign = {name for name in _imports(module) if name.split(".")[0] in MAY_IMPORT}

    assert not {name for name in foreign if not _within(name, allowed)}


@each_module
def test_llama_index_stays_at_the_edges(module):
    uses = {name for name in _imports(module) if _within(name, ("llama_index",))}

    assert not uses or _within(module, MAY_IMPORT_LLAMA_INDEX)


@each_module
def test_nothing_is_unpickled(module):
    """Reading a pickle runs what it says."""
    assert not {
        name for name in _imports(module) if _within(name, ("pickle", "cloudpickle", "joblib", "marshal"))
    }


@each_module
def test_a_file_is_short_and_opens_with_its_purpose_in_one_line(module):
    source = MODULES[module].read_text(encoding="utf-8")

    docstring = ast.get_docstring(ast.parse(source)) or ""

    assert docstring.splitlines()[:1], "no docstring"
    assert docstring.splitlines()[0].endswith((".", "?"))
    assert len(source.splitlines()) <= 250


@each_module
def test_a_function_fits_on_a_screen(module):
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(_tree(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= 40
    }

    assert not long


@pytest.mark.parametrize("arguments", [["--help"], ["status"], ["ask", "--help"]])
def test_light_commands_load_no_heavy_library(arguments, tmp_path):
    script = (
        "import sys\nfrom service.cli import main\n"
        f"sys.argv = ['vouch', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print('loaded:', *(name for name in {HEAVY!r} if name in sys.modules))"
    )
    environment = {**os.environ, "VOUCH_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}

    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )

    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1].strip() == "loaded:"


def test_the_import_table_is_that_of_the_architecture_page():
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")

    for package, allowed in MAY_IMPORT.items():
        row = next(line for line in page.splitlines() if line.startswith(f"| `{package}` |"))
        named = row.split("|")[2]
        assert named.strip() == (", ".join(f"`{name}`" for name in allowed) or "nothing")


def test_relative_imports_are_seen():
    """Else the table could be got round by writing `from .. import`."""
    assert not [module for module in MODULES if _relative(module)]


def _tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def _imports(module: str) -> set[str]:
    """Every module that a module imports anywhere, as in `rag.types` for `from rag import types` too."""
    names = set()
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = {f"{node.module}.{alias.name}" for alias in node.names} & set(MODULES)
            names |= whole or {node.module}
    return names


def _relative(module: str) -> bool:
    return any(isinstance(node, ast.ImportFrom) and node.level for node in ast.walk(_tree(module)))


def _within(name: str, allowed: tuple[str, ...]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in allowed)
