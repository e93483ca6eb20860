"""The map's component alone, on a page of its own: what a user does with mouse and keys, and that it keeps still.

Requirement: issue 3, "Power map"; ui.md, "The graph component" and "Traps".
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graphcrm.streamlit_options import streamlit_options
from tests.browser.conftest import await_drawn
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
HARNESS = Path(__file__).parent / "map_harness" / "app.py"

FIND = """() => {
  const walk = (root) => { for (const one of root.querySelectorAll('*')) {
    if (one.graphcrmMap) return one.graphcrmMap;
    const found = one.shadowRoot && walk(one.shadowRoot); if (found) return found; } };
  return walk(document); }"""


@pytest.fixture(scope="module")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The harness page on loopback."""
    port = free_port()
    log = tmp_path_factory.mktemp("map") / "log.txt"
    command = [sys.executable, "-m", "streamlit", "run", str(HARNESS)]
    command += streamlit_options(server_port=port, server_headless=True)
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=out, stderr=out)
    address, until = f"http://127.0.0.1:{port}", time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
            break
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.1)  # nothing announces that the port is open
    yield address
    process.terminate()
    process.wait(10)


def open_map(page: Page, harness: str, query: str = "people=40") -> None:
    """The harness with a map drawn."""
    page.goto(f"{harness}/?{query}")
    expect(page.locator(".map[data-ready]")).to_be_visible(timeout=30_000)


def places(page: Page) -> dict[str, list[float]]:
    """Where the cards are on the map, and under "view" what of it is seen."""
    await_drawn(page)
    return json.loads(
        page.evaluate(
            f"""() => {{ const map = ({FIND})(); const at = {{}};
            for (const node of map.data.nodes) {{ const p = map.placed(node.id); at[node.id] = [p.x, p.y]; }}
            const v = map.network.getViewPosition(); at.view = [v.x, v.y, map.network.getScale()];
            return JSON.stringify(at); }}"""
        )
    )


def near(one: dict[str, list[float]], other: dict[str, list[float]]) -> bool:
    """The same places, to a hundredth of a pixel."""
    return one.keys() == other.keys() and all(one[node] == pytest.approx(other[node], abs=0.01) for node in one)


def spot(page: Page, node: str) -> tuple[float, float]:
    """Where a card is on the screen."""
    await_drawn(page)
    x, y = page.evaluate(
        f"""(id) => {{ const map = ({FIND})(); const at = map.network.canvasToDOM(map.placed(id));
        const frame = map.stage.getBoundingClientRect(); return [frame.left + at.x, frame.top + at.y]; }}""",
        node,
    )
    return x, y


def chosen(page: Page, nodes: str, edges: str = "") -> None:
    """Wait until Python knows of this choice."""
    expect(page.get_by_text(f"nodes={nodes} edges={edges}", exact=True)).to_be_visible()


def test_a_click_chooses_a_card_and_nothing_moves(page: Page, harness: str) -> None:
    open_map(page, harness)
    before = places(page)
    page.mouse.click(*spot(page, "p7"))
    chosen(page, "p7")
    assert places(page) == before


def test_nothing_moves_on_a_rerun_with_a_banner_or_another_theme(page: Page, harness: str) -> None:
    """Rerun with a banner above, dark: cards, zoom and view stay, though the page may mount the map anew."""
    open_map(page, harness)
    page.get_by_role("button", name="Zoom in").click()
    before = places(page)
    page.get_by_role("button", name="Rerun").click()
    expect(page.get_by_text("A banner above the map")).to_be_visible()
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"() => ({FIND})()?.palette.dark")
    expect(page.locator(".map[data-ready]")).to_be_visible()
    after = places(page)
    assert after["view"] == pytest.approx(before["view"], abs=0.01)
    assert near(after, before)


def test_a_new_person_leaves_zoom_and_view_alone(page: Page, harness: str) -> None:
    """New data are compared by id: zoom and view stay as the user left them."""
    open_map(page, harness, "people=20")
    page.get_by_role("button", name="Zoom in").click()
    before = places(page)
    page.get_by_text("One more").click()
    page.wait_for_function(f"() => ({FIND})().data.nodes.length === 21")
    assert places(page)["view"] == before["view"]


def test_a_change_of_width_keeps_zoom_and_cards(page: Page, harness: str) -> None:
    open_map(page, harness)
    before = places(page)
    width = page.evaluate(f"() => ({FIND})().width")
    page.set_viewport_size({"width": 900, "height": 900})
    page.wait_for_function(f"(width) => ({FIND})().width < width", arg=width)
    after = places(page)
    assert after["view"][2] == pytest.approx(before["view"][2])
    assert {**after, "view": 0} == {**before, "view": 0}


def test_a_tie_can_be_chosen(page: Page, harness: str) -> None:
    """ui.md, trap 3: every tie has an id of its own, and a click on it names it."""
    open_map(page, harness, "people=3")
    x, y = page.evaluate(
        f"""() => {{ const map = ({FIND})(); const edge = map.data.edges.find((one) => one.id === 'rp1');
        const at = map.points(edge).at(-2); const dom = map.network.canvasToDOM({{x: at[0], y: at[1]}});
        const frame = map.stage.getBoundingClientRect(); return [frame.left + dom.x + 20, frame.top + dom.y]; }}"""
    )
    page.mouse.click(x, y)
    chosen(page, "", "rp1")


