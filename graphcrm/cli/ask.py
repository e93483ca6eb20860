"""Asking: the library of named queries, and the brief of a client."""

from __future__ import annotations

import csv
import io
import json
import sys
import types
import typing
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

import typer
from rapidfuzz import process

from graphcrm.bootstrap import open_app
from graphcrm.cli.document import DocumentForm, Output, prepare_document, put_document
from graphcrm.cli.options import (
    AS_A_RULE,
    Language,
    TableCsvForm,
    TableCsvOrJson,
    Viewpoint,
    parse_value,
    with_options,
)
from graphcrm.cli.output import print_json, print_table, say, say_title
from graphcrm.config import load_settings
from graphcrm.errors import GraphcrmError, InvalidInput, NotFound
from graphcrm.ingest.cells import csv_cell
from graphcrm.queries.binder import Query, catalogue
from graphcrm.services.brief import brief_document, client_brief

app = typer.Typer()

SIMILAR_ENOUGH = 60
"""Likeness in per cent from which a name is offered in place of a wrong one."""


@app.command()
def queries(
    search: Annotated[str, typer.Argument(help="Only those whose name or documentation holds this.")] = "",
) -> None:
    """List the named queries with their documentation and parameters."""
    shown = [one for one in readable() if search.lower() in f"{one.name} {one.documentation}".lower()]
    if not shown:
        raise NotFound(
            "No query speaks of {search}.", mend="Run graphcrm queries without a word to see all.", search=search
        )
    for query in shown:
        say_title(f"{query.name}({signature(query)})")
        say(f"    {query.documentation}")


@app.command("query")
def run_query(
    name: Annotated[str, typer.Argument(help="The name of the query; see graphcrm queries.")],
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", help="A parameter as name=value. Repeat it.")
    ] = None,
    form: TableCsvForm = TableCsvOrJson.table,
) -> None:
    """Ask a named query and print its rows. It can only read."""
    query = find_query(name)
    with open_app(load_settings()) as opened:
        values = parse_parameters(query, param or [], today=opened.today())
        rows = query.run(opened.database, values)
    show(query, rows, form)


@app.command()
@with_options
def brief(
    client: Annotated[str, typer.Argument(help="The id of the client.")],
    view: Viewpoint = AS_A_RULE,
    language: Language = None,
    form: DocumentForm = None,
    output: Output = None,
) -> None:
    """Base analysis, key figures with their reasons, and what is not known of a client."""
    chosen = prepare_document(form, output, language)
    with open_app(load_settings()) as opened:
        subject, day = view.subject(client), view.day(opened.today())
        document = brief_document(client_brief(opened.database, opened.viewer, subject, as_of=day))
    put_document(document, chosen, output)


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


def show(query: Query, rows: Sequence[Mapping[str, Any]], form: TableCsvOrJson) -> None:
    """Print the rows on standard output."""
    if form is TableCsvOrJson.json:
        print_json(rows, default=_plain)
    elif form is TableCsvOrJson.csv:
        sys.stdout.write(as_csv(query, rows))
    else:
        print_table(query.columns, ([_shown(row[column]) for column in query.columns] for row in rows))


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
