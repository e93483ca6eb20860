"""The library of named queries (D3): what can be asked, and asking it. Reading queries only."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import Forbidden, NotFound
from graphcrm.ingest.cells import csv_text
from graphcrm.queries import clients as client_queries
from graphcrm.queries.binder import Asked, Query, catalogue

# Questions of the machinery, not of an analyst.
_INTERNAL_TOPICS = frozenset({"ingest", "export", "demo", "power_map", "changes", "editing", "accounts"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a named query: ``kind`` is str, int, float, bool, date or datetime; ``many`` takes a list."""

    name: str
    kind: type
    many: bool
    default: Any
    required: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a named query and how it was asked."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]
    asked: Asked


def named_queries() -> tuple[Query, ...]:
    """The queries that an analyst may ask, by topic and name."""
    return tuple(query for query in catalogue().values() if not query.writes and query.topic not in _INTERNAL_TOPICS)


def parameters_of(query: Query) -> tuple[Parameter, ...]:
    """What the query wants to know, in the order of its signature."""
    return tuple(
        Parameter(name, *_kind(annotation), query.defaults.get(name), name not in query.defaults)
        for name, annotation in query.parameters.items()
    )


def clients_to_choose(db: Database, viewer: Viewer) -> dict[str, str]:
    """Names of clients by id, for a parameter that wants a client."""
    return {line.id: line.name for line in client_queries.clients_list(db)}


def ask(db: Database, viewer: Viewer, name: str, values: Mapping[str, Any]) -> Answer:
    """Ask a named query.

    The rows are as they lie in the graph, with nothing left out; so only a viewer who sees everything may ask.

    Raises:
        Forbidden: some facts are hidden from the viewer.
        NotFound: there is no such reading query.
    """
    if not viewer.sees_everything:
        raise Forbidden("Named queries show everything in the graph, and your role does not see everything.")
    query = next((query for query in named_queries() if query.name == name), None)
    if query is None:
        raise NotFound("There is no query {name}.", mend="Choose one from the list.", name=name)
    rows = query.run(db, values)
    return Answer(query.columns, tuple(rows), Asked(query, {**query.defaults, **values}))


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV that no spreadsheet runs as formulas; lists are joined with ``|``, maps are JSON."""
    return csv_text(columns, ([row.get(column) for column in columns] for row in rows), shown)


def shown(value: Any) -> str:
    """A value of a row as text for a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple) and not any(isinstance(item, Mapping | list | tuple) for item in value):
        return "|".join(shown(item) for item in value)
    if isinstance(value, Mapping | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _kind(annotation: Any) -> tuple[type, bool]:
    """The type of one value, and whether a list of them is wanted. ``None`` in a union is left aside."""
    if typing.get_origin(annotation) in (list, tuple, Sequence):
        return _kind(typing.get_args(annotation)[0])[0], True
    if typing.get_origin(annotation) in (types.UnionType, typing.Union):
        return _kind(next(one for one in typing.get_args(annotation) if one is not type(None)))
    return (annotation if isinstance(annotation, type) else str), False
