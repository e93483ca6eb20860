"""By clicks: choose the guests of an event, send the invitations, take an answer, seat everybody (C3.6)."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from graphcrm.database.connection import Database
from graphcrm.database.local import Endpoint
from tests.browser.conftest import StartApp, await_drawn, environment_of
from tests.browser.test_gifts import act_as
from tests.small_graph import build, node, tie

TODAY = date.today()


@pytest.fixture
def base(database: Database, neo4j_endpoint: Endpoint, start_app: StartApp) -> str:
    """A party of four seats; two at a client, one of ours on the list; a deal that was just won."""
    build(
        database,
        [
            node("us", "Organization OwnFirm", name="We"),
            node("nord", "Organization Client", name="Nord"),
            node("anna", "Person", name="Anna <b>Berg</b>"),
            node("per", "Person", name="Пер Лунд"),
            node("bo", "Person Employee", name="Bo Dahl"),
            node("eva", "Person Employee", name="Eva Lind"),
            node("party", "Event", name="Party", kind="celebration", date=TODAY + timedelta(days=30), seats=4,
                 table_seats=4, cost_per_guest=20.0, currency="EUR"),
            node("won", "Deal", name="Pumps", stage="won", closed=TODAY - timedelta(days=9)),
        ],
        [
            tie("anna", "WORKS_AT", "nord", title="Head", level=1),
            tie("per", "WORKS_AT", "nord", title="Deputy", level=2),
            tie("anna", "STAKEHOLDER_IN", "nord", roles=["decision_maker"]),
            tie("per", "STAKEHOLDER_IN", "nord", roles=["economic_buyer"]),
            tie("bo", "WORKS_AT", "us"),
            tie("eva", "WORKS_AT", "us"),
            tie("anna", "COVERED_BY", "bo", coverage="multiple"),
            tie("bo", "INVITED_TO", "party", rsvp="accepted"),
            tie("won", "FOR_CLIENT", "nord"),
        ],
    )  # fmt: skip
    return start_app(**environment_of(neo4j_endpoint))


def answers(database: Database) -> dict[str, str]:
    rows = database.read("MATCH (p)-[t:INVITED_TO]->(:Event {id: 'party'}) RETURN p.id AS id, t.rsvp AS rsvp")
    return {row["id"]: row["rsvp"] for row in rows}


def have_them_approved(page: Page) -> None:
    """20 EUR, and nobody knows whether they are officials: another of ours has to agree, not who asked for it."""
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("Not to be sent yet · 2")
    expect(main.get_by_role("button", name="invitations are out")).to_have_count(0)
    act_as(page, "Bo Dahl")
    main.get_by_role("button", name="Send 2 for approval").click()
    expect(main).to_contain_text("0 of 1 agreed")
    main.get_by_role("button", name="Approve all 2").click()
    expect(page.get_by_text("Nobody approves what they planned").first).to_be_visible()
    await_drawn(page)
    act_as(page, "Eva Lind")
    main.get_by_role("button", name="Approve all 2").click()
    expect(main.get_by_role("button", name="2 invitations are out")).to_be_visible()
    await_drawn(page)


def test_from_the_proposal_to_the_tables(page: Page, base: str, database: Database):
    page.goto(f"{base}/events?event=party&language=en")
    await_drawn(page)
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("2 guests proposed")
    expect(main).to_contain_text("No other list within these limits is worth more.")
    main.get_by_role("button", name="Put 2 guests on the list").click()
    expect(main).to_contain_text("0 guests proposed")
    assert answers(database) == {"anna": "chosen", "per": "chosen", "bo": "accepted"}

    page.get_by_role("tab", name="Answers", exact=True).click()
    have_them_approved(page)
    main.get_by_role("button", name="2 invitations are out").click()
    expect(main).to_contain_text("Invited · 2")
    await_drawn(page)  # until then the table still moves, and the click would fall beside its cell
    grid = main.get_by_test_id("stDataFrame").locator("canvas").first
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.42, box["y"] + 54)  # the answer of the first guest
    page.keyboard.press("Enter")
    choice = page.locator("#portal input")
    choice.wait_for()
    choice.fill("Accepted")
    choice.press("Enter")
    main.get_by_role("button", name="Save 1 answer").click()
    expect(main).to_contain_text("Accepted · 1")
    assert sorted(answers(database).values()) == ["accepted", "accepted", "invited"]

    page.get_by_role("tab", name="Seating", exact=True).click()
    main.get_by_role("button", name="Propose a seating").click()
    expect(main).to_contain_text("No other plan for these tables has more.")
    main.get_by_role("button", name="Save these tables").click()
    expect(main.get_by_role("button", name="Propose a seating")).to_be_visible()
    placed = database.read("MATCH ()-[t:INVITED_TO {rsvp: 'accepted'}]->() RETURN t.table AS place")
    assert [row["place"] for row in placed] == [1, 1]
    assert database.read("MATCH (c:Change) RETURN count(c) AS n")[0]["n"] == 7, "one action, one change"


def test_a_milestone_becomes_an_event(page: Page, base: str, database: Database):
    page.goto(f"{base}/events?language=en")
    await_drawn(page)
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("The deal “Pumps” was won on")
    main.get_by_role("button", name="Plan an event").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Anna <b>Berg</b>")
    dialog.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("heading", level=1, name="Signing with Nord")).to_be_visible()
    row = database.read("MATCH (a:GoodwillAction:JointEvent)-[:ADVANCES]->(d) RETURN d.id AS deal, a.status AS status")
    assert row == [{"deal": "won", "status": "planned"}]
