"""Gifts are moved by their register alone (C3.5): neither a file nor a form changes what it has to hold.

A file may bring gifts that are not there yet: what was given before graphcrm came. They show in the register as
brought in, without steps. The same holds of invitations to what is of value (C3.6).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graphcrm.ingest.problems import Problem, shown
from graphcrm.ingest.rows import ParsedTable, Row
from graphcrm.ingest.snapshot import Snapshot
from graphcrm.vocabulary import NodeKind
from graphcrm.vocabulary.goodwill import goodwill_catalogue

VALUES = ("kind", "status", "date", "cost", "currency", "reaction")
REFERENCES = ("person_id", "occasion_id", "offering_id", "employee_id", "approver_id")


def gift_differences(row: Row, snapshot: Snapshot) -> Iterator[str]:
    """Columns in which a row would change a stored gift, or make a gift of something else, past the register."""
    stored = snapshot.nodes[row.id].properties
    if "gift" not in (stored.get("kind"), row.values.get("kind")):
        return
    assert isinstance(row.kind, NodeKind), row.place
    yield from (name for name in VALUES if name in row.values and row.values[name] != stored.get(name))
    for name in REFERENCES:
        if name in row.references:
            tie = row.kind.references[name].tie
            now = {one.end for one in snapshot.ties.values() if one.start == row.id and one.type == tie}
            if now != set(row.references[name]):
                yield name


def is_hospitality(start: str, end: str, nodes: Mapping[str, Any]) -> bool:
    """Whether an invitation is one of theirs to what is of value to its guests, or may be.

    Args:
        start, end: ids of person and event. nodes: id -> what has ``labels`` and ``properties``.
    """
    person, event = nodes.get(start), nodes.get(end)
    if event is None or (person is not None and "Employee" in person.labels):
        return False
    return event.properties.get("kind") in ("celebration", "joint") or bool(event.properties.get("cost_per_guest"))


def invitation_counts(values: Mapping[str, Any]) -> bool:
    """Whether an invitation is out, or they came: limits count it."""
    return bool(values.get("attended")) or (values.get("rsvp") or "invited") in ("invited", "accepted")


def invitation_differences(row: Row, snapshot: Snapshot) -> Iterator[str]:
    """Columns in which a row would send, or take back, a stored invitation to what is of value, past the register."""
    stored = snapshot.ties[row.id]
    if not is_hospitality(stored.start, stored.end, snapshot.nodes):
        return
    now, then = stored.properties, {**stored.properties, **row.values}
    if now.get("approval") != then.get("approval"):
        yield "approval"
    if invitation_counts(now) != invitation_counts(then):
        yield from (name for name in ("rsvp", "attended") if now.get(name) != then.get(name))


def gifts_by_hand(tables: Iterable[ParsedTable], snapshot: Snapshot) -> Iterator[Problem]:
    """New gifts and sent invitations in a form, and congratulations whose cost makes them a gift."""
    token = goodwill_catalogue().figures["token"]
    for row in (row for table in tables for row in table.rows):
        if not isinstance(row.kind, NodeKind):
            new = row.kind.type == "INVITED_TO" and row.id not in snapshot.ties
            if new and invitation_counts(row.values) and is_hospitality(row.start, row.end, snapshot.nodes):
                yield Problem("invitation_by_hand", row.file, row.line, "rsvp", str(row.values.get("rsvp", "")))
            continue
        if row.kind.label != "GoodwillAction":
            continue
        kind, cost = row.values.get("kind"), row.values.get("cost")
        if kind == "gift" and row.id not in snapshot.nodes:
            yield Problem("gift_by_hand", row.file, row.line, "kind", kind)
        stored = snapshot.nodes.get(row.id)
        kind = kind or (stored.properties.get("kind") if stored else None)
        if kind in ("congratulation", "condolence") and (cost or 0) > token:
            yield Problem("gift_by_cost", row.file, row.line, "cost", shown(cost))
