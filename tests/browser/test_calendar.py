"""The calendar in a browser: enter a date where it is seen, subscribe to the feed by its secret address (C2.4)."""

import re
import urllib.error
import urllib.request

import pytest
import vobject
from playwright.sync_api import Page, expect

from graphcrm.database.connection import Database
from graphcrm.database.local import Endpoint
from tests.browser.conftest import StartApp, await_drawn, environment_of
from tests.small_graph import orion


@pytest.fixture
def base(database: Database, neo4j_endpoint: Endpoint, start_app: StartApp) -> str:
    """The app on Orion."""
    orion(database)
    return start_app(**environment_of(neo4j_endpoint))


def status(address: str, method: str = "GET") -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, method=method), timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_the_feed_by_its_secret_address(page: Page, base: str):
    page.goto(f"{base}/calendar?language=en")
    page.get_by_text("Subscribe in a calendar program").click()
    page.get_by_role("button", name="Make a new address").click()
    await_drawn(page)
    address = page.get_by_test_id("stCode").inner_text().strip()
    assert address.startswith(f"{base}/calendar-feed/")
    with urllib.request.urlopen(address, timeout=20) as answer:
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        (feed,) = vobject.readComponents(answer.read().decode("utf-8"))  # not the library that wrote it
    days = [event.summary.value for event in feed.vevent_list]
    assert any("Foundation" in one for one in days)
    assert not any("MARK-family" in one for one in days)
    page.get_by_role("button", name="Make a new address").click()
    expect(page.get_by_test_id("stCode")).not_to_contain_text(address)
    assert status(address) == 404
    new = page.get_by_test_id("stCode").inner_text().strip()
    assert [status(new), status(new[:-5] + "x.ics"), status(new, "POST"), status(f"{base}/calendar-feed/../x.ics")] == [
        200, 404, 404, 404,
    ]  # fmt: skip


def test_a_date_is_entered_where_it_is_seen_and_an_impossible_one_is_told(page: Page, base: str, database: Database):
    page.goto(f"{base}/calendar?language=en")
    page.get_by_role("button", name="New date").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Whose: find a person or a firm by name").fill("Ida")
    dialog.get_by_label("Whose: find a person or a firm by name").press("Enter")
    expect(dialog.get_by_role("combobox", name="Whose", exact=True)).to_have_value(re.compile("Ida Moss"))
    dialog.get_by_role("textbox", name="Name *").fill("Regatta")
    dialog.get_by_role("textbox", name="Date *").fill("2026-02-30")
    dialog.get_by_role("combobox", name=re.compile("Kind")).click()
    page.get_by_role("option", name="Date of a hobby").click()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("is not a date that exists")).to_be_visible()
    dialog.get_by_role("textbox", name="Date *").fill("--06-07")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    rows = database.read("MATCH (d:UsefulDate {name: 'Regatta'})-[:DATE_OF]->(p) RETURN d.date AS d, p.id AS p")
    assert rows == [{"d": "--06-07", "p": "p-ida"}]
