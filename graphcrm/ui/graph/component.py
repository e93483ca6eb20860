"""The map in a page: pyvis' vis-network, mounted by Streamlit's Components v2.

Use: ``load_map_library()`` once in a page's run, then ``show_map(...)`` wherever a map belongs. The library is one
constant message that the browser keeps; a map sends its data only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from graphcrm.drawing.model import MapData, Point
from graphcrm.ui.graph.payload import map_payload

HEIGHT = 660

_STUB = """
export default function (mount) {
  if (window.graphcrmMap) return window.graphcrmMap(mount);
  let tidy = () => {};
  const start = () => { tidy = window.graphcrmMap(mount); };
  window.addEventListener("graphcrm-map", start, { once: true });
  return () => { window.removeEventListener("graphcrm-map", start); tidy(); };
}
"""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen on a map: ids of nodes and of ties. It may name what has been deleted since."""

    nodes: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """What the page asks of a map, once per ``number``: choose nodes, show one, save a picture, fit all."""

    number: int = 0
    select: tuple[str, ...] | None = None
    focus: str | None = None
    picture: str | None = None
    fit: bool = False


@cache
def vis_source() -> str:
    """The vis-network library that pyvis ships."""
    return (files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js").read_text("utf-8")


@cache
def own_source(name: str) -> str:
    """One of the scripts or style sheets beside this module."""
    return (files("graphcrm.ui.graph") / name).read_text("utf-8")


@cache
def _components() -> tuple[Any, Any]:
    """The loader and the map, registered once per process."""
    library = "\n".join((vis_source(), own_source("paint.js"), own_source("map.js"), "export default () => {};"))
    loader = component("graphcrm-map-library", js=library, isolate_styles=False)
    return loader, component("graphcrm-map", js=_STUB, css=own_source("map.css"))


def load_map_library() -> None:
    """Bring the map's scripts into the page. Once per run, before the first map: a second call sends them twice."""
    _components()[0](key="graphcrm-map-library", height=1)


@dataclass(frozen=True, slots=True)
class Heard:
    """Callbacks of a map.

    Attributes:
        expanded: a node was double-clicked; :func:`expanded_node` says which.
        moved: nodes were dragged; :func:`moved_places` says where to.
        dropped: a node was let go over another; :func:`dropped_nodes` says which. Without this callback such a node is
            moved like any other.
    """

    expanded: Callable[[], None] | None = None
    moved: Callable[[], None] | None = None
    dropped: Callable[[], None] | None = None


NOTHING_HEARD = Heard()


def show_map(
    data: MapData,
    *,
    key: str,
    height: int = HEIGHT,
    command: Command | None = None,
    heard: Heard = NOTHING_HEARD,
) -> Selection:
    """Draw the map and tell what is chosen on it.

    Args:
        key: names the map in the session; without ``__``. Another key is another map with nothing kept.
        height: of the map, in pixels.
        heard: what is called when the user has done something.
    """
    payload = map_payload(data) | {"height": height, "key": key, "droppable": heard.dropped is not None}
    if command is not None:
        payload["command"] = {
            "number": command.number,
            "select": None if command.select is None else list(command.select),
            "focus": command.focus,
            "picture": command.picture,
            "fit": command.fit,
        }
    nothing = _nothing
    _components()[1](
        key=key,
        data=payload,
        height=height,
        on_selection_change=nothing,
        on_expanded_change=heard.expanded or nothing,
        on_moved_change=heard.moved or nothing,
        on_dropped_change=heard.dropped or nothing,
    )
    return current_selection(key)


def current_selection(key: str) -> Selection:
    """What is chosen on the map of this key, also before it is drawn in this run."""
    chosen = _value(key, "selection")
    if not isinstance(chosen, dict):
        return Selection()
    return Selection(tuple(map(str, chosen.get("nodes", ()))), tuple(map(str, chosen.get("edges", ()))))


def expanded_node(key: str) -> str | None:
    """The node that was double-clicked; for use in the callback."""
    node = _value(key, "expanded")
    return None if node is None else str(node)


def moved_places(key: str) -> tuple[str, dict[str, Point]]:
    """The layout in which nodes were dragged, and where they are now; for use in the callback."""
    moved = _value(key, "moved")
    if not isinstance(moved, dict):
        return "", {}
    places = {str(node): Point(float(at["x"]), float(at["y"])) for node, at in moved.get("places", {}).items()}
    return str(moved.get("layout", "")), places


def dropped_nodes(key: str) -> tuple[str, str] | None:
    """(the node that was dragged, the one that it was let go over); for use in the callback."""
    dropped = _value(key, "dropped")
    return (str(dropped["node"]), str(dropped["on"])) if isinstance(dropped, dict) else None


def _value(key: str, name: str) -> Any:
    state = st.session_state.get(key)
    return None if state is None else dict(state).get(name)


def _nothing() -> None:
    """Streamlit wants a callback for every key that comes from the browser."""
