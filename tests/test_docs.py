"""README, help, change log and decisions are held against what is there."""

import re
import subprocess
from pathlib import Path

import click
import pytest

from service.cli import cli

ROOT = Path(__file__).parents[1]
PAGES = {
    str(path.relative_to(ROOT)): path
    for path in (
        *sorted(ROOT.glob("*.md")),
        *sorted((ROOT / "docs").rglob("*.md")),
        *sorted((ROOT / "prompts").glob("*.md")),
    )
}
COMMANDS = sorted(cli.commands)
FORBIDDEN = (
    re.compile(r"(?<![\w.:/-])/(work|root|home|Users|tmp|opt)/\w"),  # a path of one machine
    re.compile(r"\b(pypi\.org|pythonhosted\.org|anaconda\.org|huggingface\.co|artifactory|nexus)\b"),
)

each_command = pytest.mark.parametrize("name", COMMANDS)
each_page = pytest.mark.parametrize("page", PAGES)


def test_there_are_commands_and_pages():
    """Else the tests below would hold of nothing."""
    assert {"index", "ask", "search"} <= set(COMMANDS)
    assert {
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "docs/architecture.md",
        "docs/glossary.md",
    } <= set(PAGES)


@each_command
def test_a_command_and_all_its_options_have_help(name):
    command = cli.commands[name]

    assert command.get_short_help_str()
    assert not [
        parameter.name
        for parameter in _parameters(command)
        if isinstance(parameter, click.Option) and not parameter.help
    ]


@each_command
def test_a_command_has_a_line_in_the_table_of_the_readme(name):
    rows = [line for line in _text("README.md").splitlines() if line.startswith("|")]

    assert any(f"`vouch {name}" in row for row in rows)


@each_command
def test_a_command_is_tested(name):
    tests = [
        path.read_text(encoding="utf-8") for path in ROOT.glob("tests/**/test_*.py") if path != Path(__file__)
    ]

    assert any(re.search(rf"""["']{name}["']|vouch {name}\b""", test) for test in tests)


def test_the_readme_names_no_command_that_is_not_there():
    named = set(re.findall(r"`vouch ([a-z]+)", _text("README.md")))

    assert named <= set(COMMANDS)


@each_command
def test_the_readme_names_no_option_that_is_not_there(name):
    options = {option for parameter in _parameters(cli.commands[name]) for option in parameter.opts}

    used = {
        option
        for line in re.findall(rf"vouch {name}\b([^`\n]*)", _text("README.md"))
        for option in re.findall(r"(?<!\S)\[?(--[a-z-]+)", line)
    }

    assert used <= options | {"--help"}


def test_the_makefile_and_the_readme_name_the_same_targets():
    targets = set(re.findall(r"^([a-z]+):.*## ", _text("Makefile"), re.MULTILINE))

    named = set(re.findall(r"\bmake ([a-z]+)(?=`|\s|$)", _text("README.md")))

    assert {"demo", "test"} <= named
    assert named <= targets


def test_the_makefile_runs_only_commands_that_are_there():
    assert set(re.findall(r"\$\(VOUCH\) ([a-z]+)", _text("Makefile"))) <= set(COMMANDS)


def test_ci_runs_the_test_command_of_the_readme():
    script = ROOT / ".ci/run"

    assert "make test" in script.read_text(encoding="utf-8")
    assert script.stat().st_mode & 0o100


@each_page
def test_a_link_to_a_file_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", _text(page))

    assert not [
        link for link in links if not re.match(r"[a-z]+:", link) and not (PAGES[page].parent / link).exists()
    ]


@each_page
def test_a_page_names_no_path_of_one_machine_and_no_package_host(page):
    assert not [match.group() for words in FORBIDDEN for match in words.finditer(_text(page))]


def test_committed_sources_name_no_path_of_one_machine():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    sources = [
        name
        for name in listed
        if name.endswith((".py", ".toml", ".txt", "Makefile")) and (ROOT / name).exists()
    ]

    found = {name for name in sources if FORBIDDEN[0].search((ROOT / name).read_text(encoding="utf-8"))}

    assert found <= {"tests/test_docs.py"}


def test_the_changelog_has_the_version_that_is_packaged_or_unreleased_on_top():
    version = re.search(r'^version = "(.+)"', _text("pyproject.toml"), re.MULTILINE)
    headings = re.findall(r"^## (.+)$", _text("CHANGELOG.md"), re.MULTILINE)

    assert version
    assert headings
    assert headings[0].startswith(("Unreleased", version[1]))
    assert all(
        re.fullmatch(r"Unreleased|\d+\.\d+\.\d+ \(\d{4}-\d{2}-\d{2}\)", heading) for heading in headings
    )


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/decisions").glob("*.md"))

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith("docs/decisions/")])
def test_a_decision_says_what_was_chosen_why_and_at_what_price(page):
    text = _text(page)

    assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", Path(page).name)
    assert re.match(rf"# {int(Path(page).name[:4])}\. \S", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Question", "Decision", "Price"]


def test_requirements_are_pinned_and_end_with_the_project():
    lines = [
        line
        for line in _text("requirements.txt").splitlines()
        if line and not line.startswith(("#", "--extra-index-url"))
    ]

    assert lines[-1] == "-e ."
    assert not [
        line for line in lines[:-1] if not re.match(r"[A-Za-z0-9_.-]+==[0-9][0-9A-Za-z.]*($| ; )", line)
    ]


def test_what_the_project_asks_for_is_pinned():
    import tomllib

    project = tomllib.loads(_text("pyproject.toml"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]

    pinned = {_named(line) for line in _text("requirements.txt").splitlines() if "==" in line}

    assert {_named(one) for one in asked} <= pinned


def _named(requirement: str) -> str:
    """A package's name as PEP 503 spells it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=\[; ]", requirement)[0]).lower()


def _parameters(command: click.Command) -> list[click.Parameter]:
    """Of a command, and of all commands of a group."""
    inner = command.commands.values() if isinstance(command, click.Group) else ()
    return [*command.params, *(parameter for one in inner for parameter in _parameters(one))]


def _text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")
