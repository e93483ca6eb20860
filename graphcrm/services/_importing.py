"""The import as other services use it too: read, check, plan, apply. ``services/importing.py`` is its public face."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import DatabaseError, Forbidden, ImportRefused
from graphcrm.ingest.apply import Applied, apply_together, apply_writes
from graphcrm.ingest.check import Checked, check_rows
from graphcrm.ingest.lookup import read_snapshot
from graphcrm.ingest.plan import Counts, Plan, make_plan
from graphcrm.ingest.problems import Problem
from graphcrm.ingest.reader import RawRow, RawTable, read_table
from graphcrm.ingest.report import ImportReport, Progress, no_progress, refused_files
from graphcrm.ingest.rows import ParsedTable, parse_table
from graphcrm.ingest.sources import Source, folder_sources, stream_sources, usable_sources

Given = Path | Iterable[tuple[str, BinaryIO]]
"""A folder of CSV files, or named byte streams."""


@dataclass(slots=True)
class ImportPlan:
    """What an import would do. Made by :func:`check_folder`, carried out by :func:`apply_plan`.

    Attributes:
        counts: by the stem of the file (``people``): rows to create, update, leave, refuse.
        problems: all that is wrong, in the order of files and rows.
    """

    counts: dict[str, Counts] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    _tables: list[RawTable] = field(default_factory=list, repr=False)
    _file_problems: tuple[Problem, ...] = field(default=(), repr=False)
    _writes: Plan = field(default_factory=Plan, repr=False)
    _refused: list[tuple[RawTable, RawRow, tuple[Problem, ...]]] = field(default_factory=list, repr=False)

    @property
    def is_clean(self) -> bool:
        """True when nothing is wrong."""
        return not self.problems

    @property
    def changes(self) -> int:
        """How many nodes and ties would be written."""
        return self._writes.writes

    @property
    def create(self) -> int:
        """Rows that make something new."""
        return sum(counts.create for counts in self.counts.values())

    @property
    def update(self) -> int:
        """Rows that change something."""
        return sum(counts.update for counts in self.counts.values())

    @property
    def unchanged(self) -> int:
        """Rows that the graph holds already."""
        return sum(counts.unchanged for counts in self.counts.values())

    @property
    def rejected(self) -> int:
        """Rows that are refused."""
        return sum(counts.refused for counts in self.counts.values())

    def bad_rows(self, translate: Callable[[str], str] = str) -> dict[str, str]:
        """Name -> content of a CSV file of the refused rows, to be mended and imported."""
        return refused_files(self._refused, translate)


def check_folder(db: Database, viewer: Viewer, given: Given, *, progress: Progress | None = None) -> ImportPlan:
    """Read the files, hold them against the graph and say what would change and what is wrong. Nothing is written.

    Raises:
        Forbidden: the viewer may not write.
        InvalidInput: not a folder.
    """
    _require_writer(viewer)
    sources = folder_sources(given) if isinstance(given, Path) else stream_sources(given)
    usable, problems = usable_sources(sources)
    tables = _read_all(usable, progress or no_progress)
    return _planned(db, tables, tuple(problems), progress or no_progress)


def apply_plan(
    db: Database,
    viewer: Viewer,
    plan: ImportPlan,
    *,
    skip_bad_rows: bool = False,
    today: date | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Carry out a plan, in batches, so that an import of any size fits into the server's memory.

    The plan is held against the graph once more first, which may have changed since it was made.

    Args:
        skip_bad_rows: import the good rows and give the others back in ``refused_files``.
        today: the day by which secondary labels are set; the computer's own if not given.

    Raises:
        Forbidden: the viewer may not write.
        ImportRefused: there are problems and they are not to be skipped. Nothing was written.
        DatabaseError: the database gave up. The message names the last row written; the import can be run again.
    """
    fresh = _ready(db, viewer, plan, skip_bad_rows, progress)
    return _report(fresh, _applied(db, fresh._writes, today or date.today(), progress or no_progress))


