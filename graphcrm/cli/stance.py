"""``graphcrm stance``: where people stand in a deal, against where they stand as a rule (C1.3-C1.8)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.options import TableForm, TableOrJson
from graphcrm.cli.output import print_json, print_table
from graphcrm.config import load_settings
from graphcrm.domain.stance import StanceDifference
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services.client import client_head
from graphcrm.services.stance import stance_in_deal
from graphcrm.vocabulary import VOCABULARY

app = typer.Typer()


@app.command()
def stance(
    client: Annotated[str, typer.Argument(help="The id of the client.")],
    deal: Annotated[str | None, typer.Option("--deal", help="The id of one deal. Without it: each open one.")] = None,
    form: TableForm = TableOrJson.table,
) -> None:
    """What the deals of a client state otherwise than what holds as a rule: roles, attitude, agenda and so on."""
    with open_app(load_settings()) as opened:
        given = (opened.database, opened.viewer, client)
        day = opened.today()
        deals = [deal] if deal else [one.id for one in client_head(*given, as_of=day).deals]
        found = [stance_in_deal(*given, one, as_of=day) for one in deals]
    if form is TableOrJson.json:
        told = [
            {"deal": one.deal_id, "name": one.deal_name, "differences": [asdict(item) for item in one.differences]}
            for one in found
        ]
        print_json(told)
        return
    if not found:
        print(_("No deal is open."))
    for one in found:
        rows = [
            (item.person_name, _field(item), _values(item, item.standing), _values(item, item.in_deal))
            for item in one.differences
        ]
        print_table((_("Person"), _("What"), _("As a rule"), _("In this deal")), rows, one.deal_name)


def _field(item: StanceDifference) -> str:
    return VOCABULARY.ties["STAKEHOLDER_IN"].properties[item.field].name_in(language())


def _values(item: StanceDifference, values: tuple[str, ...]) -> str:
    enumeration = VOCABULARY.ties["STAKEHOLDER_IN"].properties[item.field].enum
    if not values:
        return _("not known") if enumeration else ""
    return ", ".join(VOCABULARY.value_name(enumeration, one, language()) if enumeration else one for one in values)
