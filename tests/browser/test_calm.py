"""The waiting of all tests here (conftest.py, calm.js): else they would pass or fail by who is quicker."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenApp, await_drawn, while_it_draws

SLOWLY = """() => {
  const own = Object.getPrototypeOf(WebSocket.prototype), send = own.send;
  own.send = function (message) { setTimeout(() => send.call(this, message), 700); }; }"""
BEFORE, AFTER = "The map as of 23 Nov 2026", "The map as of 31 Dec 2026"


@pytest.fixture
def clicked(open_app: OpenApp) -> Page:
    """A click that the server hears of only 0.7 s later: longer than the quiet after which a page counts as drawn."""
    page = open_app("client?client=client-hallbach&as_of=2026-11-23")
    page.evaluate(SLOWLY)
    page.get_by_role("button", name="Later change").click()
    return page


def test_a_click_that_is_on_its_way_is_waited_for(clicked: Page):
    assert clicked.get_by_text(BEFORE).count() == 1
    await_drawn(clicked)
    assert (clicked.get_by_text(BEFORE).count(), clicked.get_by_text(AFTER).count()) == (0, 1)


def test_an_expectation_does_not_hold_for_what_was_there_before(clicked: Page):
    with pytest.raises(AssertionError):
        expect(clicked.get_by_text(BEFORE)).to_be_visible(timeout=4_000)


def test_an_action_waits_too(clicked: Page):
    clicked.get_by_role("button", name="Earlier change").focus()
    assert clicked.get_by_text(AFTER).count() == 1


def test_where_it_is_wished_nothing_waits(clicked: Page):
    with while_it_draws(clicked):
        expect(clicked.get_by_text(BEFORE)).to_be_visible(timeout=600)
