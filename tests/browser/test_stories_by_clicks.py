"""Both stories from the list of clients to their answer by clicks alone, from one page load (C1.2-C1.8, C2.1, D1).

The walker knows the name of the client and nothing else: each step is a tab, a button or a link that the page shows.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenApp, await_drawn

ROW = 35
"""Pixels of a row of the list, which is drawn on a canvas."""


@pytest.fixture
def start(open_app: OpenApp):
    """The list of clients on the day on which the stories are told; in the end the page was never loaded again."""
    page = open_app("?as_of=2026-11-23")
    page.evaluate("window.loadedOnce = true")
    yield page
    assert page.evaluate("window.loadedOnce"), "the page was loaded again"


def choose_client(page: Page, words: str, name: str) -> None:
    page.get_by_role("searchbox", name="Search").fill(words)
    expect(page.get_by_text(re.compile("^1 client of"))).to_be_visible()
    await_drawn(page)
    box = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + 60, box["y"] + 1.5 * ROW)
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    await_drawn(page)


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    await_drawn(page)


def test_whom_had_we_not_asked(start: Page):
    """Story 1: the first key figure is a man whom the chart puts tenth; why, the way to him, and that he is enough."""
    page = start
    choose_client(page, "Заонежский", "Заонежский картонный комбинат")
    expect(page.get_by_text("No supporter among key players").first).to_be_visible()
    # Who has the power, against the chart; and nobody of ours is in contact.
    tab(page, "Key figures")
    expect(page.locator(".gc-rank").first).to_have_text("1")
    first = page.locator('[role="tabpanel"] [data-testid="stPageLink-NavLink"]:visible').first
    expect(first).to_have_text("Велигжанин Константин Маркович")
    expect(page.get_by_text("9 places above the chart")).to_be_visible()
    # Why: three independent sources.
    for source in ("Лукояновым", "Мелентьевой", "Зайчиковой"):
        expect(page.locator(".gc-proof small:visible", has_text=source).first).to_be_visible()
    # The path.
    page.get_by_role("button", name="How to reach").first.click()
    way = page.locator("ol.gc-way:visible").first
    expect(way.locator(".gc-who strong")).to_have_text(
        ["Анна Белякова", "Мелентьева Ольга Юрьевна", "Велигжанин Константин Маркович"]
    )
    page.keyboard.press("Escape")
    await_drawn(page)
    # Whom to win: he alone.
    tab(page, "Whom to win")
    expect(page.get_by_text("To win: 1 person.")).to_be_visible()
    best = page.locator('[class*="st-key-win-set-client-zaonezhsky-1"]')
    expect(best.get_by_role("link", name="Велигжанин Константин Маркович")).to_be_visible()
    expect(best.get_by_text("Nobody of ours is in contact.")).to_be_visible()
    # What is to be done, from the plan to the page of the woman who can introduce us.
    tab(page, "Account plan")
    step = page.locator(".st-key-step-plan-step-zaonezhsky-5")
    expect(step.get_by_text("Анна Белякова")).to_be_visible()
    step.get_by_role("link", name=re.compile("Мелентьева")).click()
    expect(page.get_by_role("heading", level=1, name=re.compile("Мелентьева"))).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Белякова")).first).to_be_visible()


def test_what_is_left_on_the_first_of_january(start: Page):
    """Story 2: one thread, who decides beside it, what breaks when it goes, and with whom to begin."""
    page = start
    choose_client(page, "Hallbach", "Hallbach Fördertechnik")
    expect(page.get_by_text(re.compile("All our contact hangs on one thread.*31 Dec 2026"))).to_be_visible()
    expect(page.locator(".gc-facts").first).to_contain_text("1 of 5")
    tab(page, "Key figures")
    first = page.locator('[role="tabpanel"] [data-testid="stPageLink-NavLink"]:visible').first
    expect(first).to_have_text("Tilo Börnert")
    # What breaks, and whom to meet first.
    tab(page, "What if")
    page.get_by_role("button", name=re.compile("Without Jürgen Sieglitz, who leaves")).click()
    expect(page.get_by_text("No way of ours leads to anybody who decides.")).to_be_visible()
    expect(page.get_by_text(re.compile("Tilo Börnert has a say in the decision")).first).to_be_visible()
    # The map on the day on which he is gone.
    tab(page, "Power map")
    page.get_by_role("button", name="Later change").click()
    expect(page.get_by_text("The map as of 31 Dec 2026")).to_be_visible()
    expect(page.get_by_text("No supporter among key players").first).to_be_visible()
    page.get_by_role("button", name=re.compile("What changes until|What changed since")).click()
    expect(page.get_by_text(re.compile("Jürgen Sieglitz left"))).to_be_visible()
    page.keyboard.press("Escape")
    # Whom to win then, and the way to him.
    tab(page, "Whom to win")
    best = page.locator('[class*="st-key-win-set-client-hallbach-1"]')
    best.get_by_role("link", name="Tilo Börnert").click()
    expect(page.get_by_role("heading", level=1, name="Tilo Börnert")).to_be_visible()
    expect(page.get_by_role("heading", name="How to reach", exact=True)).to_be_visible()
