"""A messy workbook in a real browser: map its columns, import the good rows, mend the others, see the people."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from graphcrm.bootstrap import bundled
from graphcrm.database.connection import Database
from graphcrm.database.local import Endpoint
from tests.browser.conftest import StartApp, await_drawn, environment_of, while_it_draws
from tests.workbooks import workbook

MESSY = {
    "organizations": [["Our clients"], [], ["Название", "Виды", "Стадия"], ["ООО «Верфь Нева»", "Клиент", "active"]],
    "Sheet7": [
        ["People we know"],
        [],
        ["Who", "Employer", "Position", "Telephone (work)", "Importance"],
        ["Anna Belova", "Верфь Нева", "Director", 74951234567.0, "A"],
        ["Boris Lukin", "Верфь Нева", "Buyer", "none", "B"],
        ["Vera Guseva", "Верфь Невы", "Lawyer", None, "A"],
    ],
}


@pytest.fixture
def import_page(page: Page, database: Database, neo4j_endpoint: Endpoint, start_app: StartApp) -> Page:
    page.goto(f"{start_app(**environment_of(neo4j_endpoint))}/import?language=en")
    await_drawn(page)
    return page


def upload(page: Page, *files: Path) -> None:
    page.locator('input[type="file"]').set_input_files(files)
    expect(page.get_by_role("heading", name="What would change")).to_be_visible(timeout=60_000)
    await_drawn(page)


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    await_drawn(page)


def people(database: Database) -> list[str]:
    return [row["name"] for row in database.read("MATCH (p:Person) RETURN p.name AS name ORDER BY name")]


def test_a_client_comes_from_a_messy_workbook_and_the_refused_rows_are_mended(
    import_page: Page, database: Database, tmp_path: Path
):
    """Issue 4, "Done when": import a second client from a messy Excel file, mend the rejected rows."""
    page = import_page
    book = tmp_path / "clients.xlsx"
    book.write_bytes(workbook(MESSY))
    upload(page, book)
    expect(page.get_by_role("heading", name="What are these columns?")).to_be_visible()
    choose(page, "What do the rows hold?", "People")
    choose(page, "Who", "Name (name)")
    choose(page, "Employer", "Organisation (organization)")
    page.get_by_role("button", name="Keep and read again").click()
    expect(page.get_by_role("heading", name="What are these columns?")).to_have_count(0)
    expect(page.get_by_role("heading", name="2 problems")).to_be_visible()
    assert people(database) == [], "looking writes nothing"

    page.get_by_role("button", name="Import the good rows alone").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible(timeout=60_000)
    await_drawn(page)
    assert people(database) == ["Anna Belova"], "who names a firm that nobody knows waits for it"

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the refused rows").click()
    assert waiting.value.suggested_filename == "clients.xlsx"
    mending = load_workbook(BytesIO(Path(waiting.value.path()).read_bytes()))
    sheet = mending["Sheet7"]
    assert [cell.value for cell in sheet["A"]] == ["Who", "Boris Lukin", "Vera Guseva"]
    sheet["D2"], sheet["B3"] = "+7 495 765-43-21", "Верфь Нева"
    mended = tmp_path / "mended.xlsx"
    mending.save(mended)

    page.reload()
    await_drawn(page)
    upload(page, mended)
    expect(page.get_by_role("heading", name="What are these columns?")).to_have_count(0)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible(timeout=60_000)
    assert people(database) == ["Anna Belova", "Boris Lukin", "Vera Guseva"]

    (firm,) = database.read("MATCH (o:Client) RETURN o.id AS id")
    page.goto(f"{page.url.split('/import')[0]}/client?client={firm['id']}&language=en")
    page.get_by_text("The same as a table").click()
    await_drawn(page)
    for name in people(database):
        expect(page.locator("td", has_text=name).first).to_be_attached()


def test_the_whole_demo_is_uploaded_cancelled_in_the_middle_and_then_imported(import_page: Page, database: Database):
    """All or nothing in one transaction, within the server's limit of memory for one."""
    page = import_page
    files = sorted(bundled("seed").glob("*.csv"))
    upload(page, *files)
    button = page.get_by_role("button", name="Import", exact=True)
    button.click()
    with while_it_draws(page):
        page.get_by_text(re.compile("Saving")).first.wait_for(timeout=60_000)
        page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Nothing of it was saved")).to_be_visible(timeout=60_000)
    await_drawn(page)
    assert database.read("MATCH (n:Entity) RETURN count(n) AS n") == [{"n": 0}]

    upload(page, *files)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible(timeout=120_000)
    assert len(people(database)) > 400
