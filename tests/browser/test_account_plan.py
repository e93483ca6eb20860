"""An account plan by clicks (D1): begun, a step added and exchanged, whom to win, a second editor, files, the week."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from graphcrm.domain.viewer import OWNER
from graphcrm.services.editing import RowEdit, save_edits
from tests.browser.conftest import environment_of
from tests.browser.test_axe import faults
from tests.browser.test_editing import choose, one, open_client, saved
from tests.small_graph import build, orion, tie


@pytest.fixture
def base(database, neo4j_endpoint, start_app) -> str:
    """The app on Orion; both of ours work for us."""
    orion(database)
    build(database, [], [tie("e-kai", "WORKS_AT", "own", id="k"), tie("e-zoe", "WORKS_AT", "own", id="z")])
    return start_app(**environment_of(neo4j_endpoint))


def test_a_plan_from_its_goal_to_the_week(page, base, database):
    open_client(page, base, "c-orion")
    page.get_by_role("tab", name="Account plan").click()
    expect(page.get_by_text("There is no account plan for this client.")).to_be_visible()
    page.get_by_role("button", name="Begin an account plan").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Goal *").fill("Win the new line")
    choose(page, "Who leads it", "Kai Brandt")
    saved(page)
    expect(page.get_by_text("Win the new line")).to_be_visible()
    page.get_by_role("button", name="Add a step", exact=True).click()
    dialog.get_by_label("Step *").fill("Show Lev the study")
    dialog.get_by_role("spinbutton", name="year, Due").click()
    page.keyboard.type(date.today().strftime("%Y%m%d"))
    choose(page, "Who does it", "Kai Brandt")
    choose(page, "Whom it is about", "Lev Sorokin")
    saved(page)
    expect(page.get_by_text("Show Lev the study")).to_be_visible()
    page.get_by_role("button", name="Set the attitudes wanted").click()
    dialog.get_by_role("combobox", name=re.compile("Lev Sorokin")).click()
    page.get_by_role("option", name="Supporter", exact=True).click()
    saved(page)
    assert one(database, "MATCH (:AccountPlan)-[w:SEEKS_SUPPORT_OF]->(p) RETURN p.name") == "Lev Sorokin"
    assert faults(page) == []
    page.get_by_role("button", name="Download the plan").click()
    with page.expect_download() as file:
        page.get_by_role("button", name="PDF").click()
    assert file.value.path().read_bytes().startswith(b"%PDF-")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="My week").click()
    expect(page.get_by_text("Step of the account plan: Show Lev the study.")).to_be_visible()
    page.get_by_role("button", name="Done").first.click()
    expect(page.get_by_text("Step of the account plan: Show Lev the study.")).to_have_count(0)
    assert one(database, "MATCH (s:PlanStep) RETURN s.state") == "done"


def test_a_second_editor_is_told_who_does_it_now(page, base, database):
    goal = RowEdit("AccountPlan", "ap", {"name": "Win", "client_id": "c-orion"})
    step = RowEdit("PlanStep", "s", {"name": "Ask", "plan_id": "ap", "owner_id": "e-kai"})
    save_edits(database, OWNER, [goal, step], key="k", today=date.today())
    open_client(page, base, "c-orion")
    page.get_by_role("tab", name="Account plan").click()
    page.locator(".st-key-edit-s button").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    save_edits(database, OWNER, [RowEdit("PlanStep", "s", {"owner_id": "e-zoe"})], key="other", today=date.today())
    page.get_by_role("dialog").get_by_label("Step *").fill("Ask again")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Owner of this computer changed this since you opened it")).to_be_visible()
    expect(page.get_by_text("Who does it: it was changed.")).to_be_visible()
    saved(page)
    assert one(database, "MATCH (s:PlanStep {name: 'Ask again'})-[:DONE_BY]->(o) RETURN o.id") == "e-zoe"
