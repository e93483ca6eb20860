"""``graphcrm changed``: what changed at a client since a day, in words that can be mailed as they are."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.document import DocumentForm, DocumentFormat, Output, prepare_document, put_document
from graphcrm.cli.options import Language, day_option, parse_value
from graphcrm.config import load_settings
from graphcrm.errors import InvalidInput
from graphcrm.services.structure_changes import changed as find_changes
from graphcrm.services.structure_changes import changed_document

app = typer.Typer()

_SPAN = re.compile(r"(\d{1,4})\s*([dwmy])")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


@app.command()
def changed(
    client: Annotated[str, typer.Argument(help="The id of the client.")],
    since: Annotated[str, typer.Option("--since", help="A span such as 7d, 2w, 3m, 1y, or a day.")] = "7d",
    until: Annotated[date | None, day_option("--until", "The day, as 2026-11-23. Without it: today.")] = None,
    language: Language = None,
    form: DocumentForm = DocumentFormat.text,
    output: Output = None,
) -> None:
    """Who came, left or turned at a client, which lines began or ended, and what we learnt."""
    prepare_document(form, output, language)
    with open_app(load_settings()) as opened:
        last = until or opened.today()
        first = begin_of(since, last)
        document = changed_document(find_changes(opened.database, opened.viewer, client, since=first, until=last))
    put_document(document, form, output)


def begin_of(text: str, until: date) -> date:
    """The day that a span before ``until`` begins on, or the day that the text names.

    >>> begin_of("2w", date(2026, 11, 23)), begin_of("2026-01-01", date(2026, 11, 23))
    (datetime.date(2026, 11, 9), datetime.date(2026, 1, 1))

    Raises:
        InvalidInput: it is neither.
    """
    span = _SPAN.fullmatch(text.strip().lower())
    if span:
        try:
            return until - timedelta(days=int(span[1]) * _DAYS[span[2]])
        except OverflowError as error:
            raise InvalidInput("{text} is too long ago.", mend="Give a later day.", text=text) from error
    return parse_value("--since", date, text)
