"""Owners and clusters by clicks: the tabs, the ties of a chain with who says so, the Cypher, on to a client (D2)."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenApp, await_drawn


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()
    expect(page.get_by_role("tab", name=name, selected=True)).to_be_visible()
    await_drawn(page)


def expect_computed(page: Page, *queries: str) -> None:
    """Opens the way to the answer and closes it."""
    panel = page.get_by_role("tabpanel")
    panel.get_by_role("button", name="How was this computed?").click()
    shown = page.get_by_test_id("stPopoverBody")
    for query in queries:
        expect(shown.get_by_text(query, exact=True)).to_be_visible()
    expect(shown).to_contain_text("MATCH (client:Client)")
    page.keyboard.press("Escape")
    expect(shown).to_have_count(0)


def test_from_the_owners_to_the_clusters_and_a_client(open_app: OpenApp):
    page = open_app("partners?as_of=2026-11-23")
    open_tab(page, "Owners")
    owner = page.locator(".st-key-owner-person-holding-sayan-zvyagin")
    expect(owner.get_by_text("2 clients", exact=True)).to_be_visible()
    owner.get_by_text("Why: the reasons and what they rest on").click()
    expect(owner.get_by_text("confidence 60% · source not known · verified 2 Mar 2026")).to_be_visible()
    await_drawn(page)
    expect_computed(page, "owner_ties")
    open_tab(page, "Clusters")
    group = page.locator(".st-key-cluster-1")
    expect(group).to_contain_text("Held together by, with how many of these clients:")
    expect_computed(page, "client_partners", "owner_ties")
    client = group.get_by_role("link").first
    name = client.inner_text()
    client.click()
    page.wait_for_url("**/client?*client=*")
    expect(page.get_by_role("heading", level=1, name=re.compile(re.escape(name)))).to_be_visible()
