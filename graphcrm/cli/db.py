"""``graphcrm db``: the local Neo4j by itself, and what Neo4j's own tools need to reach the database."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from graphcrm.bootstrap import open_app
from graphcrm.cli.progress import server_progress
from graphcrm.config import Settings, load_settings
from graphcrm.database.connection import Database
from graphcrm.database.local import LocalServer, Status
from graphcrm.database.local.child import when_parent_ends
from graphcrm.database.local.recording import record_quick_start
from graphcrm.database.migrations import migrate
from graphcrm.errors import AlreadyRunning, ConfigurationError, DatabaseError
from graphcrm.i18n import describe
from graphcrm.i18n import translate as _

app = typer.Typer(help="The Neo4j that graphcrm runs itself: start, stop, look, connect, empty.", no_args_is_help=True)
console = Console(highlight=False, soft_wrap=True, markup=False)
remarks = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)

Data = Annotated[Path | None, typer.Option(help="Folder that holds the local database.")]


@app.command()
def start(data: Data = None) -> None:
    """Start Neo4j and leave it running; the first time, fetch it."""
    settings = _local(load_settings(data=data))
    server = LocalServer(settings)
    try:
        with server_progress() as progress:
            endpoint = server.start(foreground=False, progress=progress)
    except AlreadyRunning as error:
        remarks.print(describe(error))
        return
    for warning in server.warnings:
        remarks.print(warning)
    console.print(_("Neo4j runs at {uri}. Stop it with graphcrm db stop.", uri=endpoint.uri))


@app.command()
def stop(data: Data = None) -> None:
    """Stop the local Neo4j."""
    settings = _local(load_settings(data=data))
    stopped = LocalServer(settings).stop()
    console.print(_("Neo4j is stopped.") if stopped else _("No Neo4j was running on {folder}.", folder=settings.data))


@app.command()
def status(data: Data = None) -> None:
    """Tell version, address, process, sizes and counts. The exit code is 1 when the database does not answer."""
    settings = load_settings(data=data)
    rows: list[tuple[str, str]] = []
    if settings.is_local:
        known = LocalServer(settings).status()
        rows += _of_the_process(known, settings.disk_spare_bytes)
        if not known.running:
            _print(rows)
            raise typer.Exit(1)
    try:
        with open_app(settings) as opened:
            rows = _of_the_graph(opened.database) + rows
    except DatabaseError as error:
        _print(rows)
        remarks.print(describe(error))
        raise typer.Exit(1) from error
    _print(rows)


@app.command(name="shell-info")
def shell_info(
    data: Data = None,
    password: Annotated[bool, typer.Option("--password", help="Print the password too.")] = False,
) -> None:
    """Print what Neo4j's own tools need to connect: Browser, cypher-shell, Desktop, any driver."""
    settings = load_settings(data=data)
    if settings.neo4j_uri is not None:
        uri, username, where = settings.neo4j_uri, settings.neo4j_username, _("(the one in NEO4J_PASSWORD)")
        secret = settings.neo4j_password.get_secret_value() if settings.neo4j_password else ""
    else:
        endpoint = LocalServer(settings).endpoint()
        uri, username, secret = endpoint.uri, endpoint.username, endpoint.password
        where = _("(in the file {path}; --password prints it)", path=settings.data / "password")
    name = settings.neo4j_database
    rows = [(_("Address"), uri), (_("User"), username), (_("Password"), secret if password else where)]
    _print([*rows, (_("Database"), name)])
    console.print()
    console.print(
        _("cypher-shell:    cypher-shell -a {uri} -u {user} -d {database}", uri=uri, user=username, database=name)
    )
    console.print(_("Neo4j Desktop:   Remote connections, Add, and the address above"))
    console.print(_("Neo4j Browser:   from Desktop, or any Neo4j Browser: Connect URL is the address above"))
    console.print(_("Drivers:         set NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD to these values"))


@app.command(name="quick-start")
def quick_start(
    with_parent: Annotated[
        bool, typer.Option("--with-parent", hidden=True, help="End when standard input ends.")
    ] = False,
) -> None:
    """Let Java learn how Neo4j starts, for quicker starts from then on. ``graphcrm up`` does it by itself meanwhile."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was begun is put away
    if with_parent:
        when_parent_ends(lambda: os.kill(os.getpid(), signal.SIGTERM))
    with server_progress() as progress:
        made = record_quick_start(load_settings(), migrate, progress)
    if made:
        console.print(_("Neo4j starts quickly from now on."))
    else:
        console.print(_("Nothing was prepared: another process is at it, or less than 1 GB of the disk is free."))


@app.command()
def reset(
    data: Data = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete the local database with all its data. Asks first; the fetched Neo4j stays."""
    settings = _local(load_settings(data=data))
    server = LocalServer(settings)
    home = settings.data / "neo4j"
    if not home.exists():
        console.print(_("There is no database in {folder}.", folder=settings.data))
        return
    if not yes:
        size = _size(server.status().data_bytes)
        typer.confirm(
            _("Delete the database in {folder} ({size}) for good?", folder=settings.data, size=size), abort=True
        )
    server.stop()
    server.erase()
    console.print(_("The database in {folder} is deleted; the next start makes an empty one.", folder=settings.data))


def _local(settings: Settings) -> Settings:
    """The settings, if they mean a local server.

    Raises:
        ConfigurationError: an address is configured, so the database is somebody else's to start, stop and delete.
    """
    if not settings.is_local:
        raise ConfigurationError(
            "NEO4J_URI is set to {uri}: that database is not started, stopped or deleted by graphcrm.",
            mend="Unset NEO4J_URI to work with the local one.",
            uri=settings.neo4j_uri,
        )
    return settings


def _of_the_graph(database: Database) -> list[tuple[str, str]]:
    server = database.server()
    nodes, ties = database.counts()
    return [
        (_("Neo4j"), f"{server.version} {server.edition}"),
        (_("Address"), server.address),
        (_("Nodes"), f"{nodes:,}"),
        (_("Ties"), f"{ties:,}"),
    ]


def _of_the_process(known: Status, spare: int) -> list[tuple[str, str]]:
    rows = []
    if known.running:
        rows.append((_("Process"), str(known.pid)))
        if known.started is not None:
            since = datetime.fromtimestamp(known.started, UTC).astimezone()
            rows.append((_("Running since"), f"{since:%Y-%m-%d %H:%M}"))
        if known.memory is not None:
            rows.append((_("Memory"), _size(known.memory)))
    else:
        rows.append((_("Neo4j"), _("{version}, not running", version=known.version)))
    rows.append((_("Data"), f"{known.data} ({_size(known.data_bytes)})"))
    if known.data_free is not None:
        rows.append((_("Free disk space"), _of_the_disk(known.data_free, spare)))
    rows.append((_("Fetched files"), f"{known.cache} ({_size(known.cache_bytes)})"))
    return rows


def _of_the_disk(free: int, spare: int) -> str:
    """How much is free, and whether that is enough to save."""
    figures = {"free": f"{free // 1024**2:,} MB", "spare": f"{spare // 1024**2:,} MB"}
    if free < spare:
        return _("{free}: less than {spare}, so no changes are saved", **figures)
    return _("{free} (changes are saved down to {spare})", **figures)


def _print(rows: list[tuple[str, str]]) -> None:
    table = Table.grid(padding=(0, 2))
    for name, value in rows:
        table.add_row(name, value)
    console.print(table)


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count < 1e9 else f"{count / 1e9:,.2f} GB"
