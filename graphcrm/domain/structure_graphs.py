"""The two networks of a power structure, built from its ties: who sways whom, and who reports to whom."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

import networkx as nx

from graphcrm.domain.structure_ties import InfluenceTie, ReportingLine

FULL_STRENGTH = 10.0
"""The top of the scale on which a user states the strength of an influence."""
UNKNOWN_STRENGTH = (1.0, 5.0, 10.0)
"""Least, likely and greatest strength of an influence that somebody recorded without its strength. The least is 1, not
0: on this scale 0 states that there is no influence, and whoever recorded the tie stated that there is one."""
UNKNOWN_CONFIDENCE = (0.5, 0.75, 1.0)
"""Least, likely and greatest confidence in a tie that was recorded without one: a fact entered in good faith is more
likely true than not."""


def influence_weights(tie: InfluenceTie) -> tuple[float, float, float]:
    """Least, likely and greatest weight of an influence, each 0-1: strength / 10 times confidence.

    It is read as the chance that what the source wants reaches the target's mind, as in the independent cascade model
    (Kempe, Kleinberg & Tardos 2003, section 2). Numbers out of range are clipped; the importer has reported them.
    """
    strengths = UNKNOWN_STRENGTH if tie.strength is None else (tie.strength,) * 3
    trust = UNKNOWN_CONFIDENCE if tie.confidence is None else (tie.confidence,) * 3
    low, likely, high = (
        min(max(strength / FULL_STRENGTH, 0.0), 1.0) * min(max(sure, 0.0), 1.0)
        for strength, sure in zip(strengths, trust, strict=True)
    )
    return low, likely, high


def build_influence_graph(person_ids: Iterable[str], ties: Iterable[InfluenceTie]) -> nx.DiGraph:
    """The influence network: an edge from the one who sways to the one who is swayed.

    Edge attributes: ``low``, ``weight``, ``high`` (0-1, see :func:`influence_weights`), ``tie_ids`` (strongest first),
    ``unknown`` (True when a tie among them has no strength).

    Parallel ties are merged by the maximum, each of the three weights by itself: two reports of one influence, or one
    influence on two topics, are not two influences, and another report can never lower what is known. Self-ties and
    ties with a stated strength of 0 are left out. People outside the client who take part in a tie become nodes too.
    """
    graph = nx.DiGraph()
    graph.add_nodes_from(person_ids)
    for tie in sorted(ties, key=lambda tie: (-influence_weights(tie)[1], tie.id)):
        low, weight, high = influence_weights(tie)
        if tie.source_id == tie.target_id or high <= 0:
            continue
        known = graph.get_edge_data(tie.source_id, tie.target_id, {"low": 0.0, "weight": 0.0, "high": 0.0})
        graph.add_edge(
            tie.source_id,
            tie.target_id,
            low=max(low, known["low"]),
            weight=max(weight, known["weight"]),
            high=max(high, known["high"]),
            tie_ids=(*known.get("tie_ids", ()), tie.id),
            unknown=known.get("unknown", False) or tie.strength is None,
        )
    return graph


def build_reporting_graph(person_ids: Iterable[str], lines: Iterable[ReportingLine]) -> nx.DiGraph:
    """The organisation chart: an edge from the person to the boss, among the people given.

    Edge attributes: ``line`` ("solid" if any of the parallel lines is), ``tie_ids``. Self-lines, and lines to people
    who are not listed, are left out.
    """
    graph = nx.DiGraph()
    graph.add_nodes_from(person_ids)
    for line in sorted(lines, key=lambda line: (line.line != "solid", line.id)):
        if line.person_id == line.boss_id or line.person_id not in graph or line.boss_id not in graph:
            continue
        known = graph.get_edge_data(line.person_id, line.boss_id, {})
        graph.add_edge(
            line.person_id,
            line.boss_id,
            line=known.get("line", line.line),
            tie_ids=(*known.get("tie_ids", ()), line.id),
        )
    return graph


def chart_depths(chart: nx.DiGraph) -> dict[str, int]:
    """The level of each person counted down the chart: 1 for one with no boss, else one more than the nearest boss.

    Solid lines only, when the person has one; dotted lines else. Each circle of people who report to each other is
    taken as one desk: all in it share a level. People with neither boss nor report are left out: the chart says nothing
    about them.
    """
    lines = nx.DiGraph()
    lines.add_nodes_from(node for node in chart if chart.degree(node) > 0)
    for person in lines:
        bosses = chart.adj[person]
        solid = [boss for boss, tie in bosses.items() if tie.get("line", "solid") == "solid"]
        lines.add_edges_from((person, boss) for boss in (solid or bosses))
    desks = nx.condensation(lines)
    depth: dict[int, int] = {}
    for desk in reversed(list(nx.topological_sort(desks))):
        depth[desk] = 1 + min((depth[boss] for boss in desks.successors(desk)), default=0)
    return {person: depth[desk] for desk, data in desks.nodes(data=True) for person in data["members"]}


def reachable(chart: nx.DiGraph, start: str, *, down: bool) -> tuple[str, ...]:
    """Everybody above the start in the chart, or below it, nearest first, each once and without the start."""
    if start not in chart:
        return ()
    neighbours = chart.predecessors if down else chart.successors
    found = {start: None}
    queue = deque([start])
    while queue:
        for person in sorted(neighbours(queue.popleft())):
            if person not in found:
                found[person] = None
                queue.append(person)
    return tuple(found)[1:]