def test_shift_drag_chooses_what_is_in_the_box(page: Page, harness: str) -> None:
    open_map(page, harness, "people=3")
    (left, top), (right, bottom) = spot(page, "p1"), spot(page, "p2")
    page.keyboard.down("Shift")
    page.mouse.move(left - 30, top - 30)
    page.mouse.down()
    page.mouse.move(right + 30, bottom + 30, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    chosen(page, "p1,p2")


def test_a_double_click_asks_for_more(page: Page, harness: str) -> None:
    open_map(page, harness)
    page.mouse.dblclick(*spot(page, "p2"))
    expect(page.get_by_text("expanded=p2 moved=")).to_be_visible()


def test_a_dragged_card_tells_where_it_went_and_stays_there(page: Page, harness: str) -> None:
    open_map(page, harness, "people=3")
    x, y = spot(page, "p2")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 90, y + 60, steps=5)
    page.mouse.up()
    expect(page.get_by_text("moved={'p2'")).to_be_visible()
    moved = places(page)["p2"]
    page.get_by_role("button", name="Rerun").click()
    expect(page.get_by_text("A banner above the map")).to_be_visible()
    page.wait_for_function(f"() => ({FIND})()?.root.dataset.ready")
    assert places(page)["p2"] == pytest.approx(moved)


def test_arrow_keys_walk_and_enter_expands_and_escape_lets_go(page: Page, harness: str) -> None:
    open_map(page, harness, "people=3")
    page.locator(".map .stage").focus()
    page.keyboard.press("ArrowDown")
    chosen(page, "p0")
    page.keyboard.press("ArrowDown")
    page.wait_for_function(f"() => ({FIND})().network.getSelectedNodes()[0] !== 'p0'")
    page.keyboard.press("Enter")
    expect(page.get_by_text("expanded=p")).to_be_visible()
    page.keyboard.press("Escape")
    chosen(page, "")


def test_python_chooses_a_card_and_brings_it_into_view(page: Page, harness: str) -> None:
    open_map(page, harness)
    page.get_by_role("button", name="Focus").click()
    chosen(page, "p7")
    frame, (x, y) = page.locator(".map").bounding_box(), spot(page, "p7")
    assert abs(x - frame["x"] - frame["width"] / 2) < 3
    assert abs(y - frame["y"] - frame["height"] / 2) < 3


def test_a_map_in_a_hidden_tab_is_fitted_when_the_tab_opens(page: Page, harness: str) -> None:
    """ui.md: without a ResizeObserver a map mounted in a hidden tab stays unfitted."""
    page.goto(f"{harness}/?people=40&tab=1")
    page.get_by_role("tab", name="Map").click()
    expect(page.locator(".map[data-ready]")).to_be_visible(timeout=30_000)
    page.wait_for_function(f"() => {{ const map = ({FIND})(); return map.width > 0 && !map.waitingToFit; }}")
    frame, (x, y) = page.locator(".map").bounding_box(), spot(page, "p0")
    assert frame["x"] < x < frame["x"] + frame["width"]
    assert frame["y"] < y < frame["y"] + frame["height"]


def test_a_picture_is_saved(page: Page, harness: str) -> None:
    open_map(page, harness, "people=3")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Picture").click()
    path = Path(waiting.value.path())
    assert waiting.value.suggested_filename == "map.png"
    assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert path.stat().st_size > 10_000


def test_hostile_names_stay_words(page: Page, harness: str) -> None:
    """faults.md, "Pages and components": in the card, in the tooltip, in what a screen reader is told."""
    open_map(page, harness)
    x, y = spot(page, "p3")
    page.mouse.move(x, y)
    page.mouse.move(x + 2, y + 2)
    expect(page.locator(".map .tip")).to_contain_text("<img src=x")
    page.mouse.click(x, y)
    chosen(page, "p3")
    assert page.locator(".map img, .map a").count() == 0
    assert page.evaluate("window.pwned") is None


def test_canvas_and_svg_run_the_same_routes(page: Page, harness: str) -> None:
    """One picture everywhere: paint.js and route.py give the same points for every tie."""
    from graphcrm.drawing.card import card_size
    from graphcrm.drawing.route import Box, route

    sys.path.insert(0, str(HARNESS.parent))
    try:
        import people
    finally:
        sys.path.pop(0)
    open_map(page, harness)
    drawn = page.evaluate(
        f"() => {{ const map = ({FIND})(); return map.data.edges.map((edge) => [edge.id, map.points(edge)]); }}"
    )
    data = people.example(40)
    boxes = {n.id: Box(data.places[n.id].x, data.places[n.id].y, *card_size(n)) for n in data.nodes}
    for (edge_id, points), edge in zip(drawn, data.edges, strict=True):
        assert edge_id == edge.id
        planned = route(edge, boxes[edge.source], boxes[edge.target])
        # Places are sent with one decimal.
        for got, wanted in zip(points, planned, strict=True):
            assert got == pytest.approx([wanted.x, wanted.y], abs=1.0)


def test_the_exported_page_opens_from_disk_and_asks_for_nothing(page: Page, tmp_path: Path) -> None:
    """ui.md, trap 1: no request but for the file itself; a hostile name does nothing."""
    from graphcrm.ui.export.page import map_page

    sys.path.insert(0, str(HARNESS.parent))
    try:
        import people
    finally:
        sys.path.pop(0)
    file = tmp_path / "map.html"
    file.write_text(map_page(people.example(20), people.HOSTILE), "utf-8")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    expect(page.locator("body[data-ready]")).to_be_attached()
    assert asked == [file.as_uri()]
    assert page.evaluate("window.pwned") is None
