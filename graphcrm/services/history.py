"""What was changed, by whom; take it back, make it again."""

from __future__ import annotations

from datetime import date

from graphcrm.database.connection import Database, Transaction
from graphcrm.domain.changes import ChangeSet, Step, next_steps
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import InvalidInput, NotFound
from graphcrm.queries import changes as queries
from graphcrm.services._change_words import ChangeLine, ChangeView, change_view, may_read
from graphcrm.services._saving import Prepared, Saved, require_unchanged, save

__all__ = ["ChangeLine", "ChangeView", "next_ids", "recent", "redo", "undo"]


def recent(db: Database, viewer: Viewer, *, most: int = 100) -> list[ChangeView]:
    """The newest changes of the whole graph that the viewer may see, newest first."""
    return [
        change_view(db, viewer, record) for record in queries.recent_changes(db, most=most) if may_read(viewer, record)
    ]


def next_ids(db: Database, viewer: Viewer) -> tuple[str | None, str | None]:
    """The ids of what undo would take back and redo make again for this viewer."""
    return _next(db, viewer)


def undo(db: Database, viewer: Viewer, *, key: str, change_id: str | None = None, today: date | None = None) -> Saved:
    """Take back a change: the viewer's own newest if none is named. The taking back is a change itself.

    Raises:
        InvalidInput: there is nothing to take back, or the change came with a file. EditConflict: it was changed since.
    """

    def prepare(tx: Transaction) -> Prepared:
        wanted = change_id or _next(tx, viewer)[0]
        if wanted is None:
            raise InvalidInput("There is no change of yours to take back.")
        changes = _operations(tx, viewer, wanted).reversed()
        require_unchanged(tx, changes)
        return Prepared(changes, "undo", wanted)

    return save(db, viewer, key, prepare, today=today)


def redo(db: Database, viewer: Viewer, *, key: str, today: date | None = None) -> Saved:
    """Make the change again that the viewer took back last. Raises as :func:`undo`."""

    def prepare(tx: Transaction) -> Prepared:
        wanted = _next(tx, viewer)[1]
        if wanted is None:
            raise InvalidInput("There is no change of yours to make again.")
        changes = _operations(tx, viewer, wanted)
        require_unchanged(tx, changes)
        return Prepared(changes, "redo", wanted)

    return save(db, viewer, key, prepare, today=today)


def _next(db: Database | Transaction, viewer: Viewer) -> tuple[str | None, str | None]:
    rows = queries.steps_of(db, by_id=viewer.id)  # type: ignore[arg-type]
    return next_steps(Step(row.id, row.action, row.undoes) for row in reversed(rows))  # type: ignore[arg-type]


def _operations(db: Database | Transaction, viewer: Viewer, change_id: str) -> ChangeSet:
    record = queries.change_record(db, change_id=change_id)  # type: ignore[arg-type]
    if record is None or not viewer.sees(record.sensitivity):
        raise NotFound("There is no such change.")
    if record.operations is None or record.action not in ("do", None):
        raise InvalidInput("This change cannot be taken back.", mend="Take back the change itself, not its undoing.")
    return ChangeSet.from_json(record.operations)
