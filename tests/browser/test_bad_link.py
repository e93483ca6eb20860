"""The app over a bad link to Neo4j, as its user meets it (faults.md, "Database and network"). A relay is the link."""

import re
from collections.abc import Iterator
from time import monotonic
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from graphcrm.database.connection import Database
from graphcrm.database.local import Endpoint
from graphcrm.domain.viewer import OWNER
from graphcrm.services.editing import RowEdit, save_edits
from tests.browser.conftest import StartApp, await_drawn, environment_of, while_it_draws
from tests.browser.test_editing import one, save, until
from tests.graph.relay import COMMIT, Relay

PEOPLE = "MATCH (p:Person {name: 'Max Stein'}) RETURN count(p) AS n"
CHANGES = "MATCH (c:Change) RETURN count(c) AS n"
OF_A_SAVE = b"gate.number"
"""What only the statement holds that records a change: the COMMIT behind it is that of the save."""


@pytest.fixture(scope="module")
def link(neo4j_endpoint: Endpoint) -> Iterator[Relay]:
    where = urlsplit(neo4j_endpoint.uri)
    assert where.hostname
    assert where.port
    with Relay(where.port, where.hostname) as relay:
        yield relay


@pytest.fixture(scope="module")
def address(link: Relay, neo4j_endpoint: Endpoint, start_app: StartApp) -> str:
    return start_app(**{**environment_of(neo4j_endpoint), "NEO4J_URI": link.uri})


@pytest.fixture
def client(page: Page, link: Relay, address: str, database: Database) -> Iterator[Page]:
    """The page of a client with one person, drawn over a good link."""
    edits = [
        RowEdit("Organization", "c", {"name": "Nordwerft", "kinds": ["client"]}),
        RowEdit("Person", "head", {"name": "Anna Berg"}),
        RowEdit("WORKS_AT", "", {"person_id": "head", "organization_id": "c", "level": 1}),
    ]
    save_edits(database, OWNER, edits, key="start")
    page.goto(f"{address}/client?client=c&language=en")
    await_drawn(page)
    yield page
    link.delay = 0.0
    link.admit()
    link.cut()
    link.thaw()


def fill_in(page: Page) -> None:
    page.get_by_role("button", name="Add a person").click()
    page.get_by_role("dialog").get_by_label("Name *", exact=True).fill("Max Stein")


def calm(page: Page) -> None:
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.locator(".st-key-failure")).to_have_count(0)
    expect(page.locator("body")).not_to_contain_text("Traceback")


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_form_that_is_saved_over_a_link_cut_at_commit_says_saved_once(
    client: Page, link: Relay, database: Database, when: str
):
    fill_in(client)
    link.cut_at(COMMIT, when, behind=OF_A_SAVE)
    save(client)
    expect(client.get_by_role("dialog")).to_be_hidden()
    expect(client.get_by_text("Saved.")).to_be_visible()
    assert link.triggered.is_set()
    assert (one(database, PEOPLE), one(database, CHANGES)) == (1, 2)
    calm(client)


def test_at_200_ms_a_double_click_on_save_saves_once_and_the_wait_is_shown(
    client: Page, link: Relay, database: Database
):
    fill_in(client)
    link.delay = 0.1  # each way
    client.get_by_role("dialog").get_by_role("button", name="Save").dblclick()
    with while_it_draws(client):
        expect(client.get_by_test_id("stStatusWidget")).to_be_visible()
        expect(client.get_by_role("dialog")).to_be_hidden(timeout=60_000)
    link.delay = 0.0
    await_drawn(client)
    assert (one(database, PEOPLE), one(database, CHANGES)) == (1, 2)
    calm(client)


def test_a_link_of_2_s_is_told_and_the_page_is_there_when_it_is_better(client: Page, link: Relay):
    link.delay = 1.0  # each way
    link.cut()  # so that connections are made anew, which takes several ways
    with while_it_draws(client):
        client.reload()
        expect(client.get_by_role("heading", name="The database does not answer")).to_be_visible()
        calm(client)
        link.delay = 0.0
        expect(client.get_by_role("heading", name="Nordwerft", level=1)).to_be_visible(timeout=30_000)


def test_a_link_that_freezes_is_told_in_time_and_later_clicks_work(client: Page, link: Relay):
    link.freeze()
    began = monotonic()
    client.get_by_role("tab", name="Key figures").click()
    # The first words where a connection was in use, the second where one that had rested was tried before its use.
    told = client.get_by_text(re.compile("The database did not answer within|The database does not answer"))
    with while_it_draws(client):
        expect(told.first).to_be_visible()
        assert monotonic() - began < 12, "5 s for the question, and what a busy computer takes"
        calm(client)
        link.cut()
        link.thaw()
        client.get_by_role("button", name="Try again").first.click()
    expect(client.get_by_role("tab", name="Key figures", selected=True)).to_be_visible()
    expect(told).to_have_count(0)
    calm(client)


def test_neo4j_goes_and_comes_and_the_page_comes_back_by_itself(client: Page, link: Relay):
    link.refuse()
    client.get_by_role("tab", name="Base analysis").click()
    with while_it_draws(client):
        expect(client.get_by_role("heading", name="The database does not answer")).to_be_visible()
        calm(client)
        link.admit()
        expect(client.get_by_text("Who decides the purchase?")).to_be_visible(timeout=30_000)
    expect(client.get_by_role("heading", name="The database does not answer")).to_have_count(0)


def test_a_double_click_on_undo_takes_one_step_back(client: Page, database: Database):
    for phone in ("1234567", "7654321"):
        save_edits(database, OWNER, [RowEdit("Person", "head", {"phone": phone})], key=phone)
    client.reload()
    client.get_by_role("button", name="Undo").dblclick()
    until(database, CHANGES, 4)
    await_drawn(client)
    assert one(database, "MATCH (p:Person {id: 'head'}) RETURN p.phone AS phone") == "1234567"
    assert one(database, CHANGES) == 4
