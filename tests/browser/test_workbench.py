"""The workbench by clicks alone: a client of ten people from nothing, two people on one stance, guided questions, and
the brief as a file (C1.1-C1.8, C2.1, D1).

A messy workbook and a merged duplicate are in test_import.py and test_duplicates.py.
"""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import OWNER
from graphcrm.services.editing import RowEdit, save_edits
from tests.browser.conftest import await_drawn
from tests.browser.test_editing import base, choose, make_client, one, open_client, saved, second, until
from tests.browser.test_map_component import FIND

__all__ = ["base", "second"]

PEOPLE = [
    # Name, title, attitude, role, boss
    ("Ida Ödenbach", "Managing director", "Neutral", "Economic buyer", ""),
    ("Максим Бур", "Head of purchasing", "Supporter", "Procurement", "Ida Ödenbach"),
    ("Per Lund", "Technical director", "Mentor", "Decision maker", "Ida Ödenbach"),
    ("Anna Ek", "Head of finance", "Neutral", "Decides payment", "Ida Ödenbach"),
    ("Jörg Voss", "Head of works", "Neutral", "User", "Per Lund"),
    ("Eva Szabó", "Quality engineer", "Non-supporter", "Technical evaluator", "Per Lund"),
    ("Олег Ким", "Buyer", "Neutral", "Gatekeeper", "Максим Бур"),
    ("Lea Roth", "Accounts payable", "Neutral", "Influences payment", "Anna Ek"),
    ("Tom Hald", "Lawyer", "Opponent", "Legal", "Ida Ödenbach"),
    ("Head of logistics", "", "", "", "Jörg Voss"),
]


def choose_role(page: Page, role: str) -> None:
    await_drawn(page)  # the meaning of what was chosen before stands above
    box = page.get_by_role("dialog").get_by_role("combobox", name=re.compile("Roles$"))
    box.click()
    box.fill(role)  # the list shows what fits, not all at once
    page.get_by_role("option", name=role, exact=True).click()
    page.keyboard.press("Escape")


def add_person(page: Page, person: tuple[str, str, str, str, str]) -> None:
    name, title, attitude, role, boss = person
    page.get_by_role("button", name="Add a person").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name *", exact=True).fill(name)
    if title:
        dialog.get_by_label("Title").fill(title)
        choose(page, "Attitude to us", attitude)
        choose_role(page, role)
    else:
        choose(page, "How known", "Vacant seat")
    if boss:
        choose(page, "Reports to", boss)
    saved(page)


def test_ten_people_with_roles_and_ties_from_nothing(page: Page, base: str, database: Database):
    """The map and the base analysis tell at the end what was entered."""
    client_id = make_client(page, base, database)
    open_client(page, base, client_id)
    for person in PEOPLE:
        add_person(page, person)
    assert one(database, "MATCH (:Person)-[r:WORKS_AT]->(:Client) RETURN count(r) AS n") == 10
    assert one(database, "MATCH (:Person)-[r:REPORTS_TO]->(:Person) RETURN count(r) AS n") == 9
    stances = database.read(
        "MATCH (p:Person)-[s:STAKEHOLDER_IN]->(:Client) RETURN p.name AS name, s.roles AS roles, s.support AS support"
    )
    assert len(stances) == 9
    assert {"name": "Per Lund", "roles": ["decision_maker"], "support": "mentor"} in stances
    page.wait_for_function(f"() => ({FIND})()?.root.dataset.ready")
    names = page.evaluate(f"() => ({FIND})().data.nodes.map(node => node.name).sort()")
    assert names == sorted(name for name, *_rest in PEOPLE)
    influence(page, base, database)
    open_client(page, base, client_id)
    page.get_by_role("tab", name="Base analysis").click()
    await_drawn(page)
    for answer in ("Per Lund", "Ida Ödenbach", "Anna Ek", "Lea Roth", "Максим Бур"):
        expect(page.get_by_text(answer).first).to_be_visible()


def influence(page: Page, base: str, database: Database) -> None:
    """A tie of influence between two people, from a person's page."""
    person_id = one(database, "MATCH (p:Person {name: 'Максим Бур'}) RETURN p.id AS id")
    page.goto(f"{base}/person?person={person_id}&language=en")
    page.get_by_role("button", name="Ties", exact=True).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Add a tie").click()
    choose(page, "What ties them", "influences")
    dialog.get_by_label("Find by name").fill("Per")
    page.keyboard.press("Enter")
    found_first = dialog.get_by_role("combobox", name=re.compile("With whom or what$"))
    expect(found_first).to_have_value("Per Lund (Technical director, Spulenwerk <b>Ödenbach</b>)")
    dialog.get_by_role("spinbutton", name=re.compile("Strength")).fill("7")
    saved(page)
    found = database.read("MATCH (a)-[r:INFLUENCES]->(b) RETURN a.name AS a, b.name AS b, r.strength AS strength")
    assert found == [{"a": "Максим Бур", "b": "Per Lund", "strength": 7.0}]


