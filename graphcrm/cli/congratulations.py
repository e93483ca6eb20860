"""``graphcrm congratulations``: whom to congratulate in the coming days, and with which words."""

from __future__ import annotations

from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.options import AsOf
from graphcrm.cli.output import say, say_lines
from graphcrm.config import load_settings
from graphcrm.formats import day
from graphcrm.i18n import translate as _
from graphcrm.services import congratulations as service
from graphcrm.services._wording import sentence, value_name

app = typer.Typer()


@app.command()
def congratulations(
    employee: Annotated[str | None, typer.Option("--for", help="The id of one of ours. Without it: everybody.")] = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="So many days ahead.")] = 7,
    drafts: Annotated[bool, typer.Option("--drafts", help="With the text for each.")] = False,
    as_of: AsOf = None,
) -> None:
    """Show whom to congratulate in the coming days: on what, by whom of ours, by which channel, with a draft."""
    with open_app(load_settings()) as opened:
        on = as_of or opened.today()
        who = service.Part(everything=True)
        found = service.congratulations(
            opened.database, opened.viewer, as_of=on, employee_id=employee, days=days, part=who
        )
    if not found.lines:
        print(_("Nobody is to be congratulated in these days."))
    for line in found.lines:
        say(f"{day(line.entry.when.act_on)}  {_line(line)}")
        if drafts and line.drafts and line.state != "sent":
            say_lines((4, text) for text in line.drafts[0].body.splitlines())
            print()


def _line(line: service.CongratulationLine) -> str:
    who = f"{line.person.name}, {line.client_name}"
    if line.state == "sent" and line.sent is not None:
        return f"{who}: {line.occasion} ({_('sent {date}', date=day(line.sent.on))})"
    if line.why_not:
        return f"{who}: {line.occasion}. {sentence(line.why_not, line.why_params)}"
    by = line.employee_name or _("nobody of ours covers them")
    late = f" ({_('missed')})" if line.state == "missed" else ""
    return f"{who}: {line.occasion}{late}; {by}, {value_name('channel', line.channel)}"
