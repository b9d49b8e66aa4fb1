"""The page of an answer: citation cards, roles, print, export, and titles that try to script the page."""

from __future__ import annotations

import pytest
from web_kit import HOSTILE_QUESTION

QUOTE = "Dromedaril halved the number of night cramps in made-up adults within four weeks."


@pytest.fixture
def answer(site):
    """The path of an answer."""
    return site.ask()


def card_of(page, mark):
    return page.locator(f"#{mark.get_attribute('popovertarget')}")


def the_mark(page):
    """A citation of the trial."""
    return page.locator(".cite[aria-label*='randomised trial']").first


def test_a_card_opens_and_closes_by_keyboard_and_the_focus_comes_back(open_page, answer):
    page = open_page(answer)
    mark = the_mark(page)

    mark.focus()
    page.keyboard.press("Enter")
    card = card_of(page, mark)

    assert card.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Read it in its place"
    page.keyboard.press("Escape")
    assert card.is_hidden()
    assert page.evaluate("document.activeElement.className") == "cite"


@pytest.mark.parametrize("script", [True, False])
def test_a_card_opens_at_a_click_and_holds_quote_design_year_level_and_status(open_page, answer, script):
    page = open_page(answer, java_script_enabled=script)
    mark = the_mark(page)

    mark.click()
    card = card_of(page, mark)

    assert card.is_visible()
    words = card.inner_text()
    for part in (QUOTE, "Results", "Randomised trial", "Level 2", "2021", "n = 240", "Current"):
        assert part in words


def test_a_card_opens_where_a_mouse_rests_and_closes_when_it_leaves(open_page, answer):
    page = open_page(answer)
    mark = the_mark(page)
    card = card_of(page, mark)

    mark.hover()
    card.wait_for(state="visible")
    card.hover()
    page.wait_for_timeout(350)
    assert card.is_visible()
    page.mouse.move(2, 2)

    card.wait_for(state="hidden")


def test_a_card_opens_at_a_touch_and_lies_at_the_foot_of_a_phone(open_page, answer):
    page = open_page(answer, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    mark = the_mark(page)

    mark.tap()
    card = card_of(page, mark)
    card.wait_for(state="visible")
    box = card.bounding_box()

    assert box["width"] == 390
    assert round(box["y"] + box["height"]) == 844


def test_the_card_leads_to_the_quote_in_its_place(open_page, answer):
    page = open_page(answer)
    mark = the_mark(page)

    mark.click()
    card_of(page, mark).get_by_role("link", name="Read it in its place").click()

    assert page.locator("mark").inner_text() == QUOTE
    assert page.get_by_role("heading", level=1).inner_text() == "Made-up trial of dromedaril for night cramps"


def test_another_role_has_other_words_around_the_same_sentences_and_citations(open_page, answer):
    page = open_page(answer)
    before = said(page)
    disclaimer = page.locator(".disclaimer").inner_text()

    page.get_by_role("navigation", name="Written for").get_by_role("link", name="Patient").click()
    page.wait_for_url("**role=patient")

    assert said(page) == before
    assert page.locator(".disclaimer").inner_text() != disclaimer
    assert page.get_by_role("link", name="Patient").get_attribute("aria-current") == "true"


def said(page):
    """Ids of the claims and the quotes that they cite."""
    claims = page.locator(".claims > li").evaluate_all("all => all.map((one) => one.id)")
    return claims, page.locator(".card blockquote").all_text_contents()


def test_the_article_has_all_that_the_design_asks_for(open_page, answer):
    page = open_page(answer)

    words = page.locator("main").inner_text().lower()

    for part in (
        "submitted", "under review", "approved", "last updated", "editorial policy", "written for", "from the research",
        "key points", "how certain this is", "the evidence by year and level", "the same as a table", "references",
        "why it ranks here", "ask a follow-up", "copy", "print", "export",
    ):  # fmt: skip
        assert part in words, part
    assert page.locator(".chart svg a").count() >= 2


def test_the_chart_leads_to_the_references(open_page, answer):
    page = open_page(answer)

    page.locator(".chart svg a").first.click()

    assert page.locator(".references > li:target").count() == 1


def test_print_has_the_quotes_and_no_controls(open_page, answer):
    page = open_page(answer)

    page.emulate_media(media="print")

    for gone in (".tools", ".follow", ".panel", ".masthead nav", ".roles"):
        assert page.locator(gone).first.is_hidden(), gone
    assert page.locator(".references blockquote").first.is_visible()
    assert page.pdf()[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("name", "begins"),
    [("Markdown", "# Does dromedaril"), ("Web page, one file", "<!DOCTYPE html>"), ("References as RIS", "TY  -"), ("JSON", "{")],
)  # fmt: skip
def test_an_answer_can_be_taken_along(open_page, answer, name, begins):
    page = open_page(answer)
    page.get_by_role("button", name="Export").click()

    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).click()

    assert download.value.path().read_text(encoding="utf-8").lstrip().startswith(begins)


def test_copy_puts_the_article_on_the_clipboard(open_page, answer):
    page = open_page(answer, permissions=["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()

    assert QUOTE.rstrip(".") in page.evaluate("navigator.clipboard.readText()")


def test_titles_quotes_and_questions_cannot_script_a_page(open_page, site):
    path = site.ask(HOSTILE_QUESTION)
    page = open_page(path)

    for at in (
        path,
        "/documents/ref:made-up-hostile",
        "/search?q=dromedaril+zebra+cramps+<img+src=x>",
        "/review",
        "/",
    ):
        page.goto(at)
        page.wait_for_load_state("networkidle")
        assert page.title() != "caught"
        assert (
            page.locator("main script, main img, main b, main i, main [onerror], main svg[onload]").count()
            == 0
        )
        assert "\u202e" not in page.content()
    page.goto(path)
    assert "<script>" in page.locator(".references").inner_text()
