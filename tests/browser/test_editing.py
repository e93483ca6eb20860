"""The workbench in a real browser: a client made by hand, two people on one record, undo (D1, D3, C1.3, C2.1)."""

import re
from collections.abc import Iterator
from time import monotonic, sleep

import pytest
from playwright.sync_api import Browser, Page, expect

from graphcrm.database.connection import Database
from graphcrm.database.local import Endpoint
from graphcrm.domain.viewer import OWNER
from graphcrm.services.editing import RowEdit, save_edits
from tests.browser.conftest import WIDE, StartApp, await_drawn, environment_of, patient_tab
from tests.browser.test_map_component import FIND, spot

PEOPLE = [
    ("Ida Ödenbach", "Head", ""),
    ("Максим Бур", "Head of purchasing", "Ida Ödenbach"),
    ("Per Lund", "Head of works", "Ida Ödenbach"),
]


@pytest.fixture
def base(database: Database, neo4j_endpoint: Endpoint, start_app: StartApp) -> str:
    """The app on the emptied database."""
    return start_app(**environment_of(neo4j_endpoint))


@pytest.fixture
def second(browser: Browser) -> Iterator[Page]:
    """Somebody else's browser."""
    context = browser.new_context(locale="en-GB", viewport=WIDE)
    yield patient_tab(context)
    context.close()


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("dialog").get_by_role("combobox", name=re.compile(f"{label}$")).click()
    page.get_by_role("option", name=option, exact=True).click()


def save(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="Save").click()


def saved(page: Page) -> None:
    save(page)
    expect(page.get_by_role("dialog")).to_be_hidden()
    await_drawn(page)


def one(database: Database, query: str):
    return next(iter(database.read(query)[0].values()))


def until(database: Database, query: str, wanted: int) -> None:
    """Wait until the graph answers so: only it can tell that a click has done its work."""
    end = monotonic() + 15
    while (found := one(database, query)) != wanted:
        assert monotonic() < end, f"{found} instead of {wanted}"
        sleep(0.05)


def make_client(page: Page, base: str, database: Database) -> str:
    """The id of a client made by hand."""
    page.goto(f"{base}/?language=en")
    await_drawn(page)
    page.get_by_role("button", name="New client").click()
    page.get_by_role("dialog").get_by_label("Name *", exact=True).fill("Spulenwerk <b>Ödenbach</b>")
    saved(page)
    return one(database, "MATCH (c:Client) RETURN c.id AS id")


def open_client(page: Page, base: str, client_id: str) -> None:
    page.goto(f"{base}/client?client={client_id}&language=en")
    await_drawn(page)


def test_a_client_from_nothing_by_hand_and_all_of_it_taken_back(page: Page, base: str, database: Database):
    client_id = make_client(page, base, database)
    open_client(page, base, client_id)
    expect(page.get_by_role("heading", name="Spulenwerk <b>Ödenbach</b>")).to_be_visible()
    for name, title, boss in PEOPLE:
        page.get_by_role("button", name="Add a person").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Name *", exact=True).fill(name)
        dialog.get_by_label("Title").fill(title)
        choose(page, "Attitude to us", "Neutral")
        if boss:
            choose(page, "Reports to", boss)
        saved(page)
    assert one(database, "MATCH (:Person)-[r:REPORTS_TO]->(:Person {name: 'Ida Ödenbach'}) RETURN count(r) AS n") == 2
    assert one(database, "MATCH (c:Change) RETURN count(c) AS n") == 4
    for left in (3, 2, 1, 0):
        page.get_by_role("button", name="Undo").click()
        until(database, "MATCH (n:Person|Organization) RETURN count(n) AS n", left)
        await_drawn(page)
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    assert one(database, "MATCH (n:Person|Organization) RETURN count(n) AS n") == 0
    page.get_by_role("button", name="Redo").click()
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    assert one(database, "MATCH (c:Client) RETURN count(c) AS n") == 1


def test_bad_input_is_told_in_the_form_and_what_was_entered_stays(page: Page, base: str, database: Database):
    client_id = make_client(page, base, database)
    open_client(page, base, client_id)
    page.get_by_role("button", name="Add a person").click()
    page.get_by_role("dialog").get_by_label("Title").fill("Nobody yet")
    save(page)
    expect(page.get_by_role("dialog").get_by_text("must be filled")).to_be_visible()
    expect(page.get_by_role("dialog").get_by_label("Title")).to_have_value("Nobody yet")
    assert one(database, "MATCH (p:Person) RETURN count(p) AS n") == 0


