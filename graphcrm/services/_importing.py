"""The import as other services use it too: read, check, plan, apply. ``services/importing.py`` is its public face."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO

from graphcrm.database.connection import Database
from graphcrm.database.position import position
from graphcrm.domain.duplicates_firms import parse_firm
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import DatabaseError, ImportRefused, NoSpace
from graphcrm.ingest.apply import Applied, apply_together, apply_writes
from graphcrm.ingest.check import Checked, check_rows
from graphcrm.ingest.codes import nearest
from graphcrm.ingest.collector import no_collector
from graphcrm.ingest.contacts import Organizations, needs_organizations, resolve_contacts
from graphcrm.ingest.former_lines import end_former_lines
from graphcrm.ingest.headers import found_header
from graphcrm.ingest.lookup import read_snapshot
from graphcrm.ingest.mapping import ColumnMapping, FoundHeader, Naming
from graphcrm.ingest.plan import Counts, Plan, make_plan
from graphcrm.ingest.problems import Problem
from graphcrm.ingest.read import in_order, read_source
from graphcrm.ingest.report import ImportReport, Progress, Refused, no_progress, refused_files
from graphcrm.ingest.rows import ParsedTable, parse_table
from graphcrm.ingest.snapshot import Snapshot
from graphcrm.ingest.sources import Source, path_sources, stream_sources, usable_sources
from graphcrm.ingest.tables import RawTable
from graphcrm.queries import ingest as queries
from graphcrm.services._first_import import first_import
from graphcrm.services._import_problems import Words, all_refused, in_order_of
from graphcrm.services._last_import import Rows, apart, keep_rows, last_rows, rows_of
from graphcrm.services._mappings import mappings_by_shape, require_importer

ORGANIZATIONS_PAGE = 10_000

Given = Path | Iterable[tuple[str, BinaryIO]]
"""A folder, one file, or named byte streams: CSV files, workbooks, address cards."""


@dataclass(slots=True)
class ImportPlan:
    """What an import would do. Made by :func:`check_folder`, carried out by :func:`apply_plan`.

    Attributes:
        counts: by the stem of the file (``people``): rows to create, update, leave, refuse.
        problems: all that is wrong, in the order of files and rows.
        notes: what should be known and need not be mended, in the form of problems.
        headers: tables with columns, or a name, that are not known: a mapping can tell what they are.
    """

    counts: dict[str, Counts] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    headers: tuple[FoundHeader, ...] = ()
    _read: Callable[[], list[RawTable]] = field(default=list, repr=False)  # the tables by rows
    _file_problems: tuple[Problem, ...] = field(default=(), repr=False)
    _writes: Plan = field(default_factory=Plan, repr=False)
    _refused: list[Refused] = field(default_factory=list, repr=False)
    _position: frozenset[str] = field(default=frozenset(), repr=False)  # of the graph that it was held against
    _rows: Callable[[], Rows] | None = field(default=None, repr=False)  # to be kept; None if nothing new is to be

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

    def bad_rows(self, translate: Callable[[str], str] = str) -> dict[str, bytes]:
        """Name -> content of a file of the refused rows, to be mended and imported."""
        return refused_files(self._refused, translate)


@no_collector
def check_folder(
    db: Database,
    viewer: Viewer,
    given: Given,
    *,
    mapping: Mapping[str, ColumnMapping] | None = None,
    new_organizations: str = "",
    progress: Progress | None = None,
) -> ImportPlan:
    """Read the files, hold them against the graph and say what would change and what is wrong. Nothing is written.

    Args:
        mapping: by the plain name of a table, what its columns are; goes before the mappings that are kept.
        new_organizations: as what (code of ``organization_kind``) organisations are made that lists of contacts name
            and nobody knows; "" to refuse the rows that name them.

    Raises:
        Forbidden: the viewer may not write.
        InvalidInput: neither a folder nor a file.
    """
    require_importer(viewer)
    naming = Naming(mappings_by_shape(db, viewer), mapping or {}, new_organizations)
    return _checked(db, given, naming, progress or no_progress)


@no_collector
def check_for_empty(
    viewer: Viewer,
    given: Given,
    *,
    mapping: Mapping[str, ColumnMapping] | None = None,
    progress: Progress | None = None,
) -> ImportPlan:
    """:func:`check_folder` for a graph that is known to be empty, without asking it. Raises the same."""
    require_importer(viewer)
    return _checked(None, given, Naming({}, mapping or {}), progress or no_progress)


def _checked(db: Database | None, given: Given, naming: Naming, progress: Progress) -> ImportPlan:
    """The files held against a graph; without one, against an empty graph."""
    usable, problems = usable_sources(path_sources(given) if isinstance(given, Path) else stream_sources(given))
    seen_at = position(db) if db else frozenset()
    if db and not problems and (first := _first(db, seen_at, usable, naming, progress)):
        return first
    tables = _read_all(usable, naming, progress)
    headers = tuple(found for table in tables if (found := found_header(table)))
    known = _known_organizations(db if needs_organizations(tables) else None)
    tables = resolve_contacts(tables, known, naming.new_organizations)
    plan = _planned(db, seen_at, tables, tuple(problems), progress)
    plan.headers = headers
    return plan


def _first(
    db: Database, seen_at: frozenset[str], sources: list[Source], naming: Naming, progress: Progress
) -> ImportPlan | None:
    """The plan by columns, where the graph is empty and the files are plain."""
    if queries.entity_count(db) or (found := first_import(sources, naming, progress)) is None:
        return None
    found.writes.tie_batch = queries.last_tie_batch(db) or ""
    return ImportPlan(
        found.writes.counts,
        notes=found.notes,
        _read=lambda: _read_all(sources, naming, no_progress),
        _writes=found.writes,
        _position=seen_at,
        _rows=found.rows,
    )


@no_collector
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

    If anybody has written since the plan was made, it is held against the graph once more first.

    Args:
        skip_bad_rows: import the good rows and give the others back in ``refused_files``.
        today: the day by which secondary labels are set; the computer's own if not given.

    Raises:
        Forbidden: the viewer may not write.
        ImportRefused: there are problems and they are not to be skipped. Nothing was written.
        DatabaseError: the database gave up. The message names the last row written; the import can be run again.
    """
    fresh = _ready(db, viewer, plan, skip_bad_rows, progress)
    with _rows_to_keep(fresh) as rows:
        applied = _applied(db, fresh._writes, today or date.today(), progress or no_progress)
        return _report(db, fresh, applied, rows)