def apply_plan_together(
    db: Database,
    viewer: Viewer,
    plan: ImportPlan,
    *,
    skip_bad_rows: bool = False,
    today: date | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """:func:`apply_plan` in one transaction: what ``progress`` raises, or the database, leaves nothing of it behind.

    Raises:
        Forbidden: the viewer may not write.
        ImportRefused: there are problems and they are not to be skipped. Nothing was written.
        DatabaseError: the database gave up. Nothing was written.
    """
    fresh = _ready(db, viewer, plan, skip_bad_rows, progress)
    today, now = today or date.today(), datetime.now(UTC)
    return _report(fresh, apply_together(db, fresh._writes, today=today, now=now, progress=progress or no_progress))


def _ready(
    db: Database, viewer: Viewer, plan: ImportPlan, skip_bad_rows: bool, progress: Progress | None
) -> ImportPlan:
    """The plan held against the graph of now. Raises Forbidden, ImportRefused."""
    _require_writer(viewer)
    fresh = _planned(db, plan._tables, plan._file_problems, progress or no_progress)
    if fresh.problems and not skip_bad_rows:
        raise ImportRefused(
            "The import has {count} problems; nothing was written.",
            mend="Mend the files, or import the good rows alone.",
            problems=fresh.problems,
            count=len(fresh.problems),
        )
    return fresh


def _report(plan: ImportPlan, applied: Applied) -> ImportReport:
    return ImportReport(
        **applied.counts,
        counts=plan.counts,
        last_good_row=applied.last_good_row,
        refused_files=refused_files(plan._refused),
        problems=plan.problems,
    )


def _applied(db: Database, writes: Plan, today: date, progress: Progress) -> Applied:
    applied = Applied()
    try:
        apply_writes(db, writes, applied, today=today, now=datetime.now(UTC), progress=progress)
    except DatabaseError as error:
        raise DatabaseError(
            "The import was interrupted: {reason}",
            mend="What was written up to {place} is in the graph, in whole rows. Import the same files again to go on.",
            reason=str(error),
            place=applied.last_good_row or "-",
        ) from error
    return applied


def import_folder(
    db: Database, viewer: Viewer, given: Given, *, skip_bad_rows: bool = False, progress: Progress | None = None
) -> ImportReport:
    """:func:`check_folder` and :func:`apply_plan` in one. Raises as they do."""
    plan = check_folder(db, viewer, given, progress=progress)
    return apply_plan(db, viewer, plan, skip_bad_rows=skip_bad_rows, progress=progress)


def _require_writer(viewer: Viewer) -> None:
    if not viewer.may_write:
        raise Forbidden("Your role ({role}) may not import.", mend="Ask the owner of the data.", role=viewer.role)


def _read_all(sources: list[Source], progress: Progress) -> list[RawTable]:
    tables = []
    for done, source in enumerate(sources, 1):
        tables.append(read_table(source))
        progress(done, len(sources), "read")
    return tables


def _planned(
    db: Database, raw_tables: list[RawTable], file_problems: tuple[Problem, ...], progress: Progress
) -> ImportPlan:
    tables = _parse_all(raw_tables, progress)
    progress(0, 3, "plan")
    snapshot = read_snapshot(db, tables)
    progress(1, 3, "plan")
    checked = check_rows(tables, snapshot)
    progress(2, 3, "plan")
    writes = make_plan(checked.rows, snapshot)
    progress(3, 3, "plan")
    refused = _all_refused(raw_tables, checked)
    counts = {raw.kind.file or "": writes.counts.get(raw.kind.file or "", Counts()) for raw in raw_tables}
    for table, _, _ in refused:
        counts[table.kind.file or ""].refused += 1
    problems = sorted((*file_problems, *checked.problems), key=_order(raw_tables))
    return ImportPlan(counts, tuple(problems), raw_tables, file_problems, writes, refused)


def _parse_all(raw_tables: list[RawTable], progress: Progress) -> list[ParsedTable]:
    """The values of all rows. Progress is told in rows, after each file."""
    total = sum(len(raw.rows) for raw in raw_tables)
    tables: list[ParsedTable] = []
    done = 0
    for raw in raw_tables:
        progress(done, total, "check")
        tables.append(parse_table(raw))
        done += len(raw.rows)
    progress(done, total, "check")
    return tables


def _all_refused(tables: list[RawTable], checked: Checked) -> list[tuple[RawTable, RawRow, tuple[Problem, ...]]]:
    by_file = {table.file: table for table in tables}
    broken = [(table, row, (problem,)) for table in tables for row, problem in table.broken]
    return [*broken, *((by_file[row.file], row.raw, tuple(problems)) for row, problems in checked.refused)]


def _order(tables: list[RawTable]) -> Callable[[Problem], tuple[int, str, int, str, str]]:
    places = {table.file: place for place, table in enumerate(tables, 1)}
    return lambda problem: (places.get(problem.file, 0), problem.file, problem.row, problem.column, problem.code)