def stance(database: Database) -> None:
    """A client of one person whose stance is neutral."""
    save_edits(
        database,
        OWNER,
        [
            RowEdit("Organization", "c", {"name": "Spulenwerk", "kinds": ["client"]}),
            RowEdit("Person", "a", {"name": "Ida Ödenbach"}),
            RowEdit("WORKS_AT", "", {"person_id": "a", "organization_id": "c"}),
            RowEdit("STAKEHOLDER_IN", "", {"person_id": "a", "subject_id": "c", "support": "neutral"}),
        ],
        key="start",
    )


def open_stance(page: Page, base: str) -> None:
    page.goto(f"{base}/person?person=a&language=en")
    page.get_by_role("button", name="Ties", exact=True).first.click()
    dialog = page.get_by_role("dialog")
    line = dialog.locator('[data-testid="stHorizontalBlock"], [data-testid="stLayoutWrapper"]').filter(
        has_text="has a stake in"
    )
    line.last.get_by_role("button").first.click()
    expect(dialog.get_by_role("combobox", name=re.compile("Attitude to us$"))).to_be_visible()


def test_a_stance_changed_while_somebody_else_holds_it(page: Page, second: Page, base: str, database: Database):
    """The second is told what changed, keeps what they entered, and saves beside it: nothing is lost."""
    stance(database)
    for tab in (page, second):
        open_stance(tab, base)
    choose(second, "Attitude to us", "Supporter")
    saved(second)
    until(database, "MATCH (:Person)-[s:STAKEHOLDER_IN]->() WHERE s.support = 'supporter' RETURN count(s) AS n", 1)
    choose(page, "Political status", "Inner circle")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    told = page.get_by_role("dialog")
    expect(told.get_by_text("Owner of this computer changed this")).to_be_visible()
    expect(told.get_by_text("Attitude to us: Neutral → Supporter")).to_be_visible()
    saved(page)
    found = database.read(
        "MATCH (:Person)-[s:STAKEHOLDER_IN]->() "
        "RETURN s.support AS support, s.political_status AS status, s.valid_to IS NOT NULL AS ended ORDER BY ended"
    )
    assert found == [
        {"support": "supporter", "status": "inner_circle", "ended": False},
        {"support": "neutral", "status": None, "ended": True},
    ], "both changes are there, and the stance before"


def test_questions_suggest_an_attitude_that_is_taken_by_a_click(page: Page, base: str, database: Database):
    """Nothing is suggested before an answer, nothing is saved that was not taken over."""
    stance(database)
    open_stance(page, base)
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Help me choose").click()
    expect(dialog.get_by_text("Not enough is known to suggest a value")).to_be_visible()
    dialog.get_by_role("radio", name="Attitude to us").click()
    question = dialog.get_by_role("radiogroup", name=re.compile("done something for us"))
    question.get_by_text("Yes", exact=True).click()
    expect(dialog.get_by_text("Wants us to win and helps").last).to_be_visible()
    dialog.get_by_role("button", name="Put it into the form").click()
    attitude = dialog.get_by_role("combobox", name=re.compile("Attitude to us$"))
    expect(attitude).to_have_value("Mentor")
    saved(page)
    holds = "MATCH (:Person)-[s:STAKEHOLDER_IN]->() WHERE s.valid_to IS NULL RETURN s.support AS support"
    assert one(database, holds) == "mentor"


def test_the_brief_is_printed_with_its_picture(page: Page, base: str, database: Database, tmp_path: Path):
    stance(database)
    open_client(page, base, "c")
    page.get_by_role("button", name="Download the brief").click()
    files = {}
    for name in ("PDF", "Word", "Markdown"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name, exact=True).click()
        files[name] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(files[name])
    assert [file.suffix for file in files.values()] == [".pdf", ".docx", ".md"]
    assert files["PDF"].read_bytes().startswith(b"%PDF-")
    assert b"word/media/image" in files["Word"].read_bytes()
    text = files["Markdown"].read_text("utf-8")
    assert text.startswith("# Spulenwerk: brief as of ")
    assert "![Power map](data:image/png;base64," in text


def test_a_wrong_boss_is_corrected_where_it_is_read(page: Page, base: str, database: Database):
    """C1.8: the pencil beside "Reports to" on the person's page."""
    people = {"a": "Ida Ödenbach", "b": "Per Lund", "c": "Максим Бур"}
    jobs = [RowEdit("WORKS_AT", "", {"person_id": one, "organization_id": "f"}) for one in people]
    save_edits(
        database,
        OWNER,
        [
            RowEdit("Organization", "f", {"name": "Spulenwerk", "kinds": ["client"]}),
            *(RowEdit("Person", one, {"name": name}) for one, name in people.items()),
            *jobs,
            RowEdit("REPORTS_TO", "", {"person_id": "c", "boss_id": "a", "line": "solid"}),
        ],
        key="start",
    )
    page.goto(f"{base}/person?person=c&language=en")
    page.locator(".st-key-change-boss").get_by_role("button", name="edit icon").first.click()
    choose(page, "Reports to", "Per Lund")
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("It was so all along: the chart was wrong").click()
    dialog.get_by_role("button", name="Yes, change it").click()
    expect(dialog).to_be_hidden()
    rows = database.read("MATCH (:Person {id: 'c'})-[r:REPORTS_TO]->(b) RETURN b.id AS boss")
    assert rows == [{"boss": "b"}]
