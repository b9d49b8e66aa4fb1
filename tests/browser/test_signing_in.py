"""A server with keys lets nobody see a page without one; the cookie stands for the key and not for more."""

from __future__ import annotations

import pytest
from web_kit import QUESTION

from service.http.access import AccessRole
from service.http.keys import keys_in


@pytest.fixture
def locked(own_site):
    """A server with keys, and the secrets of a reader and a reviewer."""
    keys = keys_in(own_site.home)
    return own_site, *(
        keys.add(f"Made-up {role.value}", role)[1] for role in (AccessRole.READER, AccessRole.REVIEWER)
    )


def signed_in(open_page, site, secret):
    page = open_page("/", at=site, java_script_enabled=False)
    page.get_by_label("API key").fill(secret)
    page.get_by_role("button", name="Sign in").click()
    return page


def test_whoever_comes_without_a_key_is_led_to_the_sign_in(open_page, locked):
    site, *_ = locked

    for path in ("/", "/review", "/library", "/answers/abc"):
        page = open_page(path, at=site, java_script_enabled=False)
        assert page.url.endswith("/sign-in")


def test_a_wrong_key_is_refused(open_page, locked):
    site, *_ = locked

    page = signed_in(open_page, site, "vouch_nothing")

    assert page.get_by_role("alert").is_visible()
    assert not page.context.cookies()


def test_a_reader_asks_and_cannot_review_and_a_reviewer_can(open_page, locked):
    site, reader, reviewer = locked
    page = signed_in(open_page, site, reader)
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_role("button", name="Ask for a review").click()
    assert page.get_by_role("button", name="Take the review").count() == 0

    other = signed_in(open_page, site, reviewer)
    other.goto("/review")
    other.get_by_role("link", name=QUESTION).first.click()
    other.get_by_role("button", name="Take the review").click()
    other.get_by_role("button", name="Approve").click()

    assert other.locator(".steps [aria-current=step]").inner_text() == "Approved"


def test_the_cookie_holds_no_key_is_hidden_from_scripts_and_ends_with_the_sign_out(open_page, locked):
    site, reader, _ = locked
    page = signed_in(open_page, site, reader)
    [cookie] = page.context.cookies()

    assert reader not in cookie["value"]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    page.get_by_role("link", name="Made-up reader").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/library")

    assert page.url.endswith("/sign-in")


def test_an_answer_of_somebody_else_is_not_there(open_page, locked):
    site, reader, reviewer = locked
    page = signed_in(open_page, site, reader)
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    address = page.url

    other = signed_in(open_page, site, reviewer)
    reply = other.goto(address)

    assert reply.status == 404
    assert other.get_by_role("heading", name="Not here").is_visible()
