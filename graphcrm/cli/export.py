"""``graphcrm export``: the graph as CSV files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from graphcrm.bootstrap import open_app
from graphcrm.cli.progress import import_progress
from graphcrm.config import load_settings
from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.services.exporting import export_folder

app = typer.Typer()
_out = Console(highlight=False, soft_wrap=True)
_progress = Console(stderr=True, highlight=False)


@app.command(name="export")
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder for the CSV files.")],
) -> None:
    """Write all nodes and ties as the CSV files that ``graphcrm import`` reads."""
    with open_app(load_settings()) as opened, import_progress(_progress) as progress:
        report = export_folder(opened.database, opened.viewer, folder, progress=progress)
    rows = plural("{n} row", "{n} rows", sum(report.rows.values()))
    _out.print(
        _(
            "{rows} in {files} written to {folder}.",
            rows=rows,
            folder=report.folder,
            files=plural("{n} file", "{n} files", len(report.rows)),
        )
    )
