"""Measures of position in a network: formal authority, betweenness, constraint; each with its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import median

import networkx as nx

from graphcrm.domain.structure import PowerStructure, Stakeholder

LARGE_NETWORK = 100
"""Nodes from which betweenness runs on rustworkx: 1,000 people take networkx 1.3 s, rustworkx 0.04 s."""


def effective_levels(structure: PowerStructure) -> dict[str, int]:
    """The level of each person in the organisation, 1 the head; people whose level nothing tells are left out.

    A stated level holds. Without one the level is counted from the nearest boss with a stated level, else from the
    nearest report with one, else down the chart from its top (:func:`~graphcrm.domain.structure_graphs.chart_depths`).
    """
    stated = {person.id: person.level for person in structure.people if person.level is not None and person.level >= 1}
    chart = structure.reporting_graph()
    depths = structure.depths()
    levels: dict[str, int] = {}
    for person in structure.people:
        above = _nearest_stated(chart, person.id, stated)
        below = _nearest_stated(chart.reverse(copy=False), person.id, stated) if above is None else None
        if above is not None:
            levels[person.id] = above[0] + above[1]
        elif below is not None:
            levels[person.id] = max(1, below[0] - below[1])
        elif person.id in depths:
            levels[person.id] = depths[person.id]
    return levels


def _nearest_stated(chart: nx.DiGraph, person_id: str, stated: Mapping[str, int]) -> tuple[int, int] | None:
    """The stated level met first when walking the edges, with the steps walked; the most senior among equally near."""
    seen, ring, steps = {person_id}, [person_id], 0
    while ring:
        found = [stated[node] for node in ring if node in stated]
        if found:
            return min(found), steps
        ring = list(dict.fromkeys(near for node in ring for near in chart.successors(node) if near not in seen))
        seen.update(ring)
        steps += 1
    return None


def formal_authority(structure: PowerStructure) -> dict[str, tuple[float, float, float]]:
    """Authority by position in the hierarchy, as (least, likely, greatest), 0-1 (Weber 1922; French & Raven 1959).

    The head has 1, each level below an equal step less: ``(deepest - level + 1) / deepest``. For a person whose level
    is not known the likely value is the median of the known, the bounds are the lowest rung and the top. When no level
    is known at all the mapping is empty.
    """
    levels = effective_levels(structure)
    if not levels:
        return {}
    deepest = max(levels.values())
    rungs = {person: (deepest - level + 1) / deepest for person, level in levels.items()}
    middle = median(rungs.values())
    unknown = (1 / deepest, middle, 1.0)
    return {
        person.id: (rungs[person.id],) * 3 if person.id in rungs else unknown  # type: ignore[misc]
        for person in structure.people
    }


def formal_ranks(structure: PowerStructure) -> dict[str, int]:
    """The rank that the organisation chart alone gives: by level, then by the number below. Ties share a rank."""
    levels = effective_levels(structure)
    order = {person: (level, -len(structure.descendants(person))) for person, level in levels.items()}
    return competition_ranks(order)


def competition_ranks(order: Mapping[str, object]) -> dict[str, int]:
    """Ranks from the smallest key up; equal keys share a rank and the next rank is skipped (1, 2, 2, 4)."""
    ranks: dict[str, int] = {}
    previous: tuple[object, int] | None = None
    for place, (person, key) in enumerate(sorted(order.items(), key=lambda item: (item[1], item[0])), start=1):
        rank = previous[1] if previous and previous[0] == key else place
        ranks[person] = rank
        previous = key, rank
    return ranks


def role_right(person: Stakeholder, rights: Mapping[str, float]) -> float:
    """The strongest right among the person's roles, 0-1, before confidence. 0 when no role of the table is held."""
    return max((rights[role] for role in person.roles if role in rights), default=0.0)


def betweenness(graph: nx.DiGraph | nx.Graph) -> dict[str, float]:
    """Normalised betweenness (Freeman 1977): the share of shortest paths between others that run through each, exact.

    Ties count as one step each, whatever their strength. Brandes' algorithm (2001); on networks of
    :data:`LARGE_NETWORK` nodes and more by rustworkx, when it is installed, with equal results.
    """
    if graph.number_of_nodes() >= LARGE_NETWORK:
        fast = _betweenness_rustworkx(graph)
        if fast is not None:
            return fast
    return nx.betweenness_centrality(graph)


def _betweenness_rustworkx(graph: nx.DiGraph | nx.Graph) -> dict[str, float] | None:
    try:
        import rustworkx as rx
    except ImportError:
        return None
    nodes = list(graph)
    index = {node: place for place, node in enumerate(nodes)}
    copy = rx.PyDiGraph() if graph.is_directed() else rx.PyGraph()
    copy.add_nodes_from(nodes)
    copy.add_edges_from_no_data([(index[source], index[target]) for source, target in graph.edges])
    centrality = (
        rx.digraph_betweenness_centrality(copy, normalized=True)
        if graph.is_directed()
        else rx.graph_betweenness_centrality(copy, normalized=True)
    )
    return {nodes[place]: value for place, value in centrality.items()}


def constraint(graph: nx.DiGraph | nx.Graph, *, weight: str | None = "weight") -> dict[str, float]:
    """Burt's constraint (1992, chapter 2): how far a person's contacts are tied to each other. Low means a broker.

    Both directions of a tie count together; the weight of a tie is its share in the person's network. People without
    contacts have no constraint and are left out. Can exceed 1 slightly for very small networks. Exact.
    """
    invested: dict[str, dict[str, float]] = {node: {} for node in graph}
    for source, target, data in graph.edges(data=True):
        value = data.get(weight, 1.0) if weight else 1.0
        if source != target and value > 0:
            invested[source][target] = invested[source].get(target, 0.0) + value
            invested[target][source] = invested[target].get(source, 0.0) + value
    shares = {
        node: {other: value / sum(contacts.values()) for other, value in contacts.items()}
        for node, contacts in invested.items()
    }
    return {node: _constraint_of(node, shares) for node, contacts in shares.items() if contacts}


def _constraint_of(node: str, shares: Mapping[str, Mapping[str, float]]) -> float:
    own = shares[node]
    total = 0.0
    for contact, direct in own.items():
        indirect = sum(share * shares[broker].get(contact, 0.0) for broker, share in own.items() if broker != contact)
        total += (direct + indirect) ** 2
    return total


def incident_ties(graph: nx.DiGraph, person_id: str) -> Iterable[str]:
    """The ids of all influence ties from and to the person, each once."""
    if person_id not in graph:
        return ()
    edges = (*graph.in_edges(person_id, data=True), *graph.out_edges(person_id, data=True))
    return dict.fromkeys(tie for _, _, data in edges for tie in data["tie_ids"])
