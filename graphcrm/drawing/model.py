"""What is on a map, in words the drawing understands and the domain does not know.

All texts are ready to be shown (translated, plain text: they are never read as HTML); all colours are tokens of
:mod:`graphcrm.drawing.palette`. Lengths are pixels at zoom 1; y grows downwards; a node's place is its centre.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from graphcrm.drawing.shapes import Shape

NodeKind = Literal["person", "outsider", "organization", "relative", "thing"]
Route = Literal["bracket", "side", "curve", "straight"]
Look = Literal["full", "far"]


@dataclass(frozen=True, slots=True)
class Chip:
    """A word on a card, with its colour as ``#rrggbb``."""

    text: str
    color: str


@dataclass(frozen=True, slots=True)
class MapNode:
    """A card, an organisation or any other thing on the map; a thing has the colour of its first role.

    Attributes:
        roles: the most telling first; those that do not fit are counted ("+2").
        stance: always a colour **and** a word; None for what has no stance (an organisation).
        coverage: 0 (nobody of ours) to 3 (in depth); None is not known.
        gaps: how many things we do not know about the person, shown as a badge.
        rank: place among the key figures, shown as a ring; None for the others.
        open_seat: nobody is known by name here: a vacant seat, or a function only. Drawn with a broken outline.
        size: relative size by influence, 1.0 for nobody in particular, up to about 1.25.
        differs: in the deal that is shown the person stands otherwise than as a rule; shown as a badge.
        tooltip: lines of plain text.
    """

    id: str
    name: str
    title: str = ""
    kind: NodeKind = "person"
    roles: tuple[Chip, ...] = ()
    stance: Chip | None = None
    coverage: int | None = None
    gaps: int = 0
    rank: int | None = None
    differs: bool = False
    open_seat: bool = False
    size: float = 1.0
    tooltip: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MapEdge:
    """A tie between two nodes of the map.

    Attributes:
        id: the tie's own id in the graph, stable over reruns.
        kind: the relationship type, which filters and legend go by.
        route: bracket and side run at right angles under the boss (``source`` is the boss); curve and straight from
            border to border.
        lane: for a bracket that goes round a row: x of its vertical lane, relative to the boss.
        bend: how far a curve leaves the straight line, as a share of its length; parallel ties differ in it.
        label: shown while the tie or one of its ends is selected.
    """

    id: str
    source: str
    target: str
    kind: str
    color: str = "muted"
    width: float = 1.5
    dashed: bool = False
    route: Route = "curve"
    arrow: bool = False
    lane: float | None = None
    bend: float = 0.16
    label: str = ""
    tooltip: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class MapData:
    """Everything one map shows.

    Attributes:
        places: where the nodes are; each node has one.
        layout: names the arrangement; when it changes the map is fitted into the window anew, else nothing moves.
        backdrop: shapes beneath everything, in map coordinates (axes of the quadrant).
        legend: shapes of the legend, and its size; see :mod:`graphcrm.drawing.legend`.
        note: a sentence over the map ("200 of 1,340 shown").
        labels: words of the map's own buttons: fit, zoom_in, zoom_out, map, empty, help.
    """

    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    places: dict[str, Point]
    layout: str = ""
    backdrop: tuple[Shape, ...] = ()
    legend: tuple[Shape, ...] = ()
    legend_size: tuple[float, float] = (0.0, 0.0)
    note: str = ""
    labels: dict[str, str] = field(default_factory=dict)
