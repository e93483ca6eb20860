"""Ties that new ones take the place of: who has another boss by a list of contacts has the former one no longer.

A tie that the graph holds already changes nothing: an old list does not undo what was corrected since.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from graphcrm.ingest.plan import Counts, Plan, TieWrite
from graphcrm.ingest.rows import ParsedTable
from graphcrm.ingest.snapshot import Snapshot, TieState

SOLID = "solid"


def end_former_lines(plan: Plan, tables: Iterable[ParsedTable], snapshot: Snapshot, today: date) -> None:
    """End what new lines take the place of: open solid lines from the same people to others, on ``today``."""
    placed = {row.id for table in tables if table.raw.replaces for row in table.rows}
    new = {write.start: at for at, write in enumerate(plan.ties) if write.action == "create" and write.id in placed}
    if not new:
        return
    for tie in snapshot.ties.values():
        at = new.get(tie.start)
        if at is None or tie.type != plan.ties[at].type or tie.id in placed or not _holds(tie, today):
            continue
        begun = plan.ties[at]
        plan.ties[at] = begun._replace(properties={"valid_from": today, **begun.properties})
        plan.ties.append(TieWrite(tie.id, tie.type, tie.start, tie.end, {"valid_to": today}, "update", begun.place))
        plan.counts.setdefault("reports_to", Counts()).update += 1


def _holds(tie: TieState, today: date) -> bool:
    until = tie.properties.get("valid_to")
    return tie.properties.get("line", SOLID) == SOLID and (until is None or until > today)
