"""Reads one CSV file into rows of text. Whatever the bytes are, it answers with rows and problems, never with a crash.

The csv module of the standard library parses; this module feeds it lines of bounded length, so that neither a cell of
10 MB nor a quotation mark that is never closed can exhaust the memory, and takes up again at the next line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

from graphcrm.ingest.encoding import find_encoding
from graphcrm.ingest.headers import check_header
from graphcrm.ingest.limits import LIMITS, Limits
from graphcrm.ingest.problems import Problem, shown
from graphcrm.ingest.sources import Source, kind_of
from graphcrm.vocabulary import NodeKind, TieKind

DELIMITERS = (",", ";", "\t")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it was read. ``line`` is where it begins, counted from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(slots=True)
class RawTable:
    """One file as it was read.

    Attributes:
        columns: the names in the first line; "" for a column that is not imported (unknown, or ``problem``).
        header: the first line as it stands, to write refused rows under.
        rows: those that can be read. ``broken``: those that cannot.
        delimiter, encoding: what was found out.
    """

    file: str
    kind: NodeKind | TieKind
    header: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: list[RawRow] = field(default_factory=list)
    broken: list[tuple[RawRow, Problem]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    delimiter: str = ","
    encoding: str = "utf-8-sig"


def read_table(source: Source, limits: Limits = LIMITS) -> RawTable:
    """The rows of ``source``, whose stem must be known, and everything that is wrong with the file as a file."""
    kind = kind_of(source.stem)
    assert kind is not None, source.name
    table = RawTable(source.name, kind)
    try:
        with source.open() as stream:
            table.encoding = find_encoding(stream)
            stream.seek(0)
            text = io.TextIOWrapper(stream, table.encoding, errors="surrogateescape", newline="")
            _read(text, table, limits)
    except (OSError, UnicodeError) as error:
        table.problems.append(Problem("unreadable", source.name, fields={"reason": str(error)}))
    return table


def _read(text: TextIO, table: RawTable, limits: Limits) -> None:
    lines = _Lines(text, limits)
    first = next(lines, None)
    if first is None or not first.strip():
        table.problems.append(Problem("empty_file", table.file))
        return
    table.delimiter = _find_delimiter(first, table.kind.columns)
    records = _records(lines, first, table, limits)
    _, cells, fault = next(records)
    if fault:
        table.problems.append(Problem(fault, table.file, 1, fields={"limit": limits.line_characters}))
        return
    table.header = cells
    table.columns, problems = check_header(table.file, cells, table.kind, limits)
    table.problems += problems
    if any(problem.code in ("too_many_columns", "missing_column") for problem in problems):
        return
    for line, cells, fault in records:
        if fault or any(cells):
            _keep(RawRow(line, cells), fault, table, limits)


def _keep(row: RawRow, fault: str | None, table: RawTable, limits: Limits) -> None:
    joined = "".join(row.cells)
    if fault is None and len(row.cells) != len(table.header):
        fault = "wrong_cell_count"
    if fault is None and not joined.isprintable():
        controlled = "control_character" if _CONTROL.search(joined) else None
        fault = "bad_encoding" if _SURROGATE.search(joined) else controlled
    if fault is None and any(len(cell) > limits.cell_characters for cell in row.cells):
        fault = "broken_row"
    if fault is None:
        table.rows.append(row)
        return
    fields = {
        "count": len(row.cells),
        "expected": len(table.header),
        "limit": limits.line_characters,
        "encoding": table.encoding.removesuffix("-sig"),
    }
    problem = Problem(fault, table.file, row.line, value=shown(row.cells[0][:200]) if row.cells else "", fields=fields)
    table.broken.append((row, problem))
    table.problems.append(problem)


class _Lines(Iterator[str]):
    """The lines of a text, none longer than the limit: of a longer one the rest is skipped and ``cut`` becomes true."""

    def __init__(self, text: TextIO, limits: Limits) -> None:
        self._text = text
        self._limit = limits.line_characters
        self.number = 0
        self.cut = False

    def __next__(self) -> str:
        line = self._text.readline(self._limit)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) >= self._limit and line[-1] not in "\r\n":
            self.cut = True
            while (rest := self._text.readline(self._limit)) and rest[-1] not in "\r\n":
                pass
        return line


def _records(
    lines: _Lines, first: str, table: RawTable, limits: Limits
) -> Iterator[tuple[int, tuple[str, ...], str | None]]:
    """(line, cells, code of the problem or None) for each record; after a fault it takes up at the next line."""
    pending = [first]

    def feed() -> Iterator[str]:
        while pending:
            yield pending.pop()
        for line in lines:
            yield line
            if lines.cut:
                return

    ended = False
    while not ended:
        start = lines.number + (0 if pending else 1)
        parser = csv.reader(feed(), delimiter=table.delimiter, strict=False)
        ended = True
        try:
            for cells in parser:
                yield start, tuple(cells[: limits.columns + 1]), "line_too_long" if lines.cut else None
                start = lines.number + 1
        except csv.Error:
            yield start, (), "line_too_long" if lines.cut else "broken_row"
            ended = False
        if lines.cut:
            lines.cut, ended = False, False


def _find_delimiter(header: str, known: tuple[str, ...]) -> str:
    """The separator under which most names of the first line are columns of this file; a comma when none tells."""
    names = {name.lower() for name in known}

    def matches(delimiter: str) -> tuple[int, int]:
        cells = [cell.strip().strip('"').lower() for cell in header.split(delimiter)]
        return sum(cell in names for cell in cells), len(cells)

    return max(DELIMITERS, key=matches)
