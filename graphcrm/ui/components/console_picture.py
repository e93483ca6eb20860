"""The nodes and ties of an answer as a picture, drawn as the maps of the app are (D3), and what is chosen on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from graphcrm.domain.layout_network import influence_network
from graphcrm.drawing.card import TABLET, card_size
from graphcrm.drawing.model import Chip, MapData, MapEdge, MapNode, Point
from graphcrm.drawing.text import text_width
from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.services.console import Node, Path, Tie, shown
from graphcrm.ui.components.answer_table import page_of
from graphcrm.ui.components.chips import chip
from graphcrm.ui.components.formats import number, plain, safe
from graphcrm.ui.components.person_link import client_link, person_link
from graphcrm.ui.graph.component import show_map
from graphcrm.vocabulary import VOCABULARY

MOST_DRAWN = 200
HEIGHT = 520
WINDOW = (900.0, 500.0)
MOST_CHIPS = 8
"""Kinds of nodes, and of ties, that are counted over the picture."""
TOLD, LONGEST = 10, 90
"""Properties in a tooltip, and signs of each."""
GREY = "#6b7785"
NAME_SIZE, NAME_ROOM = 14.0, TABLET[0] - 62
NAMES = ("name", "title", "what", "subject", "text", "id")
"""Properties by which a node is called, the first that it has."""


@dataclass(frozen=True, slots=True)
class AnswerGraph:
    """The nodes and ties in an answer, each once, by Neo4j's own id, in the order in which they come."""

    nodes: Mapping[str, Node] = field(default_factory=dict)
    ties: Mapping[str, Tie] = field(default_factory=dict)


def answer_graph(rows: Iterable[Iterable[Any]]) -> AnswerGraph:
    """All that is in the rows, also in lists, maps and paths."""
    nodes: dict[str, Node] = {}
    ties: dict[str, Tie] = {}
    for row in rows:
        for one in _within(list(row)):
            if isinstance(one, Node):
                nodes.setdefault(one.id, one)
            else:
                ties.setdefault(one.id, one)
    return AnswerGraph(nodes, ties)


def _within(value: Any) -> Iterator[Node | Tie]:
    if isinstance(value, Node | Tie):
        yield value
    elif isinstance(value, Path):
        yield from (*value.nodes, *value.ties)
    elif isinstance(value, Mapping | list | tuple):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _within(one)


def render_picture(graph: AnswerGraph, turn: int) -> None:
    """Draw it, and below it what is chosen. ``turn``: another answer is another picture."""
    data = answer_map(graph, turn)
    st.html(f'<div class="gc-chips">{_kinds(graph)}</div>')
    chosen = show_map(data, key="console-map", height=HEIGHT)
    outside = sum(1 for tie in graph.ties.values() if not {tie.start, tie.end} <= graph.nodes.keys())
    if outside:
        said = plural(
            "{n} tie is not drawn: the answer holds no node at one of its ends.",
            "{n} ties are not drawn: the answer holds no node at one of their ends.",
            outside,
        )
        st.caption(said)
    for one in chosen.nodes[:1]:
        if one in graph.nodes:
            _details(graph.nodes[one])
    for one in chosen.edges[:1]:
        if one in graph.ties and not chosen.nodes:
            _details(graph.ties[one])


def _kinds(graph: AnswerGraph) -> str:
    """How many there are of each kind of node, in its colour, and of each kind of tie, as HTML."""
    nodes, ties = Counter(map(node_word, graph.nodes.values())), Counter(map(tie_word, graph.ties.values()))
    told = [chip(f"{word} {number(count)}", color) for (word, color), count in nodes.most_common()]
    rest = max(len(told) - MOST_CHIPS, 0) + max(len(ties) - MOST_CHIPS, 0)
    told = told[:MOST_CHIPS] + [chip(f"— {word} {number(count)}", GREY) for word, count in ties.most_common(MOST_CHIPS)]
    return " ".join([*told, *([safe(plural("and {n} more", "and {n} more", rest))] if rest else [])])


