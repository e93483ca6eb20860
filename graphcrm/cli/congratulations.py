"""``graphcrm congratulations``: whom to congratulate in the coming days, and with which words."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.ask import parse_value
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
    as_of: Annotated[str | None, typer.Option("--as-of", help="The day, as 2026-11-23. Without it: today.")] = None,
) -> None:
    """Show whom to congratulate in the coming days: on what, by whom of ours, by which channel, with a draft."""
    with open_app(load_settings()) as opened:
        on = opened.today() if as_of is None else parse_value("as_of", date, as_of)
        who = service.Part(everything=True)
        found = service.congratulations(
            opened.database, opened.viewer, as_of=on, employee_id=employee, days=days, part=who
        )
    if not found.lines:
        print(_("Nobody is to be congratulated in these days."))
    for line in found.lines:
        print(_printable(f"{day(line.entry.when.act_on)}  {_line(line)}"))
        if drafts and line.drafts and line.state != "sent":
            print("".join(f"    {_printable(text)}\n" for text in line.drafts[0].body.splitlines()))


def _line(line: service.CongratulationLine) -> str:
    who = f"{line.person.name}, {line.client_name}"
    if line.state == "sent" and line.sent is not None:
        return f"{who}: {line.occasion} ({_('sent {date}', date=day(line.sent.on))})"
    if line.why_not:
        return f"{who}: {line.occasion}. {sentence(line.why_not, line.why_params)}"
    by = line.employee_name or _("nobody of ours covers them")
    late = f" ({_('missed')})" if line.state == "missed" else ""
    return f"{who}: {line.occasion}{late}; {by}, {value_name('channel', line.channel)}"


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
