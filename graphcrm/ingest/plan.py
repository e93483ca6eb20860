"""What an import would change: pure, from the checked rows and what the graph holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from graphcrm.ingest.labels import BASE_LABEL, labels_by_property
from graphcrm.ingest.rows import Row, derived_tie_id
from graphcrm.ingest.snapshot import NodeState, Snapshot, TieState
from graphcrm.vocabulary import VOCABULARY, NodeKind, TieKind


class NodeWrite(NamedTuple):
    """A node to make or to change: only what differs. A property of None is taken away."""

    id: str
    label: str
    labels: tuple[str, ...]
    drop: tuple[str, ...]
    properties: Mapping[str, Any]
    is_new: bool
    place: str


class TieWrite(NamedTuple):
    """A tie to make, to change or (``gone``) to take away."""

    id: str
    type: str
    start: str
    end: str
    properties: Mapping[str, Any]
    action: str  # "create", "update" or "delete"
    place: str


@dataclass(slots=True)
class Counts:
    """How many rows of one file make something new, change something, change nothing, are refused."""

    create: int = 0
    update: int = 0
    unchanged: int = 0
    refused: int = 0


@dataclass(slots=True)
class Plan:
    """All writes, and the counts by the stem of the file (``people``).

    ``tie_batch``: the last batch of ties, by whomever, when the graph was read; None when that is not known.
    """

    nodes: list[NodeWrite] = field(default_factory=list)
    ties: list[TieWrite] = field(default_factory=list)
    counts: dict[str, Counts] = field(default_factory=dict)
    tie_batch: str | None = None

    @property
    def writes(self) -> int:
        """How many nodes and ties would be written."""
        return len(self.nodes) + len(self.ties)


def make_plan(rows: Iterable[Row], snapshot: Snapshot) -> Plan:
    """What must be written so that the graph holds what the rows say. Rows that it holds already cost nothing."""
    plan = Plan()
    references = _references_by_start(snapshot)
    for row in rows:
        counts = plan.counts.setdefault(row.kind.file or "", Counts())
        if isinstance(row.kind, NodeKind):
            is_new, changed = _plan_node(plan, row, snapshot.nodes.get(row.id), references)
        else:
            is_new, changed = _plan_tie(plan, row, snapshot.ties.get(row.id))
        counts.create += is_new
        counts.update += changed and not is_new
        counts.unchanged += not changed
    return plan


def _plan_node(
    plan: Plan, row: Row, stored: NodeState | None, references: Mapping[tuple[str, str], list[TieState]]
) -> tuple[bool, bool]:
    """(it is new, something is written)."""
    assert isinstance(row.kind, NodeKind), row.place
    has, lacks = labels_by_property(row.kind, row.values)
    wanted = {row.kind.label, *has}
    labels = wanted | {BASE_LABEL} if stored is None else wanted - stored.labels
    drop = lacks & stored.labels if stored else set()
    properties = _differences(_values_of(row, stored), stored.properties if stored else {})
    before = len(plan.ties)
    if stored is None or labels or drop or properties:
        new = stored is None
        write = NodeWrite(
            row.id, row.kind.label, tuple(sorted(labels)), tuple(sorted(drop)), properties, new, row.place
        )
        plan.nodes.append(write)
    plan.ties.extend(_reference_ties(row, row.kind, references))
    changed = len(plan.ties) > before or (bool(plan.nodes) and plan.nodes[-1].id == row.id)
    return stored is None, changed


def _reference_ties(row: Row, kind: NodeKind, stored: Mapping[tuple[str, str], list[TieState]]) -> Iterator[TieWrite]:
    """Make the ties that the reference columns name, take away those that they no longer name."""
    for column, targets in row.references.items():
        tie_type = kind.references[column].tie
        old = {tie.end: tie for tie in stored.get((row.id, tie_type), ())}
        for target in targets:
            if target not in old:
                tie_id = derived_tie_id(tie_type, row.id, target, [])
                yield TieWrite(tie_id, tie_type, row.id, target, {}, "create", row.place)
        for target, tie in old.items():
            if target not in targets:
                yield TieWrite(tie.id, tie_type, row.id, target, {}, "delete", row.place)


def _references_by_start(snapshot: Snapshot) -> dict[tuple[str, str], list[TieState]]:
    found: dict[tuple[str, str], list[TieState]] = {}
    for tie in snapshot.ties.values():
        found.setdefault((tie.start, tie.type), []).append(tie)
    return found


def _plan_tie(plan: Plan, row: Row, stored: TieState | None) -> tuple[bool, bool]:
    """(it is new, something is written). A tie whose ends changed is taken away and made anew."""
    assert isinstance(row.kind, TieKind), row.place
    tie = (row.id, row.kind.type, row.start, row.end)
    if stored is not None and (stored.start, stored.end) != (row.start, row.end):
        plan.ties.append(TieWrite(row.id, stored.type, stored.start, stored.end, {}, "delete", row.place))
        kept = {name: value for name, value in stored.properties.items() if name not in ("id", "version")}
        properties = {name: value for name, value in {**kept, **row.values}.items() if value is not None}
        plan.ties.append(TieWrite(*tie, properties, "create", row.place))
        return False, True
    properties = _differences(_values_of(row, stored), stored.properties if stored else {})
    if stored is None or properties:
        plan.ties.append(TieWrite(*tie, properties, "update" if stored else "create", row.place))
    return stored is None, stored is None or bool(properties)


def _values_of(row: Row, stored: NodeState | TieState | None) -> dict[str, Any]:
    """What the row says; of something new also the defaults of the columns that the file lacks."""
    if stored is not None:
        return row.values
    return defaults_of(row.kind) | row.values


def defaults_of(kind: NodeKind | TieKind) -> dict[str, Any]:
    """Property -> value of what is new and has none."""
    return _defaults(kind.label if isinstance(kind, NodeKind) else kind.type)


@cache
def _defaults(kind: str) -> dict[str, Any]:
    """By the label or type."""
    properties = (VOCABULARY.nodes.get(kind) or VOCABULARY.ties[kind]).properties
    return {name: prop.default for name, prop in properties.items() if prop.default is not None}


def _differences(values: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """What must be set (None: taken away). An empty list is stored as nothing."""
    if not stored:
        return {name: value for name, value in values.items() if value is not None and value != []}
    unlike = {name: value for name, value in values.items() if value == [] or stored.get(name) != value}
    wanted = {name: None if value == [] else value for name, value in unlike.items()}
    return {name: value for name, value in wanted.items() if stored.get(name) != value}
