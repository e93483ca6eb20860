"""The map in a real Chromium: first stable picture, click to details, nodes that a click moves.

Beside a pyvis page with physics, streamlit-agraph, and a Streamlit page with nothing on it but a button. pyvis makes a
file, so the map is also measured as the file that the app exports ("Page that opens anywhere").
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from bench.harness import Line, Report, Say, seconds
from bench.layouts import network
from bench.map_page import example
from graphcrm.streamlit_options import streamlit_options
from graphcrm.ui.export.page import map_page

SIZES = (50, 300, 2_000)
KINDS = ("graphcrm", "file", "pyvis", "agraph", "bare")
FILES = ("file", "pyvis")
REPEATS = 3
PATIENCE = 60.0
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
STILL = """() => { const look = (root) => { const found = [...root.querySelectorAll('canvas')];
  for (const one of root.querySelectorAll('*')) if (one.shadowRoot) found.push(...look(one.shadowRoot));
  return found; };
  const canvas = look(document).filter((one) => one.width > 200)[0];
  if (!canvas) return '';
  const dots = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  return dots.some((value, place) => place % 4 === 3 && value) ? canvas.toDataURL() : ''; }"""
MAP = """() => { const walk = (root) => { for (const one of root.querySelectorAll('*')) {
  if (one.graphcrmMap) return one.graphcrmMap; const found = one.shadowRoot && walk(one.shadowRoot);
  if (found) return found; } }; return walk(document); }"""
PLACES = {
    "graphcrm": f"""() => {{ const map = ({MAP})(); return JSON.stringify(Object.fromEntries(map.data.nodes.map(
      (n) => [n.id, [map.placed(n.id).x, map.placed(n.id).y]]))); }}""",
    "pyvis": """() => JSON.stringify(Object.fromEntries(Object.entries(network.getPositions()).map(
      ([id, at]) => [id, [at.x, at.y]])))""",
}
SPOT = {
    "graphcrm": f"""() => {{ const map = ({MAP})(); const at = map.network.canvasToDOM(map.placed('p0'));
      const box = map.canvas.getBoundingClientRect(); return [box.x + at.x, box.y + at.y]; }}""",
    "pyvis": """() => { const at = network.canvasToDOM(network.getPositions(['p0']).p0);
      const box = document.querySelector('canvas').getBoundingClientRect(); return [box.x + at.x, box.y + at.y]; }""",
}


def run(work: Path, most: int, say: Say) -> Report:
    """All sizes up to ``most`` people."""
    report = Report("browser", "The map in a browser")
    with _streamlit(work) as address, sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=_chromium(), headless=True, args=FLAGS)
        for size in [size for size in SIZES if size <= most] or [most]:
            say(f"browser: {size:,} people")
            pages = {kind: _address(kind, size, address, work) for kind in KINDS}
            found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
            for kind in ("graphcrm", "agraph", "bare"):
                _visit(started, kind, pages[kind], 1.0)  # what a server does once in its life is not counted
            for _turn in range(REPEATS):
                for kind in KINDS:
                    if any(one["stable"] >= PATIENCE for one in found[kind]):
                        continue  # who was not stable once would only take as long again
                    found[kind].append(_visit(started, kind, pages[kind]))
                    say(f"browser: {size:,} people, {kind}: {found[kind][-1]}")
            report.lines += _lines(size, found)
        started.close()
    report.remarks = [
        "Stable: something is on the canvas and its pixels stay the same for half a second; the time is that of the "
        f"first of these equal pictures. Who is not stable within {PATIENCE:g} s counts as {PATIENCE:g} s.",
        "Click: from the mouse to the name on the page, through the server; pyvis shows none. The bare page has a "
        "button and a line of text. pyvis is a file, opened without any server. Moved: the farthest that a node is "
        "moved by a click on one, in the map's pixels; "
        "what its physics still moves counts too.",
    ]
    return report


def _lines(size: int, found: dict[str, list[dict[str, Any]]]) -> list[Line]:
    first = {kind: median(one["stable"] for one in found[kind]) for kind in KINDS}
    click = {kind: median(one["click"] for one in found[kind]) for kind in ("graphcrm", "bare")}
    moved = {kind: max(one["moved"] for one in found[kind]) for kind in ("graphcrm", "pyvis")}
    people, ours = f"{size:,} people", first["graphcrm"]
    slower = click["graphcrm"] / click["bare"]
    return [
        *(
            Line(f"{people}, first stable picture, {what}", "pyvis HTML with physics", seconds(first[kind]),
                 seconds(first["pyvis"]), f"{first['pyvis'] / first[kind]:.3g} x as fast", "10 x",
                 first["pyvis"] / first[kind] >= 10)
            for kind, what in (("file", "a file beside a file"), ("graphcrm", "the app beside a file"))
        ),
        Line(f"{people}, first stable picture", "streamlit-agraph", seconds(ours), seconds(first["agraph"]),
             f"{first['agraph'] / ours:.3g} x as fast"),
        Line(f"{people}, first stable picture", "a bare Streamlit page", seconds(ours), seconds(first["bare"]),
             f"{ours / first['bare']:.2f} of its time", "1.5" if size <= 300 else "",
             ours <= 1.5 * first["bare"] if size <= 300 else None),
        Line(f"{people}, click to details", "a bare Streamlit page", seconds(click["graphcrm"]), seconds(click["bare"]),
             f"{slower:.2f} of its time", "1.5" if size <= 300 else "", slower <= 1.5 if size <= 300 else None),
        Line(f"{people}, moved by a click", "pyvis HTML with physics", f"{moved['graphcrm']:.2f} px",
             f"{moved['pyvis']:.1f} px", "", "0 px", moved["graphcrm"] == 0),
    ]  # fmt: skip


def _visit(browser: Browser, kind: str, address: str, patience: float = PATIENCE) -> dict[str, Any]:
    """A look at a page in a fresh browser; a page that does not answer counts as one that is never stable."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    try:
        return _look(context.new_page(), kind, address, patience)
    except PlaywrightError:
        return {"stable": PATIENCE, "click": PATIENCE, "moved": 0.0}
    finally:
        context.close()


