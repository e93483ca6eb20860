"""A page with one map and switches round it, for the browser tests of the component alone."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parent))
import people

from graphcrm.ui.graph.component import (
    Command,
    Heard,
    current_selection,
    expanded_node,
    load_map_library,
    moved_places,
    show_map,
)

st.set_page_config(page_title="Map", layout="wide")
load_map_library()


def note_expanded() -> None:
    """Remember the node that was double-clicked."""
    st.session_state["expanded"] = expanded_node("map")


def note_moved() -> None:
    """Remember where a node was dragged to."""
    layout, places = moved_places("map")
    st.session_state["moved"] = {node: (round(place.x), round(place.y)) for node, place in places.items()}
    st.session_state["moved_in"] = layout


def command(**wish: object) -> None:
    """Ask the map for something, once."""
    number = st.session_state.get("command", Command()).number + 1
    st.session_state["command"] = Command(number=number, **wish)


count = int(st.query_params.get("people", 40))
layout = st.query_params.get("layout", "chart")
columns = st.columns(6)
if columns[0].button("Rerun"):
    st.success("A banner above the map")
columns[1].button("Focus", on_click=command, kwargs={"select": ("p7",), "focus": "p7"})
columns[2].button("Picture", on_click=command, kwargs={"picture": "map.png"})
extra = columns[3].checkbox("One more")
chosen = current_selection("map")
where = st.tabs(["Other", "Map"])[1] if st.query_params.get("tab") else st.container()
with where:
    show_map(
        people.example(count + int(extra), layout),
        key="map",
        height=int(st.query_params.get("height", 640)),
        command=st.session_state.get("command"),
        heard=Heard(note_expanded, note_moved),
    )
st.text(f"nodes={','.join(chosen.nodes)} edges={','.join(chosen.edges)}")
st.text(f"expanded={st.session_state.get('expanded', '')} moved={st.session_state.get('moved', '')}")
