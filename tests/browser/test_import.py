"""Import by upload in a real browser: see what is wrong, mend it, apply it, find the client, upload again."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graphcrm.database.connection import Database
from graphcrm.database.local import Endpoint
from tests.browser.conftest import StartApp, await_drawn, environment_of

GOOD = {
    "organizations.csv": "id,name,kinds,stage\nspule,Spulenwerk Ödenbach,client,active\n",
    "people.csv": "id,name,birth_date\nida,Ida Ödenbach,1968-02-29\nmax,Максим Бур,1971\n",
    "works_at.csv": "person_id,organization_id,title,level\nida,spule,Head,1\nmax,spule,Buyer,2\n",
    "reports_to.csv": "person_id,boss_id\nmax,ida\n",
}
BAD = GOOD | {
    "organizations.csv": "id,name,kinds,stage\nspule,Spulenwerk Ödenbach,client,activ\n",
    "people.csv": "id,name,birth_date\nida,Ida Ödenbach,1969-02-29\nmax,Максим Бур,1971\n",
}


def folder(path: Path, files: dict[str, str]) -> list[str]:
    path.mkdir()
    for name, text in files.items():
        (path / name).write_text(text, "utf-8")
    return [str(path / name) for name in files]


def upload(page: Page, files: list[str]) -> None:
    page.locator('input[type="file"]').set_input_files(files)
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    await_drawn(page)


def people(database: Database) -> int:
    return database.read("MATCH (n:Person) RETURN count(n) AS n")[0]["n"]


@pytest.fixture
def import_page(database: Database, neo4j_endpoint: Endpoint, start_app: StartApp, open_app_at) -> Page:
    return open_app_at(start_app(**environment_of(neo4j_endpoint)))


@pytest.fixture
def open_app_at(page: Page):
    def open_(base: str) -> Page:
        page.goto(f"{base}/import?language=en")
        await_drawn(page)
        return page

    return open_


def test_a_folder_with_faults_is_shown_mended_and_imported(import_page: Page, database: Database, tmp_path: Path):
    page = import_page
    upload(page, folder(tmp_path / "bad", BAD))
    # Two cells are wrong; four that refer to the two refused rows are refused with them.
    expect(page.get_by_role("heading", name="6 problems")).to_be_visible()
    expect(page.get_by_role("button", name="Import the good rows alone")).to_be_visible()
    assert people(database) == 0, "looking writes nothing"

    page.reload()
    await_drawn(page)
    upload(page, folder(tmp_path / "good", GOOD))
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    assert people(database) == 2
    line = "MATCH (:Person {id: 'max'})-[r:REPORTS_TO]->(:Person {id: 'ida'}) RETURN count(r) AS n"
    assert database.read(line) == [{"n": 1}]

    upload(page, folder(tmp_path / "again", GOOD))
    expect(page.get_by_role("button", name="Import", exact=True)).to_be_disabled()
    expect(page.get_by_text("nothing would change")).to_be_visible()

    page.get_by_role("link", name="Clients").click()
    expect(page.get_by_text("1 client", exact=False).first).to_be_visible()
