"""Between the importer's plan of writes and the change set that is recorded with an edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from graphcrm.domain.changes import BOOK_KEEPING, ChangeSet, NodeChange, TieChange
from graphcrm.ingest.plan import NodeWrite, Plan, TieWrite
from graphcrm.ingest.snapshot import Snapshot
from graphcrm.vocabulary import VOCABULARY


def changes_of(plan: Plan, snapshot: Snapshot, *, now: datetime) -> ChangeSet:
    """What a plan changes, with what was there before. ``now``: when new ties were recorded."""
    return ChangeSet(
        tuple(_node_change(write, snapshot) for write in plan.nodes),
        tuple(_tie_change(write, snapshot, now) for write in plan.ties),
    )


def _node_change(write: NodeWrite, snapshot: Snapshot) -> NodeChange:
    if write.is_new:
        return NodeChange(write.id, write.label, "create", {}, _set(write.properties), tuple(write.labels))
    stored = snapshot.nodes[write.id].properties
    before = {name: stored.get(name) for name in write.properties}
    return NodeChange(
        write.id, write.label, "update", before, dict(write.properties), tuple(write.labels), tuple(write.drop)
    )


def _tie_change(write: TieWrite, snapshot: Snapshot, now: datetime) -> TieChange:
    ends = (write.id, write.type, write.start, write.end)
    stored = snapshot.ties[write.id].properties if write.id in snapshot.ties else {}
    if write.action == "delete":
        return TieChange(*ends, "delete", _own(stored), {})
    if write.action == "update":
        return TieChange(*ends, "update", {name: stored.get(name) for name in write.properties}, write.properties)
    properties = _set(write.properties)
    if "recorded_at" in VOCABULARY.ties[write.type].properties:
        properties.setdefault("recorded_at", now)
    return TieChange(*ends, "create", {}, properties)


def _set(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in _own(values).items() if value is not None and value != []}


def _own(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in BOOK_KEEPING}


def plan_of(changes: ChangeSet) -> Plan:
    """The writes that make a change set true. Nodes that go are not in it: they go last, after their ties."""
    plan = Plan()
    for node in changes.nodes:
        if node.action != "delete":
            write = NodeWrite(
                node.id, node.label, node.added, node.removed, node.after, node.action == "create", node.id
            )
            plan.nodes.append(write)
    for tie in changes.ties:
        properties = {} if tie.action == "delete" else tie.after
        plan.ties.append(TieWrite(tie.id, tie.type, tie.start, tie.end, properties, tie.action, tie.id))
    return plan


def with_properties(change: NodeChange, properties: Mapping[str, Any]) -> NodeChange:
    """A node that goes, with all that it held, so that it can come back."""
    return replace(change, before=_own(properties))
