"""Backup while the database runs, and restore into an empty one, with every value equal and every hash checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import sleep
from typing import Any

from graphcrm.database import snapshot
from graphcrm.database.connection import Database
from graphcrm.database.migrations import applied_schema, known_migrations, migrate, run_again
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import DatabaseError, Forbidden, InvalidInput, WriteConflict
from graphcrm.services._backup_file import FORMAT, BackupFile, Counting, Draft, Manifest, content, not_written

TRIES = 4
PAUSE = 0.5
"""Seconds between two tries to read the graph while nobody writes."""
BATCH_ROWS = 2_000
BATCH_VALUES = 40_000
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What is in a backup, or was restored from one."""

    path: Path
    nodes: int
    ties: int
    one_moment: bool
    made_at: str


def back_up(db: Database, viewer: Viewer, target: Path, *, progress: Progress | None = None) -> BackupReport:
    """Write the whole graph into one file while the database runs; it gets its name only after it was read again.

    It is tried some times to read the graph while nobody writes. If that does not come about, the last reading is kept
    and ``one_moment`` is False: others' changes of these minutes may be in it in part, but every tie has both its ends.

    Raises:
        Forbidden: the viewer does not see everything.
        InvalidInput: there is a file of that name already.
        FolderNotWritable: as it says; nothing is left behind.
        DatabaseError: the database gave up.
    """
    _require_owner(viewer)
    _require_free(target)
    tell = progress or (lambda *_: None)
    try:
        draft = Draft(target, lambda done: tell(done, max(done, total), "backup"))
        try:
            total = sum(db.counts())
            manifest = _take(db, draft)
            draft.finish(manifest)
            with BackupFile(draft.path) as written:
                written.check()
            _publish(draft)
        finally:
            draft.discard()
    except OSError as error:
        raise not_written(target, error) from error
    return _report(target, manifest)


def verify(path: Path, *, progress: Progress | None = None) -> BackupReport:
    """Read a backup through and hold it against its hashes. No database is needed.

    Raises:
        NotFound: there is no such file. InvalidInput: it is not a whole backup.
    """
    with BackupFile(path) as file:
        total = sum(part.count for part in file.manifest.parts.values())
        file.check(lambda done: (progress or (lambda *_: None))(done, total, "check"))
        return _report(path, file.manifest)


def restore(
    db: Database,
    viewer: Viewer,
    path: Path,
    *,
    again: bool = False,
    is_local: bool = False,
    progress: Progress | None = None,
) -> BackupReport:
    """Write a backup into an empty database. The file is checked whole before anything is written.

    What is written carries a mark until all of it was read back and found equal.

    Args:
        again: take away what an earlier restore, that was broken off, has left, and begin anew.
        is_local: the database is graphcrm's own, which can be reset; else a server's.

    Raises:
        Forbidden: the viewer may not. NotFound, InvalidInput: as :func:`verify`; or the database is not empty; or the
            backup has a newer schema; or an earlier restore was broken off.
        DatabaseError: the database gave up, or what was read back is not what was written; the mark stays.
    """
    _require_owner(viewer)
    tell = progress or (lambda *_: None)
    with BackupFile(path) as file:
        total = sum(part.count for part in file.manifest.parts.values())
        file.check(lambda done: tell(done, total, "check"))
        _require_known_schema(file.manifest, path)
        migrate(db)
        if not _goes_on(db, file, again=again, is_local=is_local):
            _begin(db, file)
            elements = _write(db, file, lambda done: tell(done, total, "restore"))
            _compare(db, file.manifest, elements, lambda done: tell(done, total, "compare"))
            snapshot.all_is_written(db)
        snapshot.settle_restore(db)
        run_again(db, after=max(file.manifest.schema, default=""))
        return _report(path, file.manifest)


def _take(db: Database, draft: Draft) -> Manifest:
    one_moment = False
    for number in range(TRIES):
        if number:
            sleep(PAUSE)
        if one_moment := snapshot.read_all(db, draft):
            break
    return Manifest(
        format=FORMAT,
        graphcrm=version("graphcrm"),
        neo4j=db.server().version,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        one_moment=one_moment,
        schema=applied_schema(db),
        parts=draft.parts(),
    )


def _publish(draft: Draft) -> None:
    try:
        draft.publish()
    except FileExistsError as error:
        raise _in_the_way(draft.target) from error


