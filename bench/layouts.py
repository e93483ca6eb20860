"""The layout of a map of 2,000 people, beside networkx' spring layout and igraph's; crossings of lines are counted."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from pathlib import Path

import igraph
import networkx as nx
import numpy as np

from bench.harness import Contender, Line, Report, Say, faster, interleave, ratio
from graphcrm.domain.layout_network import influence_network

PEOPLE = 2_000
SIZE = (220.0, 96.0)
Points = Mapping[str, tuple[float, float]]


def run(work: Path, most: int, say: Say) -> Report:
    """One size: 2,000, or ``most`` if that is less."""
    people = min(PEOPLE, most)
    ids, ties = network(people)
    say(f"layout: {people:,} people, {len(ties):,} ties")
    graph = nx.Graph(ties)
    graph.add_nodes_from(ids)
    other = igraph.Graph.TupleList(ties, directed=False)
    sizes = dict.fromkeys(ids, SIZE)
    found = interleave(
        [
            Contender("graphcrm", lambda _: _ours(ids, ties, sizes)),
            Contender("spring", lambda _: {one: tuple(at) for one, at in nx.spring_layout(graph, seed=1).items()}),
            Contender("igraph", lambda _: _of_igraph(other, "fr")),
            Contender("igraph grid", lambda _: _of_igraph(other, "grid_fr")),
        ],
        3,
    )
    count = {name: crossings(one.answer, ties) for name, one in found.items()}
    ours = found["graphcrm"]
    report = Report("layout", "Layout of a map")
    for name, title in (("spring", "`nx.spring_layout`"), ("igraph", "igraph, Fruchterman-Reingold"),
                        ("igraph grid", "igraph, Fruchterman-Reingold on a grid")):  # fmt: skip
        more = count["graphcrm"] / max(count[name], 1)
        is_spring, reached = name == "spring", more <= 1.1 and ratio(ours, found[name]) >= 50
        report.lines.append(
            Line(f"{people:,} people, {len(ties):,} ties", title, ours.both(), found[name].both(),
                 f"{faster(ours, found[name])}, {more:.2f} of its crossings",
                 "50 x, crossings 1.1" if is_spring else "", reached if is_spring else None)
        )  # fmt: skip
    report.remarks = [
        f"Crossings of lines: {', '.join(f'{name} {number:,}' for name, number in count.items())}. "
        "Counted: pairs of ties without a common end whose straight lines cut each other.",
        "graphcrm's places leave room for cards of 220 by 96: no two overlap. The others place points. "
        "A view is capped near 500 cards.",
    ]
    assert _overlaps(found["graphcrm"].answer) == 0
    return report


def network(people: int, seed: int = 3) -> tuple[list[str], list[tuple[str, str]]]:
    """People in circles of 25, some of whom know others elsewhere: as many ties as people, and half as many more."""
    chance = random.Random(seed)
    ids = [f"p{number}" for number in range(people)]
    ties = {(ids[one], ids[one - 1 - chance.randrange(min(one, 24))]) for one in range(1, people)}
    while len(ties) < people * 3 // 2:
        one = chance.randrange(people)
        near = max(0, min(people - 1, one + chance.randint(-25, 25)))
        if one != near and (ids[near], ids[one]) not in ties:
            ties.add((ids[one], ids[near]))
    return ids, sorted(ties)


def crossings(places: Points, ties: Iterable[tuple[str, str]]) -> int:
    """How many pairs of ties without a common end cut each other, drawn as straight lines."""
    ties = list(ties)
    names = {name: number for number, name in enumerate(places)}
    ends = np.array([[names[a], names[b]] for a, b in ties])
    at = np.array([places[name] for name in names], dtype=float)
    starts, stops = at[ends[:, 0]], at[ends[:, 1]]
    total = 0
    for one in range(len(ties) - 1):
        a, b, c, d = starts[one], stops[one], starts[one + 1 :], stops[one + 1 :]
        apart = (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)
        shared = np.isin(ends[one + 1 :], ends[one]).any(axis=1)
        total += int((apart & ~shared).sum())
    return total


def _side(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    return (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])


def _ours(ids: list[str], ties: list[tuple[str, str]], sizes: dict[str, tuple[float, float]]) -> Points:
    places = influence_network([(one, other, 0.5) for one, other in ties], sizes)
    return {one: (places[one].x, places[one].y) for one in ids}


def _of_igraph(graph: igraph.Graph, kind: str) -> Points:
    places = graph.layout_fruchterman_reingold(grid=kind == "grid_fr")
    return {vertex["name"]: tuple(places[vertex.index]) for vertex in graph.vs}


def _overlaps(places: Points) -> int:
    at = np.array(list(places.values()))
    count = 0
    for one in range(len(at) - 1):
        apart = np.abs(at[one + 1 :] - at[one])
        count += int(((apart[:, 0] < SIZE[0] - 1e-6) & (apart[:, 1] < SIZE[1] - 1e-6)).sum())
    return count
