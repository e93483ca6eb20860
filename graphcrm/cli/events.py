"""``graphcrm events``: guests by goals, invitations and answers, tables, and who is to be spoken to afterwards."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated, Any

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.document import DocumentForm, prepare_document, put_document, write_file
from graphcrm.cli.options import AsOf
from graphcrm.cli.output import print_json, print_table, say, say_lines
from graphcrm.config import load_settings
from graphcrm.domain.guests import Goals
from graphcrm.domain.guests_best import Judged
from graphcrm.errors import InvalidInput
from graphcrm.formats import day, money, number
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services import events as service
from graphcrm.services import guests as guest_service
from graphcrm.services import invitations, joint_events, seating
from graphcrm.services._wording import sentence, value_name
from graphcrm.services.invitation_approvals import InvitationMove, invitations_to_send, move_invitations

app = typer.Typer(no_args_is_help=True, help="Our events: guests, invitations, tables, follow-up.")

EventId = Annotated[str, typer.Argument(help="The id of the event; see `events list`.")]
EventAndClients = Annotated[
    list[str],
    typer.Argument(
        metavar="EVENT [CLIENT]...",
        help="The id of the event, then of the clients whose people are looked at; without them: all clients.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="For other programs.")]
People = Annotated[list[str], typer.Argument(help="Ids of people.")]


@app.command(name="list")
def list_events(as_json: AsJson = False) -> None:
    """List all events with how many were invited, accepted and came."""
    with open_app(load_settings()) as opened:
        found, _asked = service.events(opened.database, opened.viewer)
    if as_json:
        print_json([_line(one) for one in found])
        return
    header = (_("Event"), "id", _("Date"), _("Seats"), _("On the list"), _("Accepted"), _("Came"))
    rows = [(one.name, one.id, day(one.on), one.seats, one.invited, one.answers.get("accepted", 0), one.came)
            for one in found]  # fmt: skip
    _print_table(header, rows)


def _line(one: service.EventSummary) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "date": one.on.isoformat() if one.on else None,
        "seats": one.seats,
        "answers": dict(one.answers),
        "came": one.came,
    }


@app.command()
def guests(
    event_and_clients: EventAndClients,
    goal: Annotated[list[str] | None, typer.Option(help="A goal and its weight 0-5, as coverage=3.")] = None,
    per_client: Annotated[int, typer.Option(help="Guests of one client at most; 0: no limit.")] = 4,
    seats: Annotated[int | None, typer.Option(help="Seats for guests; without it, those that are free.")] = None,
    invite: Annotated[bool, typer.Option("--invite", help="Put the proposed guests on the list.")] = False,
    as_json: AsJson = False,
) -> None:
    """Propose the guests of an event, with the reasons for each, and who is left out near the line."""
    event, *clients = event_and_clients
    choices = guest_service.GuestChoices(_goals(goal or []), seats, per_client, clients)
    with open_app(load_settings()) as opened:
        today = opened.today()
        found = guest_service.propose_guests(opened.database, opened.viewer, event, choices, as_of=today)
        ids = [one.candidate.person_id for one in found.found.guests]
        if invite and ids:
            key = secrets.token_hex(8)
            invitations.invite(opened.database, opened.viewer, event, ids, key=key, today=today)
    if as_json:
        lists = {"guests": found.found.guests, "near": found.found.near, "barred": found.found.barred}
        print_json({"gap": found.found.gap, "notes": list(found.notes),
                    **{name: [_judged(one) for one in rows] for name, rows in lists.items()}})  # fmt: skip
        return
    rows = [(one.candidate.name, one.candidate.client_name, number(one.points, 1), _why(one))
            for one in (*found.found.guests, *found.found.near)]  # fmt: skip
    _print_table((_("Person"), _("Client"), _("Points"), _("Why")), rows)
    for code in found.notes:
        print(sentence(code, {}))


def _goals(given: list[str]) -> Goals:
    weights: dict[str, float] = {}
    for text in given:
        name, _sign, value = text.partition("=")
        if name not in Goals.__dataclass_fields__ or not value.replace(".", "", 1).isdigit():
            raise InvalidInput(
                "{text} is no goal with a weight.",
                mend="Write one of coverage, power, roles, together, apart, as coverage=3.",
                text=text,
            )
        weights[name] = float(value)
    return Goals(**weights)


def _why(one: Judged) -> str:
    told = [sentence(one.verdict, dict(one.params))] if one.verdict else []
    return " ".join([*told, *(sentence(why.code, why.params) for why in one.reasons)])


def _judged(one: Judged) -> dict[str, Any]:
    candidate = one.candidate
    return {
        "person_id": candidate.person_id,
        "person": candidate.name,
        "client_id": candidate.client_id,
        "points": round(one.points, 3),
        "verdict": sentence(one.verdict, dict(one.params)) if one.verdict else "",
        "reasons": [{"points": round(why.points, 3), "said": sentence(why.code, why.params)} for why in one.reasons],
    }


@app.command(name="invite")
def invite_people(event: EventId, people: People) -> None:
    """Put people, theirs or ours, on the list of an event."""
    with open_app(load_settings()) as opened:
        key, today = secrets.token_hex(8), opened.today()
        noted = invitations.invite(opened.database, opened.viewer, event, people, key=key, today=today)
    _told(noted)


@app.command()
def send(
    event: EventId,
    people: People,
    by: Annotated[str | None, typer.Option("--by", help="The id of who of ours sends them.")] = None,
) -> None:
    """The invitations of these people are out today; where others have to agree, only when they have."""
    _told(_moved(event, InvitationMove("invite", people, by)))


@app.command()
def decide(
    event: EventId,
    step: Annotated[str, typer.Argument(help="send (for approval), approve, refuse or withdraw.")],
    people: People,
    by: Annotated[str, typer.Option("--by", help="The id of who of ours does it.")],
    note: Annotated[str | None, typer.Option("--note", help="A word for the register.")] = None,
) -> None:
    """Send invitations for approval, approve or refuse them; nobody approves their own."""
    _told(_moved(event, InvitationMove(step, people, by, note)))


def _moved(event: str, move: InvitationMove) -> invitations.Noted:
    with open_app(load_settings()) as opened:
        key, today = secrets.token_hex(8), opened.today()
        return move_invitations(opened.database, opened.viewer, event, move, key=key, today=today)


@app.command()
def approvals(event: EventId, as_json: AsJson = False) -> None:
    """Show the invitations that are not out yet: who has to agree, who did, and what stands against them."""
    with open_app(load_settings()) as opened:
        views = invitations_to_send(opened.database, opened.viewer, event, today=opened.today())
    rows = [
        (
            one.guest.person_id,
            one.guest.name,
            value_name("action_status", one.status),
            _("{n} of {due} agreed", n=len(one.approvals), due=one.due),
            " ".join(sentence(why.code, why.params) for why in (*one.against, *one.verdict.reasons)),
        )
        for one in views
    ]
    if as_json:
        print_json([{"person_id": one.guest.person_id, "status": one.status, "due": one.due, "why": row[4],
                     "approvals": list(one.approvals), "free": one.is_free}
                    for one, row in zip(views, rows, strict=True)])  # fmt: skip
        return
    _print_table(("id", _("Person"), _("State"), _("Approved by"), _("Reasons")), rows)


@app.command()
def answer(
    event: EventId,
    reply: Annotated[str, typer.Argument(help="accepted, declined, waiting, no_answer or invited.")],
    people: People,
) -> None:
    """Take the answer of one or more people; who accepts when all seats are taken waits."""
    with open_app(load_settings()) as opened:
        key, today = secrets.token_hex(8), opened.today()
        replies = dict.fromkeys(people, reply)
        noted = invitations.answer(opened.database, opened.viewer, event, replies, key=key, today=today)
    _told(noted)


@app.command()
def attended(
    event: EventId,
    people: People,
    no: Annotated[bool, typer.Option("--no", help="They did not come.")] = False,
) -> None:
    """Note who came."""
    with open_app(load_settings()) as opened:
        key, today = secrets.token_hex(8), opened.today()
        came: dict[str, bool | None] = dict.fromkeys(people, not no)
        noted = invitations.attend(opened.database, opened.viewer, event, came, key=key, today=today)
    _told(noted)


@app.command(name="seating")
def seating_plan(
    event: EventId,
    propose: Annotated[bool, typer.Option("--propose", help="Lay the tables anew instead of showing them.")] = False,
    save: Annotated[bool, typer.Option("--save", help="Save the proposed tables.")] = False,
    form: DocumentForm = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Into this file; .csv and .xlsx too.")] = None,
) -> None:
    """Show or propose who sits at which table; as text, document, CSV or workbook."""
    ending = output.suffix.lower() if output else ""
    as_table = output is not None and ending in (".csv", ".xlsx")
    chosen = prepare_document(form, output, None)
    with open_app(load_settings()) as opened:
        read = seating.propose_seating if propose or save else seating.stored_seating
        today = opened.today()
        found = read(opened.database, opened.viewer, event, seating.SeatingChoices(), as_of=today)
        if save and found.plan:
            key = secrets.token_hex(8)
            invitations.seat(opened.database, opened.viewer, event, dict(found.plan.seats), key=key, today=today)
    if as_table:
        write_file(output, seating.seating_csv(found) if ending == ".csv" else seating.seating_workbook(found))
        return
    put_document(seating.seating_document(found, language(), today), chosen, output)


@app.command(name="follow-up")
def follow_up(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Who came to an event and has not been spoken to since."""
    with open_app(load_settings()) as opened:
        found = service.follow_ups(opened.database, opened.viewer, as_of=as_of or opened.today())
    if as_json:
        print_json([{"event_id": one.event_id, "person_id": one.person_id, "person": one.person_name,
                     "due": one.due.isoformat(), "in_touch": [name for _id, name in one.covered_by]}
                    for one in found])  # fmt: skip
        return
    rows = [
        (one.person_name, one.firm_name, one.event_name, day(one.due), ", ".join(name for _id, name in one.covered_by))
        for one in found
    ]
    _print_table((_("Person"), _("Firm"), _("Event"), _("Due"), _("In touch")), rows)


