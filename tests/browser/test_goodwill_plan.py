"""A quarter planned for one client by clicks: changed, dropped, confirmed, and done from My week (C3, D1)."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from graphcrm.database.connection import Database
from tests.browser.conftest import NARROW, StartApp, environment_of
from tests.small_graph import build, node, tie


@pytest.fixture
def base(database: Database, neo4j_endpoint, start_app: StartApp) -> str:
    """The app on a client with two who decide: one with a birthday in three weeks, one without any date."""
    on = date.today() + timedelta(days=21)
    build(
        database,
        [
            node("nord", "Organization Client", name="Nord"),
            node("firm", "Organization OwnFirm", name="We"),
            node("kai", "Person Employee", name="Kai Brandt"),
            node("anna", "Person", name="Anna Holm"),
            node("per", "Person", name="Per Lund"),
            node("birthday", "UsefulDate", name="Birthday", kind="birthday", date=f"--{on:%m-%d}", recurs=True),
            node("sailing", "Interest", name="Sailing"),
            node("chart", "Offering", name="Sea chart", kind="souvenir", price=20.0, currency="EUR", fits=["sailing"]),
        ],
        [
            *(tie(one, "WORKS_AT", "nord") for one in ("anna", "per")),
            *(tie(one, "STAKEHOLDER_IN", "nord", roles=["decision_maker"]) for one in ("anna", "per")),
            *(
                tie(one, "COVERED_BY", "kai", coverage="multiple", level_now="problem_solver")
                for one in ("anna", "per")
            ),
            tie("kai", "WORKS_AT", "firm"),
            tie("anna", "INTERESTED_IN", "sailing", use="open"),
            tie("birthday", "DATE_OF", "anna"),
        ],
    )
    return start_app(**environment_of(neo4j_endpoint))


def step(page: Page, who: str, part: str = "words"):
    return page.locator(f".st-key-goodwill-step-{who}-{part}")


def test_a_quarter_is_planned_changed_confirmed_and_done_in_my_week(page: Page, base: str, database: Database):
    page.set_viewport_size({"width": 1400, "height": 1500})
    page.goto(f"{base}/client?client=nord&language=en")
    page.get_by_role("tab", name="Goodwill plan").click()
    expect(step(page, "anna").get_by_text("Congratulate in person or by phone")).to_be_visible()
    expect(step(page, "anna", "more").get_by_text("Sea chart")).to_be_visible()
    expect(page.get_by_text(re.compile("this plan €20 · left €80"))).to_be_visible()
    step(page, "anna").get_by_role("button", name="Change").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name=re.compile("Gesture")).click()
    page.get_by_role("option", name=re.compile("Card with handwritten lines")).click()
    dialog.get_by_role("button", name="Take it over").click()
    expect(step(page, "anna").get_by_text("Card with handwritten lines")).to_be_visible()
    step(page, "anna", "more").get_by_role("button", name="Drop").click()
    expect(page.get_by_text(re.compile("this plan €0 · left €100"))).to_be_visible()
    page.get_by_role("button", name="Confirm 2 steps").dblclick()
    expect(page.get_by_text("2 steps are planned.")).to_be_visible()
    expect(page.get_by_text("Planned or done in this quarter already")).to_be_visible()
    rows = database.read(
        "MATCH (e)<-[:DONE_BY]-(a:GoodwillAction)-[:TARGETS]->(p) "
        "RETURN p.id AS who, a.status AS status, e.id AS owner ORDER BY who"
    )
    assert rows == [{"who": one, "status": "planned", "owner": "kai"} for one in ("anna", "per")]
    page.get_by_role("link", name="Look at My week").click()
    expect(page.get_by_role("heading", name="My week")).to_be_visible()
    expect(page.get_by_text(re.compile("Congratulation: Send something useful for their work"))).to_be_visible()
    page.get_by_role("button", name="Done").first.click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    done = database.read("MATCH (a:GoodwillAction {status: 'done'})-[:TARGETS]->(p) RETURN p.id AS who, a.date AS on")
    assert done == [{"who": "per", "on": date.today()}]


def test_on_a_phone_in_russian_and_dark_nothing_is_cut_off(page: Page, base: str):
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="dark")
    page.goto(f"{base}/client?client=nord&language=ru&tab=goodwill")
    page.get_by_role("tab", name="План внимания").click()
    expect(step(page, "anna").get_by_text("Почему")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
