"""``graphcrm log``: record a meeting, call, letter or event with a client."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import typer

from graphcrm.bootstrap import App, open_app
from graphcrm.cli.named import code_of, named, refusals_told
from graphcrm.cli.options import day_option, with_options
from graphcrm.config import load_settings
from graphcrm.errors import InvalidInput
from graphcrm.i18n import translate as _
from graphcrm.services import editing
from graphcrm.services.editing import RowEdit
from graphcrm.services.interactions import coverage_begun, log_choices

app = typer.Typer()


@dataclass(frozen=True, slots=True)
class Contact:
    """What happened."""

    kind: Annotated[str, typer.Option("--kind", help="meeting, call, letter, email, event, ...")] = "meeting"
    on: Annotated[date | None, day_option("--on", "The day, as 2026-11-23. Without it: today.")] = None
    mood: Annotated[str | None, typer.Option("--mood", help="warm, good, neutral, cool or tense.")] = None
    said: Annotated[str | None, typer.Option("--said", help="What was said.")] = None
    deal: Annotated[str | None, typer.Option("--deal", help="The id of the deal that it was about.")] = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """What was agreed."""

    step: Annotated[str | None, typer.Option("--next", help="The next step.")] = None
    due: Annotated[date | None, day_option("--due", "Its day, as 2026-11-30.")] = None
    owner: Annotated[str | None, typer.Option("--owner", help="Who of ours takes it. Without it: the first --by.")] = (
        None
    )


WITHOUT = NextStep()
MEETING = Contact()


@app.command("log")
@with_options
def log(
    client: Annotated[str, typer.Argument(help="The client: its id, or a name that finds one.")],
    theirs: Annotated[list[str], typer.Option("--with", help="Who of theirs, by id or name. Repeat it.")],
    ours: Annotated[list[str], typer.Option("--by", help="Who of ours, by id or name. Repeat it.")],
    contact: Contact = MEETING,
    next_step: NextStep = WITHOUT,
    covers: Annotated[bool, typer.Option("--covers", help="Record too that the first --by is now in touch.")] = False,
) -> None:
    """Log a contact with a client: who, when, what was said, mood, next step. One change, which can be undone."""
    with open_app(load_settings()) as opened:
        client_id = named(opened, client, "Client")
        people = [named(opened, one) for one in theirs]
        team = [named(opened, one, "Employee") for one in ours]
        cells = {"participant_ids": people, "employee_ids": team, "client_id": client_id, "deal_id": contact.deal}
        cells |= _happened(contact, opened.today()) | _agreed(opened, next_step, team)
        edits = [RowEdit("Interaction", "", cells), *(_begun(opened, client_id, people, team) if covers else [])]
        with refusals_told():
            saved = editing.save_edits(
                opened.database, opened.viewer, edits, key=secrets.token_hex(8), today=opened.today()
            )
    print(_("Saved as change {change}.", change=saved.change_id))


def _happened(contact: Contact, today: date) -> dict[str, Any]:
    on = contact.on or today
    if on > today:
        raise InvalidInput("{day} lies ahead.", mend="Log a contact when it was; plan it as a next step.", day=on)
    kind, mood = code_of("interaction_kind", contact.kind), code_of("mood", contact.mood)
    return {"kind": kind, "date": on, "mood": mood, "summary": contact.said}


def _agreed(opened: App, agreed: NextStep, team: list[str]) -> dict[str, Any]:
    if agreed.step is None:
        if agreed.due or agreed.owner:
            raise InvalidInput("A next step has a day or an owner, but no words.", mend="Say it with --next.")
        return {}
    owner = named(opened, agreed.owner, "Employee") if agreed.owner else team[0]
    return {"next_step": agreed.step, "next_step_due": agreed.due, "next_step_owner_id": owner}


def _begun(opened: App, client_id: str, people: list[str], team: list[str]) -> list[RowEdit]:
    """Of those whom nobody who spoke was in touch with."""
    choices = log_choices(opened.database, opened.viewer, as_of=opened.today(), client_id=client_id)
    return coverage_begun(choices, [one for one in people if choices.uncovered(one, team)], team[0])
