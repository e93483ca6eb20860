"""From cells to typed rows, column by column: a text that stands in a column again and again is parsed once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from json.encoder import encode_basestring
from typing import Any

from graphcrm.ingest.cells import plain_cell
from graphcrm.ingest.problems import Problem, shown
from graphcrm.ingest.tables import RawRow, RawTable
from graphcrm.ingest.values import BadValue, Reading, parse_id, parse_value
from graphcrm.vocabulary import NodeKind, TieKind

SEPARATOR = "|"
"""Between the values of a cell that holds many."""

KEPT_WHEN_EMPTY = frozenset({"recorded_at"})
"""Columns whose empty cell means "as it is", not "take it away": the importer fills them in when the tie is made."""

REMEMBERED = 20_000
"""Of so many different texts of a column the values are remembered while its table is parsed."""


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


def _naming_properties(kind: NodeKind | TieKind) -> list[tuple[str, bool]]:
    """(name, whether it holds many) of the properties that hold ids."""
    return [(name, prop.many) for name, prop in kind.properties.items() if prop.type == "ref"]


@dataclass(slots=True)
class ParsedTable:
    """A file after its cells became values. ``rows`` are good in themselves; ``refused`` are not."""

    raw: RawTable
    rows: list[Row] = field(default_factory=list)
    refused: list[tuple[Row, list[Problem]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def named_ids(self) -> dict[str, set[str]]:
        """Column -> the ids of all other nodes that the good rows name in it."""
        kind, found = self.raw.kind, {}
        if isinstance(kind, NodeKind):
            for name in kind.references:
                found[name] = {one for row in self.rows for one in row.references.get(name, ())}
        elif kind and kind.start and kind.end:
            found[kind.start.column] = {row.start for row in self.rows}
            found[kind.end.column] = {row.end for row in self.rows}
        for name, many in _naming_properties(kind) if kind else ():
            held = [value for row in self.rows if (value := row.values.get(name))]
            found[name] = {one for value in held for one in value} if many else set(held)
        return found


def parse_table(raw: RawTable) -> ParsedTable:
    """The typed rows of a table whose kind is known, and every problem of every cell."""
    table = ParsedTable(raw, problems=list(raw.problems))
    columns = _parse_columns(raw) if raw.rows else {}
    id_is_made = "id" not in raw.origin.columns
    faulty = any(column.is_faulty for column in columns.values())
    fill = _fill_node if isinstance(raw.kind, NodeKind) else _fill_tie
    records = zip(*(column.values for column in columns.values()), strict=True) if columns else repeat(())
    for raw_row, record in zip(raw.rows, records):  # noqa: B905  (without columns there is no end of records)
        row = Row(raw.file, raw.kind, raw_row)
        parsed = dict(zip(columns, record, strict=True))
        if faulty and (problems := _problems(row, parsed, id_is_made=id_is_made)):
            row.id = _text_of(raw, raw_row, "id")
            row.refused = True
            table.refused.append((row, problems))
            table.problems += problems
        else:
            fill(row, parsed)
            table.rows.append(row)
    return table


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why a cell has no value. ``part``: the text that is meant, where a cell holds many."""

    code: str
    part: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


class _Values(dict[str, Any]):
    """The cell as it stands in the file -> its value, or its fault. Parses what it was not asked for before."""

    def __init__(self, parse: Callable[[str], Any], empty: Any) -> None:
        super().__init__()
        self._parse, self._empty = parse, empty
        self.faults = 0

    def __missing__(self, cell: str) -> Any:
        text = plain_cell(cell).strip()
        value = self._parse(text) if text else self._empty
        self.faults += isinstance(value, _Fault)
        if len(self) < REMEMBERED:
            self[cell] = value
        return value


@dataclass(frozen=True, slots=True)
class _Column:
    """The values of all rows of a table under one name."""

    values: list[Any]
    is_faulty: bool


def cell_values(kind: NodeKind | TieKind, name: str, reading: Reading) -> _Values:
    """The cells of a column -> their values; ``faults`` counts those that have none."""
    return _Values(*_parser(kind, name, reading))


def _parse_columns(raw: RawTable) -> dict[str, _Column]:
    assert raw.kind is not None, raw.file
    reading = Reading(decimal_comma=raw.delimiter != ",")
    columns = {}
    for name, cells in zip(raw.columns, zip(*(row.cells for row in raw.rows), strict=True), strict=True):
        if name:
            values = cell_values(raw.kind, name, reading)
            columns[name] = _Column([values[cell] for cell in cells], bool(values.faults))
    return columns


