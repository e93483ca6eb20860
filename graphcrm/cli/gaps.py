"""``graphcrm gaps``: what we know of a client and what we do not (A5.1-A5.5)."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphcrm.bootstrap import open_app
from graphcrm.config import load_settings
from graphcrm.domain.knowledge import KnowledgeGap
from graphcrm.formats import day, number, share
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services.knowledge import ClientGaps, client_gaps
from graphcrm.vocabulary.knowledge import knowledge_catalogue

app = typer.Typer()


class Format(StrEnum):
    """How the gaps are printed."""

    table = "table"
    json = "json"


@app.command()
def gaps(
    client: Annotated[str, typer.Argument(help="The id of the client.")],
    most: Annotated[int, typer.Option("--most", min=1, help="How many gaps to list, those worth most first.")] = 20,
    form: Annotated[Format, typer.Option("--format", help="How to print them.")] = Format.table,
) -> None:
    """How complete and how fresh our knowledge of a client is, what is missing, and who could find it out."""
    with open_app(load_settings()) as opened:
        found = client_gaps(opened.database, opened.viewer, client, as_of=opened.today())
    listed = [_gap(found, gap) for gap in found.knowledge.gaps[:most]]
    if form is Format.json:
        told = {"client": found.client_id, "areas": _areas(found), "gaps": listed}
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
        return
    console = Console() if sys.stdout.isatty() else Console(width=160)
    areas = Table(_("Area"), _("Complete"), _("Fresh"), title=Text(found.client_name))
    for area in _areas(found):
        areas.add_row(
            area["name"], *(_("not known") if v is None else share(v) for v in (area["complete"], area["fresh"]))
        )
    console.print(areas)
    table = Table(_("Not known"), _("About"), _("Last verified"), _("Worth"), _("Could find out"))
    for gap in listed:
        cells = (
            gap["what"],
            gap["about"],
            gap["last_verified"] or "",
            points(gap["value"]),
            ", ".join(gap["could_find_out"]),
        )
        table.add_row(*map(Text, cells))
    console.print(table)


def points(value: float) -> str:
    """How much closing a gap raises the completeness of all we know, in points of 100."""
    return f"+{number(100 * value, 1)}"


def _areas(found: ClientGaps) -> list[dict[str, Any]]:
    words = knowledge_catalogue().areas
    return [
        {
            "area": area.area,
            "row": words[area.area].id,
            "name": words[area.area].name_in(language()),
            "complete": area.completeness.value,
            "fresh": area.freshness,
            "facts": area.facts,
            "never_verified": area.undated,
        }
        for area in found.knowledge.areas
    ]


def _gap(found: ClientGaps, gap: KnowledgeGap) -> dict[str, Any]:
    return {
        "item": gap.item,
        "what": knowledge_catalogue().items[gap.item].name_in(language()),
        "area": gap.area,
        "about": gap.subject_name,
        "about_id": gap.subject_id,
        "stale": gap.is_stale,
        "last_verified": day(gap.last_verified) if gap.last_verified else None,
        "value": gap.value,
        "could_find_out": [helper.employee_name for helper in found.could_find_out(gap)],
    }