def _require_owner(viewer: Viewer) -> None:
    if not (viewer.may_write and viewer.may_see >= OWNER.may_see):
        raise Forbidden("Only who sees everything may back up or restore.", mend="Ask the owner of the data.")


def _require_free(target: Path) -> None:
    if target.exists():
        raise _in_the_way(target)


def _in_the_way(target: Path) -> InvalidInput:
    return InvalidInput("There is a file {path} already; it was left as it is.", mend="Name another file.", path=target)


def _require_known_schema(manifest: Manifest, path: Path) -> None:
    known = {migration.name: migration.checksum for migration in known_migrations()}
    if any(known.get(name) != checksum for name, checksum in manifest.schema.items()):
        raise InvalidInput(
            "{path} was made by a newer graphcrm ({version}); nothing was changed.",
            mend="Install that graphcrm or a later one.",
            path=path,
            version=manifest.graphcrm,
        )


def _goes_on(db: Database, file: BackupFile, *, again: bool, is_local: bool) -> bool:
    """True if all of this file is written and only the numbers are left. Clears the way for a new beginning else.

    Raises:
        InvalidInput: there are nodes, or the traces of a restore and ``again`` is not said.
    """
    mark = snapshot.restore_mark(db)
    if mark is not None:
        if mark["phase"] == "written" and mark["file"] == file.hash:
            return True
        if not again:
            raise InvalidInput(
                "An earlier restore into this database was broken off, or is still running.",
                mend="If none is running, say graphcrm restore --again: it takes away what that one left.",
            )
        if mark["phase"] == "writing":
            snapshot.undo_restore(db)
        else:
            snapshot.settle_restore(db)
    if count := snapshot.others(db):
        raise _not_empty(count, is_local)
    return False


def _not_empty(count: int, is_local: bool) -> InvalidInput:
    if is_local:
        return InvalidInput(
            "The database is not empty ({count} nodes); nothing was changed.",
            mend="Restore into an empty one: another GRAPHCRM_DATA, or graphcrm db reset.",
            count=count,
        )
    return InvalidInput(
        "The database on the server is not empty ({count} nodes); nothing was changed.",
        mend="Restore into an empty one: another NEO4J_DATABASE of the server, or another server by NEO4J_URI.",
        count=count,
    )


def _begin(db: Database, file: BackupFile) -> None:
    try:
        snapshot.begin_restore(db, file.hash)
    except WriteConflict as error:
        raise InvalidInput(
            "Another restore into this database has just begun; nothing was changed.", mend="Wait for it."
        ) from error


def _write(db: Database, file: BackupFile, tell: Callable[[int], None]) -> dict[int, str]:
    """Number of a node in the file -> Neo4j's own id."""
    done = 0
    elements: dict[int, str] = {}
    for kind, write in (("nodes", snapshot.write_nodes), ("ties", snapshot.write_ties)):
        for batch in _batches(file.rows(kind)):
            if write(db, batch, elements) != len(batch):
                raise _not_equal()
            done += len(batch)
            tell(done)
    return elements


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Batches that Neo4j's memory for one transaction can hold."""
    batch: list[dict[str, Any]] = []
    weight = 0
    for row in rows:
        batch.append(row)
        weight += sum(1 + _weight(value) for value in row["properties"].values())
        if len(batch) == BATCH_ROWS or weight > BATCH_VALUES:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _weight(value: Any) -> int:
    return len(value) // 50 if isinstance(value, str | list) else 0


def _compare(db: Database, manifest: Manifest, elements: dict[int, str], tell: Callable[[int], None]) -> None:
    """Reads all back and holds it against the manifest."""
    found = Counting(tell)
    snapshot.read_all(db, found, {element: number for number, element in elements.items()})
    if content(found.parts()) != content(manifest.parts):
        raise _not_equal()


def _not_equal() -> DatabaseError:
    return DatabaseError(
        "What the database holds after the restore is not what the backup holds: somebody else was writing.",
        mend="Close every graphcrm on this database, then say graphcrm restore --again.",
    )


def _report(path: Path, manifest: Manifest) -> BackupReport:
    counts = {kind: part.count for kind, part in manifest.parts.items()}
    return BackupReport(path, counts["nodes"], counts["ties"], manifest.one_moment, manifest.made_at)
