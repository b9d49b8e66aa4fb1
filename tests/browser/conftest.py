"""A running server over a small made-up library, and Chromium to look at its pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from web_kit import QUESTION, index, library_in, running, settings_for

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@dataclass(frozen=True)
class Site:
    """A running server and its data home."""

    address: str
    home: Path

    def ask(self, question: str = QUESTION, role: str = "clinician") -> str:
        """Ask without a browser; the path of the answer's page."""
        import httpx

        form = {"question": question, "role": role}
        reply = httpx.post(f"{self.address}/ask", data=form, timeout=30)
        assert reply.status_code == 303, reply.text
        return reply.headers["location"].partition("?")[0]

    def index(self, name: str, text: str) -> None:
        """Bring the library up to date with a made-up document, as `vouch index` does."""
        index(self.home, name, text)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data home with the made-up library."""
    return library_in(tmp_path_factory.mktemp("pages") / "home")


@pytest.fixture(scope="session")
def site(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server whose library doesn't change."""
    home = Path(shutil.copytree(made, tmp_path_factory.mktemp("site") / "home"))
    with running(settings_for(home)) as address:
        yield Site(address, home)


@pytest.fixture
def own_site(made: Path, tmp_path: Path) -> Iterator[Site]:
    """A server of this test alone, whose library may change."""
    home = Path(shutil.copytree(made, tmp_path / "home"))
    with running(settings_for(home)) as address:
        yield Site(address, home)


@pytest.fixture(scope="module")  # its event loop must not outlive it: later tests run their own
def chromium() -> Iterator[Any]:
    """Chromium as the system has it; without it the test is skipped."""
    sync_api = pytest.importorskip("playwright.sync_api")
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium here; on Debian: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, site: Site) -> Iterator[Callable[..., Any]]:
    """Opens a path of the site in a window of its own; whatever the browser complains of fails the test."""
    contexts, complaints = [], []

    def opened(path: str = "/", at: Site = site, **options: Any) -> Any:
        context = chromium.new_context(base_url=at.address, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: complaints.append(said.text) if _is_ours(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints


def _is_ours(said: Any) -> bool:
    """Errors of scripts and of the content policy; that a page has the status of an error is no fault."""
    return said.type == "error" and "the server responded with a status of" not in said.text
