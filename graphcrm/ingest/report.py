"""What an import did, and the refused rows as files that can be mended and imported."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from graphcrm.ingest.cells import csv_cell, plain_cell
from graphcrm.ingest.headers import PROBLEM_COLUMN
from graphcrm.ingest.plan import Counts
from graphcrm.ingest.problems import Problem
from graphcrm.ingest.reader import RawRow, RawTable


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
        refused_files: name -> content of a CSV file of the refused rows, to be mended and imported.
        problems: why they were refused.
    """

    nodes_created: int = 0
    nodes_updated: int = 0
    ties_created: int = 0
    ties_updated: int = 0
    ties_deleted: int = 0
    counts: Mapping[str, Counts] = field(default_factory=dict)
    last_good_row: str = ""
    refused_files: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

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


def refused_files(refused: Iterable[Refused], translate: Callable[[str], str] = str) -> dict[str, str]:
    """Name -> content of a CSV file per file with refused rows: its own columns, and what is wrong in the last one.

    The cells stand as they were read, so that nothing is lost by mending, but no spreadsheet will run one
    (``graphcrm.ingest.cells``); a row with too few cells is filled up, one with too many keeps them behind the problem
    and is refused again until it is mended.
    """
    by_table: dict[str, tuple[RawTable, list[tuple[RawRow, str]]]] = {}
    for table, row, problems in refused:
        text = " ".join(
            dict.fromkeys(
                f"[{p.column}] {p.describe(translate)}" if p.column else p.describe(translate) for p in problems
            )
        )
        by_table.setdefault(table.file, (table, []))[1].append((row, text))
    return {
        name: _as_csv(table, sorted(rows, key=lambda pair: pair[0].line)) for name, (table, rows) in by_table.items()
    }


def _as_csv(table: RawTable, rows: list[tuple[RawRow, str]]) -> str:
    keep = [index for index, name in enumerate(table.header) if name.strip().lower() != PROBLEM_COLUMN]
    width = len(table.header)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=table.delimiter, lineterminator="\n")
    writer.writerow([*(table.header[index] for index in keep), PROBLEM_COLUMN])
    for row, text in rows:
        cells = [*row.cells, *[""] * (width - len(row.cells))]
        own = [_writable(cells[index]) for index in keep]
        writer.writerow([*own, text, *map(_writable, cells[width:])])
    return out.getvalue()


def _writable(cell: str) -> str:
    """The cell as UTF-8 can hold it (bytes that were no text become the replacement character), and never a formula."""
    text = cell.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")
    return csv_cell(plain_cell(text))
