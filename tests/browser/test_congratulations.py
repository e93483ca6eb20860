"""Monday's page: a key-account manager sends the first correct congratulation within a minute (C3.1-C3.4, D1)."""

import re
from datetime import date, timedelta
from time import monotonic
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from graphcrm.database.connection import Database
from graphcrm.database.local import Endpoint
from tests.browser.conftest import NARROW, StartApp, await_drawn, environment_of
from tests.small_graph import build, node, orion, tie

AT_MOST_SECONDS = 60


@pytest.fixture
def base(database: Database, neo4j_endpoint: Endpoint, start_app: StartApp) -> str:
    """The app on Orion, where Ida, whom Kai covers, has her birthday; a colleague who died had the same."""
    on = date.today() + timedelta(days=1)
    orion(database)
    build(
        database,
        [node("b-ida", "UsefulDate", name="Birthday", kind="birthday", date=f"--{on:%m-%d}", recurs=True),
         node("p-dead", "Person", name="Max Vogt", status="deceased", birth_date=f"1950-{on:%m-%d}")],
        [tie("b-ida", "DATE_OF", "p-ida"), tie("p-dead", "WORKS_AT", "c-orion")],
    )  # fmt: skip
    database.write(
        "MATCH (p:Person {id: 'p-ida'}) SET p.email = 'ida@orion.example', p.language = 'de', p.gender = 'female', "
        "p.given_name = 'Ida', p.family_name = 'Moss'",
        {},
    )
    return start_app(**environment_of(neo4j_endpoint))


def test_the_first_correct_congratulation_within_a_minute(page: Page, base: str, database: Database):
    page.goto(f"{base}/week?language=en")
    await_drawn(page)
    begun = monotonic()
    page.get_by_role("link", name="Congratulations").click()
    expect(page.get_by_role("heading", name="Congratulations")).to_be_visible()
    await_drawn(page)
    card = page.locator(".st-key-congratulation")
    page.get_by_role("button", name="Ida Moss").first.click()
    expect(card.get_by_role("link", name="Ida Moss")).to_be_visible()
    expect(card.get_by_label("Text", exact=True)).to_have_count(1)  # the draft before it is gone
    text = card.get_by_label("Text", exact=True)
    expect(text).to_have_value(re.compile(r"^Sehr geehrte Frau Moss,\n\n(.|\n)+\nKai Brandt$"))
    link = card.get_by_role("link", name="Open in my mail program").get_attribute("href")
    assert link is not None
    assert link.startswith("mailto:ida@orion.example?subject=")
    assert parse_qs(urlsplit(link).query)["body"] == [text.input_value().replace("\n", "\r\n")]
    with page.expect_download() as download:
        card.get_by_role("button", name="Mail file (.eml)").click()
    assert b"To: Ida Moss <ida@orion.example>" in download.value.path().read_bytes()
    card.get_by_role("button", name="Record as sent").dblclick()
    expect(page.get_by_text("Recorded as sent.")).to_be_visible()
    assert monotonic() - begun < AT_MOST_SECONDS
    expect(page.get_by_text(re.compile("^sent "))).to_be_visible()
    rows = database.read("MATCH (a:Congratulation)-[:TARGETS]->(p) RETURN p.id AS p, a.status AS status")
    assert rows == [{"p": "p-ida", "status": "done"}]
    expect(page.get_by_text("Has died: no congratulations.").first).to_be_visible()


def test_on_a_phone_in_russian_and_dark(page: Page, base: str):
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="dark")
    page.goto(f"{base}/congratulations?language=ru")
    expect(page.get_by_role("button", name="Записать как отправленное")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