def _look(page: Page, kind: str, address: str, patience: float) -> dict[str, Any]:
    """Seconds to the first stable picture, seconds from a click to the details, pixels that a click moved a node."""
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    if kind == "bare":
        page.get_by_text("details=").wait_for(timeout=PATIENCE * 1000)
        stable = time.perf_counter() - began
    else:
        stable = _stable(page, kind, began, patience)
    click, moved = 0.0, 0.0
    if stable >= patience and kind not in FILES:
        return {"stable": stable, "click": patience, "moved": moved}
    if kind == "bare":
        began = time.perf_counter()
        page.get_by_role("button", name="Choose").click()
        page.get_by_text("details=somebody").wait_for(timeout=PATIENCE * 1000)
        click = time.perf_counter() - began
    elif kind in PLACES:
        before = json.loads(page.evaluate(PLACES[kind]))
        x, y = page.evaluate(SPOT[kind])
        began = time.perf_counter()
        page.mouse.click(x, y)
        if kind == "graphcrm":
            page.get_by_text("details=p0").wait_for(timeout=PATIENCE * 1000)
            click = time.perf_counter() - began
        page.wait_for_timeout(500)
        after = json.loads(page.evaluate(PLACES[kind]))
        moved = max(max(abs(a - b) for a, b in zip(before[one], after[one], strict=True)) for one in before)
    return {"stable": stable, "click": click, "moved": moved}


def _stable(page: Page, kind: str, began: float, patience: float) -> float:
    """When the picture was drawn that then stayed for half a second."""
    last, since = "", time.perf_counter()
    while time.perf_counter() - began < patience:
        now = time.perf_counter()
        picture = ""
        with suppress(Exception):  # a frame that is just being made has no document yet
            frames = page.frames[1:] if kind == "agraph" else page.frames[:1]
            picture = next(filter(None, (frame.evaluate(STILL) for frame in frames)), "")
        if picture != last:
            last, since = picture, now
        elif picture and now - since >= 0.5:
            return since - began
        page.wait_for_timeout(10)
    return patience


def _address(kind: str, people: int, streamlit: str, work: Path) -> str:
    if kind not in FILES:
        return f"{streamlit}/?kind={kind}&people={people}"
    path = work / f"{kind}-{people}.html"
    if kind == "file":
        path.write_text(map_page(example(people), "Map"), "utf-8")
        return path.as_uri()
    from pyvis.network import Network

    ids, ties = network(people)
    drawn = Network(height="640px", width="1200px", cdn_resources="in_line")
    drawn.add_nodes(ids, label=[f"Person {one}" for one in ids])
    drawn.add_edges(ties)
    path.write_text(drawn.generate_html(), "utf-8")
    return path.as_uri()


@contextmanager
def _streamlit(work: Path) -> Iterator[str]:
    root = Path(__file__).resolve().parents[1]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(root / "bench" / "map_page.py")]
    search = os.pathsep.join(filter(None, (str(root), os.environ.get("PYTHONPATH"))))
    command += streamlit_options(server_port=port, server_headless=True)
    with (work / "streamlit.log").open("wb") as log:
        process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": search}, stdout=log, stderr=log)
    try:
        until = time.monotonic() + 120
        while True:
            assert process.poll() is None, (work / "streamlit.log").read_text("utf-8")
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2).close()
                break
            assert time.monotonic() < until
            time.sleep(0.1)  # nothing announces that the port is open
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _chromium() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise FileNotFoundError("No Chromium on PATH. Install it: apt-get install chromium")
    return found
