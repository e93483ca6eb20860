"""``graphcrm export``: the graph as CSV files or as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.output import say
from graphcrm.cli.progress import import_progress
from graphcrm.config import load_settings
from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.services.exporting import export_folder, export_workbook

app = typer.Typer()


@app.command(name="export")
def export(
    target: Annotated[
        Path, typer.Argument(metavar="DIR|FILE.xlsx", help="A new folder for the CSV files, or a new workbook.")
    ],
) -> None:
    """Write all nodes and ties as the CSV files, or as the workbook, that ``graphcrm import`` reads."""
    write = export_workbook if target.suffix.lower() == ".xlsx" else export_folder
    with open_app(load_settings()) as opened, import_progress() as progress:
        report = write(opened.database, opened.viewer, target, progress=progress)
    rows = plural("{n} row", "{n} rows", sum(report.rows.values()))
    count = len(report.rows)
    in_sheets = write is export_workbook
    parts = plural("{n} sheet", "{n} sheets", count) if in_sheets else plural("{n} file", "{n} files", count)
    say(_("{rows} in {files} written to {folder}.", rows=rows, folder=report.folder, files=parts))
    if report.register:
        left = plural("The register of gifts ({n} entry) is not in it.",
                      "The register of gifts ({n} entries) is not in it.", report.register)  # fmt: skip
        print(left, _("For the auditor: graphcrm gifts register. A backup carries it: graphcrm backup."))
