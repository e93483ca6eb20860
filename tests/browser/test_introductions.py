"""Introductions and changes by clicks (C1.2, A5.4, C1.8): in the order in which a manager would do it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from graphcrm.domain.viewer import OWNER
from graphcrm.services.introductions import reach
from tests.browser.conftest import await_drawn, environment_of
from tests.browser.test_map_component import FIND
from tests.small_graph import TODAY, build, node, orion, tie


def test_what_was_learnt_leads_to_the_deputy_and_the_way_to_him(open_app):
    """Changes of a client, opened to a person; their ways; a key figure's ways without leaving the client."""
    page = open_app("client?client=client-zaonezhsky")
    page.get_by_role("tab", name="Changes").click()
    page.get_by_text("a year", exact=True).click()
    expect(page.get_by_text("political status from Inner circle to Outside").first).to_be_visible()
    expect(page.get_by_text(re.compile("Разговор с Зайчиковой, 12 ноября 2026")).first).to_be_visible()
    page.get_by_text("As a mail").click()
    expect(page.get_by_role("link", name="Write a mail")).to_have_attribute("href", re.compile("^mailto:"))
    page.get_by_role("tab", name="Key figures").click()
    page.get_by_role("button", name="How to reach").first.click()
    way = page.locator("ol.gc-way:visible").first
    expect(way.locator(".gc-who strong").nth(1)).to_have_text("Мелентьева Ольга Юрьевна")
    await_drawn(page)


def test_a_tie_that_is_reasoned_waits_for_a_no_that_can_be_undone(open_app):
    """The demo is left as it was."""
    page = open_app("person?person=person-zaonezhsky-veligzhanin")
    expect(page.locator(".gc-dashed").first).to_be_visible()
    expect(page.get_by_text(re.compile("Both have worked at .* since 1993")).first).to_be_visible()
    row = page.locator(".st-key-reasoned-person-zaonezhsky-lukoyanov")
    row.get_by_role("button", name="They do not").click()
    expect(page.get_by_text("Remembered: they do not know each other.")).to_be_visible()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Undo", exact=True).first.click()
    expect(page.get_by_text("The change was taken back.")).to_be_visible()
    expect(row).to_have_count(1)


@pytest.fixture
def base(database, neo4j_endpoint, start_app) -> str:
    """The app on Orion: Nina studied with Ida, whom Kai covers, and later sat on a jury with Anton."""
    orion(database)
    build(
        database,
        [node("school", "Institution", name="School", kind="university"),
         node("jury", "Institution", name="Jury", kind="association")],
        [
            tie("e-kai", "WORKS_AT", "own", id="k"),
            tie("p-nina", "STUDIED_AT", "school", since="1990", until="1995"),
            tie("p-ida", "STUDIED_AT", "school", since="1991", until="1996"),
            tie("p-nina", "MEMBER_OF", "jury", since="2005"),
            tie("p-anton", "MEMBER_OF", "jury", since="2006"),
        ],
    )  # fmt: skip
    return start_app(**environment_of(neo4j_endpoint))


def on_line(page, edge: str) -> tuple[float, float]:
    """A place on the screen where a line of the map runs free of cards and other lines, about its middle."""
    await_drawn(page)
    x, y = page.evaluate(
        f"""(id) => {{ const map = ({FIND})(), frame = map.stage.getBoundingClientRect(), free = [];
        for (let x = 4; x < frame.width; x += 4) for (let y = 4; y < frame.height; y += 4) {{
          const at = {{x, y}};
          if (map.network.getNodeAt(at) === undefined && map.edgeAt(at) === id) free.push(at); }}
        const at = free[Math.floor(free.length / 2)]; return [frame.left + at.x, frame.top + at.y]; }}""",
        edge,
    )
    return x, y


def lines(page) -> dict[str, bool]:
    """Kind and ends of each line of acquaintance on the map -> whether it is dashed."""
    await_drawn(page)
    found = page.evaluate(
        f"""() => ({FIND})().data.edges.filter((one) => ['REASONED', 'KNOWS'].includes(one.kind))
        .map((one) => [`${{one.kind}} ${{one.from}} ${{one.to}}`, Boolean(one.dashed)])"""
    )
    return dict(found)


def answered(page, said: str, wanted: dict[str, bool]) -> None:
    """Wait for the word of thanks and for the map, which must then show these lines."""
    expect(page.get_by_text(said)).to_be_visible()
    page.wait_for_function(f"(n) => ({FIND})().data.edges.filter((one) => one.kind === 'REASONED').length === n",
                           arg=sum(wanted.values()))  # fmt: skip
    await_drawn(page)
    assert lines(page) == wanted


def ways_over(database, go_between: str) -> bool:
    """Whether a way from ours to Nina leads over somebody."""
    ways = reach(database, OWNER, "p-nina", as_of=TODAY).ways
    return any(go_between in chain.people for chain in (*ways.warm, *ways.cold))


def test_dashed_lines_on_the_canvas_are_answered_by_yes_and_by_no(page, base, database):
    """A5.4: after yes the line is solid and counts as a way; after no it is gone and is not proposed again."""
    page.set_viewport_size({"width": 1440, "height": 1800})  # so that all of the map is on the screen
    page.goto(f"{base}/client?client=c-orion&as_of={TODAY}&language=en")
    expect(page.locator(".map[data-ready]")).to_be_visible()
    page.get_by_role("button", name="know or may know").click()
    page.wait_for_function(f"() => ({FIND})().data.edges.some((one) => one.kind === 'REASONED')")
    await_drawn(page)
    assert lines(page) == {"REASONED p-anton p-nina": True, "REASONED p-ida p-nina": True}
    assert not ways_over(database, "p-ida"), "nothing counts before the answer"
    page.mouse.click(*on_line(page, "reasoned-p-ida-p-nina"))
    details = page.locator(".st-key-map-details")
    expect(details).to_contain_text("Nina Vale · studied at · School · since 1990, until 1995")
    details.get_by_role("button", name="They know each other").click()
    answered(page, "Saved: they know each other.", {"REASONED p-anton p-nina": True, "KNOWS p-ida p-nina": False})
    assert ways_over(database, "p-ida")
    page.mouse.click(*on_line(page, "reasoned-p-anton-p-nina"))
    expect(details).to_contain_text("Jury")
    details.get_by_role("button", name="They do not").click()
    answered(page, "Remembered: they do not know each other.", {"KNOWS p-ida p-nina": False})
    assert not ways_over(database, "p-anton")
    solid = page.evaluate(f"() => ({FIND})().data.edges.find((one) => one.kind === 'KNOWS').id")
    page.mouse.click(*on_line(page, solid))
    expect(details).to_contain_text("Ida Moss · knows · Nina Vale")
    page.reload()
    expect(page.locator(".map[data-ready]")).to_be_visible()
    page.get_by_role("button", name="know or may know").click()
    page.wait_for_function(f"() => ({FIND})().data.edges.some((one) => one.kind === 'KNOWS')")
    assert lines(page) == {"KNOWS p-ida p-nina": False}, "no is remembered: it is not proposed again"
    page.goto(f"{base}/person?person=p-nina&as_of={TODAY}&language=en")
    expect(page.get_by_text("May know, not counted until somebody has said so")).to_be_visible()
    for answered_already in ("p-anton", "p-ida"):
        expect(page.locator(f".st-key-reasoned-{answered_already}")).to_have_count(0)
