"""Asking: the library of named queries, and the brief of a client."""

from __future__ import annotations

import csv
import io
import json
import sys
import types
import typing
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rapidfuzz import process
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphcrm.bootstrap import App, open_app
from graphcrm.cli.document import DocumentFormat, prepare_document, put_document
from graphcrm.config import load_settings
from graphcrm.errors import GraphcrmError, InvalidInput, NotFound
from graphcrm.ingest.cells import csv_cell
from graphcrm.queries.binder import Query, catalogue
from graphcrm.services.brief import brief_document, client_brief

app = typer.Typer()

SIMILAR_ENOUGH = 60
"""Likeness in per cent from which a name is offered in place of a wrong one."""


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"


@app.command()
def queries(
    search: Annotated[str, typer.Argument(help="Only those whose name or documentation holds this.")] = "",
) -> None:
    """List the named queries with their documentation and parameters."""
    console = Console(soft_wrap=not sys.stdout.isatty())
    shown = [one for one in readable() if search.lower() in f"{one.name} {one.documentation}".lower()]
    if not shown:
        raise NotFound(
            "No query speaks of {search}.", mend="Run graphcrm queries without a word to see all.", search=search
        )
    for query in shown:
        console.print(Text(f"{query.name}({signature(query)})", style="bold"))
        console.print(Text(f"    {query.documentation}"))


@app.command("query")
def run_query(
    name: Annotated[str, typer.Argument(help="The name of the query; see graphcrm queries.")],
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", help="A parameter as name=value. Repeat it.")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", "-f", help="How to print the rows.")] = Format.table,
) -> None:
    """Ask a named query and print its rows. It can only read."""
    query = find_query(name)
    with _app() as opened:
        values = parse_parameters(query, param or [], today=opened.today())
        rows = query.run(opened.database, values)
    show(query, rows, format_)


