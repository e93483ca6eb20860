"""``graphcrm week``: what is due, who cools off, what to verify, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.options import AsOf
from graphcrm.cli.output import say
from graphcrm.config import load_settings
from graphcrm.formats import day, moment, number
from graphcrm.i18n import translate as _
from graphcrm.services import week as service
from graphcrm.services._wording import sentence

app = typer.Typer()


@app.command()
def week(
    employee: Annotated[str | None, typer.Option("--for", help="The id of one of ours. Without it: everybody.")] = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="So many days ahead.")] = 7,
    as_of: AsOf = None,
) -> None:
    """Show what the coming days bring: what is due, who cools off, what to verify, what changed."""
    with open_app(load_settings()) as opened:
        on = as_of or opened.today()
        found = service.week(opened.database, opened.viewer, as_of=on, employee_id=employee, days=days)
    _section(_("Due"), found.due)
    _section(_("To congratulate"), found.congratulate)
    _section(_("Waits for approval"), found.approve)
    _section(_("Missed"), found.missed)
    _section(_("Cooled off"), found.cooling)
    _section(_("To verify"), found.verify)
    print(f"{_('Changed in the last 7 days')}: {number(len(found.changed))}")
    for one in found.changed:
        told = "; ".join(dict.fromkeys(line.what for line in one.change.lines)) or one.change.what
        say(f"  {moment(one.change.at)}  {one.client_name}: {told}")


def _section(title: str, lines: Sequence[service.WeekLine]) -> None:
    print(f"{title}: {number(len(lines))}")
    for line in lines:
        when = f"{day(line.on)}  " if line.on else ""
        who = ", ".join(part for part in (line.person_name, line.client_name) if part)
        say(f"  {when}{who}: {sentence(line.code, line.params)}")