def _told(noted: invitations.Noted) -> None:
    print(_("{n} saved.", n=noted.count))
    if noted.waiting:
        say(_("All seats are taken. On the waiting list: {names}.", names=", ".join(noted.waiting)))
    if noted.already:
        say(_("On the list already: {names}.", names=", ".join(noted.already)))
    for one in noted.refused:
        why = " ".join(sentence(reason.code, reason.params) for reason in one.reasons)
        say(_("{name}: refused; the try is in the register: {why}", name=one.name, why=why))
    if noted.refused:
        raise typer.Exit(1)


def _print_table(header: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    if rows:
        print_table(header, rows)
    else:
        print(_("None."))


@app.command()
def milestones(as_json: AsJson = False) -> None:
    """What is worth an event together with a client: contracts won, round deliveries, anniversaries, launches."""
    with open_app(load_settings()) as opened:
        found, _asked = joint_events.milestones(opened.database, opened.viewer, as_of=opened.today())
    if as_json:
        print_json([{"key": one.key, "client_id": one.client_id, "date": one.on.isoformat(),
                     "said": joint_events.said(one)} for one in found])  # fmt: skip
        return
    _print_table(
        (_("Client"), _("Milestone"), "key"), [(one.client_name, joint_events.said(one), one.key) for one in found]
    )


@app.command()
def together(
    key: Annotated[str, typer.Argument(help="The key of the milestone; see `events milestones`.")],
    accept: Annotated[bool, typer.Option("--accept", help="Make the event as it is proposed.")] = False,
) -> None:
    """Propose an event together with a client on a milestone: people of both sides, budget, steps."""
    with open_app(load_settings()) as opened:
        today = opened.today()
        found = joint_events.joint_proposal(opened.database, opened.viewer, key, as_of=today)
        if accept:
            theirs = [one.person_id for one in found.theirs]
            decision = joint_events.Decision(
                found.on, theirs, list(found.ours), joint_events.default_name(found.milestone), found.budget,
                found.currency, joint_events.steps_text(found),
            )  # fmt: skip
            joint_events.accept(opened.database, opened.viewer, key, decision, nonce=secrets.token_hex(8), today=today)
    say(joint_events.said(found.milestone))
    say(", ".join(one.name for one in found.theirs))
    say(", ".join(found.ours.values()))
    print(_("Budget: {budget}", budget=money(found.budget, found.currency)))
    say_lines((0, step) for step in joint_events.steps_text(found).splitlines())
    if accept:
        print(_("Saved: {id}", id=joint_events.event_id(key)))
