"""``graphcrm backup`` and ``graphcrm restore``: the whole graph as one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.output import say
from graphcrm.cli.progress import import_progress
from graphcrm.config import load_settings
from graphcrm.i18n import translate as _
from graphcrm.services.backup import BackupReport, back_up
from graphcrm.services.backup import restore as restore_file
from graphcrm.services.backup import verify as verify_file

app = typer.Typer()

File = Annotated[Path, typer.Argument(metavar="FILE", help="The file of the backup, such as monday.zip.")]


@app.command()
def backup(
    file: File,
    verify: Annotated[
        bool, typer.Option("--verify", help="Write nothing: check a backup that is there. Needs no database.")
    ] = False,
) -> None:
    """Write the whole graph into one file, while the database runs."""
    if verify:
        with import_progress() as progress:
            report = verify_file(file, progress=progress)
        _print(_("{path} is a whole backup: {nodes} nodes and {ties} ties, made at {made_at} (UTC)."), report)
        return
    with open_app(load_settings()) as opened, import_progress() as progress:
        report = back_up(opened.database, opened.viewer, file, progress=progress)
    _print(_("{nodes} nodes and {ties} ties written to {path} and read again."), report)


@app.command()
def restore(
    file: File,
    again: Annotated[
        bool, typer.Option("--again", help="Take away what a restore that was broken off has left, and begin anew.")
    ] = False,
) -> None:
    """Write a backup into an empty database. The file is checked before anything is written."""
    with open_app(load_settings()) as opened, import_progress() as progress:
        report = restore_file(
            opened.database, opened.viewer, file, again=again, is_local=opened.settings.is_local, progress=progress
        )
    _print(_("{nodes} nodes and {ties} ties restored from {path} and found equal."), report)


def _print(text: str, report: BackupReport) -> None:
    say(text.format(path=report.path, nodes=f"{report.nodes:,}", ties=f"{report.ties:,}", made_at=report.made_at[:16]))
    if not report.one_moment:
        print(
            _(
                "Others were writing while it was made: their changes of that time may be in it in part. "
                "Make another one when nobody writes."
            )
        )
