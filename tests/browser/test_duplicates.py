"""One person twice in a real browser (C1.2): found, merged and taken back by clicks."""

import pytest
from playwright.sync_api import Page, expect

from graphcrm.database.connection import Database
from graphcrm.database.local import Endpoint
from graphcrm.domain.viewer import OWNER
from graphcrm.services.editing import RowEdit, save_edits
from tests.browser.conftest import StartApp, environment_of
from tests.browser.test_editing import until

PEOPLE = "MATCH (p:Person) WHERE p.id IN ['a', 'b'] RETURN count(p) AS n"


@pytest.fixture
def base(database: Database, neo4j_endpoint: Endpoint, start_app: StartApp) -> str:
    """The app on a graph that holds one person twice."""
    save_edits(
        database,
        OWNER,
        [
            RowEdit("Organization", "c", {"name": "Nordwerft", "kinds": ["client"]}),
            RowEdit("Person", "a", {"name": "Anna <b>Berg</b>", "email": "anna@berg.example"}),
            RowEdit("Person", "b", {"name": "Anna <b>Berg</b>", "email": "anna@berg.example", "phone": "+74951234567"}),
            RowEdit("WORKS_AT", "", {"person_id": "b", "organization_id": "c", "title": "CFO"}),
        ],
        key="start",
    )
    return start_app(**environment_of(neo4j_endpoint))


def test_find_merge_and_take_back_by_clicks(page: Page, base: str, database: Database):
    page.goto(f"{base}/?language=en")
    page.get_by_role("link", name="Duplicates").click()
    expect(page.get_by_text("The same e-mail address: anna@berg.example.")).to_be_visible()
    expect(page.get_by_role("cell", name="Anna <b>Berg</b>").first).to_be_visible()
    expect(page.get_by_text("What moves to")).to_contain_text("works at (1)")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_text("No likely duplicates")).to_be_visible()
    until(database, PEOPLE, 1)
    until(database, "MATCH (:Person {id: 'a'})-[w:WORKS_AT {title: 'CFO'}]->() RETURN count(w) AS n", 1)
    page.get_by_role("button", name="Undo").click()
    until(database, PEOPLE, 2)
    expect(page.get_by_text("The same e-mail address: anna@berg.example.")).to_be_visible()