@no_collector
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
    with _rows_to_keep(fresh) as rows:
        applied = apply_together(db, fresh._writes, today=today, now=now, progress=progress or no_progress)
        return _report(db, fresh, applied, rows)


def _ready(
    db: Database, viewer: Viewer, plan: ImportPlan, skip_bad_rows: bool, progress: Progress | None
) -> ImportPlan:
    """The plan held against the graph of now, unless nobody has written since. Raises Forbidden, ImportRefused."""
    require_importer(viewer)
    tell = progress or no_progress
    now = position(db)
    if now == plan._position:
        fresh = plan
        tell(3, 3, "plan")
    else:
        fresh = _planned(db, now, plan._read(), plan._file_problems, tell)
    if not skip_bad_rows:
        require_clean(fresh.problems)
    return fresh


def require_clean(problems: tuple[Problem, ...]) -> None:
    """Raises ImportRefused when there are problems."""
    if problems:
        raise ImportRefused(
            "The import has {count} problems; nothing was written.",
            mend="Mend the files, or import the good rows alone.",
            problems=problems,
            count=len(problems),
        )


@contextmanager
def _rows_to_keep(plan: ImportPlan) -> Iterator[Callable[[], Rows] | None]:
    """The rows that are to be kept, None if none are. They are made while the server writes, and Python waits."""
    if not plan._rows or not plan.is_clean:
        yield None
        return
    with ThreadPoolExecutor(max_workers=1) as beside:
        yield beside.submit(plan._rows).result


def _report(db: Database, plan: ImportPlan, applied: Applied, rows: Callable[[], Rows] | None) -> ImportReport:
    """What was done; ``rows``, which the files held, are kept for the next import."""
    if rows:
        keep_rows(db, plan._position, applied.commits, rows)
    return ImportReport(
        **applied.counts,
        counts=plan.counts,
        last_good_row=applied.last_good_row,
        refused_files=refused_files(plan._refused),
        problems=plan.problems,
        notes=plan.notes,
    )


