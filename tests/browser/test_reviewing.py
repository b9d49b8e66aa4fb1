"""From a question to an approval, to a retraction, to a re-issue: the whole life of an answer on its pages."""

from __future__ import annotations

import re

from web_kit import TRIAL


def state(page):
    return page.locator(".steps [aria-current=step]").inner_text()


def test_an_answer_is_submitted_taken_approved_stale_and_issued_again(open_page, own_site):
    page = open_page(own_site.ask(), at=own_site)
    assert state(page) == "Submitted"

    page.get_by_role("button", name="Ask for a review").click()
    page.goto("/review")
    waiting = page.locator("section", has=page.get_by_role("heading", name="Waiting")).locator(".queue li a")
    waiting.first.click()
    page.get_by_role("button", name="Take the review").click()
    assert state(page) == "Under Review"
    page.get_by_label("Comment").fill("Read against both sources.")
    page.get_by_role("button", name="Approve").click()
    assert state(page) == "Approved"
    assert page.get_by_text("Read against both sources.").is_visible()

    own_site.index("trial", TRIAL.format(more="status: retracted\n"))
    page.reload()
    assert state(page) == "Under Review"
    notice = page.locator(".notice", has_text="Out of date.")
    assert "retracted" in notice.inner_text()
    assert page.get_by_role("button", name="Approve").count() == 0

    notice.get_by_role("button", name="Re-issue on today").click()
    page.wait_for_url(re.compile(r"/difference$"))
    assert "halved the number" in page.locator(".changes .removed").first.inner_text()
    assert "was retracted" in page.locator(".changes .removed").first.inner_text()
    page.get_by_role("link", name="Read the new answer").click()
    assert "halved the number" not in page.locator(".article-body").inner_text()
    assert page.get_by_role("link", name="what changed").is_visible()


def test_an_answer_that_was_returned_says_why(open_page, own_site):
    page = open_page(own_site.ask(), at=own_site, java_script_enabled=False)

    page.get_by_role("button", name="Take the review").click()
    page.get_by_label("Comment").fill("The cohort is missing.")
    page.get_by_role("button", name="Return").click()

    assert state(page) == "Submitted"
    assert page.get_by_text("The cohort is missing.").is_visible()


def test_what_is_wrong_can_be_said(open_page, site):
    page = open_page(site.ask())

    page.get_by_text("Something is wrong with this answer").click()
    page.get_by_text("A citation is wrong").click()
    page.get_by_label("In your words").fill("Reference 1 is about adults.")
    page.get_by_role("button", name="Send").click()

    assert page.get_by_role("heading", name="Thank you").is_visible()
