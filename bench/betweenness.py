"""Exact betweenness of everybody in a large network, beside NetworkX; the values are compared with igraph's too."""

from __future__ import annotations

import random
from pathlib import Path

import igraph
import networkx as nx

from bench.harness import Contender, Line, Report, Say, faster, interleave, ratio, seconds
from graphcrm.domain.measures import betweenness

SIZES = (1_000, 10_000)
WHOLE = 1_000
SOURCES = 100
"""Of a larger network NetworkX goes from so many people only, and its time is that times all of them."""
TIMES = 10
"""How often graphcrm goes in a row up to :data:`WHOLE` people, so that the clock of the processor can tell."""
AIM, NEAR = 30.0, 1e-9


def run(work: Path, most: int, say: Say) -> Report:
    """Both sizes up to ``most`` people; three influences to a person."""
    report = Report("betweenness", "Betweenness")
    for people in [size for size in SIZES if size <= most] or [most]:
        say(f"betweenness: {people:,} people")
        report.lines.append(_line(network(people), people))
    report.remarks = [
        f"Compared: every person's value, with NetworkX's up to {WHOLE:,} people and with igraph's at both sizes; at "
        f"most {NEAR:g} apart.",
        f"Above {WHOLE:,} people NetworkX is timed from {SOURCES} of them and its time scaled to all, in the ratio and "
        "in its column.",
        f"At {WHOLE:,} people nearly all of graphcrm's work is rustworkx's own walk through the network: to hand the "
        "network over takes half a millisecond, and without threads it is no less.",
        "rustworkx uses both cores, NetworkX one: hence the two ratios.",
    ]
    return report


def _line(graph: nx.DiGraph, people: int) -> Line:
    share = 1 if people <= WHOLE else people // SOURCES
    sources, times = (None, TIMES) if share == 1 else (SOURCES, 1)
    found = interleave(
        [
            Contender("graphcrm", lambda _: [betweenness(graph) for _time in range(times)]),
            Contender("NetworkX", lambda _: nx.betweenness_centrality(graph, k=sources, seed=1)),
        ],
        5 if people <= WHOLE else 1,
    )
    ours, theirs = found["graphcrm"], found["NetworkX"]
    other = _of_igraph(graph)
    assert all(abs(value - other[one]) <= NEAR for one, value in ours.answer[0].items())
    if share == 1:
        assert all(abs(value - theirs.answer[one]) <= NEAR for one, value in ours.answer[0].items())
    scaled = f"{seconds(theirs.median * share)} ({seconds(theirs.work * share)} of work"
    scaled += ", scaled)" if share > 1 else ")"
    size = f"{people:,} people, {graph.number_of_edges():,} influences" + (
        f" (graphcrm {times} x)" if times > 1 else ""
    )
    return Line(size, "NetworkX", ours.both(), scaled, faster(ours, theirs, share * times),
                f"{AIM:g} x, equal to {NEAR:g}", ratio(ours, theirs, share * times) >= AIM)  # fmt: skip


def network(people: int, seed: int = 1) -> nx.DiGraph:
    """Three influences to a person, between people chosen by chance."""
    chance = random.Random(seed)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(people))
    while graph.number_of_edges() < 3 * people:
        graph.add_edge(*chance.sample(range(people), 2))
    return graph


def _of_igraph(graph: nx.DiGraph) -> list[float]:
    people = graph.number_of_nodes()
    values = igraph.Graph(people, list(graph.edges), directed=True).betweenness()
    return [value / ((people - 1) * (people - 2)) for value in values]
