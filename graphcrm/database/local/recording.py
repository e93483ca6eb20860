"""One run of Neo4j on an empty store, of which Java keeps what it loaded, linked and learnt, for later starts."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from graphcrm.config import Settings
from graphcrm.database.connection import Database, connect
from graphcrm.database.local.filelock import FileLock
from graphcrm.database.local.jars import Progress, cache_folder, ensure_jars, locked_jars
from graphcrm.database.local.quick_start import OLDEST_JAVA, java_version, keep, quick_start, quick_start_file
from graphcrm.database.local.server import LocalServer

WORK = "recording-"
ROOM = 1024**3
"""Bytes that must be free on the disk: the cache takes 180 MB, and three times as much while it is made."""


def is_recorded(settings: Settings) -> bool:
    """Whether the cache is there."""
    folder = cache_folder(settings.cache)
    try:
        return quick_start_file([folder / jar.name for jar in locked_jars()]).exists()
    except FileNotFoundError:  # no jars yet
        return False


def record_quick_start(
    settings: Settings, exercise: Callable[[Database], object] = lambda _: None, progress: Progress = lambda *_: None
) -> bool:
    """Make the cache of :mod:`graphcrm.database.local.quick_start`, unless it is there. Some 20 seconds of work.

    Args:
        exercise: asks the new database what graphcrm asks, so that Java knows that too.
        progress: as of :meth:`LocalServer.start`.

    Returns:
        True if the cache is there now; False if Java is too old, the disk too full, or another process at it.

    Raises:
        DownloadFailed, HashMismatch, NoSpace, FolderNotWritable, ServerCrashed. No data are touched.
    """
    jars = ensure_jars(settings.cache, mirror=settings.maven_mirror, progress=progress)
    folder = cache_folder(settings.cache)
    lock = FileLock(folder / "quick-start.lock")
    if java_version() < OLDEST_JAVA or shutil.disk_usage(folder).free < ROOM or not lock.acquire():
        return False
    try:
        if quick_start(jars) is not None:
            return True
        for left_by_a_killed_one in folder.glob(f"{WORK}*"):
            shutil.rmtree(left_by_a_killed_one, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=WORK, ignore_cleanup_errors=True) as work:
            made = _record(
                settings.model_copy(update={"data": Path(work) / "data", "bolt_port": 0}), exercise, progress
            )
            keep(made, jars)
        return True
    finally:
        lock.release()


def _record(settings: Settings, exercise: Callable[[Database], object], progress: Progress) -> Path:
    """The new cache, beside the data folder of the settings."""
    made = settings.data.parent / "new.aot"
    server = LocalServer(settings)
    try:
        endpoint = server.start(progress=progress, record=made)
        with connect(endpoint.uri, endpoint.username, endpoint.password) as database:
            exercise(database)
    except BaseException:
        server.kill()
        raise
    server.stop()
    return made
