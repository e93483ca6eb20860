"""The import into a graph that holds nothing yet: plain files are checked and planned by whole columns, like a load."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from graphcrm.ingest.column_plan import plan_of_columns
from graphcrm.ingest.column_writes import plan_of
from graphcrm.ingest.columns import Doubtful, read_all_columns
from graphcrm.ingest.mapping import Naming
from graphcrm.ingest.plan import Plan
from graphcrm.ingest.problems import Problem
from graphcrm.ingest.report import Progress
from graphcrm.ingest.sources import Source
from graphcrm.services._last_import import Rows, rows_of_columns


@dataclass(frozen=True, slots=True)
class FirstImport:
    """What is to be written, what should be known, and the rows that are kept for the next import."""

    writes: Plan
    notes: tuple[Problem, ...]
    rows: Callable[[], Rows]


def first_import(sources: Iterable[Source], naming: Naming, progress: Progress) -> FirstImport | None:
    """The plan for an empty graph; None where anything is not plain, so that each row needs a look."""
    try:
        tables = read_all_columns(sources, naming, progress)
        if not any(map(len, tables)) or not all(table.has_a_line_for_each for table in tables):
            return None
        columns = plan_of_columns(tables, today=date.today(), progress=progress)
    except Doubtful:
        return None
    progress(0, 3, "plan")
    writes = plan_of(columns)
    progress(3, 3, "plan")
    notes = tuple(note for table in tables for note in table.raw.notes)
    return FirstImport(writes, notes, lambda: rows_of_columns(columns))
