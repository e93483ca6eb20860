"""The first load of a large clientele: the importer's files and checks, Neo4j's offline import instead of its writes.

Only into graphcrm's own local database, and only while that is empty and stopped. What comes out is what
:mod:`graphcrm.services.importing` makes of the same files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from graphcrm.config import Settings
from graphcrm.database.connection import Database, connect
from graphcrm.database.local import LocalServer
from graphcrm.database.local.jars import folder_refused
from graphcrm.database.local.offline import FirstLoad, ImportFile, require_empty
from graphcrm.database.migrations import await_indexes, migrate
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import LoadFailed
from graphcrm.ingest.apply import bring_labels_in_step as settle_labels
from graphcrm.ingest.collector import no_collector
from graphcrm.ingest.column_plan import ColumnPlan, plan_of_columns, tables_of_columns
from graphcrm.ingest.columns import Doubtful, read_all_columns
from graphcrm.ingest.mapping import ColumnMapping, FoundHeader, Naming
from graphcrm.ingest.offline import OfflineTable, tables_of_plan, write_tables
from graphcrm.ingest.plan import Counts, Plan
from graphcrm.ingest.problems import Problem
from graphcrm.ingest.report import Progress, no_progress
from graphcrm.ingest.sources import path_sources, usable_sources
from graphcrm.services._importing import check_for_empty, require_clean
from graphcrm.services._mappings import require_importer


@dataclass(slots=True)
class LoadPlan:
    """What a load would make. Made by :func:`check_load`, carried out by :func:`load_plan`.

    Attributes:
        counts: by the stem of the file: rows that make something, rows that are refused.
        problems: all that is wrong, in the order of files and rows. notes: what need not be mended.
        headers: tables with columns, or a name, that are not known.
        today: the day by which secondary labels are set.
    """

    counts: Mapping[str, Counts]
    today: date
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    headers: tuple[FoundHeader, ...] = ()
    _content: ColumnPlan | Plan = field(default_factory=Plan, repr=False)
    _empty: str = field(default="", repr=False)  # the state of the store that it was held against

    @property
    def changes(self) -> int:
        """How many nodes and ties would be made."""
        return sum(self._made)

    @property
    def _made(self) -> tuple[int, int]:
        content = self._content
        if isinstance(content, Plan):
            return len(content.nodes), len(content.ties)
        return content.nodes, content.tie_count

    def _tables(self, now: datetime) -> Iterator[OfflineTable]:
        if isinstance(self._content, Plan):
            return tables_of_plan(self._content, now)
        return tables_of_columns(self._content, today=self.today, now=now)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What was loaded: nodes and ties by the store's own count, and where the database now answers."""

    nodes: int
    ties: int
    uri: str


@no_collector
def check_load(
    settings: Settings,
    viewer: Viewer,
    given: Path,
    *,
    today: date,
    mapping: Mapping[str, ColumnMapping] | None = None,
    progress: Progress = no_progress,
) -> LoadPlan:
    """What a load would make of the files, and what is wrong with them. Nothing is written.

    Whole columns are checked first. Where anything is not plain, the importer's own check decides, and tells what is
    wrong.

    Args:
        today: the day by which secondary labels are set.

    Raises:
        Forbidden: the viewer may not write. ConfigurationError, AlreadyRunning, InvalidInput: the database cannot take
            a first load. InvalidInput: ``given`` is neither a folder nor a file.
    """
    require_importer(viewer)
    empty = require_empty(settings, _fetching(progress))
    try:
        plan = _plain_plan(given, Naming({}, mapping or {}), today, progress)
    except Doubtful:
        found = check_for_empty(viewer, given, mapping=mapping, progress=progress)
        plan = LoadPlan(found.counts, today, found.problems, found.notes, found.headers, found._writes)
    plan._empty = empty
    return plan


def _plain_plan(given: Path, naming: Naming, today: date, progress: Progress) -> LoadPlan:
    """Raises Doubtful."""
    sources, problems = usable_sources(path_sources(given))
    if problems:
        raise Doubtful
    tables = read_all_columns(sources, naming, progress)
    plan = plan_of_columns(tables, today=date.today(), progress=progress)
    notes = tuple(note for table in tables for note in table.raw.notes)
    return LoadPlan(plan.counts, today, notes=notes, _content=plan)


@no_collector
def load_plan(
    settings: Settings,
    viewer: Viewer,
    plan: LoadPlan,
    *,
    progress: Progress = no_progress,
) -> LoadReport:
    """Fill the empty local database, start it, make its schema, wait for its indexes; it is left running.

    Whatever fails leaves the database as empty as it was.

    Raises:
        Forbidden: the viewer may not write. ImportRefused: there are problems.
        AlreadyRunning: somebody started the database meanwhile. LocalServerError, DatabaseError: it could not be done.
    """
    require_importer(viewer)
    require_clean(plan.problems)
    with FirstLoad(settings, plan._empty) as load:
        progress(0, 1, "files")
        files = _written(load.files, plan)
        progress(1, 1, "files")
        progress(0, 1, "load")
        load.fill(files, _fetching(progress))
        load.put_in_place()
        progress(1, 1, "load")
        made = _ready(settings, plan, progress)
        load.keep()
    return made


def _ready(settings: Settings, plan: LoadPlan, progress: Progress) -> LoadReport:
    """The server started on the new store, and all that is still to do there; stopped again if that fails."""
    server = LocalServer(settings)
    progress(0, 1, "start")
    endpoint = server.start(foreground=False)
    progress(1, 1, "start")
    try:
        with connect(endpoint.uri, endpoint.username, endpoint.password) as db:
            nodes, ties = _finish(db, plan, progress)
    except BaseException:
        server.stop()
        raise
    return LoadReport(nodes, ties, endpoint.uri)


def _fetching(progress: Progress) -> Callable[[str, int, int], None]:
    """Tells of Neo4j being fetched, the first time."""

    def tell(phase: str, done: int, total: int) -> None:
        if phase == "download":
            progress(done, total, phase)

    return tell


def _written(folder: Path, plan: LoadPlan) -> list[ImportFile]:
    try:
        return write_tables(folder, plan._tables(datetime.now(UTC)))
    except OSError as error:
        raise folder_refused(folder, error) from error


def _finish(db: Database, plan: LoadPlan, progress: Progress) -> tuple[int, int]:
    """(nodes, ties) once the schema is made and everything is found.

    Raises:
        LoadFailed: not all of it is there.
    """
    made = db.counts()
    nodes, ties = plan._made
    expected = (nodes + bool(ties), ties)
    if made != expected:
        raise LoadFailed(
            "The offline import left {made} nodes and ties where {expected} were given.",
            mend="Nothing was loaded; the database is as empty as before. graphcrm import loads the same files.",
            made=sum(made),
            expected=sum(expected),
        )
    progress(0, 1, "indexes")
    migrate(db)
    await_indexes(db)
    progress(1, 1, "indexes")
    settle_labels(db, today=plan.today, progress=progress)
    return nodes, ties