def answer_map(graph: AnswerGraph, turn: int) -> MapData:
    """At most :data:`MOST_DRAWN` nodes, with the ties among them."""
    shown_nodes = dict(list(graph.nodes.items())[:MOST_DRAWN])
    ties = [tie for tie in graph.ties.values() if {tie.start, tie.end} <= shown_nodes.keys()]
    cards = {one: _card(node) for one, node in shown_nodes.items()}
    sizes = {one: card_size(card) for one, card in cards.items()}
    places = influence_network(((tie.start, tie.end, 0.5) for tie in ties), sizes, WINDOW)
    return MapData(
        nodes=tuple(cards.values()),
        edges=tuple(_edges(ties)),
        places={one: Point(at.x, at.y) for one, at in places.items()},
        layout=f"console/{turn}",
        note=_("{shown} of {all} nodes are drawn. Ask for fewer, for example with LIMIT; the table holds all.",
               shown=len(shown_nodes), all=len(graph.nodes)) if len(shown_nodes) < len(graph.nodes) else "",
        labels={
            "fit": _("Show everything"), "zoom_in": _("Zoom in"), "zoom_out": _("Zoom out"),
            "map": _("Picture of the answer. Arrow keys walk from card to card."), "empty": _("Nothing found"),
        },
    )  # fmt: skip


def _edges(ties: Iterable[Tie]) -> Iterator[MapEdge]:
    """Ties between the same two nodes are bent differently, so that each can be clicked."""
    beside: dict[frozenset[str], int] = defaultdict(int)
    for tie in ties:
        pair = frozenset((tie.start, tie.end))
        turn, beside[pair] = beside[pair], beside[pair] + 1
        bend = 0.14 * (1 + turn // 2) * (1 if turn % 2 == 0 else -1)
        yield MapEdge(tie.id, tie.start, tie.end, tie.type, GREY, 1.6, arrow=True, bend=bend, label=tie_word(tie),
                      tooltip=(f"{tie_word(tie)} [:{tie.type}]", *_lines(tie.properties)))  # fmt: skip


def _card(node: Node) -> MapNode:
    kind, color = node_word(node)
    name = node_name(node)
    tooltip = (name, "".join(f":{label}" for label in node.labels), *_lines(node.properties))
    title = kind if text_width(name, NAME_SIZE, bold=True) <= NAME_ROOM else ""  # a long name takes both lines
    if "Organization" in node.labels:
        return MapNode(node.id, name, title, "organization", tooltip=tooltip)
    return MapNode(node.id, name, title, "thing", roles=(Chip(kind, color),), tooltip=tooltip)


def node_name(node: Node) -> str:
    """What it is called; without any name its kind."""
    found = next((node.properties[key] for key in NAMES if node.properties.get(key)), None)
    return shown(found) if found is not None else node_word(node)[0]


def node_word(node: Node) -> tuple[str, str]:
    """The word for its kind in the language in use, the telling one of several, and its colour."""
    kind = next((VOCABULARY.nodes[label] for label in node.labels if label in VOCABULARY.nodes), None)
    if kind is None:
        return next((label for label in node.labels if label != "Entity"), _("Node")), GREY
    second = next((kind.secondary[label] for label in node.labels if label in kind.secondary), None)
    return (second or kind).name_in(language()), kind.color


def tie_word(tie: Tie) -> str:
    """The word for its type in the language in use."""
    kind = VOCABULARY.ties.get(tie.type)
    return kind.name_in(language()) if kind else tie.type


def _lines(properties: Mapping[str, Any]) -> list[str]:
    told = [f"{name}: {shown(value)}" for name, value in sorted(properties.items())]
    cut = [line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…" for line in told[:TOLD]]
    return [*cut, "…"] if len(told) > TOLD else cut


def _details(one: Node | Tie) -> None:
    with st.container(border=True, key="console-details"):
        if isinstance(one, Tie):
            st.markdown(f"**{plain(tie_word(one))}** {plain(f'[:{one.type}]')}")
        else:
            page = page_of("", one)
            if page is None:
                st.markdown(f"**{plain(node_name(one))}**")
            else:
                (person_link if page[0] == "person" else client_link)(node_name(one), page[1])
            st.caption(plain("".join(f":{label}" for label in one.labels)))
        rows = [{_("Property"): name, _("Value"): shown(value)} for name, value in sorted(one.properties.items())]
        if rows:
            st.dataframe(pd.DataFrame(rows), hide_index=True, alt=_("Properties"), height="auto")
