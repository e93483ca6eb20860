"""Binds a .cypher file to the typed function of the same name that lies beside it.

    @dataclass(frozen=True, slots=True)
    class ReportingLine:
        person_id: str
        boss_id: str | None

    @cypher
    def reporting_lines(db: Database, *, client_id: str) -> list[ReportingLine]: ...

The signature is the contract: its keyword parameters are the file's ``$parameters``, the fields of the row class are
the columns of the final ``RETURN``. A mismatch raises :class:`QueryContractError` when the module is imported, so a
wrong query cannot be shipped. What a function may return:

    list[Row]     every row            Row | None   the first row, or None
    list[str]     the only column      None         nothing (a write)
    Written       the counters of a write

Learnt from aiosql (queries in files, the comment as documentation) and cartography (rows checked against a class).
"""

from __future__ import annotations

import dataclasses
import functools
import importlib
import inspect
import pkgutil
import sys
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, ParamSpec, TypeVar, overload

from graphcrm.database.connection import Database, Written
from graphcrm.errors import QueryContractError
from graphcrm.queries.cypher_text import CypherText, read_cypher

P = ParamSpec("P")
R = TypeVar("R")

_SCALARS = (str, int, float, bool)


@dataclass(frozen=True, slots=True)
class Query:
    """One named query of the library.

    Attributes:
        name: the name of the file and the function.
        topic: the package it lies in (``structure``).
        text: the Cypher that is sent.
        documentation: the file's first comment.
        parameters: name -> Python type; ``defaults`` holds those that may be left out.
        columns: the names of the result's columns.
        writes: whether it changes the graph.
    """

    name: str
    topic: str
    text: str
    documentation: str
    parameters: Mapping[str, Any]
    defaults: Mapping[str, Any]
    columns: tuple[str, ...]
    writes: bool
    shape: str = field(repr=False)

    def run(self, db: Database, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows as dictionaries, for tables, CSV and JSON. Only for queries that read."""
        return db.read(self.text, {**self.defaults, **parameters})


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it was asked: what "How was this computed?" shows, ready to copy."""

    query: Query
    parameters: Mapping[str, Any]


def asked(function: Callable[..., Any], **parameters: Any) -> Asked:
    """The query behind a bound ``function``, with the parameters it was called with."""
    query: Query = function.query  # type: ignore[attr-defined]
    return Asked(query, {**query.defaults, **parameters})


@overload
def cypher(function: Callable[P, R]) -> Callable[P, R]: ...
@overload
def cypher(*, write: bool = False, timeout: float | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
def cypher(function: Any = None, *, write: bool = False, timeout: float | None = None) -> Any:
    """Bind ``NAME.cypher`` beside the function's module. See the module's documentation.

    Args:
        write: run in a managed write transaction; the statement must be idempotent, as it may be retried.
        timeout: seconds, when the database's default is not right.

    Raises:
        QueryContractError: no such file, or file and signature disagree.
    """
    if function is None:
        return functools.partial(_bind, write=write, timeout=timeout)
    return _bind(function, write=write, timeout=timeout)


def _bind(function: Callable[..., Any], *, write: bool, timeout: float | None) -> Callable[..., Any]:
    source = _source_of(function)
    hints = typing.get_type_hints(function)
    shape, row = _result_shape(function, hints.get("return", type(None)))
    query = _query(function, source, hints, write=write, shape=shape)
    _check(query, source, row)
    options = {} if timeout is None else {"timeout": timeout}

    @functools.wraps(function)
    def bound(db: Database, **given: Any) -> Any:
        parameters = {**query.defaults, **given}
        if parameters.keys() != query.parameters.keys():
            raise TypeError(f"{query.name}() takes {sorted(query.parameters)}, got {sorted(parameters)}")
        if write:
            written = db.write(query.text, parameters, **options)
            return written if shape == "written" else _shaped(written.rows, shape, row)
        return _shaped(db.read(query.text, parameters, **options), shape, row)

    bound.query = query  # type: ignore[attr-defined]
    return bound


def _source_of(function: Callable[..., Any]) -> CypherText:
    module = sys.modules[function.__module__]
    package = module.__name__ if hasattr(module, "__path__") else module.__package__
    resource = files(package) / f"{function.__name__}.cypher"
    if not resource.is_file():
        raise QueryContractError(
            "There is no file {name}.cypher beside {module}.", name=function.__name__, module=package
        )
    return read_cypher(resource.read_text("utf-8"))


def _query(
    function: Callable[..., Any], source: CypherText, hints: dict[str, Any], *, write: bool, shape: str
) -> Query:
    own = [p for p in inspect.signature(function).parameters.values() if p.kind is p.KEYWORD_ONLY]
    return Query(
        name=function.__name__,
        topic=function.__module__.removeprefix("graphcrm.queries.").split(".")[0],
        text=source.text,
        documentation=source.documentation,
        parameters={p.name: hints[p.name] for p in own},
        defaults={p.name: p.default for p in own if p.default is not p.empty},
        columns=source.columns,
        writes=write,
        shape=shape,
    )


def _result_shape(function: Callable[..., Any], annotation: Any) -> tuple[str, Any]:
    """("rows" | "values" | "first" | "value" | "nothing" | "written", row class or None)."""
    if annotation in (type(None), None):
        return "nothing", None
    if annotation is Written:
        return "written", None
    if typing.get_origin(annotation) is list:
        (item,) = typing.get_args(annotation)
        return ("rows", item) if dataclasses.is_dataclass(item) else ("values", None)
    options = [option for option in typing.get_args(annotation) if option is not type(None)]
    one = options[0] if isinstance(annotation, types.UnionType) and len(options) == 1 else annotation
    if dataclasses.is_dataclass(one):
        return "first", one
    if one in _SCALARS:
        return "value", None
    raise QueryContractError(
        "{name} returns {kind}, which is not one of the binder's shapes.", name=function.__name__, kind=annotation
    )


def _check(query: Query, source: CypherText, row: Any) -> None:
    faults = []
    if not source.documentation:
        faults.append("the file has no first comment")
    if source.unnamed:
        faults.append(f"these columns lack AS name: {', '.join(source.unnamed)}")
    if source.parameters != query.parameters.keys():
        faults.append(f"the file has ${sorted(source.parameters)}, the function has {sorted(query.parameters)}")
    if row is not None and set(source.columns) != (fields := {f.name for f in dataclasses.fields(row)}):
        faults.append(f"the file returns {sorted(source.columns)}, {row.__name__} has {sorted(fields)}")
    if query.shape in ("values", "value") and len(source.columns) != 1:
        faults.append(f"one column is wanted, the file returns {list(source.columns)}")
    if faults:
        raise QueryContractError(
            "{name}.cypher and its function disagree: {faults}.", name=query.name, faults="; ".join(faults)
        )


def _shaped(rows: list[dict[str, Any]], shape: str, row: Any) -> Any:
    if shape == "nothing":
        return None
    if shape == "rows":
        return [row(**record) for record in rows]
    if shape == "first":
        return row(**rows[0]) if rows else None
    values = [next(iter(record.values())) for record in rows]
    return values if shape == "values" else next(iter(values), None)


@functools.cache
def catalogue() -> Mapping[str, Query]:
    """Every query of the library by name, in the order of topics and names.

    Raises:
        QueryContractError: two queries share a name.
    """
    found: dict[str, Query] = {}
    for query in sorted(_all_queries(), key=lambda query: (query.topic, query.name)):
        if query.name in found:
            raise QueryContractError("Two queries have the name {name}.", name=query.name)
        found[query.name] = query
    return found


def _all_queries() -> Iterator[Query]:
    import graphcrm.queries as library

    for info in pkgutil.iter_modules(library.__path__):
        if info.ispkg:
            topic = importlib.import_module(f"{library.__name__}.{info.name}")
            yield from (
                value.query for value in vars(topic).values() if isinstance(getattr(value, "query", None), Query)
            )
