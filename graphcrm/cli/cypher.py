"""``graphcrm cypher``: a question in free Cypher, as in the app's console (D3)."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from graphcrm.bootstrap import open_app
from graphcrm.cli.options import Language, TableCsvForm, TableCsvOrJson, parse_free, speak
from graphcrm.cli.output import print_json, print_table, printable
from graphcrm.config import load_settings
from graphcrm.errors import CypherWrong
from graphcrm.i18n import translate as _
from graphcrm.services import console

app = typer.Typer()


@app.command()
def cypher(
    query: Annotated[str, typer.Argument(help="The query, or - to read it from standard input.")],
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", help="A parameter as name=value or, for a day, name:date=value. Repeat it."),
    ] = None,
    most: Annotated[int, typer.Option(min=1, max=100_000, help="At most so many rows.")] = console.Limits().rows,
    language: Language = None,
    form: TableCsvForm = TableCsvOrJson.table,
) -> None:
    """Ask a question in Cypher and print its rows. It can only read."""
    speak(language)
    text = sys.stdin.read() if query == "-" else query
    values = dict(parse_free(item) for item in param or [])
    with open_app(load_settings()) as opened:
        try:
            answer = console.ask_cypher(opened.database, opened.viewer, text, values, limits=console.Limits(rows=most))
        except CypherWrong as error:
            if error.line and error.column:
                _remark(console.pointed(text, error.line, error.column))
            raise
    _put(answer, form)
    nothing = () if answer.rows else (_("The query found no rows."),)
    for remark in (*nothing, *console.cut_told(answer), *answer.hints):
        _remark(remark)


def _put(answer: console.ConsoleAnswer, form: TableCsvOrJson) -> None:
    if form is TableCsvOrJson.json:
        print_json([dict(zip(answer.columns, console.plain(row), strict=True)) for row in answer.rows])
    elif form is TableCsvOrJson.csv:
        sys.stdout.write(console.as_csv(answer.columns, answer.rows))
    else:
        print_table(answer.columns, ([console.shown(value) for value in row] for row in answer.rows))


def _remark(text: str) -> None:
    """To standard error: standard output holds the answer alone."""
    for line in text.split("\n"):
        print(printable(line), file=sys.stderr)
