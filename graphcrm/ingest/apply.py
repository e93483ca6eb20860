"""Writes a plan into the graph, in batches that may each be sent again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby, islice
from operator import attrgetter
from time import sleep
from typing import Any, TypeVar
from uuid import uuid4

from graphcrm.database.connection import Database, Transaction
from graphcrm.errors import OutcomeUnknown, WriteConflict
from graphcrm.ingest.labels import DUE_LABEL, LABELLED_ENDS, gained_labels
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
    made = _write_nodes(db, plan.nodes, applied, progress)
    _write_ties(_Ties(db, now, today, made, plan.tie_batch), plan.ties, applied, progress)
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
    batches = done = 0
    if queries.labels_due(db):  # one count in place of two writes that find nobody
        while _persistently(lambda: queries.mark_staff_of_changed_organizations(db, most=BATCH)):
            batches += 1
        while count := _persistently(lambda: queries.bring_labels_in_step(db, today=today, most=BATCH)):
            batches += 1
            done += count
            progress(done, done, "labels")
    if not done:
        progress(0, 0, "labels")
    return batches


def _write_nodes(db: Writer, writes: list[NodeWrite], applied: Applied, progress: Progress) -> set[str]:
    """The ids of the nodes that were made here, and by nobody else meanwhile."""
    made: set[str] = set()
    done = 0
    for batch in _batches(writes):
        rows = [_node_row(write) for write in batch]
        if created := _create_nodes(db, rows) if all(write.is_new for write in batch) else 0:
            made |= {write.id for write in batch}
        written = created or _persistently(lambda rows=rows: queries.write_nodes(db, rows=rows))
        applied.commits += bool(written)
        for write in batch:
            applied.counts["nodes_created" if write.is_new else "nodes_updated"] += 1
        applied.last_good_row = batch[-1].place
        done += len(batch)
        progress(done, len(writes), "nodes")
    return made


def _create_nodes(db: Writer, rows: list[dict[str, Any]]) -> int:
    """How many were made; 0 where that was refused or is not known, so that each must be looked for."""
    if isinstance(db, Database):  # in a transaction of many writes a refusal would be its end
        with suppress(OutcomeUnknown, WriteConflict):
            return queries.create_nodes(db, rows=rows)
    return 0


def _node_row(write: NodeWrite) -> dict[str, Any]:
    labels = write.labels
    if not write.is_new and write.label == "Organization" and (labels or write.drop):
        labels = (*labels, DUE_LABEL)
    return {"id": write.id, "labels": labels, "drop": write.drop, "properties": write.properties}


def _write_ties(ties: _Ties, writes: list[TieWrite], applied: Applied, progress: Progress) -> None:
    """Ties that go first: a moved tie is taken away before it is made anew."""
    done = 0
    for action, write_batch in (("delete", ties.delete), ("create", ties.create), ("update", ties.update)):
        chosen = sorted((write for write in writes if write.action == action), key=_type_of)
        for batch in _batches(chosen):
            applied.commits += bool(write_batch(batch))
            applied.counts[f"ties_{action}d"] += len(batch)
            applied.last_good_row = batch[-1].place
            done += len(batch)
            progress(done, len(writes), "ties")


_type_of = attrgetter("type")


@dataclass(slots=True)
class _Ties:
    """Writes batches of ties, sorted by type, each in one transaction. Each tells how many were not as they should be.

    Attributes:
        made: nodes that were made by this import. What new ties bring them in labels is known; others wait for theirs.
        after: the last batch of ties that the plan knows; if another came, each tie is looked for.
    """

    db: Writer
    now: datetime
    today: date
    made: set[str]
    after: str | None

    def create(self, batch: list[TieWrite]) -> int:
        """Ties that are not there, and the labels that they bring."""
        name = uuid4().hex

        def work(transaction: Transaction) -> int:
            alone = queries.pass_gate(transaction, after=self.after, batch=name)
            create, written = queries.create_ties if alone else queries.create_missing_ties, 0
            for tie_type, some in _by_type(batch):
                moment = self.now if "recorded_at" in VOCABULARY.ties[tie_type].properties else None
                written += create(transaction, type=tie_type, recorded_at=moment, rows=_tie_rows(some))
                self._label(transaction, tie_type, some)
            return written

        written = self._as_one(work)
        self.after = name
        return written

    def update(self, batch: list[TieWrite]) -> int:
        """Other properties."""
        return self._change(queries.update_ties, batch)

    def delete(self, batch: list[TieWrite]) -> int:
        """Ties that go."""
        return self._change(queries.delete_ties, batch)

    def _change(self, query: Callable[..., int], batch: list[TieWrite]) -> int:
        def work(transaction: Transaction) -> int:
            return sum(
                query(transaction, marks=LABELLED_ENDS.get(tie_type, 0), rows=_tie_rows(some))
                for tie_type, some in _by_type(batch)
            )

        return self._as_one(work)

    def _as_one(self, work: Callable[[Transaction], int]) -> int:
        if isinstance(self.db, Transaction):
            return work(self.db)
        return _persistently(lambda: self.db.together(work, timeout=queries.WRITE_SECONDS))

    def _label(self, transaction: Transaction, tie_type: str, batch: list[TieWrite]) -> None:
        if not (marks := LABELLED_ENDS.get(tie_type, 0)):
            return
        known = [write for write in batch if marks == 1 and write.start in self.made]
        firms = sorted({write.end for write in known}) if tie_type == "WORKS_AT" else []
        held = queries.labels_under_lock(transaction, ids=firms)[0] if firms else ()
        kinds = {one: frozenset(labels) for one, labels in held}
        ids: dict[str, set[str]] = defaultdict(set)
        for write in known:
            end = kinds.get(write.end, frozenset())
            for label in gained_labels(tie_type, write.properties, end, self.today):
                ids[label].add(write.start)
        if len(known) < len(batch):
            ends = {one for write in batch for one in (write.start, write.end)[:marks]}
            ids[DUE_LABEL] = ends - self.made if marks == 1 else ends
        if ids:
            queries.label_nodes(
                transaction, rows=[{"label": label, "ids": sorted(some)} for label, some in sorted(ids.items())]
            )


def _by_type(batch: list[TieWrite]) -> Iterator[tuple[str, list[TieWrite]]]:
    return ((tie_type, list(some)) for tie_type, some in groupby(batch, _type_of))


def _tie_rows(batch: list[TieWrite]) -> list[dict[str, Any]]:
    return [_tie_row(write) for write in batch]


def _tie_row(write: TieWrite) -> dict[str, Any]:
    properties = write.properties
    if write.action == "create" and None in properties.values():
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
