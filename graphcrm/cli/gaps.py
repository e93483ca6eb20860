"""``graphcrm gaps``: what we know of a client and what we do not (A5.1-A5.5)."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.options import TableForm, TableOrJson
from graphcrm.cli.output import print_json, print_table
from graphcrm.config import load_settings
from graphcrm.domain.knowledge import KnowledgeGap
from graphcrm.formats import day, number, share_or_not_known
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services.knowledge import ClientGaps, client_gaps
from graphcrm.vocabulary.knowledge import knowledge_catalogue

app = typer.Typer()


@app.command()
def gaps(
    client: Annotated[str, typer.Argument(help="The id of the client.")],
    most: Annotated[int, typer.Option("--most", min=1, help="How many gaps to list, those worth most first.")] = 20,
    form: TableForm = TableOrJson.table,
) -> None:
    """How complete and how fresh our knowledge of a client is, what is missing, and who could find it out."""
    with open_app(load_settings()) as opened:
        found = client_gaps(opened.database, opened.viewer, client, as_of=opened.today())
    listed = [_gap(found, gap) for gap in found.knowledge.gaps[:most]]
    if form is TableOrJson.json:
        told = {"client": found.client_id, "areas": _areas(found), "gaps": listed}
        print_json(told)
        return
    areas = [
        (area["name"], share_or_not_known(area["complete"]), share_or_not_known(area["fresh"]))
        for area in _areas(found)
    ]
    print_table((_("Area"), _("Complete"), _("Fresh")), areas, found.client_name)
    rows = [
        (gap["what"], gap["about"], gap["last_verified"], points(gap["value"]), ", ".join(gap["could_find_out"]))
        for gap in listed
    ]
    print_table((_("Not known"), _("About"), _("Last verified"), _("Worth"), _("Could find out")), rows)


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
