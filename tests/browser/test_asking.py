"""Asking on the page: stages and vouched sentences arrive, follow-ups go on, and all of it works without a script."""

from __future__ import annotations

import re

import pytest
from web_kit import QUESTION

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ANSWER = re.compile(r"/answers/[0-9a-f]+\?role=clinician$")


def test_stages_and_vouched_sentences_arrive_before_the_answer(open_page):
    page = open_page("/")
    # What the stream brought is kept, for the page goes on to the answer.
    page.evaluate(
        """() => {
            const seen = { stages: [], said: [], spoken: [] };
            addEventListener("pagehide", () => sessionStorage.setItem("seen", JSON.stringify(seen)));
            new MutationObserver(() => {
                const now = document.querySelector("[data-stage].now")?.dataset.stage;
                if (now && seen.stages.at(-1) !== now) seen.stages.push(now);
                seen.said = [...document.querySelectorAll("[data-arriving] li")].map((line) => line.textContent);
                const spoken = document.querySelector("[data-spoken]").textContent;
                if (spoken && seen.spoken.at(-1) !== spoken) seen.spoken.push(spoken);
            }).observe(document.querySelector("[data-progress]"), { subtree: true, childList: true, attributes: true, characterData: true });
        }"""
    )

    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url(ANSWER)

    seen = page.evaluate("JSON.parse(sessionStorage.getItem('seen'))")
    shown = page.locator(".article-body").inner_text()
    assert "checking" in seen["stages"]
    assert seen["said"]
    assert all(sentence.rstrip(".") in shown for sentence in seen["said"])
    assert seen["spoken"][-1] == "The answer is ready."
    assert all(sentence.endswith(".") for sentence in seen["spoken"])


def test_enter_asks(open_page):
    page = open_page("/")

    page.get_by_label("Your question").fill(QUESTION)
    page.keyboard.press("Enter")

    page.wait_for_url(ANSWER)
    assert page.get_by_role("heading", level=1).inner_text() == QUESTION


def test_a_slash_puts_the_cursor_in_the_box(open_page, site):
    page = open_page(site.ask())

    page.keyboard.press("/")

    assert page.evaluate("document.activeElement.name") == "question"
    page.keyboard.type("a/b")
    assert page.evaluate("document.activeElement.value") == "a/b"


def test_where_no_stream_comes_the_form_is_sent_as_a_form(open_page):
    page = open_page("/")
    page.route("**/v1/ask", lambda route: route.fulfill(status=200, body="not a stream"))

    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()

    page.wait_for_url(ANSWER)


def test_a_stream_that_is_cut_ends_in_the_form(open_page):
    page = open_page("/")
    cut = 'event: stage\ndata: {"stage": "searching"}\n\n'
    page.route(
        "**/v1/ask", lambda route: route.fulfill(status=200, content_type="text/event-stream", body=cut)
    )

    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()

    page.wait_for_url(ANSWER)


@pytest.mark.parametrize("options", [{"java_script_enabled": False}, PHONE, {"color_scheme": "dark"}])
def test_asking_and_following_up_work_without_a_script_on_a_phone_and_in_the_dark(open_page, options):
    page = open_page("/", **options)

    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url(ANSWER)
    page.get_by_label("Your follow-up question").fill("And how often does it cause dizziness?")
    page.locator("#follow-up").get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url(re.compile(r"/conversations/[0-9a-f]+#turn-2$"))

    assert page.locator(".turn").count() == 2
    assert page.get_by_text("dizziness in 3%").first.is_visible()


def test_a_conversation_goes_on_by_stream_and_can_be_deleted(open_page, site):
    page = open_page(site.ask())
    page.get_by_label("Your follow-up question").fill("And how often does it cause dizziness?")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"#turn-2$"))

    page.get_by_label("Your follow-up question").fill("Which studies are there on night cramps?")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"#turn-3$"))
    page.locator("#turn-3").wait_for()
    page.get_by_text("Delete this conversation").click()
    page.get_by_role("button", name="Delete for good").click()

    assert page.get_by_role("heading", name="Deleted").is_visible()


def test_a_question_without_a_word_is_refused_in_its_place(open_page):
    page = open_page("/", java_script_enabled=False)

    page.get_by_label("Your question").fill("???")
    with page.expect_response("**/ask") as reply:
        page.get_by_role("button", name="Ask", exact=True).click()

    assert reply.value.status == 422
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("Your question").input_value() == "???"


@pytest.mark.parametrize("width", [320, 390, 820, 1280])
def test_nothing_is_wider_than_the_window(open_page, site, width):
    paths = (
        "/",
        site.ask(),
        "/search?q=dromedaril",
        "/documents/ref:made-up-trial",
        "/review",
        "/library",
        "/policy",
        "/sign-in",
    )
    page = open_page("/", viewport={"width": width, "height": 800})

    for path in paths:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
