"""``graphcrm import-contacts``: contacts out of a calendar file or the headers of a mailbox."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.config import load_settings
from graphcrm.errors import InvalidInput
from graphcrm.formats import number
from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.services import contacts_import as service

app = typer.Typer()


@app.command("import-contacts")
def import_contacts(
    file: Annotated[Path, typer.Argument(help="A calendar file (.ics) or a mailbox file (.mbox).")],
    mine: Annotated[str | None, typer.Option(help="The id of the one of ours whose file it is.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be recorded.")] = False,
    subjects: Annotated[bool, typer.Option(help="Keep the titles of events and the subjects of mails.")] = True,
) -> None:
    """Record the meetings of a calendar, or the mails of a mailbox by their headers, as contacts."""
    with open_app(load_settings()) as opened:
        try:
            with file.open("rb") as stream:
                found = service.preview(
                    opened.database, opened.viewer, file.name, stream, today=opened.today(), mine=mine
                )
        except OSError as error:
            raise InvalidInput("{file} cannot be read: {reason}.", file=file, reason=error.strerror) from error
        if found.found and not dry_run:
            service.record(
                opened.database, opened.viewer, found, key=secrets.token_hex(8), today=opened.today(), subjects=subjects
            )
    print(_("Read: {count}.", count=found.read))
    if dry_run:
        print(plural("{n} contact would be recorded.", "{n} contacts would be recorded.", len(found.found)))
    else:
        print(plural("{n} contact was recorded.", "{n} contacts were recorded.", len(found.found)))
    for reason, count in found.reasons.items():
        print(f"  {number(count)}: {_(service.REASONS[reason])}")
    if found.rest:
        print(
            plural(
                "{n} older contact is recorded when you import the file again.",
                "{n} older contacts are recorded when you import the file again.",
                found.rest,
            )
        )
