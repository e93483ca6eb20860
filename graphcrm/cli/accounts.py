"""``graphcrm accounts``: who may use graphcrm on a team's server. The operator of the server is an owner here."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.output import print_table, say
from graphcrm.config import load_settings
from graphcrm.formats import moment
from graphcrm.i18n import translate as _
from graphcrm.services import accounts as service

app = typer.Typer(help="Who may use graphcrm on a team's server, and in which role.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(help="The e-mail under which they sign in.")]
RoleName = Annotated[str, typer.Argument(metavar="ROLE", help="owner, manager, analyst or reader.")]


@app.command(name="list")
def list_() -> None:
    """List all accounts."""
    with open_app(load_settings()) as opened:
        found = service.accounts(opened.database, opened.viewer)
    rows = (
        (one.id, one.name, one.role, one.person_id, _("disabled") if one.disabled else "",
         moment(one.signed_out_at) if one.signed_out_at else "")
        for one in found
    )  # fmt: skip
    print_table((_("E-mail"), _("Name"), _("Role"), _("Who of ours"), _("State"), _("Signed out")), rows)


@app.command()
def add(
    email: Email,
    name: Annotated[str, typer.Argument(help="The name with which their changes are recorded.")],
    role: RoleName = "reader",
    person: Annotated[str | None, typer.Option("--person", help="The id of who of ours they are.")] = None,
) -> None:
    """Let somebody in."""
    with open_app(load_settings()) as opened:
        given = (opened.database, opened.viewer, (email, name, role))
        service.add(*given, key=secrets.token_hex(8), today=opened.today(), person_id=person)
    say(_("{email} may sign in as {role}.", email=email, role=role))


@app.command(name="role")
def set_role(email: Email, role: RoleName) -> None:
    """Give an account another role, from their next click on."""
    with open_app(load_settings()) as opened:
        service.set_role(opened.database, opened.viewer, email, role, key=secrets.token_hex(8))
    say(_("{email} may sign in as {role}.", email=email, role=role))


@app.command()
def person(email: Email, person_id: Annotated[str, typer.Argument(help="The id of who of ours they are.")]) -> None:
    """Say who of ours an account is: as them it plans and approves gifts."""
    with open_app(load_settings()) as opened:
        given = (opened.database, opened.viewer, email, person_id)
        service.set_person(*given, key=secrets.token_hex(8), today=opened.today())
    say(_("{email} is {person}.", email=email, person=person_id))


@app.command()
def disable(email: Email) -> None:
    """Shut an account out, from their next click on."""
    with open_app(load_settings()) as opened:
        service.disable(opened.database, opened.viewer, email, key=secrets.token_hex(8))
    say(_("{email} is shut out.", email=email))


@app.command()
def enable(email: Email) -> None:
    """Let a disabled account in again."""
    with open_app(load_settings()) as opened:
        service.enable(opened.database, opened.viewer, email, key=secrets.token_hex(8))
    say(_("{email} may sign in again.", email=email))


@app.command()
def sign_out(email: Email) -> None:
    """End all sign-ins of an account, on every computer."""
    with open_app(load_settings()) as opened:
        service.sign_out_everywhere(opened.database, opened.viewer, email, key=secrets.token_hex(8))
    say(_("{email} is signed out everywhere.", email=email))
