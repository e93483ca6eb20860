"""The map over time by keys and clicks (C1.8): to the day on which the only contact is gone, and what changes."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import await_drawn, while_it_draws
from tests.browser.test_axe import faults


def test_to_the_day_on_which_he_is_gone_and_back(open_app):
    """Story 2: Sieglitz is a mentor today; on the next day of change the map holds no supporter."""
    page = open_app("client?client=client-hallbach&as_of=2026-11-23")
    expect(page.get_by_text("The map as of 23 Nov 2026")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("Changes known: 31 Dec 2026"))).to_be_visible()
    page.get_by_role("button", name="Later change").click()
    expect(page.get_by_text("The map as of 31 Dec 2026")).to_be_visible()
    expect(page.get_by_text("No supporter among key players").first).to_be_visible()
    await_drawn(page)
    assert "as_of=2026-12-31" in page.url
    changes = page.get_by_role("button", name=re.compile("What changes until|What changed since"))
    with while_it_draws(page):  # closed while it is being drawn: once that left an empty page behind
        for _again in range(3):
            changes.click()
            page.keyboard.press("Escape")
    changes.click()
    expect(page.get_by_text(re.compile("Jürgen Sieglitz left"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text(re.compile("Jürgen Sieglitz left"))).to_be_hidden()
    await_drawn(page)  # a popover that closes gives the focus back to its button
    thumb = page.get_by_role("slider").first
    thumb.focus()
    expect(thumb).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("The map as of 30 Dec 2026")).to_be_visible()
    expect(page.get_by_text("A key player supports us").first).to_be_visible()
    await_drawn(page)
    assert faults(page) == []
