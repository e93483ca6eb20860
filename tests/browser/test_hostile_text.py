"""Every text field of the vocabulary holds an attack, and every page, dialog and file shows it as words (faults.md).

``tests/hostile.py`` makes the graph from the vocabulary; pages, tabs and files are found by what is there, so that a
new one is tried without a word here. The ``page`` fixture fails when a request leaves this computer.
"""

import re
import zipfile
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Page, expect

from graphcrm.database.connection import Database
from graphcrm.database.local import Endpoint
from graphcrm.ui.places import ADDRESSES
from tests.browser.conftest import StartApp, await_drawn, environment_of
from tests.browser.test_map_component import FIND, spot
from tests.hostile import ATTACK, SEEN, hostile_graph

WHO = "client=c&person=boss"
ALIVE = """() => {
  const alive = [];
  const walk = (root) => { for (const one of root.querySelectorAll('*')) {
    const told = `${one.tagName} ${one.outerHTML.slice(0, 200)}`;
    if (one.tagName === 'IMG' && one.getAttribute('src') === 'x') alive.push(told);
    for (const { name, value } of one.attributes) {
      if (/^on/i.test(name) && /hit/.test(value)) alive.push(told);
      const leads = /^(href|src|action|formaction|xlink:href)$/i.test(name);
      // An address that stands in a text may be a link, if it says where it leads.
      const told_so = name === 'href' && value === one.textContent;
      const out = /^\\s*(javascript|vbscript|data:text|(https?:)?\\/\\/stranger)/i.test(value);
      if (leads && out && !told_so) alive.push(told);
    }
    if (one.shadowRoot) walk(one.shadowRoot); } };
  walk(document);
  if (window.hit !== undefined) alive.push('a script ran');
  return alive; }"""


@pytest.fixture(scope="module")
def address(start_app: StartApp, neo4j_endpoint: Endpoint) -> str:
    """One app for all tests here."""
    return start_app(**environment_of(neo4j_endpoint))


@pytest.fixture
def base(database: Database, address: str) -> str:
    """The app on the graph of attacks."""
    hostile_graph(database)
    return address


def inert(page: Page) -> None:
    """Nothing of the attacks has become a script, a picture or a way out."""
    await_drawn(page)
    for frame in page.frames:
        assert frame.evaluate(ALIVE) == [], page.url
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.locator(".st-key-failure")).to_have_count(0)


def shown(page: Page) -> None:
    """It is inert, and there: a page that shows nothing would be no proof."""
    inert(page)
    assert SEEN in page.evaluate("document.body.innerText") or page.get_by_test_id("stDataFrame").count(), page.url


def open_page(page: Page, base: str, address: str, more: str = WHO) -> None:
    page.goto(f"{base}/{address}?{more}&language=en")
    await_drawn(page)


def unfold(page: Page) -> None:
    """Opens all that is folded up."""
    await_drawn(page)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.querySelector('summary').click()")


def test_on_every_page_and_tab(page: Page, base: str):
    for address in ADDRESSES.values():
        open_page(page, base, address)
        shown(page) if address in ("client", "person", "duplicates") else inert(page)
        for number in range(page.get_by_role("tab").count()):
            page.get_by_role("tab").nth(number).click()
            unfold(page)
            inert(page)
        unfold(page)
        inert(page)


def test_on_the_map_its_tooltip_and_its_panel(page: Page, base: str):
    open_page(page, base, "client")
    page.wait_for_function(f"() => ({FIND})()?.root.dataset.ready")
    page.evaluate(f"() => ({FIND})().stage.scrollIntoView({{block: 'center'}})")
    x, y = spot(page, "boss")
    page.mouse.move(x, y)
    page.mouse.move(x + 2, y + 2)
    expect(page.locator(".map .tip")).to_contain_text(SEEN)
    inert(page)
    page.mouse.click(x, y)
    expect(page.get_by_text(f"Person.name {SEEN}", exact=False).last).to_be_visible()
    inert(page)


def test_in_every_dialog(page: Page, base: str):
    open_page(page, base, "client")
    for button in ("Edit", "Ties", "Add a person"):
        page.get_by_role("button", name=button, exact=True).first.click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        inert(page)
        if button == "Ties":
            dialog.locator('[class*="st-key-tie-"] button').first.click()
            expect(dialog.get_by_role("button", name="Save")).to_be_visible()
            inert(page)
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()


def test_in_the_rows_of_a_query(page: Page, base: str):
    open_page(page, base, "queries")
    page.get_by_role("combobox", name=re.compile("Query$")).click()
    page.keyboard.type("client_contacts")
    page.keyboard.press("Enter")
    page.locator('[class*="st-key-query-client_contacts-client_id"]').get_by_role("combobox").click()
    page.get_by_role("option").first.click()
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    inert(page)


