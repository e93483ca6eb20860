"""``graphcrm import``: files into the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphcrm.bootstrap import open_app
from graphcrm.cli.output import say
from graphcrm.cli.progress import import_progress
from graphcrm.config import load_settings
from graphcrm.database.migrations import migrate
from graphcrm.errors import FolderNotWritable
from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.ingest.mapping import FoundHeader
from graphcrm.ingest.mapping_file import mapping_text, read_mapping_file
from graphcrm.ingest.plan import Counts
from graphcrm.ingest.problems import Problem
from graphcrm.services.importing import ImportPlan, ImportReport, apply_plan, check_folder
from graphcrm.services.loading import LoadPlan

app = typer.Typer()
_out = Console(highlight=False, soft_wrap=True)


Given = Annotated[
    Path, typer.Argument(metavar="FILE|DIR", help="A workbook (.xlsx), cards (.vcf), or the folder of people.csv, ...")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check only; write nothing.")]
SkipBadRows = Annotated[
    bool, typer.Option("--skip-bad-rows", help="Import the good rows; write the others to files to be mended.")
]
Rejected = Annotated[
    Path | None, typer.Option("--rejected", help="Folder for the refused rows. Without it: rejected, beside the files.")
]
MappingFile = Annotated[
    Path | None, typer.Option("--mapping", help="YAML or JSON: what columns and sheets under other names are.")
]
NewOrganizations = Annotated[
    Literal["client", "partner", "competitor"] | None,
    typer.Option("--new-organizations", help="Make organisations that a list of contacts names and nobody knows."),
]


@app.command(name="import")
def import_(
    source: Given,
    dry_run: DryRun = False,
    skip_bad_rows: SkipBadRows = False,
    rejected: Rejected = None,
    mapping: MappingFile = None,
    new_organizations: NewOrganizations = None,
) -> None:
    """Import a workbook, cards or a folder of CSV files: all, or with --skip-bad-rows the good rows, or nothing."""
    given = read_mapping_file(mapping) if mapping else None
    with open_app(load_settings()) as opened:
        if not dry_run:
            migrate(opened.database)
        with import_progress() as progress:
            plan = check_folder(
                opened.database, opened.viewer, source, mapping=given,
                new_organizations=new_organizations or "", progress=progress,
            )  # fmt: skip
            refused = bool(plan.problems) and not skip_bad_rows
            report = None
            if not (dry_run or refused):
                report = apply_plan(
                    opened.database,
                    opened.viewer,
                    plan,
                    skip_bad_rows=skip_bad_rows,
                    today=opened.today(),
                    progress=progress,
                )
    print_problems(plan.notes)
    print_problems(plan.problems if report is None else report.problems)
    if report is None:
        print_plan(plan, refused)
    else:
        beside = source if source.is_dir() else source.parent
        _print_report(report, _write_rejected(report.refused_files, rejected or beside / "rejected"))
    if plan.headers:
        print_headers(plan.headers)
    if refused:
        raise typer.Exit(1)


def print_problems(problems: Iterable[Problem]) -> None:
    for problem in problems:
        line = Text(f"{problem.place}  ", style="bold")
        line.append(problem.describe(_), style="not bold")
        _out.print(line)


def print_headers(headers: Sequence[FoundHeader]) -> None:
    """How the user can say what is not known, to be copied and corrected."""
    say(_("What is not known can be told once in the app, or in a file: --mapping FILE. For example:"))
    print(mapping_text(headers))


def print_plan(plan: ImportPlan | LoadPlan, refused: bool) -> None:
    _print_counts(plan.counts, _("to create"), _("to change"))
    if refused:
        print(plural("{n} problem; nothing was written.", "{n} problems; nothing was written.", len(plan.problems)))
    elif plan.changes == 0:
        say(_("The graph holds all of it already."))
    else:
        say(_("Nothing was written: this was a check."))


def _print_report(report: ImportReport, files: list[Path]) -> None:
    _print_counts(report.counts, _("created"), _("changed"))
    if report.changed_nothing:
        say(_("Nothing was changed: the graph holds all of it already."))
    else:
        text = _("{created} nodes and ties created, {updated} changed. Last row written: {place}.")
        say(text.format(created=report.created, updated=report.updated, place=report.last_good_row))
    for file in files:
        say(_("Refused rows, to be mended and imported: {file}").format(file=file))


def _print_counts(counts: Mapping[str, Counts], create: str, update: str) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column(_("File"))
    for title in (create, update, _("unchanged"), _("refused")):
        table.add_column(title, justify="right")
    for stem, row in counts.items():
        numbers = (row.create, row.update, row.unchanged, row.refused)
        table.add_row(f"{stem}.csv", *(f"{number:,}" if number else "·" for number in numbers))
    if counts:
        _out.print(table)


def _free_folder(wanted: Path) -> Path:
    names = (wanted if number == 1 else wanted.with_name(f"{wanted.name}-{number}") for number in count(1))
    return next(folder for folder in names if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())))


def _write_rejected(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """The refused rows as files.

    They go into the first of ``rejected``, ``rejected-2`` and so on that is free: rows that somebody is mending from an
    earlier import stand nowhere else.
    """
    try:
        folder = _free_folder(folder)
        if files:
            folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise FolderNotWritable(
            "The good rows were imported, but the refused rows could not be written to {folder}: {reason}.",
            mend="Name another folder with --rejected and import once more.",
            folder=folder,
            reason=error.strerror or str(error),
        ) from error
    return [folder / name for name in files]
