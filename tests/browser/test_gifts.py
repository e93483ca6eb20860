"""A gift by clicks (C2.5, C3.5): one is refused, a correct one planned, approved by somebody else, given, audited."""

from __future__ import annotations

import csv
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import environment_of
from tests.graph.test_gift_register import household
from tests.small_graph import build, node


@pytest.fixture
def office(database, neo4j_endpoint, start_app):
    """The address of an app over a small household."""
    household(database)
    build(database, [node("dear", "Offering", name="Golden pen", kind="souvenir", price=60, currency="EUR")], [])
    return start_app(**environment_of(neo4j_endpoint))


def act_as(page: Page, name: str) -> None:
    """Choose who acts. A list closes when the page scrolls under it, so the pointer goes there first."""
    box = page.get_by_role("combobox", name=re.compile("Acting as")).first
    box.hover()
    box.click()
    page.get_by_role("option", name=name).click()


def open_goodwill(page: Page, office: str) -> None:
    page.goto(f"{office}/person?person=ann")
    page.get_by_text("Goodwill: what is correct, and which gift").click()
    expect(page.get_by_text("none of it is legal advice").first).to_be_visible()


def see_what_is_refused(page: Page) -> None:
    page.get_by_text("Choose a gift").click()
    expect(page.get_by_text("No gift is fitting.")).to_be_visible()  # nothing is known that one could fit
    expect(page.get_by_text(re.compile("€60 is over the limit of €45"))).to_be_visible()
    expect(page.get_by_text("1 gift: Golden pen")).to_be_visible()
    expect(page.get_by_text("Send something useful for their work").last).to_be_visible()
    page.get_by_text("Correct, though nothing that is known").click()
    expect(page.locator(".st-key-gift-offer-dear")).to_have_count(0)


def plan_a_correct_one(page: Page) -> None:
    right = page.locator(".st-key-gift-offer-gift-18")
    right.get_by_role("button", name="Plan", exact=True).click()
    act_as(page, "Ines")
    right.get_by_role("button", name=re.compile("^Plan it for")).click()
    page.get_by_role("button", name="Send for approval").click()
    expect(page.get_by_text("0 of 1 agreed")).to_be_visible()


def have_it_approved_and_give_it(page: Page) -> None:
    page.get_by_role("link", name="Gifts").click()
    expect(page.get_by_role("heading", name="To be approved · 1")).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text(re.compile("in the register: Nobody approves"))).to_be_visible()
    act_as(page, "Jan")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="Approved · 1")).to_be_visible()
    page.get_by_role("button", name="Given").click()
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="Given").click()
    expect(page.get_by_text("No gift is under way")).to_be_visible()


def register_of(page: Page, tmp_path) -> list[tuple[str, str, str]]:
    page.get_by_role("tab", name="Register").click()
    expect(page.get_by_text(re.compile("5 entries, none changed"))).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export for the auditor (CSV)").click()
    download.value.save_as(tmp_path / "register.csv")
    with (tmp_path / "register.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row["Step"], row["Outcome"], row["By whom of ours"]) for row in csv.DictReader(file)]


def test_a_gift_is_refused_and_another_approved_by_somebody_else(office, page, tmp_path):
    page.set_viewport_size({"width": 1400, "height": 1500})
    open_goodwill(page, office)
    see_what_is_refused(page)
    plan_a_correct_one(page)
    have_it_approved_and_give_it(page)
    assert register_of(page, tmp_path) == [
        ("Plan", "done", "Ines"), ("Sending for approval", "done", "Ines"),
        ("Approval", "refused", "Ines"), ("Approval", "done", "Jan"), ("Giving", "done", "Jan"),
    ]  # fmt: skip
    open_goodwill(page, office)
    expect(page.get_by_role("button", name="Record the reaction")).to_be_visible()
    act_as(page, "Ines")
    page.get_by_role("button", name="Record the reaction").click()
    body = page.get_by_test_id("stPopoverBody")
    body.get_by_role("combobox").click()
    page.get_by_role("option", name="Delighted").click()
    body.get_by_role("button", name="Record the reaction").click()
    page.get_by_text("Choose a gift").click()
    page.get_by_text("Correct, though nothing that is known").click()
    again = page.locator(".st-key-gift-offer-gift-8")
    again.get_by_text("Why", exact=True).click()
    expect(
        again.get_by_text(re.compile("The reaction to a gift of this kind on .* was: Delighted")).first
    ).to_be_visible()
