"""No page has a violation that axe-core finds, in the light and in the dark, wide and narrow."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from web_kit import QUESTION, TRIAL

AXE = pytest.importorskip("axe_playwright_python", reason="axe-core comes with axe-playwright-python")
SOURCE = (Path(AXE.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
LOOKS = [{"color_scheme": "light"}, {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}}]

each_look = pytest.mark.parametrize("look", LOOKS, ids=["light and wide", "dark and narrow"])


def violations(page):
    """What axe-core finds, in short."""
    page.evaluate(SOURCE)
    found = page.evaluate("axe.run().then((run) => run.violations)")
    return [
        f"{one['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for one in found
        for node in one["nodes"]
    ]


@each_look
@pytest.mark.parametrize(
    "path",
    ["/", "/search", "/search?q=dromedaril", "/documents/ref:made-up-trial", "/review", "/library", "/policy", "/sign-in"],
)  # fmt: skip
def test_a_page_has_no_violation(open_page, path, look):
    assert not violations(open_page(path, **look))


@each_look
def test_an_answer_has_no_violation_with_a_card_open_and_all_details_shown(open_page, site, look):
    page = open_page(site.ask(), **look)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.locator(".cite").first.click()

    assert not violations(page)


@each_look
def test_an_abstention_has_no_violation(open_page, site, look):
    assert not violations(open_page(site.ask("Does xylophone therapy cure warts?"), **look))


@each_look
def test_a_conversation_has_no_violation(open_page, site, look):
    page = open_page(site.ask(QUESTION), **look)
    page.get_by_label("Your follow-up question").fill("And how often does it cause dizziness?")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"#turn-2$"))

    assert not violations(page)


@each_look
@pytest.mark.parametrize("path", ["/no-such-page", "/documents/ref:nobody", "/answers/000000000000"])
def test_the_page_of_an_error_has_no_violation(open_page, path, look):
    assert not violations(open_page(path, **look))


@each_look
def test_what_differs_in_an_answer_issued_again_has_no_violation(open_page, own_site, look):
    page = open_page(own_site.ask(), at=own_site, **look)
    own_site.index("trial", TRIAL.format(more="status: retracted\n"))
    page.reload()
    assert not violations(page), "out of date"

    page.get_by_role("button", name="Re-issue on today").first.click()
    page.wait_for_url(re.compile(r"/difference$"))

    assert page.locator(".changes .removed").count()
    assert not violations(page)
