"""What the graph already holds of the things that the files name. Read once, then the plan is pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class NodeState(NamedTuple):
    """A node as it is stored. ``served_us``: the person works or worked at our own firm."""

    id: str
    labels: frozenset[str]
    properties: Mapping[str, Any]
    served_us: bool = False


class TieState(NamedTuple):
    """A tie as it is stored."""

    id: str
    type: str
    start: str
    end: str
    properties: Mapping[str, Any]


@dataclass(slots=True)
class Snapshot:
    """The part of the graph that an import touches.

    Attributes:
        nodes: by id, those that the files name.
        ties: by id, those that leave these nodes and have a type that the files write.
        near_ids: ids in the graph that look like ids the files name and nobody has.
    """

    nodes: dict[str, NodeState] = field(default_factory=dict)
    ties: dict[str, TieState] = field(default_factory=dict)
    near_ids: set[str] = field(default_factory=set)


EMPTY = Snapshot()
"""An empty graph."""
