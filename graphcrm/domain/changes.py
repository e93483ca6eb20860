"""A change of the graph as a value: what was, what is, and its reverse. Undo and redo rest on it.

A :class:`ChangeSet` holds only what differs. It is kept as JSON on the ``Change`` node of its transaction, so that it
can be shown, taken back and made again later, by anybody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Action = Literal["create", "update", "delete"]
_REVERSE: Mapping[Action, Action] = {"create": "delete", "update": "update", "delete": "create"}
BOOK_KEEPING = frozenset({"id", "version"})
"""Properties that graphcrm sets itself and no change set holds."""


@dataclass(frozen=True, slots=True)
class NodeChange:
    """A node that came, changed or went.

    Attributes:
        label: its primary label.
        before, after: the properties that differ; None where there was none. One of the two is empty for a node that
            came or went.
        added, removed: labels; all of them for a node that came or went.
    """

    id: str
    label: str
    action: Action
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def reversed(self) -> NodeChange:
        """What takes it back."""
        return NodeChange(self.id, self.label, _REVERSE[self.action], self.after, self.before, self.removed, self.added)


@dataclass(frozen=True, slots=True)
class TieChange:
    """A tie that came, changed or went; ``before`` and ``after`` as of a node."""

    id: str
    type: str
    start: str
    end: str
    action: Action
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)

    def reversed(self) -> TieChange:
        """What takes it back."""
        return TieChange(self.id, self.type, self.start, self.end, _REVERSE[self.action], self.after, self.before)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """All that one transaction changes."""

    nodes: tuple[NodeChange, ...] = ()
    ties: tuple[TieChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.nodes or self.ties)

    def reversed(self) -> ChangeSet:
        """What takes all of it back."""
        return ChangeSet(
            tuple(change.reversed() for change in reversed(self.nodes)),
            tuple(change.reversed() for change in reversed(self.ties)),
        )

    @property
    def entity_ids(self) -> tuple[str, ...]:
        """Ids of the nodes that it concerns: changed themselves, or at an end of a changed tie."""
        named = [change.id for change in self.nodes]
        named += [one for tie in self.ties for one in (tie.start, tie.end)]
        return tuple(dict.fromkeys(named))

    def to_json(self) -> str:
        """As text; dates keep their type."""
        nodes = [[c.id, c.label, c.action, _out(c.before), _out(c.after), c.added, c.removed] for c in self.nodes]
        ties = [[c.id, c.type, c.start, c.end, c.action, _out(c.before), _out(c.after)] for c in self.ties]
        return json.dumps({"nodes": nodes, "ties": ties}, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> ChangeSet:
        """The reverse of :meth:`to_json`. Raises ValueError or KeyError when the text is something else."""
        kept = json.loads(text)
        return cls(
            tuple(
                NodeChange(node, label, action, _in(before), _in(after), tuple(added), tuple(removed))
                for node, label, action, before, after, added, removed in kept["nodes"]
            ),
            tuple(
                TieChange(tie, kind, start, end, action, _in(before), _in(after))
                for tie, kind, start, end, action, before, after in kept["ties"]
            ),
        )


def _out(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _packed(value) for name, value in values.items()}


def _packed(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return [_packed(one) for one in value] if isinstance(value, list | tuple) else value


def _in(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _unpacked(value) for name, value in values.items()}


def _unpacked(value: Any) -> Any:
    if isinstance(value, dict):
        (kind, text), *_ = value.items()
        return datetime.fromisoformat(text) if kind == "datetime" else date.fromisoformat(text)
    return [_unpacked(one) for one in value] if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that is not what it was taken to be.

    Attributes:
        entity_id: of the node, or of the tie's start. kind: the node's label or the tie's type.
        column: the property. expected, found: its values then and now; None for none.
    """

    entity_id: str
    kind: str
    column: str
    expected: Any
    found: Any


@dataclass(frozen=True, slots=True)
class Step:
    """One recorded change, as undo and redo see it. ``undoes``: the change that it took back or made again."""

    id: str
    action: Literal["do", "undo", "redo"]
    undoes: str | None = None


def next_steps(steps: Iterable[Step]) -> tuple[str | None, str | None]:
    """(id of the change that undo would take back, id of the one that redo would make again), of steps oldest first.

    As editors do: a new change forgets what could have been made again.

    >>> next_steps([Step("a", "do"), Step("b", "do"), Step("c", "undo", "b")])
    ('a', 'b')
    """
    done: list[str] = []
    undone: list[str] = []
    for step in steps:
        if step.action == "do":
            done.append(step.id)
            undone.clear()
        elif step.action == "undo":
            _move(step.undoes, done, undone)
        else:
            _move(step.undoes, undone, done)
    return (done[-1] if done else None), (undone[-1] if undone else None)


def _move(what: str | None, source: list[str], target: list[str]) -> None:
    if what in source:
        source.remove(what)
    if what is not None:
        target.append(what)


def unlike(expected: Mapping[str, Any], found: Mapping[str, Any]) -> Sequence[str]:
    """The names of ``expected`` whose value in ``found`` is another. An empty list is stored as nothing."""
    return [name for name, value in expected.items() if _bare(found.get(name)) != _bare(value)]


def _bare(value: Any) -> Any:
    return None if value in ([], ()) else list(value) if isinstance(value, tuple) else value
