"""``graphcrm changes``, ``undo`` and ``redo``: what was changed by hand, taken back, made again."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.output import print_table
from graphcrm.config import load_settings
from graphcrm.formats import moment
from graphcrm.i18n import translate as _
from graphcrm.services import history

app = typer.Typer()


@app.command()
def changes(most: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20) -> None:
    """List what was changed by hand, newest first."""
    with open_app(load_settings()) as opened:
        found = history.recent(opened.database, opened.viewer, most=most)
    rows = ((change.id, moment(change.at), change.by, change.what) for change in found)
    print_table(("id", _("When"), _("By whom"), _("What")), rows)


@app.command()
def undo(change: Annotated[str, typer.Argument(help="Id of a change; your newest if left out.")] = "") -> None:
    """Take back a change."""
    with open_app(load_settings()) as opened:
        history.undo(opened.database, opened.viewer, key=secrets.token_hex(8), change_id=change or None)
    print(_("The change was taken back."))


@app.command()
def redo() -> None:
    """Make the change again that you took back last."""
    with open_app(load_settings()) as opened:
        history.redo(opened.database, opened.viewer, key=secrets.token_hex(8))
    print(_("The change was made again."))