def _problems(row: Row, parsed: Mapping[str, Any], *, id_is_made: bool) -> list[Problem]:
    """What is wrong with a row. An id that would have been made of an empty name is no fault of its own."""
    faults = {name: value for name, value in parsed.items() if isinstance(value, _Fault)}
    if id_is_made and "name" in faults:
        faults.pop("id", None)
    return [
        Problem(value.code, row.file, row.line, name, shown(value.part), dict(value.fields))
        for name, value in faults.items()
    ]


def _text_of(raw: RawTable, row: RawRow, name: str) -> str:
    return plain_cell(row.cells[raw.columns.index(name)]).strip() if name in raw.columns else ""


def _parser(kind: NodeKind | TieKind, name: str, reading: Reading) -> tuple[Callable[[str], Any], Any]:
    """(text -> value or fault, what an empty cell is) for a column."""
    if (prop := kind.properties.get(name)) is not None:
        parse = _one(lambda text: parse_value(text, prop, reading))
        return _many(parse) if prop.many else parse, _Fault("required") if prop.required else prop.default
    parse = _one(parse_id)
    if isinstance(kind, NodeKind) and (reference := kind.references.get(name)) is not None:
        parse_ids = _many(parse) if reference.many else _alone(parse)
        return parse_ids, _Fault("required") if reference.required else ()
    if name not in kind.columns:
        return lambda text: _Fault("internal_column", text), None
    must_be = isinstance(kind, NodeKind) or name != "id"
    return parse, _Fault("required") if must_be else ""


def _one(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    def parse_one(text: str) -> Any:
        try:
            return parse(text)
        except BadValue as bad:
            return _Fault(bad.code, text, bad.fields)

    return parse_one


def _alone(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """A reference to one node: as a list, like a reference to many."""

    def parse_alone(text: str) -> Any:
        value = parse(text)
        return value if isinstance(value, _Fault) else [value]

    return parse_alone


def _many(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    def parse_many(text: str) -> Any:
        parts = [part for one in text.split(SEPARATOR) if (part := one.strip())]
        values = [parse(part) for part in parts]
        bad = next((value for value in values if isinstance(value, _Fault)), None)
        twice = next((part for part, value in zip(parts, values, strict=True) if values.count(value) > 1), None)
        return bad or (values if twice is None else _Fault("double_value", twice))

    return parse_many


def _fill_node(row: Row, parsed: Mapping[str, Any]) -> None:
    row.id = parsed.get("id", "")
    row.values = _values(row.kind, parsed)
    row.references = {name: tuple(parsed[name]) for name in row.kind.references if name in parsed}


def _fill_tie(row: Row, parsed: Mapping[str, Any]) -> None:
    kind = row.kind
    row.values = _values(kind, parsed)
    start, end = parsed[kind.start.column], parsed[kind.end.column]
    row.start, row.end = (end, start) if kind.symmetric and end < start else (start, end)
    row.id = parsed.get("id", "")
    if not row.id:
        row.has_own_id = False
        row.id = derived_tie_id(kind.type, row.start, row.end, [_key_text(row.values.get(name)) for name in kind.key])


def _values(kind: NodeKind | TieKind, parsed: Mapping[str, Any]) -> dict[str, Any]:
    """The properties that the table has, in the order of the vocabulary. Lists are the row's own."""
    return {
        name: list(value) if isinstance(value, list) else value
        for name in kind.properties
        if name in parsed and ((value := parsed[name]) is not None or name not in KEPT_WHEN_EMPTY)
    }


def _key_text(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def derived_tie_id(tie: str, start: str, end: str, key: list[str]) -> str:
    """The id of a tie whose file gives none: the same for the same type, ends and key, on every machine.

    ``key``: the values of the vocabulary's key columns as text. 80 bits of BLAKE2b: a million ties share an id with a
    chance of one in two million million.
    """
    text = f"[{', '.join(map(encode_basestring, (tie, start, end, *key)))}]".encode()  # a list in JSON
    return f"{tie.lower().replace('_', '-')}-{hashlib.blake2b(text, digest_size=10).hexdigest()}"
