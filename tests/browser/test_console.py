"""The console by keys and clicks (D3): ask with Ctrl+Enter, look, take the rows away, follow; a write is refused."""

from __future__ import annotations

import csv
import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenApp, await_drawn
from tests.browser.test_map_component import FIND, spot

ASKED = "MATCH (p:Person)-[t:REPORTS_TO]->(boss:Person {name: $boss}) RETURN p, t, boss"


def ask(page: Page, cypher: str) -> None:
    page.locator(".st-key-console-cypher textarea").fill(cypher)
    page.keyboard.press("Control+Enter")
    await_drawn(page)


def test_from_a_number_to_its_query_in_the_console(open_app: OpenApp):
    page = open_app("coverage?as_of=2026-11-23")
    page.get_by_role("button", name="How was this computed?").last.click()
    page.get_by_role("button", name="Open in the console").nth(1).click()
    expect(page).to_have_url(re.compile("/queries\\?.*part=console"))
    await_drawn(page)
    expect(page.locator(".st-key-console-cypher textarea")).to_have_value(re.compile(r"\$as_of"))
    expect(page.get_by_role("textbox", name="$as_of")).to_have_value("2026-11-23")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_text(re.compile(r"^[\d,]+ rows? in"))).to_be_visible()


def test_asked_drawn_taken_away_and_followed(open_app: OpenApp, tmp_path):
    page = open_app("queries?part=console")
    ask(page, ASKED)
    expect(page.get_by_text("needs a value for boss")).to_be_visible()
    page.get_by_role("textbox", name="$boss").fill("Friederike Hallbach")
    page.get_by_role("button", name="Run").click()
    await_drawn(page)
    page.wait_for_function(f"() => ({FIND})()?.root.dataset.ready")
    nodes = page.evaluate(f"() => ({FIND})().network.body.data.nodes.getIds()")
    assert len(nodes) > 3
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    download.value.save_as(tmp_path / "answer.csv")
    with (tmp_path / "answer.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(nodes) - 1
    assert all("Friederike Hallbach" in row["boss"] and row["p"].startswith("(:") for row in rows)

    ask(page, "MATCH (p:Person) DETACH DELETE p")
    expect(page.get_by_text("The console only reads")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    page.get_by_role("tab", name="Asked before").click()
    page.get_by_role("button", name="MATCH (p:Person)-[t:REPORTS_TO]").first.click()
    await_drawn(page)
    page.get_by_role("button", name="Run").click()
    await_drawn(page)
    page.wait_for_function(f"() => ({FIND})()?.root.dataset.ready")
    page.evaluate(f"() => ({FIND})().stage.scrollIntoView({{block: 'center'}})")
    boss = page.evaluate(f"() => ({FIND})().network.body.data.nodes.get().at(-1).id")
    page.mouse.click(*spot(page, boss))
    page.locator(".st-key-console-details a").click()
    expect(page).to_have_url(re.compile(r"/person\?person="))
    await_drawn(page)
    page.get_by_role("link", name="Queries").click()
    expect(page).to_have_url(re.compile("part=console"))
    expect(page.locator(".st-key-console-cypher textarea")).to_have_value(ASKED)
    page.wait_for_function(f"() => ({FIND})()?.root.dataset.ready")
