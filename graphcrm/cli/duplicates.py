"""``graphcrm duplicates``, ``merge`` and ``not-same``: one person or firm recorded twice."""

from __future__ import annotations

import csv
import secrets
import sys
from enum import StrEnum
from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.options import TableCsvForm, TableCsvOrJson
from graphcrm.cli.output import print_json, print_table
from graphcrm.config import load_settings
from graphcrm.formats import share
from graphcrm.i18n import translate as _
from graphcrm.ingest.cells import csv_cell
from graphcrm.services import duplicates as service
from graphcrm.services._wording import sentence

app = typer.Typer()


class Kind(StrEnum):
    """What is looked through."""

    people = "people"
    organizations = "organizations"


@app.command()
def duplicates(
    kind: Annotated[Kind, typer.Option("--kind", help="What to look through.")] = Kind.people,
    form: TableCsvForm = TableCsvOrJson.table,
) -> None:
    """List records that are likely one person's or one firm's, with the reasons."""
    label: service.Kind = "Person" if kind is Kind.people else "Organization"
    with open_app(load_settings()) as opened:
        found = service.likely_duplicates(opened.database, opened.viewer, label)
    rows = [
        {
            "one_id": one.pair.one_id,
            "one_name": one.one_name,
            "other_id": one.pair.other_id,
            "other_name": one.other_name,
            "score": round(one.pair.score.value or 0.0, 3),
            "reasons": [sentence(reason.code, reason.params) for reason in one.pair.score.reasons],
        }
        for one in found
    ]
    if form is TableCsvOrJson.json:
        print_json(rows)
    elif form is TableCsvOrJson.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(["one_id", "one_name", "other_id", "other_name", "score", "reasons"])
        for row in rows:
            cells = {**row, "reasons": " ".join(row["reasons"])}  # type: ignore[arg-type]
            writer.writerow([csv_cell(str(cell)) for cell in cells.values()])
    else:
        _print_table(rows)


def _print_table(rows: list[dict[str, object]]) -> None:
    if not rows:
        print(_("No likely duplicates were found."))
        return
    cells = []
    for row in rows:
        pair = [f"{row[f'{side}_name']} ({row[f'{side}_id']})" for side in ("one", "other")]
        cells.append((share(float(str(row["score"]))), *pair, " ".join(row["reasons"])))  # type: ignore[arg-type]
    print_table((_("Likeness"), _("One"), _("The other"), _("Why")), cells)


@app.command()
def merge(
    keep: Annotated[str, typer.Argument(help="Id of the record that stays.")],
    gone: Annotated[str, typer.Argument(help="Id of the record that is merged into it.")],
    take: Annotated[
        list[str] | None, typer.Option("--take", help="A column of which the other's value wins. Repeat it.")
    ] = None,
) -> None:
    """Merge a record into another of one kind: every tie is moved. It can be taken back with graphcrm undo."""
    with open_app(load_settings()) as opened:
        seen = service.compare(opened.database, opened.viewer, keep, gone)
        order = service.MergeOrder(keep, gone, dict.fromkeys(take or [], "gone"), seen)
        service.merge(opened.database, opened.viewer, order, key=secrets.token_hex(8), today=opened.today())
    moved, united, ended = (sum(part.values()) for part in (seen.moved, seen.united, seen.ended))
    print(_("Merged. Ties moved: {moved}, united: {united}, ended: {ended}.", moved=moved, united=united, ended=ended))


@app.command("not-same")
def not_same(
    one: Annotated[str, typer.Argument(help="Id of a record.")],
    other: Annotated[str, typer.Argument(help="Id of the other.")],
) -> None:
    """Remember that two records are not one person or firm."""
    with open_app(load_settings()) as opened:
        service.not_same(opened.database, opened.viewer, one, other, key=secrets.token_hex(8))
    print(_("Remembered: they are two."))
