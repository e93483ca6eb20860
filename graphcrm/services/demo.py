"""Loads the demo clientele through the users' own importer, once."""

from __future__ import annotations

from pathlib import Path

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import Viewer
from graphcrm.ingest.report import ImportReport, Progress
from graphcrm.queries.demo import demo_state, mark_demo
from graphcrm.services._importing import import_folder
from graphcrm.services._saving import require_writer


def needs_loading(db: Database) -> bool:
    """True for an empty graph, and where an earlier loading was cut short. False where the data are the user's own."""
    state = demo_state(db)
    return state is None or state.loading == "started" or (state.loading is None and state.is_empty)


def load(db: Database, viewer: Viewer, folder: Path, *, progress: Progress | None = None) -> ImportReport:
    """Import ``folder`` (the ``seed/`` folder) and remember that it was done. Safe to run again after a crash."""
    require_writer(viewer)
    mark_demo(db, loading="started")
    report = import_folder(db, viewer, folder, progress=progress)
    mark_demo(db, loading="done")
    return report
