"""``graphcrm stance``: where people stand in a deal, against where they stand as a rule (C1.3-C1.8)."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphcrm.bootstrap import open_app
from graphcrm.config import load_settings
from graphcrm.domain.stance import StanceDifference
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services.client import client_head
from graphcrm.services.stance import stance_in_deal
from graphcrm.vocabulary import VOCABULARY

app = typer.Typer()


class Format(StrEnum):
    """How the differences are printed."""

    table = "table"
    json = "json"


@app.command()
def stance(
    client: Annotated[str, typer.Argument(help="The id of the client.")],
    deal: Annotated[str | None, typer.Option("--deal", help="The id of one deal. Without it: each open one.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print them.")] = Format.table,
) -> None:
    """What the deals of a client state otherwise than what holds as a rule: roles, attitude, agenda and so on."""
    with open_app(load_settings()) as opened:
        given = (opened.database, opened.viewer, client)
        day = opened.today()
        deals = [deal] if deal else [one.id for one in client_head(*given, as_of=day).deals]
        found = [stance_in_deal(*given, one, as_of=day) for one in deals]
    if form is Format.json:
        told = [
            {"deal": one.deal_id, "name": one.deal_name, "differences": [asdict(item) for item in one.differences]}
            for one in found
        ]
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
        return
    console = Console() if sys.stdout.isatty() else Console(width=160)
    if not found:
        console.print(_("No deal is open."))
    for one in found:
        table = Table(_("Person"), _("What"), _("As a rule"), _("In this deal"), title=Text(one.deal_name))
        for item in one.differences:
            cells = (item.person_name, _field(item), _values(item, item.standing), _values(item, item.in_deal))
            table.add_row(*map(Text, cells))
        console.print(table)


def _field(item: StanceDifference) -> str:
    return VOCABULARY.ties["STAKEHOLDER_IN"].properties[item.field].name_in(language())


def _values(item: StanceDifference, values: tuple[str, ...]) -> str:
    enumeration = VOCABULARY.ties["STAKEHOLDER_IN"].properties[item.field].enum
    if not values:
        return _("not known") if enumeration else ""
    return ", ".join(VOCABULARY.value_name(enumeration, one, language()) if enumeration else one for one in values)
