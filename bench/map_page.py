"""A Streamlit page that ``bench/browser.py`` opens: ``?kind=graphcrm|agraph|bare&people=50``."""

from __future__ import annotations

import streamlit as st

from bench.layouts import SIZE, network
from graphcrm.domain.layout import org_chart
from graphcrm.drawing.model import MapData, MapEdge, MapNode, Point
from graphcrm.ui.graph.component import current_selection, load_map_library, show_map


def example(people: int) -> MapData:
    """People in a chart, each with a boss, and who knows whom."""
    ids, ties = network(people)
    bosses = {one: ids[(number - 1) // 4] if number else None for number, one in enumerate(ids)}
    chart = org_chart(bosses, dict.fromkeys(ids, SIZE))
    nodes = tuple(MapNode(one, f"Person {one}", "Engineer") for one in ids)
    hung, lanes = chart.attachments, chart.lanes
    lines = [
        MapEdge(f"r{one}", boss, one, "REPORTS_TO", route=hung.get(one, "curve"), lane=lanes.get(one))
        for one, boss in bosses.items()
        if boss
    ]
    lines += [MapEdge(f"k{number}", one, other, "KNOWS") for number, (one, other) in enumerate(ties[: people // 2])]
    places = {one: Point(place.x, place.y) for one, place in chart.places.items()}
    return MapData(nodes, tuple(lines), places, layout="chart", labels={"map": "Map", "fit": "Fit"})


def page() -> None:
    """Draw the kind of page that the address asks for."""
    st.set_page_config(layout="wide")
    people = int(st.query_params.get("people", 50))
    kind = st.query_params.get("kind", "graphcrm")
    chosen = ""
    if kind == "graphcrm":
        load_map_library()
        show_map(example(people), key="map", height=640)
        chosen = ",".join(current_selection("map").nodes)
    elif kind == "agraph":
        from streamlit_agraph import Config, Edge, Node, agraph

        ids, ties = network(people)
        nodes = [Node(id=one, label=f"Person {one}", size=12) for one in ids]
        chosen = agraph(nodes, [Edge(source=a, target=b) for a, b in ties], Config(1200, 640, physics=True))
    elif st.button("Choose"):
        chosen = "somebody"
    st.text(f"details={chosen or ''}")


if __name__ == "__main__":
    page()
