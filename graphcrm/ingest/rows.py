"""From cells to typed rows: for each kind of the vocabulary a pydantic model, whose fields are the CSV columns."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo, create_model
from pydantic_core import PydanticCustomError

from graphcrm.ingest.cells import plain_cell
from graphcrm.ingest.problems import Problem, shown
from graphcrm.ingest.tables import RawRow, RawTable
from graphcrm.ingest.values import BadValue, Reading, parse_id, parse_value
from graphcrm.vocabulary import NodeKind, Property, TieKind

SEPARATOR = "|"
"""Between the values of a cell that holds many."""

KEPT_WHEN_EMPTY = frozenset({"recorded_at"})
"""Columns whose empty cell means "as it is", not "take it away": the importer fills them in when the tie is made."""


REPEATED = frozenset(
    {"enum", "boolean", "integer", "number", "percent", "share", "score", "date", "partial_date", "country", "currency",
     "language", "time_zone"}
)  # fmt: skip
"""Types whose cells say the same few things over and over: each text is parsed once. All their values are immutable."""


@dataclass(slots=True, eq=False)
class Row:
    """One row that could be read, of a node or a tie.

    Attributes:
        values: property -> value, None where the cell is empty. Columns that the file lacks are not in it.
        references: column -> ids of the nodes it names (nodes only). An empty cell gives an empty tuple.
        start, end: the ids of a tie's ends ("" for nodes). Of a symmetric tie the lesser id is the start.
        has_own_id: False when the id of a tie was derived.
        refused: true once a problem was found; the row and what depends on it are not imported.
    """

    file: str
    kind: NodeKind | TieKind
    raw: RawRow
    id: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    references: dict[str, tuple[str, ...]] = field(default_factory=dict)
    start: str = ""
    end: str = ""
    has_own_id: bool = True
    refused: bool = False

    @property
    def line(self) -> int:
        """The line in the file."""
        return self.raw.line

    @property
    def place(self) -> str:
        """``people.csv:12``."""
        return f"{self.file}:{self.line}"

    def named_ids(self) -> Iterator[tuple[str, str]]:
        """(column, id) of every other node that the row names: references, ends of a tie, source and the like."""
        for column, ids in self.references.items():
            yield from ((column, one) for one in ids)
        if isinstance(self.kind, TieKind) and self.kind.start and self.kind.end:
            ends = (self.start, self.end)
            yield from zip((self.kind.start.column, self.kind.end.column), ends, strict=True)
        for name, many in _naming_properties(self.kind):
            if value := self.values.get(name):
                yield from ((name, one) for one in (value if many else [value]))


_NAMING: dict[str, tuple[tuple[str, bool], ...]] = {}


def _naming_properties(kind: NodeKind | TieKind) -> tuple[tuple[str, bool], ...]:
    """(name, whether it holds many) of the properties that hold ids. Looked up once: it is asked for every row."""
    name = kind.label if isinstance(kind, NodeKind) else kind.type
    if name not in _NAMING:
        _NAMING[name] = tuple((one, prop.many) for one, prop in kind.properties.items() if prop.type == "ref")
    return _NAMING[name]


@dataclass(slots=True)
class ParsedTable:
    """A file after its cells became values. ``rows`` are good in themselves; ``refused`` are not."""

    raw: RawTable
    rows: list[Row] = field(default_factory=list)
    refused: list[tuple[Row, list[Problem]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def parse_table(raw: RawTable) -> ParsedTable:
    """The typed rows of a table whose kind is known, and every problem of every cell."""
    table = ParsedTable(raw, problems=list(raw.problems))
    reading = Reading(decimal_comma=raw.delimiter != ",")
    for raw_row in raw.rows:
        row, problems = _parse_row(raw, raw_row, reading)
        if problems:
            row.refused = True
            table.refused.append((row, problems))
            table.problems += problems
        else:
            table.rows.append(row)
    return table


def _parse_row(table: RawTable, raw: RawRow, reading: Reading) -> tuple[Row, list[Problem]]:
    cells = {column: plain_cell(cell).strip() for column, cell in zip(table.columns, raw.cells, strict=True) if column}
    filled = {column: cell for column, cell in cells.items() if cell}
    row = Row(table.file, table.kind, raw)
    try:
        parsed = _model_of(table.kind).validate(filled, reading)
        problems: list[Problem] = []
    except ValidationError as error:
        parsed = {}
        problems = [_problem(row, fault, filled) for fault in error.errors(include_url=False)]
    problems += [
        Problem("required", row.file, row.line, name) for name in _required(table.kind) if cells.get(name) == ""
    ]
    row.id = parsed.get("id") or filled.get("id", "")
    if not problems:
        _fill(row, cells, parsed)
    problems.sort(key=lambda problem: table.columns.index(problem.column))
    return row, problems


def _problem(row: Row, fault: Any, cells: Mapping[str, str]) -> Problem:
    column = str(fault["loc"][0])
    fields = dict(fault.get("ctx") or {})
    value = fields.pop("part", cells[column])
    return Problem(fault["type"], row.file, row.line, column, shown(value), fields)


def _required(kind: NodeKind | TieKind) -> tuple[str, ...]:
    """The columns that must not be empty where the file has them."""
    own = tuple(name for name, prop in kind.properties.items() if prop.required)
    if isinstance(kind, NodeKind):
        return ("id", *own, *(name for name, reference in kind.references.items() if reference.required))
    return ((kind.start.column, kind.end.column) if kind.start and kind.end else ()) + own


def _fill(row: Row, cells: Mapping[str, str], parsed: Mapping[str, Any]) -> None:
    kind = row.kind
    for name, prop in kind.properties.items():
        if name not in cells or (name in KEPT_WHEN_EMPTY and parsed.get(name) is None):
            continue
        value = parsed.get(name)
        row.values[name] = prop.default if value is None else value
    if isinstance(kind, NodeKind):
        row.references = {name: tuple(parsed.get(name) or ()) for name in kind.references if name in cells}
        return
    assert kind.start is not None
    assert kind.end is not None
    row.start, row.end = parsed[kind.start.column], parsed[kind.end.column]
    if kind.symmetric and row.end < row.start:
        row.start, row.end = row.end, row.start
    if not row.id:
        row.has_own_id = False
        row.id = derived_tie_id(kind.type, row.start, row.end, [_key_text(row.values.get(name)) for name in kind.key])


def _key_text(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def derived_tie_id(tie: str, start: str, end: str, key: list[str]) -> str:
    """The id of a tie whose file gives none: the same for the same type, ends and key, on every machine.

    ``key``: the values of the vocabulary's key columns as text. 80 bits of BLAKE2b: a million ties share an id with a
    chance of one in two million million.
    """
    text = json.dumps([tie, start, end, *key], ensure_ascii=False).encode()
    return f"{tie.lower().replace('_', '-')}-{hashlib.blake2b(text, digest_size=10).hexdigest()}"


class _RowModel:
    """A model and its answer by column name (pydantic's own attributes must not be shadowed by a column's name)."""

    __slots__ = ("_columns", "_model")

    def __init__(self, kind: NodeKind | TieKind) -> None:
        self._columns = {f"column_{column}": column for column in kind.columns}
        fields: dict[str, Any] = {
            f"column_{column}": (Annotated[Any, BeforeValidator(validator)], Field(None, alias=column))
            for column, validator in _validators(kind)
        }
        name = kind.label if isinstance(kind, NodeKind) else kind.type
        self._model = create_model(f"{name}Row", __config__=ConfigDict(extra="forbid"), **fields)

    def validate(self, cells: Mapping[str, str], reading: Reading) -> dict[str, Any]:
        """Column -> value of the filled cells. Raises pydantic.ValidationError."""
        row = self._model.model_validate(cells, context=reading)
        return {self._columns[name]: getattr(row, name) for name in row.model_fields_set}


_MODELS: dict[str, _RowModel] = {}


def _model_of(kind: NodeKind | TieKind) -> _RowModel:
    name = kind.label if isinstance(kind, NodeKind) else kind.type
    if name not in _MODELS:
        _MODELS[name] = _RowModel(kind)
    return _MODELS[name]


Validator = Callable[[Any, ValidationInfo], Any]


def _validators(kind: NodeKind | TieKind) -> Iterator[tuple[str, Validator]]:
    yield "id", _of_id
    if isinstance(kind, NodeKind):
        yield from ((name, _of_reference(many=reference.many)) for name, reference in kind.references.items())
    elif kind.start and kind.end:
        yield from ((end.column, _of_id) for end in (kind.start, kind.end))
    yield from ((name, _of_property(prop)) for name, prop in kind.properties.items())


def _of_id(cell: str, _info: ValidationInfo) -> str:
    return _guarded(parse_id, cell)


def _of_reference(*, many: bool) -> Validator:
    def validate(cell: str, _info: ValidationInfo) -> list[str]:
        return _split(cell, parse_id) if many else [_guarded(parse_id, cell)]

    return validate


def _of_property(prop: Property) -> Validator:
    def parse(text: str, decimal_comma: bool) -> Any:
        return parse_value(text, prop, Reading(decimal_comma))

    if prop.type in REPEATED:
        parse = lru_cache(2_000)(parse)

    def validate(cell: str, info: ValidationInfo) -> Any:
        parse_text = partial(parse, decimal_comma=info.context.decimal_comma)
        return _split(cell, parse_text) if prop.many else _guarded(parse_text, cell)

    return validate


def _guarded(parse: Callable[[str], Any], text: str) -> Any:
    try:
        return parse(text)
    except BadValue as bad:
        raise PydanticCustomError(bad.code, "{part}", {"part": text, **bad.fields}) from None


def _split(cell: str, parse: Callable[[str], Any]) -> list[Any]:
    parts = [part.strip() for part in cell.split(SEPARATOR)]
    values = [_guarded(parse, part) for part in parts if part]
    for value, part in zip(values, (part for part in parts if part), strict=True):
        if values.count(value) > 1:
            raise PydanticCustomError("double_value", "{part}", {"part": part})
    return values
