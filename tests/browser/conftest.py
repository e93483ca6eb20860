"""A real Streamlit on loopback and a real Chromium: what a user has before them.

Fixtures:
    app_url: the address of the app on the demo database; one server for the whole run.
    start_app: starts a further app with an environment of its own (a database that is down, an empty one).
    browser: one Chromium for the whole run.  context: a fresh profile per test.
    page: a patient tab of it. The test fails when anything left loopback, or when a script of the page failed.
    open_app: opens a page of the app in a language and theme and waits until it has been drawn.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from graphcrm.database.connection import Database
from graphcrm.database.local import Endpoint
from graphcrm.streamlit_options import streamlit_options
from tests.commands import environment_of
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 420, "height": 860}
CALM = Path(__file__).parent / "calm.js"
BUSY = "html[data-busy]"

StartApp = Callable[..., str]
OpenApp = Callable[..., Page]

expect.set_options(timeout=30_000)


def chromium() -> str:
    """The browser on PATH: ``make test`` sees to it that there is one."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.fail("No Chromium on PATH. Install it: apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def start_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartApp]:
    """``start_app(NEO4J_URI=...)`` runs the app with these variables and returns its address."""
    running: list[subprocess.Popen[bytes]] = []

    def start(**environment: str) -> str:
        port = free_port()
        log = tmp_path_factory.mktemp("app") / "log.txt"
        command = [sys.executable, "-m", "graphcrm.app_process", "run", str(ROOT / "app.py")]
        command += streamlit_options(server_port=port, server_headless=True)
        with log.open("wb") as out:
            process = subprocess.Popen(
                command, cwd=log.parent, env=os.environ | environment, stdin=subprocess.PIPE, stdout=out, stderr=out
            )
        running.append(process)
        address = f"http://127.0.0.1:{port}"
        _await_health(address, process, log)
        return address

    yield start
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _await_health(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            pytest.fail(f"the app ended with {process.returncode}:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            # Nothing announces that the port is open; asking it is the only way to know.
            time.sleep(0.1)
    pytest.fail(f"the app did not answer within a minute:\n{log.read_text()}")


@pytest.fixture(scope="session")
def demo_environment(demo: Database, neo4j_endpoint: Endpoint) -> dict[str, str]:
    """The variables that lead an app to the demo database."""
    return environment_of(neo4j_endpoint)


@pytest.fixture(scope="session")
def app_url(start_app: StartApp, demo_environment: dict[str, str]) -> str:
    """The app on the demo database."""
    return start_app(**demo_environment)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), headless=True, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A fresh profile. ``@pytest.mark.parametrize("context", [{...}], indirect=True)`` passes Playwright's options."""
    options = {"locale": "en-GB", "viewport": WIDE, "color_scheme": "light"} | getattr(request, "param", {})
    made = browser.new_context(**options)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab. Fails its test when a request leaves loopback or a script of the page throws.

    Answers are not looked at: Streamlit's front end asks two in vain on every page but the first (how-to/server.md).
    """
    strangers: list[str] = []
    failures: list[str] = []

    def watch(request: Request) -> None:
        address = urllib.parse.urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in LOOPBACK:
            strangers.append(request.url)

    context.on("request", watch)
    tab = patient_tab(context)
    tab.on("websocket", lambda socket_: watch(_AsRequest(socket_.url)))
    tab.on("pageerror", lambda error: failures.append(str(error)))
    yield tab
    assert not strangers, f"requests left this computer: {strangers}"
    assert not failures, f"scripts of the page failed: {failures}"


class _AsRequest:
    """A websocket's address in the clothes of a request."""

    def __init__(self, url: str) -> None:
        self.url = url


@pytest.fixture
def open_app(page: Page, app_url: str) -> OpenApp:
    """``open_app("client?client=...", language="ru", theme="dark", size=NARROW)``: the page, drawn to the end."""

    def open_(
        path: str = "", *, language: str = "en", theme: str = "light", size: dict[str, int] = WIDE, base: str = ""
    ) -> Page:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=theme)
        join = "&" if "?" in path else "?"
        page.goto(f"{base or app_url}/{path}{join}language={language}")
        await_drawn(page)
        return page

    return open_


def patient_tab(context: BrowserContext) -> Page:
    """A tab that waits until it has been drawn before every action and every expectation (see ``calm.js``).

    A user waits, too: who clicks into a part that is being drawn misses it, and who reads the page before the server
    has heard of the click reads what was there before. What reads or measures at once (``count``, ``inner_text``,
    ``bounding_box``, ``evaluate``, the database) does not wait: there :func:`await_drawn` has to stand before.
    """
    context.add_init_script(path=CALM)
    tab = context.new_page()
    tab.add_locator_handler(tab.locator(BUSY), lambda: None)  # Playwright waits until it is gone again
    for hand, actions in ((tab.keyboard, ("press", "type", "down")), (tab.mouse, ("click", "dblclick", "down"))):
        for action in actions:
            setattr(hand, action, _patient(tab, getattr(hand, action)))
    return tab


def _patient(tab: Page, action: Callable[..., None]) -> Callable[..., None]:
    def act(*args: Any, **kwargs: Any) -> None:
        await_drawn(tab)
        action(*args, **kwargs)

    return act


def await_drawn(page: Page) -> None:
    """Wait until the script has run to its end, what was left over is gone, and no click is on its way."""
    page.wait_for_function("!document.documentElement.hasAttribute('data-busy')")


@contextmanager
def while_it_draws(page: Page) -> Iterator[None]:
    """Inside it nothing waits for the page: for what is seen, or clicked, while the script runs."""
    page.evaluate("sessionStorage.hasty = 1; document.documentElement.removeAttribute('data-busy')")
    yield
    page.evaluate("delete sessionStorage.hasty; document.documentElement.setAttribute('data-busy', '')")
