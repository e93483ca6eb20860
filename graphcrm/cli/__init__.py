"""The command line, thin over the services. Each group of commands has a module of its own."""

from __future__ import annotations

import sys

import typer

from graphcrm.cli import (
    account_plan,
    accounts,
    ask,
    backup,
    changes,
    congratulations,
    contacts_import,
    coverage,
    cypher,
    data,
    db,
    duplicates,
    events,
    export,
    family,
    gaps,
    gifts,
    goodwill_plan,
    load,
    log_contact,
    next_question,
    partner_groups,
    partner_loss,
    reach,
    run,
    stance,
    stance_rating,
    structure_changes,
    week,
    what_if,
    whom_to_win,
)
from graphcrm.config import load_settings
from graphcrm.errors import GraphcrmError
from graphcrm.i18n import describe, use_language

app = typer.Typer(
    name="graphcrm",
    help="Relationship intelligence on a graph: who decides, who sways, who pays.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(run.app)
app.add_typer(data.app)
app.add_typer(export.app)
app.add_typer(load.app)
app.add_typer(backup.app)
app.add_typer(ask.app)
app.add_typer(account_plan.app)
app.add_typer(changes.app)
app.add_typer(congratulations.app)
app.add_typer(contacts_import.app)
app.add_typer(coverage.app)
app.add_typer(cypher.app)
app.add_typer(duplicates.app)
app.add_typer(family.app)
app.add_typer(gaps.app)
app.add_typer(goodwill_plan.app)
app.add_typer(next_question.app)
app.add_typer(stance.app)
app.add_typer(stance_rating.app)
app.add_typer(log_contact.app)
app.add_typer(whom_to_win.app)
app.add_typer(what_if.app)
app.add_typer(partner_loss.app)
app.add_typer(reach.app)
app.add_typer(week.app)
app.add_typer(structure_changes.app)
app.add_typer(accounts.app, name="accounts")
app.add_typer(db.app, name="db")
app.add_typer(events.app, name="events")
app.add_typer(gifts.app, name="gifts")
app.add_typer(partner_groups.app, name="partners")


def main() -> None:
    """Entry point: an error on purpose becomes one line on standard error and exit code 1, never a traceback."""
    try:
        use_language(load_settings().language)
        app()
    except GraphcrmError as error:
        print(describe(error), file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
