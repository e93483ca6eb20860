"""Reads one CSV file into rows of text. Whatever the bytes are, it answers with rows and problems, never with a crash.

The csv module of the standard library parses; this module feeds it lines of bounded length, so that neither a cell of
10 MB nor a quotation mark that is never closed can exhaust the memory, and takes up again at the next line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import TextIO

from graphcrm.ingest.encoding import find_encoding
from graphcrm.ingest.headers import SAMPLES, take_header
from graphcrm.ingest.limits import LIMITS, Limits
from graphcrm.ingest.mapping import PLAIN, Naming
from graphcrm.ingest.names import Kind, columns_by_name, kind_named, plain_name
from graphcrm.ingest.problems import Problem
from graphcrm.ingest.sources import Source
from graphcrm.ingest.tables import RawRow, RawTable

DELIMITERS = (",", ";", "\t")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_table(source: Source, limits: Limits = LIMITS, naming: Naming = PLAIN) -> RawTable:
    """The rows of a CSV file, and everything that is wrong with it as a file."""
    table = RawTable(source.name, None)
    try:
        with source.open() as stream:
            table.encoding = find_encoding(stream)
            stream.seek(0)
            text = io.TextIOWrapper(stream, table.encoding, errors="surrogateescape", newline="")
            _read(text, table, naming, limits)
    except (OSError, UnicodeError) as error:
        table.problems.append(Problem("unreadable", source.name, fields={"reason": str(error)}))
    return table


def _read(text: TextIO, table: RawTable, naming: Naming, limits: Limits) -> None:
    lines = _Lines(text, limits)
    first = next(lines, None)
    if first is None or not first.strip():
        table.problems.append(Problem("empty_file", table.file))
        return
    table.delimiter = _find_delimiter(first, kind_named(table.name))
    records = _records(lines, first, table, limits)
    _, cells, fault = next(records)
    if fault:
        table.problems.append(Problem(fault, table.file, 1, fields={"limit": limits.line_characters}))
        return
    if take_header(table, cells, naming, limits):
        for line, cells, fault in records:
            if fault or any(cells):
                keep_row(table, RawRow(line, cells), fault, limits)
    elif table.kind is None:
        table.samples = [cells for _, cells, fault in islice(records, SAMPLES) if not fault]


def keep_row(table: RawTable, row: RawRow, fault: str | None, limits: Limits) -> None:
    """Put a row among the good ones or, with what is wrong, among the broken ones."""
    joined = "".join(row.cells)
    fits = len(row.cells) == len(table.header) and len(joined) <= limits.cell_characters
    if fits and fault is None and joined.isprintable():
        table.rows.append(row)
        return
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
    table.refuse(
        row,
        fault,
        count=len(row.cells),
        expected=len(table.header),
        limit=limits.line_characters,
        encoding=table.encoding.removesuffix("-sig"),
    )


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


def _find_delimiter(header: str, kind: Kind | None) -> str:
    """The separator under which most names of the first line are columns; else the one that stands there most often."""
    known = columns_by_name(kind.file or "") if kind else {}

    def matches(delimiter: str) -> tuple[int, int]:
        cells = [plain_name(cell) for cell in header.split(delimiter)]
        return sum(cell in known for cell in cells if cell), len(cells)

    return max(DELIMITERS, key=matches)
