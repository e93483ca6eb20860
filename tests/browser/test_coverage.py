"""Log a call by clicks and see strength and last contact change (C1.2, D1)."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from graphcrm.database.connection import Database
from graphcrm.database.local import Endpoint
from tests.browser.conftest import StartApp, await_drawn, environment_of
from tests.small_graph import build, node, tie


@pytest.fixture
def base(database: Database, neo4j_endpoint: Endpoint, start_app: StartApp) -> str:
    """The app on a client whose only relation has halved since it was stated."""
    build(
        database,
        [
            node("us", "Organization OwnFirm", name="We"),
            node("nord", "Organization Client", name="Nord"),
            node("anna", "Person", name="Anna Berg"),
            node("per", "Person", name="Пер Лунд"),
            node("bo", "Person Employee", name="Bo Dahl"),
        ],
        [
            tie("anna", "WORKS_AT", "nord", title="Head", level=1),
            tie("per", "WORKS_AT", "nord", title="Deputy", level=2),
            tie("anna", "STAKEHOLDER_IN", "nord", roles=["decision_maker"], support="neutral",
                valid_from=date(2026, 1, 1)),
            tie("bo", "WORKS_AT", "us"),
            tie("anna", "COVERED_BY", "bo", coverage="multiple", level_now="credible_source", strength=8.0,
                level_wanted="trusted_advisor", last_contact=date.today() - timedelta(days=180)),
        ],
    )  # fmt: skip
    return start_app(**environment_of(neo4j_endpoint))


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    await_drawn(page)


def test_a_call_logged_by_clicks_renews_the_relation(page: Page, base: str, database: Database):
    page.goto(f"{base}/client?client=nord&language=en")
    await_drawn(page)
    open_tab(page, "Coverage")
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("4 of 10")
    expect(main).to_contain_text("50% of it is left, with a half-life of 180 days")
    page.get_by_role("button", name="Log a contact").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Anna Berg")  # both are guessed: there is one relation
    expect(dialog).to_contain_text("Bo Dahl")
    dialog.get_by_role("radio", name="Call").or_(dialog.get_by_role("button", name="Call")).first.click()
    dialog.get_by_role("radio", name="Warm").or_(dialog.get_by_role("button", name="Warm")).first.click()
    dialog.get_by_label("What was said").fill("Prices for next year <b>agreed</b>")
    dialog.get_by_label("Next step").fill("Send the paper")
    dialog.get_by_text("Attitude to us", exact=True).click()
    dialog.get_by_role("combobox", name=re.compile("Attitude to us$")).click()
    page.get_by_role("option", name="Supporter", exact=True).click()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    await_drawn(page)
    # 4, and a fifth of the 6 that are missing to 10
    expect(main).to_contain_text("5.2 of 10")
    expect(main).to_contain_text("(today)")
    expect(main).to_contain_text("added 1.2; 100% of it is left")
    open_tab(page, "Contacts")
    expect(main).to_contain_text("Prices for next year <b>agreed</b>")
    expect(main).to_contain_text("next: Send the paper (Bo Dahl, no date)")
    stances = database.read(
        "MATCH (:Person {id: 'anna'})-[s:STAKEHOLDER_IN]->() RETURN s.support AS support, s.valid_to AS until "
        "ORDER BY s.valid_from"
    )
    assert [(row["support"], row["until"]) for row in stances] == [("neutral", date.today()), ("supporter", None)]
    assert database.read("MATCH (c:Change) RETURN count(c) AS n")[0]["n"] == 1, "one action, one change"
    page.get_by_role("button", name="Undo").click()
    await_drawn(page)
    open_tab(page, "Coverage")
    expect(main).to_contain_text("4 of 10")


def test_my_week_leads_to_where_a_line_is_acted_on(page: Page, base: str, database: Database):
    today = date.today()
    build(
        database,
        [node("i1", "Interaction", kind="call", date=today, next_step="Send <i>it</i>", next_step_due=today)],
        [tie("i1", "FOR_CLIENT", "nord"), tie("i1", "CONDUCTED_BY", "bo"), tie("i1", "WITH", "anna")],
    )
    page.goto(f"{base}/?language=en")
    page.get_by_role("link", name="My week").click()
    await_drawn(page)
    main = page.get_by_test_id("stMain")
    page.get_by_role("combobox", name="Whose week").click()
    page.get_by_role("option", name="Bo Dahl", exact=True).click()
    expect(main).to_contain_text("Next step: Send <i>it</i>")
    expect(page).to_have_url(re.compile("for=bo"))
    page.get_by_role("button", name="Done").click()
    expect(main).to_contain_text("Nothing is due in these days.")
    assert database.read("MATCH (i:Interaction) RETURN i.next_step_done AS on")[0]["on"] == today
    main.get_by_role("link", name="Nord").first.click()  # the change that was just made is a line, too
    expect(page.get_by_role("heading", level=1, name="Nord")).to_be_visible()
