"""What an import did, and the refused rows as files that can be mended and imported."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from graphcrm.ingest.cells import csv_cell, plain_cell
from graphcrm.ingest.contacts import PROBLEM_COLUMN
from graphcrm.ingest.plan import Counts
from graphcrm.ingest.problems import Problem
from graphcrm.ingest.tables import RawRow, RawTable
from graphcrm.ingest.workbook_out import WorkbookWriter


class Progress(Protocol):
    """Told how far an import is. ``phase``: one of "read", "check", "plan", "nodes", "ties", "labels".

    ``done`` of ``total`` steps of it. What it raises ends the import.
    """

    def __call__(self, done: int, total: int, phase: str) -> None: ...


def no_progress(done: int, total: int, phase: str) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    Attributes:
        nodes_created, nodes_updated, ties_created, ties_updated, ties_deleted: as the database counted them.
        counts: by the stem of the file: rows that made something, changed something, changed nothing, were refused.
        last_good_row: ``works_at.csv:812``, the last row written; "" when nothing was.
        refused_files: name -> content of a file of the refused rows, to be mended and imported.
        problems: why they were refused. notes: what should be known and need not be mended.
    """

    nodes_created: int = 0
    nodes_updated: int = 0
    ties_created: int = 0
    ties_updated: int = 0
    ties_deleted: int = 0
    counts: Mapping[str, Counts] = field(default_factory=dict)
    last_good_row: str = ""
    refused_files: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def created(self) -> int:
        """Nodes and ties that were made."""
        return self.nodes_created + self.ties_created

    @property
    def updated(self) -> int:
        """Nodes and ties that were changed or taken away."""
        return self.nodes_updated + self.ties_updated + self.ties_deleted

    @property
    def unchanged(self) -> int:
        """Rows that the graph held already."""
        return sum(counts.unchanged for counts in self.counts.values())

    @property
    def rejected(self) -> int:
        """Rows that were refused."""
        return sum(counts.refused for counts in self.counts.values())

    @property
    def changed_nothing(self) -> bool:
        """True when the graph held everything already."""
        return not (self.created or self.updated)


Refused = tuple[RawTable, RawRow, tuple[Problem, ...]]


def refused_files(refused: Iterable[Refused], translate: Callable[[str], str] = str) -> dict[str, bytes]:
    """Name -> content of a file per file with refused rows: its own columns, and what is wrong in the last one.

    Rows of a CSV file come back as CSV, those of a workbook or of address cards as a workbook with sheets of the same
    names. The cells stand as they were read, so that nothing is lost by mending, but no spreadsheet will run one
    (``graphcrm.ingest.cells``); a row with too few cells is filled up, one with too many keeps them behind the problem
    and is refused again until it is mended.
    """
    files: dict[str, dict[str, tuple[RawTable, dict[int, _RefusedRow]]]] = {}
    for table, row, problems in refused:
        origin = table.origin
        sheets = files.setdefault(origin.refused_name, {})
        _, rows = sheets.setdefault(origin.sheet, (origin, {}))
        texts = [f"[{p.column}] {p.describe(translate)}" if p.column else p.describe(translate) for p in problems]
        rows.setdefault(row.line, (row, []))[1].extend(texts)
    return {
        name: _as_workbook(sheets.values()) if name.endswith(".xlsx") else _as_csv(*next(iter(sheets.values())))
        for name, sheets in files.items()
    }


_RefusedRow = tuple[RawRow, list[str]]


def _as_csv(table: RawTable, rows: Mapping[int, _RefusedRow]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=table.delimiter, lineterminator="\n")
    for row in _rows(table, rows):
        writer.writerow(map(csv_cell, row))
    return out.getvalue().encode("utf-8-sig")


def _as_workbook(sheets: Iterable[tuple[RawTable, Mapping[int, _RefusedRow]]]) -> bytes:
    writer = WorkbookWriter()
    for table, rows in sheets:
        header, *others = _rows(table, rows)
        writer.begin(table.sheet, header, wide=[PROBLEM_COLUMN])
        for row in others:
            writer.add(table.sheet, row)
    return writer.content()


def _rows(table: RawTable, rows: Mapping[int, _RefusedRow]) -> Iterator[list[str]]:
    """The header and the refused rows as they were read, without guards."""
    keep = [index for index, name in enumerate(table.header) if name.strip().lower() != PROBLEM_COLUMN]
    width = len(table.header)
    yield [*(table.header[index] for index in keep), PROBLEM_COLUMN]
    own = {row.line: row for row in table.rows}
    for line, (broken, texts) in sorted(rows.items()):
        row = own.get(line, broken)
        cells = [_plain(cell) for cell in (*row.cells, *[""] * (width - len(row.cells)))]
        yield [*(cells[index] for index in keep), " ".join(dict.fromkeys(texts)), *cells[width:]]


def _plain(cell: str) -> str:
    """The cell as UTF-8 can hold it: bytes that were no text become the replacement character."""
    return plain_cell(cell.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd"))
