"""``graphcrm up`` and ``graphcrm demo``: start the database if there is none, then the app; stop both together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer
from rich.console import Console

from graphcrm.bootstrap import App, bundled, open_app
from graphcrm.cli.app_server import AppServer
from graphcrm.cli.progress import import_progress, server_progress
from graphcrm.config import Settings, child_environment, load_settings
from graphcrm.database.local import LocalServer
from graphcrm.database.local.recording import is_recorded
from graphcrm.database.migrations import migrate
from graphcrm.errors import AlreadyRunning
from graphcrm.formats import number
from graphcrm.i18n import translate as _
from graphcrm.services import accounts, base_analysis, clients, demo, power_map

app = typer.Typer()
console = Console(stderr=True, highlight=False)

FIRST_ACCOUNT = 'graphcrm accounts add anna@example.org "Anna Berg" owner'

Data = Annotated[Path | None, typer.Option(help="Folder that holds the local database.")]
Port = Annotated[int | None, typer.Option(help="Port of the app on this computer.")]


@app.command()
def up(data: Data = None, port: Port = None) -> None:
    """Start the app, and a local Neo4j if no address is configured. Ctrl-C stops what was started."""
    _serve(load_settings(data=data, ui_port=port), with_demo=False)


@app.command(name="demo")
def start_demo(data: Data = None, port: Port = None) -> None:
    """Like ``up``, with an invented clientele loaded on the first start. A second start keeps what you changed."""
    _serve(load_settings(data=data, ui_port=port), with_demo=True)


def _serve(settings: Settings, *, with_demo: bool) -> None:
    for kind in (signal.SIGTERM, signal.SIGINT):  # a shell that starts it in the background has SIGINT ignored
        signal.signal(kind, _interrupt)
    with _database(settings), open_app(settings) as opened:
        applied = migrate(opened.database)
        if applied:
            console.print(_("The schema is up to date; steps applied: {count}.", count=len(applied)))
        if with_demo:
            _load_demo(opened)
        if settings.signs_in and not accounts.accounts(opened.database, opened.viewer):
            console.print(
                _("Nobody can sign in yet. Make the first account: {command}", command=FIRST_ACCOUNT), soft_wrap=True
            )
        with AppServer(settings) as server:
            address = f"[bold]{settings.url or server.address}[/bold]"
            console.print("\n" + _("graphcrm is at {address}   (Ctrl-C stops it)", address=address) + "\n")
            Thread(target=_warm_up, args=(opened,), daemon=True).start()
            with _quick_start(settings):
                server.wait()


@contextmanager
def _database(settings: Settings) -> Iterator[None]:
    """Run the local server for as long as the block lasts, unless one runs already or another address is configured."""
    if not settings.is_local:
        yield
        return
    server = LocalServer(settings)
    try:
        with server_progress() as progress:
            server.start(foreground=True, progress=progress)
    except AlreadyRunning:
        console.print(_("Neo4j is already running on this data folder; it is used, and left running."))
        yield
        return
    try:
        yield
    finally:
        console.print(_("Stopping Neo4j ..."))
        server.stop()


@contextmanager
def _quick_start(settings: Settings) -> Iterator[None]:
    """Prepare quicker starts of Neo4j (once, some 20 seconds of work) in a process that gives way to all others."""
    if not settings.is_local or os.name != "posix" or is_recorded(settings):
        yield
        return
    command = ["nice", "-n", "19", sys.executable, "-m", "graphcrm", "db", "quick-start", "--with-parent"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, env=child_environment(settings), stdin=subprocess.PIPE, stdout=quiet, stderr=quiet,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _load_demo(opened: App) -> None:
    if not demo.needs_loading(opened.database):
        console.print(_("The data are kept as they were."))
        return
    with import_progress() as progress:
        report = demo.load(opened.database, opened.viewer, bundled("seed"), progress=progress)
    console.print(_("Demo clientele loaded: {count} nodes and ties.", count=number(report.created)))


def _warm_up(opened: App) -> None:
    """Ask once what the first pages ask, so that Neo4j has planned it before the user clicks."""
    asked = (opened.database, opened.viewer)
    day = opened.today()
    try:
        found = clients.clientele(*asked, as_of=day).clients
        if found:
            client_id = found[0].line.id
            power_map.power_map(*asked, client_id, as_of=day)
            base_analysis.client_analysis(*asked, client_id, as_of=day)
    except Exception:
        return  # the page will say it better; and when the user ends all, the connection may go in the midst of a query


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt
