"""Whole columns of a CSV file at once, for files of millions of rows: what is plain is read so, nothing else.

Whatever is not plainly as the importer's own reader would read it raises :class:`Doubtful`; then that reader has to
look, row by row, and tells what is wrong. So this one needs no messages, and accepts less rather than more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from graphcrm.ingest.limits import LIMITS
from graphcrm.ingest.mapping import Naming
from graphcrm.ingest.names import Kind
from graphcrm.ingest.read import in_order
from graphcrm.ingest.reader import read_table
from graphcrm.ingest.report import Progress, no_progress
from graphcrm.ingest.rows import ParsedTable, parse_table
from graphcrm.ingest.sources import TABLES, Source
from graphcrm.ingest.tables import RawRow, RawTable
from graphcrm.ingest.values import Reading

_CONTROL = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0D})
_BLOCK = 16 * 1024 * 1024
"""Bytes that are parsed at a time: no row can be longer."""
_QUOTE, _LINE, _RETURN = b'"\n\r'


class Doubtful(Exception):
    """Not plain: the importer's own reader must look."""


@dataclass(slots=True)
class TextTable:
    """The cells of one file as text, by columns.

    Attributes:
        raw: file, kind, names of the columns, delimiter, notes; no rows.
        cells: one array for each column of the file, also for those that are not imported.
        lines: how many the file has.
    """

    raw: RawTable
    cells: list[pa.Array]
    lines: int

    @property
    def kind(self) -> Kind:
        """What the rows are."""
        assert self.raw.kind is not None, self.raw.file
        return self.raw.kind

    @property
    def named(self) -> dict[str, pa.Array]:
        """Column -> its cells, of those that are imported."""
        return {name: cells for name, cells in zip(self.raw.columns, self.cells, strict=True) if name}

    @property
    def reading(self) -> Reading:
        """How its numbers are written."""
        return Reading(decimal_comma=self.raw.delimiter != ",")

    @property
    def has_a_line_for_each(self) -> bool:
        """Every row stands on a line of its own below the header, and no line is empty."""
        return self.lines == len(self) + 1

    def __len__(self) -> int:
        return len(self.cells[0])

    def parsed(self, rows: np.ndarray) -> ParsedTable:
        """Some rows as the importer's own parser sees them. Their lines are not known."""
        chosen = pa.array(rows)
        cells = [column.take(chosen).to_pylist() for column in self.cells]
        few = RawTable(self.raw.file, self.kind, self.raw.header, self.raw.columns, delimiter=self.raw.delimiter)
        few.rows = [RawRow(0, record) for record in zip(*cells, strict=True)]
        return parse_table(few)


def read_columns(source: Source, naming: Naming) -> TextTable:
    """The cells of a file.

    Raises:
        Doubtful: it is no CSV file in UTF-8, its header has a fault, or it is not plain otherwise.
    """
    if source.suffix not in TABLES:
        raise Doubtful(source.name)
    try:
        with source.open() as stream:
            data = stream.read()
    except OSError as error:
        raise Doubtful(source.name) from error
    raw = _header(source, data, naming)
    multiline = _is_multiline(data, raw.delimiter)
    table = _parsed(data, raw, multiline)
    if [column[0].as_py() for column in table] != list(raw.header):
        raise Doubtful(source.name)
    cells = [column.slice(1).combine_chunks() for column in table]
    longest = [pc.max(pc.binary_length(column)).as_py() or 0 for column in cells]
    if max(longest) > LIMITS.cell_characters or sum(longest) > LIMITS.line_characters // 2:
        raise Doubtful(source.name)
    whole = [column.chunk(0) if isinstance(column, pa.ChunkedArray) else column for column in cells]
    return TextTable(raw, whole, data.count(b"\n") + (not data.endswith(b"\n")))


def read_all_columns(sources: Iterable[Source], naming: Naming, progress: Progress = no_progress) -> list[TextTable]:
    """The files of a first import or load, in the order in which they are planned. Raises Doubtful."""
    given, tables = list(sources), {}
    for done, source in enumerate(given, 1):
        table = read_columns(source, naming)
        tables[id(table.raw)] = table
        progress(done, len(given), "read")
    return [tables[id(raw)] for raw in in_order(table.raw for table in tables.values())]


def _header(source: Source, data: bytes, naming: Naming) -> RawTable:
    """The header, read by the importer's own reader."""
    first = data[: data.find(b"\n") + 1] or data
    raw = read_table(Source(source.name, len(first), None, first), naming=naming)
    known = {"", *raw.kind.columns} if raw.kind else set()
    if raw.kind is None or raw.problems or raw.encoding != "utf-8-sig" or first.count(b'"') % 2:
        raise Doubtful(source.name)
    if not known.issuperset(raw.columns) or any(note.code == "ids_made" for note in raw.notes):
        raise Doubtful(source.name)  # a list of contacts, which is two tables
    return raw


def _is_multiline(data: bytes, delimiter: str) -> bool:
    """Whether a cell holds the end of a line.

    Raises:
        Doubtful: there are control characters, or quotes and ends of lines where readers differ about them.
    """
    if len(data.translate(None, _CONTROL)) != len(data) or data.count(b"\r") != data.count(b"\r\n"):
        raise Doubtful
    if b'"' not in data:
        return False
    signs = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(signs == _QUOTE)
    if len(quotes) % 2:
        raise Doubtful
    opening, closing = quotes[::2], quotes[1::2]
    before = signs[opening - 1]  # of the first sign the last one: that stands before no quote, and is put right below
    before[opening == 0] = _LINE
    after = signs[np.minimum(closing + 1, len(signs) - 1)]
    after[closing + 1 >= len(signs)] = _LINE
    ends = [ord(delimiter), _QUOTE, _LINE]
    if not (np.isin(before, ends).all() and np.isin(after, [*ends, _RETURN]).all()):
        raise Doubtful
    lines = np.flatnonzero(signs == _LINE)
    return bool((np.searchsorted(quotes, lines) % 2).any())


def _parsed(data: bytes, raw: RawTable, multiline: bool) -> pa.Table:
    names = [str(number) for number in range(len(raw.header))]
    try:
        return csv.read_csv(
            pa.py_buffer(data),
            csv.ReadOptions(column_names=names, block_size=_BLOCK),
            csv.ParseOptions(delimiter=raw.delimiter, newlines_in_values=multiline),
            csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
    except pa.ArrowInvalid as error:
        raise Doubtful(raw.file) from error