def test_in_the_console(page: Page, base: str):
    """In the picture, its tooltip and its details, in the table, the list of what was asked, and Neo4j's own words."""
    open_page(page, base, "queries", "part=console")
    field = page.locator(".st-key-console-cypher textarea")
    for cypher in (
        "MATCH (p:Person {id: 'boss'})-[t]-(o) RETURN p, t, o",
        "MATCH (n) UNWIND keys(n) AS key RETURN n.id AS person_id, key, n[key] AS value LIMIT 300",
        f"RETURN '{ATTACK.replace(chr(92), chr(92) * 2).replace(chr(39), chr(92) + chr(39))}' AS text",
        f"RETURN {ATTACK}",
    ):
        field.fill(cypher)
        page.keyboard.press("Control+Enter")
        await_drawn(page)
        inert(page)
        if cypher.endswith("p, t, o"):
            page.wait_for_function(f"() => ({FIND})()?.root.dataset.ready")
            page.evaluate(f"() => ({FIND})().stage.scrollIntoView({{block: 'center'}})")
            person = page.evaluate(f"() => ({FIND})().network.body.data.nodes.get()[0].id")
            x, y = spot(page, person)
            page.mouse.move(x, y)
            page.mouse.move(x + 2, y + 2)
            expect(page.locator(".map .tip")).to_be_visible()
            inert(page)
            page.mouse.click(x, y)
            expect(page.locator(".st-key-console-details")).to_be_visible()
            inert(page)
            page.get_by_role("tab", name="Table").click()
            await_drawn(page)
            inert(page)
    page.get_by_role("tab", name="Asked before").click()
    expect(page.locator('[class*="st-key-console-asked-"]').first).to_be_visible()
    inert(page)


def test_in_a_file_that_is_imported(page: Page, base: str, tmp_path: Path):
    name = tmp_path / "people <img src=x onerror=window.hit=1>.csv"
    quoted = ATTACK.replace('"', '""')
    name.write_text(f'id,name,"{quoted}"\nx,"{quoted}",1\n', "utf-8")
    good = tmp_path / "people.csv"
    good.write_text(f'id,name,birth_date,email\n"<img src=x onerror=window.hit=1>","{quoted}","{quoted}","{quoted}"\n')
    open_page(page, base, "import")
    page.locator('input[type="file"]').set_input_files([name, good])
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    inert(page)


def fetched(page: Page, button: str, name: str) -> bytes:
    """A file behind one of the buttons that open downwards."""
    page.get_by_role("button", name=button).click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).click()
    page.keyboard.press("Escape")
    return Path(waiting.value.path()).read_bytes()


def open_alone(page: Page, file: Path, data: bytes | str) -> None:
    """The file in a browser, from the disk. It may ask for nothing but itself."""
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.wait_for_timeout(300)  # what an attack would ask for, it asks for at once
    assert [one for one in asked if one != file.as_uri()] == []
    inert(page)


def test_in_every_file_that_is_handed_out(page: Page, base: str, tmp_path: Path):
    open_page(page, base, "client")
    drawing = fetched(page, "Export", "Drawing (SVG)")
    alone = fetched(page, "Export", "Page that opens anywhere (HTML)")
    page.get_by_role("tab", name="Base analysis").click()
    await_drawn(page)
    brief = {name: fetched(page, "Download the brief", name) for name in ("PDF", "Word", "Markdown", "Text", "JSON")}
    inert(page)

    assert SEEN.replace("<", "&lt;").encode() in drawing
    open_alone(page, tmp_path / "map.svg", drawing)
    open_alone(page, tmp_path / "map.html", alone)
    text = brief["Markdown"].decode()
    open_alone(page, tmp_path / "brief.html", MarkdownIt("commonmark", {"html": True}).enable("table").render(text))
    assert SEEN in page.evaluate("document.body.innerText")

    assert brief["PDF"].startswith(b"%PDF")
    assert re.findall(rb"/(?:JavaScript|JS|URI|Launch|OpenAction|AA|EmbeddedFile)\b", brief["PDF"]) == []
    (tmp_path / "brief.docx").write_bytes(brief["Word"])
    with zipfile.ZipFile(tmp_path / "brief.docx") as word:
        links = [name for name in word.namelist() if b'TargetMode="External"' in word.read(name)]
        words = word.read("word/document.xml").decode()
    assert links == []
    assert SEEN.replace("<", "&lt;") in words
    assert "<img" not in words
    assert SEEN in brief["Text"].decode()
    assert "\x1b" not in brief["Text"].decode()


def test_the_attacks_work_where_nobody_takes_care(page: Page, tmp_path: Path):
    """Else the tests above would prove nothing."""
    (tmp_path / "careless.html").write_text(f"<body>{ATTACK}</body>", "utf-8")
    page.route("http://stranger.invalid/**", lambda route: route.abort())
    page.goto((tmp_path / "careless.html").as_uri())
    page.wait_for_function("window.hit === 1")
    assert page.evaluate(ALIVE)
