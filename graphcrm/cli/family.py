"""``graphcrm family``: a person's relatives, each with the chain that proves the kinship."""

from __future__ import annotations

from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.options import AsOf
from graphcrm.cli.output import say
from graphcrm.config import load_settings
from graphcrm.errors import Forbidden
from graphcrm.formats import partial_day
from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.services import family as service

app = typer.Typer()


@app.command()
def family(
    person: Annotated[str, typer.Argument(help="The id of the person.")],
    as_of: AsOf = None,
) -> None:
    """Show who is whose relative: stored and derived kinship with its chain, conflicts of interest, what to review."""
    with open_app(load_settings()) as opened:
        on = as_of or opened.today()
        found = service.family_profile(opened.database, opened.viewer, person, as_of=on)
    if found is None:
        raise Forbidden("Your role may not see families.", mend="Ask the owner of the data.")
    if not found.members:
        print(_("No relative is known."))
    for member in found.members:
        chain = service.chain_words(found, member)
        born = partial_day(member.person.birth_date) if member.person.birth_date else _("not known")
        told = f"{service.relation_name(member)}: {member.person.name} ({_('Born')}: {born})"
        say(f"{told}  {chain}" if chain else told)
        for tie in member.conflicts:
            say(f"    ! {service.work_words(tie)}")
        if member.excess:
            told = _("More than a child's given name and year is kept of {names}. Take the rest away.",
                     names=member.person.name)  # fmt: skip
            say(f"    ! {told}")
    due = sum(fact.due for fact in found.facts)
    if due:
        print(plural("{n} to review", "{n} to review", due))