def test_the_second_who_edits_is_told_what_changed_and_loses_nothing(
    page: Page, second: Page, base: str, database: Database
):
    client_id = make_client(page, base, database)
    for tab in (page, second):
        open_client(tab, base, client_id)
        tab.get_by_role("button", name="Edit", exact=True).click()
        expect(tab.get_by_role("dialog").get_by_label("Name *", exact=True)).to_be_visible()
    choose(second, "Stage", "Active")
    saved(second)
    page.get_by_role("dialog").get_by_text("More fields").click()
    page.get_by_role("dialog").get_by_label("Number of employees").fill("0")
    page.get_by_role("dialog").get_by_label("Name *", exact=True).fill("Spulenwerk")
    save(page)
    told = page.get_by_role("dialog")
    expect(told.get_by_text("Owner of this computer changed this")).to_be_visible()
    expect(told.get_by_text("Stage: not known → Active")).to_be_visible()
    expect(told.get_by_label("Name *", exact=True)).to_have_value("Spulenwerk")
    saved(page)
    client = database.read("MATCH (c:Client) RETURN c.name AS name, c.stage AS stage, c.employees AS employees")[0]
    assert client == {"name": "Spulenwerk", "stage": "active", "employees": 0}, "both changes are there; zero is known"


def test_a_card_let_go_over_another_asks_and_changes_the_boss(page: Page, base: str, database: Database):
    save_edits(
        database,
        OWNER,
        [
            RowEdit("Organization", "c", {"name": "Spulenwerk", "kinds": ["client"]}),
            *(RowEdit("Person", one, {"name": name}) for one, name in (("a", "Ida"), ("b", "Max"), ("d", "Per"))),
            *(RowEdit("WORKS_AT", "", {"person_id": one, "organization_id": "c", "level": level})
              for one, level in (("a", 1), ("b", 2), ("d", 2))),
            *(RowEdit("REPORTS_TO", "", {"person_id": one, "boss_id": "a"}) for one in ("b", "d")),
        ],
        key="start",
    )  # fmt: skip
    open_client(page, base, "c")
    page.wait_for_function(f"() => ({FIND})()?.root.dataset.ready")
    page.evaluate(f"() => ({FIND})().stage.scrollIntoView({{block: 'end'}})")
    before = spot(page, "d")
    drag(page, before, spot(page, "b"))
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Per reports to Max?")).to_be_visible()
    boss = "MATCH (:Person {id: 'd'})-[r:REPORTS_TO]->(b) WHERE r.valid_to IS NULL RETURN b.id AS id"
    assert one(database, boss) == "a", "nothing is saved before the answer"
    dialog.get_by_role("button", name="Leave as it was").click()
    expect(dialog).to_be_hidden()
    assert spot(page, "d") == pytest.approx(before, abs=1), "the card went back"
    drag(page, before, spot(page, "b"))
    dialog.get_by_role("button", name="Yes, change it").click()
    expect(dialog).to_be_hidden()
    assert one(database, boss) == "b"


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=8)
    page.mouse.up()


def test_who_leaves_is_followed_by_a_vacant_seat(page: Page, base: str, database: Database):
    """C1.8: one dialog ends the job and moves the lines; today's chart shows the seat."""
    jobs = [("a", "Ida", "Head", 1), ("b", "Max", "Head of purchasing", 2), ("d", "Per", "Buyer", 3)]
    save_edits(
        database,
        OWNER,
        [
            RowEdit("Organization", "c", {"name": "Spulenwerk", "kinds": ["client"]}),
            *(RowEdit("Person", one, {"name": name}) for one, name, _title, _level in jobs),
            *(RowEdit("WORKS_AT", "", {"person_id": one, "organization_id": "c", "title": title, "level": level})
              for one, _name, title, level in jobs),
            RowEdit("REPORTS_TO", "", {"person_id": "b", "boss_id": "a"}),
            RowEdit("REPORTS_TO", "", {"person_id": "d", "boss_id": "b"}),
        ],
        key="start",
    )  # fmt: skip
    page.goto(f"{base}/person?person=b&language=en")
    await_drawn(page)
    page.get_by_role("button", name="Leaves the firm").click()
    expect(page.get_by_role("dialog").get_by_label("The seat is called")).to_have_value("Head of purchasing")
    saved(page)
    expect(page.get_by_text("no place of work on this day")).to_be_visible()
    open_client(page, base, "c")
    page.wait_for_function(f"() => ({FIND})()?.root.dataset.ready")
    assert page.evaluate(f"() => ({FIND})().data.nodes.map(node => node.name).sort()") == [
        "Head of purchasing", "Ida", "Per",
    ]  # fmt: skip
    page.get_by_role("button", name="Undo").click()
    until(database, "MATCH (p:Person) RETURN count(p) AS n", 3)
