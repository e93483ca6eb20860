"""Introductions and changes by clicks (C1.2, A5.4, C1.8): in the order in which a manager would do it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import await_drawn


def test_what_was_learnt_leads_to_the_deputy_and_the_way_to_him(open_app):
    """Changes of a client, opened to a person; their ways; a key figure's ways without leaving the client."""
    page = open_app("client?client=client-zaonezhsky")
    page.get_by_role("tab", name="Changes").click()
    page.get_by_text("a year", exact=True).click()
    expect(page.get_by_text("political status from Inner circle to Outside").first).to_be_visible()
    expect(page.get_by_text(re.compile("Разговор с Зайчиковой, 12 ноября 2026")).first).to_be_visible()
    page.get_by_text("As a mail").click()
    expect(page.get_by_role("link", name="Write a mail")).to_have_attribute("href", re.compile("^mailto:"))
    page.get_by_role("tab", name="Key figures").click()
    page.get_by_role("button", name="How to reach").first.click()
    way = page.locator("ol.gc-way:visible").first
    expect(way.locator(".gc-who strong").nth(1)).to_have_text("Мелентьева Ольга Юрьевна")
    await_drawn(page)


def test_a_tie_that_is_reasoned_waits_for_a_no_that_can_be_undone(open_app):
    """The demo is left as it was."""
    page = open_app("person?person=person-zaonezhsky-veligzhanin")
    expect(page.locator(".gc-dashed").first).to_be_visible()
    expect(page.get_by_text(re.compile("Both have worked at .* since 1993")).first).to_be_visible()
    row = page.locator(".st-key-reasoned-person-zaonezhsky-lukoyanov")
    row.get_by_role("button", name="They do not").click()
    expect(page.get_by_text("Remembered: they do not know each other.")).to_be_visible()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Undo", exact=True).first.click()
    expect(page.get_by_text("The change was taken back.")).to_be_visible()
    expect(row).to_have_count(1)
