"""Writes a plan into the graph, in batches that may each be sent again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from time import sleep
from typing import Any, TypeVar
from uuid import uuid4

from graphcrm.database.connection import Database, Transaction
from graphcrm.errors import OutcomeUnknown, WriteConflict
from graphcrm.ingest.labels import LABELLED_ENDS
from graphcrm.ingest.plan import NodeWrite, Plan, TieWrite
from graphcrm.ingest.report import Progress, no_progress
from graphcrm.queries import ingest as queries
from graphcrm.vocabulary import VOCABULARY

BATCH = 5_000
"""Rows in one transaction: the fastest of those measured, and well within the memory limit of a transaction."""
_TRIES = 4
TOGETHER_SECONDS = 600.0
"""The longest that one transaction may hold all of an import."""
Writer = Database | Transaction
T = TypeVar("T")


@dataclass(slots=True)
class Applied:
    """What was written, as the database counted it, and the place of the last row of it.

    ``commits``: how many transactions have certainly changed something.
    """

    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    last_good_row: str = ""
    commits: int = 0


def apply_writes(
    db: Writer, plan: Plan, applied: Applied, *, today: date, now: datetime, progress: Progress = no_progress
) -> None:
    """Write all of the plan: nodes, then ties, then the secondary labels of the people whose ties were written.

    A batch whose answer was lost is sent again, in a form that looks whether it is there already.

    Args:
        applied: filled in as the batches are written, so that it tells how far it came when the database gives up.
        today: the day by which secondary labels are set. now: what ``recorded_at`` becomes where the file gives none.

    Raises:
        DatabaseError: what was written up to then stays, whole batches each; the import can be run again.
    """
    _write_nodes(db, plan.nodes, applied, progress)
    _write_ties(db, plan, applied, now, progress)
    applied.commits += bring_labels_in_step(db, today=today, progress=progress)


def apply_together(
    db: Database, plan: Plan, *, today: date, now: datetime, progress: Progress = no_progress
) -> Applied:
    """All of the plan in one transaction: all of it is saved, or, whatever is raised meanwhile, nothing.

    Its size is bounded by the server's memory for one transaction; who imports more uses :func:`apply_writes`.
    """

    def work(transaction: Transaction) -> Applied:
        applied = Applied()
        apply_writes(transaction, plan, applied, today=today, now=now, progress=progress)
        applied.commits = min(applied.commits, 1)
        return applied

    return db.together(work, timeout=TOGETHER_SECONDS)


def bring_labels_in_step(db: Writer, *, today: date, progress: Progress = no_progress) -> int:
    """Set the secondary labels of everybody who waits for it; also those whom an interrupted import left waiting.

    Returns how many batches that took.
    """
    batches = 0
    while _persistently(lambda: queries.mark_staff_of_changed_organizations(db, most=BATCH)):
        batches += 1
    done = 0
    while count := _persistently(lambda: queries.bring_labels_in_step(db, today=today, most=BATCH)):
        batches += 1
        done += count
        progress(done, done, "labels")
    return batches


def _write_nodes(db: Writer, writes: list[NodeWrite], applied: Applied, progress: Progress) -> None:
    done = 0
    for batch in _batches(writes):
        applied.commits += bool(_write_node_batch(db, batch))
        for write in batch:
            applied.counts["nodes_created" if write.is_new else "nodes_updated"] += 1
        applied.last_good_row = batch[-1].place
        done += len(batch)
        progress(done, len(writes), "nodes")


def _write_node_batch(db: Writer, batch: list[NodeWrite]) -> int:
    """New nodes are just made; the form that may be sent again follows where that was refused or is not known.

    Returns how many were not as they should be.
    """
    rows = [_node_row(write) for write in batch]
    if not isinstance(db, Transaction) and all(write.is_new for write in batch):
        with suppress(OutcomeUnknown, WriteConflict):
            return queries.create_nodes(db, rows=rows)
    return _persistently(lambda: queries.write_nodes(db, rows=rows))


def _node_row(write: NodeWrite) -> dict[str, Any]:
    labels = list(write.labels)
    if not write.is_new and write.label == "Organization" and (write.labels or write.drop):
        labels.append("LabelsDue")
    return {"id": write.id, "labels": labels, "drop": list(write.drop), "properties": dict(write.properties)}


def _write_ties(db: Writer, plan: Plan, applied: Applied, now: datetime, progress: Progress) -> None:
    """Ties that go first: a moved tie is taken away before it is made anew."""
    writes, after, done = plan.ties, plan.tie_batch, 0
    for action in ("delete", "create", "update"):
        groups: dict[str, list[TieWrite]] = defaultdict(list)
        for write in writes:
            if write.action == action:
                groups[write.type].append(write)
        for tie_type, group in groups.items():
            for batch in _batches(group):
                rows = [_tie_row(write) for write in batch]
                if action == "create":
                    after, written = _create_ties(db, tie_type, rows, now, after)
                else:
                    written = _change_ties(db, action, tie_type, rows)
                applied.commits += bool(written)
                applied.counts[f"ties_{action}d"] += len(batch)
                applied.last_good_row = batch[-1].place
                done += len(batch)
                progress(done, len(writes), "ties")


def _create_ties(
    db: Writer, tie_type: str, rows: list[dict[str, Any]], now: datetime, after: str | None
) -> tuple[str, int]:
    """The name of this batch, and how many ties were made.

    Args:
        after: the last batch that the plan knows; if another came, each tie is looked for.
    """
    batch, marks = uuid4().hex, LABELLED_ENDS.get(tie_type, 0)
    moment = now if "recorded_at" in VOCABULARY.ties[tie_type].properties else None
    written = _persistently(
        lambda: queries.create_ties(
            db, type=tie_type, marks=marks, recorded_at=moment, batches=[after, batch], rows=rows
        )
    )
    return batch, written


def _change_ties(db: Writer, action: str, tie_type: str, rows: list[dict[str, Any]]) -> int:
    """How many were not as they should be."""
    query = queries.update_ties if action == "update" else queries.delete_ties
    return _persistently(lambda: query(db, marks=LABELLED_ENDS.get(tie_type, 0), rows=rows))


def _tie_row(write: TieWrite) -> dict[str, Any]:
    properties = dict(write.properties)
    if write.action == "create":
        properties = {name: value for name, value in properties.items() if value is not None}
    return {"id": write.id, "start": write.start, "end": write.end, "properties": properties}


def _persistently(write: Callable[[], T]) -> T:
    """Do a write that may be done again, until its outcome is known."""
    for tried in range(_TRIES):
        try:
            return write()
        except (OutcomeUnknown, WriteConflict):
            if tried == _TRIES - 1:
                raise
            sleep(0.1 * 2**tried)
    raise AssertionError("unreachable")


Written = TypeVar("Written", NodeWrite, TieWrite)


def _batches(writes: Iterable[Written]) -> Iterator[list[Written]]:
    remaining = iter(writes)
    while batch := list(islice(remaining, BATCH)):
        yield batch