@app.command()
def brief(
    client: Annotated[str, typer.Argument(help="The id of the client.")],
    deal: Annotated[str | None, typer.Option("--deal", help="One deal, by its id. Without it: as a rule.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="en or ru")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="The day, as 2026-11-23. Without it: today.")] = None,
    form: Annotated[DocumentFormat, typer.Option("--format", help="The form of the brief.")] = DocumentFormat.text,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file, in place of the screen.")] = None,
) -> None:
    """Base analysis, key figures with their reasons, and what is not known of a client."""
    prepare_document(form, output, language)
    with _app() as opened:
        day = opened.today() if as_of is None else parse_value("as_of", date, as_of)
        subject = (client, deal) if deal else client
        document = brief_document(client_brief(opened.database, opened.viewer, subject, as_of=day))
    put_document(document, form, output)


def readable() -> list[Query]:
    """The queries of the library that read."""
    return [query for query in catalogue().values() if not query.writes]


def find_query(name: str) -> Query:
    """The reading query of this name.

    Raises:
        NotFound: there is none; the nearest name is offered.
    """
    known = {query.name: query for query in readable()}
    if name in known:
        return known[name]
    nearest = process.extractOne(name, list(known), score_cutoff=SIMILAR_ENOUGH)
    if nearest:
        raise NotFound("There is no query {name}.", mend="Did you mean {nearest}?", name=name, nearest=nearest[0])
    raise NotFound("There is no query {name}.", mend="graphcrm queries lists them all.", name=name)


def signature(query: Query) -> str:
    """The parameters as a user gives them: ``client_id, as_of: date = today, most: int = 50``."""
    return ", ".join(_parameter(query, name) for name in query.parameters)


def _parameter(query: Query, name: str) -> str:
    base, _many = _kind(query.parameters[name])
    shown = name if base is str else f"{name}: {base.__name__}"
    if name in query.defaults:
        return f"{shown} = {query.defaults[name]}"
    return f"{shown} = today" if name == "as_of" else shown


def parse_parameters(query: Query, given: Sequence[str], *, today: date) -> dict[str, Any]:
    """The values of ``name=value`` texts, as the types that the query's signature wants.

    ``as_of`` that is not given is today. A list is written with commas, or by repeating the parameter.

    Raises:
        InvalidInput: no ``=``, an unknown name (the nearest is offered), a value of the wrong type, a missing one.
    """
    texts: dict[str, list[str]] = {}
    for item in given:
        name, equals, text = item.partition("=")
        if not equals:
            raise InvalidInput("{item} is not a parameter.", mend="Write it as name=value.", item=item)
        if name.strip() not in query.parameters:
            raise _unknown(query, name.strip())
        texts.setdefault(name.strip(), []).append(text)
    values = {name: _value(name, query.parameters[name], found) for name, found in texts.items()}
    if "as_of" in query.parameters:
        values.setdefault("as_of", today)
    missing = [name for name in query.parameters if name not in values and name not in query.defaults]
    if missing:
        raise InvalidInput(
            "{query} needs {names}.",
            mend="Add {examples}.",
            query=query.name,
            names=", ".join(missing),
            examples=" ".join(f"--param {name}=..." for name in missing),
        )
    return values


def _unknown(query: Query, name: str) -> GraphcrmError:
    nearest = process.extractOne(name, list(query.parameters), score_cutoff=SIMILAR_ENOUGH)
    template = "{query} has no parameter {name}."
    if nearest:
        return InvalidInput(template, mend="Did you mean {nearest}?", query=query.name, name=name, nearest=nearest[0])
    names = ", ".join(query.parameters) or "none"
    return InvalidInput(template, mend="Its parameters: {names}.", query=query.name, name=name, names=names)


def _value(name: str, annotation: Any, texts: Sequence[str]) -> Any:
    kind, many = _kind(annotation)
    if many:
        return [parse_value(name, kind, part.strip()) for text in texts for part in text.split(",") if part.strip()]
    if len(texts) > 1:
        raise InvalidInput("{name} is given {count} times.", mend="Give it once.", name=name, count=len(texts))
    return parse_value(name, kind, texts[0])


def _kind(annotation: Any) -> tuple[type, bool]:
    """The type of one value, and whether the parameter takes a list. ``None`` in a union is left aside."""
    if typing.get_origin(annotation) in (list, tuple, Sequence) or typing.get_origin(annotation) is typing.List:  # noqa: UP006
        return typing.get_args(annotation)[0], True
    if typing.get_origin(annotation) in (types.UnionType, typing.Union):
        return _kind(next(one for one in typing.get_args(annotation) if one is not type(None)))
    return (annotation if isinstance(annotation, type) else str), False


def parse_value(name: str, kind: type, text: str) -> Any:
    """``text`` as a value of ``kind``.

    Raises:
        InvalidInput: it is none; the message says what is wanted, with an example.
    """
    try:
        if kind is bool:
            return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}[text.strip().lower()]
        if kind in (date, datetime):
            return kind.fromisoformat(text.strip())
        return kind(text.strip()) if kind in (int, float) else text
    except (KeyError, ValueError) as error:
        wanted = _WANTED[kind]
        raise InvalidInput(
            "{name} wants {wanted}, not {text}.", mend="For example {example}.", name=name, text=repr(text), **wanted
        ) from error


_WANTED: Mapping[type, Mapping[str, str]] = {
    bool: {"wanted": "true or false", "example": "true"},
    int: {"wanted": "a whole number", "example": "10"},
    float: {"wanted": "a number", "example": "0.5"},
    date: {"wanted": "a day", "example": "2026-11-23"},
    datetime: {"wanted": "a day and time", "example": "2026-11-23T09:30:00+00:00"},
}


def show(query: Query, rows: Sequence[Mapping[str, Any]], format_: Format) -> None:
    """Print the rows on standard output."""
    if format_ is Format.json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2, default=_plain) + "\n")
    elif format_ is Format.csv:
        sys.stdout.write(as_csv(query, rows))
    else:
        _table(query, rows)


def as_csv(query: Query, rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows as CSV that no spreadsheet runs as formulas; lists are joined with ``|``, maps are JSON."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(query.columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in query.columns])
    return stream.getvalue()


def _cell(value: Any) -> str:
    # A number is data, not text that somebody typed: its minus sign is no formula.
    return _shown(value) if isinstance(value, int | float) else csv_cell(_shown(value))


def _table(query: Query, rows: Sequence[Mapping[str, Any]]) -> None:
    table = Table(*query.columns)
    for row in rows:
        # Text, not markup: a name such as [red] is shown as it is; control characters never reach the terminal.
        table.add_row(*(Text(_printable(_shown(row[column]))) for column in query.columns))
    console = Console() if sys.stdout.isatty() else Console(width=max(200, 30 * len(query.columns)))
    console.print(table)


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple) and not any(isinstance(item, Mapping | list) for item in value):
        return "|".join(_shown(item) for item in value)
    if isinstance(value, Mapping | list):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return _plain(value) if isinstance(value, date) else str(value)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _app() -> App:
    return open_app(load_settings())
