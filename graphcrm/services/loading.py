"""The first load of a large clientele: the importer's files and checks, Neo4j's offline import instead of its writes.

Only into graphcrm's own local database, and only while that is empty and stopped. What comes out is what
:mod:`graphcrm.services.importing` makes of the same files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from graphcrm.config import Settings
from graphcrm.database.connection import Database, connect
from graphcrm.database.local import LocalServer
from graphcrm.database.local.jars import folder_refused
from graphcrm.database.local.offline import FirstLoad, ImportFile, require_empty
from graphcrm.database.migrations import await_indexes, migrate
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import ImportRefused, LoadFailed
from graphcrm.ingest.apply import bring_labels_in_step as settle_labels
from graphcrm.ingest.collector import no_collector
from graphcrm.ingest.mapping import ColumnMapping
from graphcrm.ingest.offline import tables_of_plan, write_tables
from graphcrm.ingest.report import Progress, no_progress
from graphcrm.services._importing import ImportPlan, check_for_empty
from graphcrm.services._mappings import require_importer


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What was loaded: nodes and ties by the store's own count, and where the database now answers."""

    nodes: int
    ties: int
    uri: str


def check_load(
    settings: Settings,
    viewer: Viewer,
    folder: Path,
    *,
    mapping: Mapping[str, ColumnMapping] | None = None,
    progress: Progress | None = None,
) -> ImportPlan:
    """What a load would make of the files, and what is wrong with them. Nothing is written.

    Raises:
        Forbidden: the viewer may not write. ConfigurationError, AlreadyRunning, InvalidInput: the database cannot take
            a first load. InvalidInput: ``folder`` is neither a folder nor a file.
    """
    require_importer(viewer)
    require_empty(settings)
    return check_for_empty(viewer, folder, mapping=mapping, progress=progress)


@no_collector
def load_plan(
    settings: Settings,
    viewer: Viewer,
    plan: ImportPlan,
    *,
    today: date,
    progress: Progress = no_progress,
) -> LoadReport:
    """Fill the empty local database, start it, make its schema, wait for its indexes; it is left running.

    Whatever fails leaves the database as empty as it was.

    Args:
        today: the day by which secondary labels are set.

    Raises:
        Forbidden: the viewer may not write. ImportRefused: there are problems.
        AlreadyRunning: somebody started the database meanwhile. LocalServerError, DatabaseError: it could not be done.
    """
    require_importer(viewer)
    if plan.problems:
        raise ImportRefused(
            "The import has {count} problems; nothing was written.",
            mend="Mend the files, or import the good rows alone.",
            problems=plan.problems,
            count=len(plan.problems),
        )
    with FirstLoad(settings) as load:
        progress(0, 1, "files")
        files = _written(load.files, plan)
        progress(1, 1, "files")
        progress(0, 1, "load")
        load.fill(files)
        load.put_in_place()
        progress(1, 1, "load")
        made = _ready(settings, plan, today, progress)
        load.keep()
    return made


def _ready(settings: Settings, plan: ImportPlan, today: date, progress: Progress) -> LoadReport:
    """The server started on the new store, and all that is still to do there; stopped again if that fails."""
    server = LocalServer(settings)
    progress(0, 1, "start")
    endpoint = server.start(foreground=False)
    progress(1, 1, "start")
    try:
        with connect(endpoint.uri, endpoint.username, endpoint.password) as db:
            nodes, ties = _finish(db, plan, today, progress)
    except BaseException:
        server.stop()
        raise
    return LoadReport(nodes, ties, endpoint.uri)


def _written(folder: Path, plan: ImportPlan) -> list[ImportFile]:
    try:
        return write_tables(folder, tables_of_plan(plan._writes, datetime.now(UTC)))
    except OSError as error:
        raise folder_refused(folder, error) from error


def _finish(db: Database, plan: ImportPlan, today: date, progress: Progress) -> tuple[int, int]:
    """(nodes, ties) once the schema is made and everything is found.

    Raises:
        LoadFailed: not all of it is there.
    """
    made = db.counts()
    gate = bool(plan._writes.ties)
    expected = (len(plan._writes.nodes) + gate, len(plan._writes.ties))
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
    settle_labels(db, today=today, progress=progress)
    return made[0] - gate, made[1]
