"""``graphcrm load``: the first load of a large clientele, offline."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from graphcrm.cli.data import DryRun, Given, MappingFile, print_headers, print_plan, print_problems
from graphcrm.cli.output import say
from graphcrm.cli.progress import import_progress
from graphcrm.config import load_settings
from graphcrm.domain.viewer import OWNER
from graphcrm.i18n import translate as _
from graphcrm.ingest.mapping_file import read_mapping_file
from graphcrm.services.loading import check_load, load_plan

app = typer.Typer()

Data = Annotated[Path | None, typer.Option(help="Folder that holds the local database.")]


@app.command()
def load(source: Given, data: Data = None, dry_run: DryRun = False, mapping: MappingFile = None) -> None:
    """Fill the empty local database from the files of import, offline: for a large clientele. All or nothing."""
    given = read_mapping_file(mapping) if mapping else None
    settings = load_settings(data=data)
    with import_progress() as progress:
        plan = check_load(settings, OWNER, source, today=date.today(), mapping=given, progress=progress)
    print_problems((*plan.notes, *plan.problems))
    if plan.problems or dry_run:
        print_plan(plan, bool(plan.problems))
    if plan.headers:
        print_headers(plan.headers)
    if plan.problems:
        raise typer.Exit(1)
    if dry_run:
        return
    with import_progress() as progress:
        report = load_plan(settings, OWNER, plan, progress=progress)
    text = _("{nodes} nodes and {ties} ties loaded; all indexes are ready.")
    say(text.format(nodes=f"{report.nodes:,}", ties=f"{report.ties:,}"))
    say(_("Neo4j runs at {uri}. Stop it with graphcrm db stop.", uri=report.uri))
