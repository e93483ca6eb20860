"""``graphcrm account-plan``: goal, key figures, steps and risks of a client as a document."""

from __future__ import annotations

from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.document import DocumentForm, Output, prepare_document, put_document
from graphcrm.cli.options import AS_A_RULE, Language, Viewpoint, with_options
from graphcrm.config import load_settings
from graphcrm.services import account_plan as service

app = typer.Typer()


@app.command("account-plan")
@with_options
def account_plan(
    client: Annotated[str, typer.Argument(help="The id of the client.")],
    view: Viewpoint = AS_A_RULE,
    language: Language = None,
    form: DocumentForm = None,
    output: Output = None,
) -> None:
    """The account plan of a client: goal, key figures with attitude now and wanted, steps, risks, power map."""
    chosen = prepare_document(form, output, language)
    with open_app(load_settings()) as opened:
        subject, day = view.subject(client), view.day(opened.today())
        document = service.plan_document(service.account_plan(opened.database, opened.viewer, subject, as_of=day))
    put_document(document, chosen, output)
