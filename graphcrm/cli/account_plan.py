"""``graphcrm account-plan``: goal, key figures, steps and risks of a client as a document."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.ask import parse_value
from graphcrm.cli.document import DocumentFormat, prepare_document, put_document
from graphcrm.config import load_settings
from graphcrm.services import account_plan as service

app = typer.Typer()


@app.command("account-plan")
def account_plan(
    client: Annotated[str, typer.Argument(help="The id of the client.")],
    deal: Annotated[str | None, typer.Option("--deal", help="The attitudes in this deal, by its id.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="en or ru")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="The day, as 2026-11-23. Without it: today.")] = None,
    form: Annotated[DocumentFormat, typer.Option("--format", help="The form of the plan.")] = DocumentFormat.text,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file, in place of the screen.")] = None,
) -> None:
    """The account plan of a client: goal, key figures with attitude now and wanted, steps, risks, power map."""
    prepare_document(form, output, language)
    with open_app(load_settings()) as opened:
        day = opened.today() if as_of is None else parse_value("as_of", date, as_of)
        subject = (client, deal) if deal else client
        document = service.plan_document(service.account_plan(opened.database, opened.viewer, subject, as_of=day))
    put_document(document, form, output)