def _applied(db: Database, writes: Plan, today: date, progress: Progress) -> Applied:
    applied = Applied()
    try:
        apply_writes(db, writes, applied, today=today, now=datetime.now(UTC), progress=progress)
    except DatabaseError as error:
        if isinstance(error, NoSpace) and not applied.last_good_row:
            raise  # nothing was begun, so nothing was interrupted
        raise DatabaseError(
            "The import was interrupted: {reason}",
            mend="What was written up to {place} is in the graph, in whole rows. Import the same files again to go on.",
            reason=str(error),
            place=applied.last_good_row or "-",
        ) from error
    return applied


@no_collector
def import_folder(
    db: Database, viewer: Viewer, given: Given, *, skip_bad_rows: bool = False, progress: Progress | None = None
) -> ImportReport:
    """:func:`check_folder` and :func:`apply_plan` in one. Raises as they do."""
    plan = check_folder(db, viewer, given, progress=progress)
    return apply_plan(db, viewer, plan, skip_bad_rows=skip_bad_rows, progress=progress)


def _read_all(sources: list[Source], naming: Naming, progress: Progress) -> list[RawTable]:
    tables: list[RawTable] = []
    for done, source in enumerate(sources, 1):
        tables += read_source(source, naming=naming)
        progress(done, len(sources), "read")
    return in_order(tables)


def _known_organizations(db: Database | None) -> Organizations:
    """The organisations of a graph by their names, as the search for duplicates compares them."""
    found = Organizations(key=lambda name: " ".join(parse_firm(name).words), nearest=nearest)
    after = ""
    while db and (page := queries.organization_names(db, after=after, most=ORGANIZATIONS_PAGE)):
        for one in page:
            found.add(one.id, one.names)
        after = page[-1].id
    return found


def _planned(
    db: Database | None,
    seen_at: frozenset[str],
    raw_tables: list[RawTable],
    file_problems: tuple[Problem, ...],
    progress: Progress,
) -> ImportPlan:
    """The rows held against the graph, which is read after the log stood at ``seen_at``."""
    known = [raw for raw in raw_tables if raw.kind]
    tie_batch = (queries.last_tie_batch(db) or "") if db else ""
    faulty = file_problems or any(raw.problems for raw in raw_tables)
    last = {} if faulty or db is None else last_rows(db, seen_at)
    new = apart(known, last)
    tables, checked, writes = _compared(db, new.tables, progress)
    if last and not new.stands_for_all(tables, checked, writes):
        new = apart(known, {})
        tables, checked, writes = _compared(db, known, progress)
    new.count(writes.counts)
    writes.tie_batch = tie_batch
    as_written = Words(known)
    refused = all_refused(known, checked, as_written)
    counts = {raw.stem: writes.counts.get(raw.stem, Counts()) for raw in known}
    for table, _, _ in refused:
        counts[table.stem].refused += 1
    unknown = [problem for raw in raw_tables if not raw.kind for problem in raw.problems]
    problems = sorted((*file_problems, *unknown, *as_written.of(checked.problems)), key=in_order_of(raw_tables))
    return ImportPlan(
        counts,
        tuple(problems),
        notes=tuple(note for raw in raw_tables for note in raw.notes),
        _read=lambda: raw_tables,
        _file_problems=file_problems,
        _writes=writes,
        _refused=refused,
        _position=seen_at,
        _rows=(lambda: new.rows | rows_of(tables)) if any(table.rows for table in tables) else None,
    )


def _compared(
    db: Database | None, raw_tables: list[RawTable], progress: Progress
) -> tuple[list[ParsedTable], Checked, Plan]:
    """The rows of tables, what is wrong with them, and what they would change."""
    tables = _parse_all(raw_tables, progress)
    progress(0, 3, "plan")
    snapshot = read_snapshot(db, tables, recorded=False) if db else Snapshot()
    progress(1, 3, "plan")
    checked = check_rows(tables, snapshot, today=date.today())
    progress(2, 3, "plan")
    writes = make_plan(checked.rows, snapshot)
    end_former_lines(writes, tables, snapshot, date.today())
    progress(3, 3, "plan")
    return tables, checked, writes


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
