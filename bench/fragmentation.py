"""Whose loss breaks a network most (KPP-NEG), beside a removal loop, and beside brute force on 30 people."""

from __future__ import annotations

from itertools import combinations
from math import comb
from pathlib import Path
from unittest.mock import patch

import networkx as nx

from bench.harness import Contender, Line, Report, Say, agree, faster, interleave
from graphcrm.domain import fragmentation as domain

SIZES = (200, 1_000)
SMALL, TAKEN, NETWORKS = 30, 3, 40
AIM = 0.99
TIMES = 20
"""How often in a row, so that the clock of the processor can tell."""


def run(work: Path, most: int, say: Say) -> Report:
    """Up to ``most`` people."""
    report = Report("fragmentation", "What breaks")
    for people in (size for size in SIZES if size <= most):
        say(f"fragmentation: {people:,} people")
        graph = network(people, seed=1)
        found = interleave(
            [
                Contender("graphcrm", lambda _, graph=graph: [domain.pairs_left(graph) for _time in range(TIMES)],
                          answer=lambda found: _sorted(found[0])),
                Contender("removal loop", lambda _, graph=graph: removal_loop(graph), answer=_sorted),
            ],
            3,
        )  # fmt: skip
        agree({name: one.answer for name, one in found.items()})
        ours, loop = found["graphcrm"], found["removal loop"]
        report.lines.append(
            Line(f"each of {people:,} people taken away (graphcrm {TIMES} x)", "removal loop", ours.both(), loop.both(),
                 faster(ours, loop, TIMES), "equal", True)
        )  # fmt: skip
    report.lines.append(_greedy(say))
    report.remarks = ["The numbers of pairs that are left agree for every person taken away."]
    return report


def _greedy(say: Say) -> Line:
    say(f"fragmentation: {TAKEN} of {SMALL}, {NETWORKS} networks")
    graphs = [network(SMALL, seed) for seed in range(NETWORKS)]
    with patch.object(domain, "MOST_SETS", 0):
        found = interleave(
            [
                Contender("graphcrm", lambda _: [_found(one) for one in graphs]),
                Contender("brute force", lambda _: [_best(one) for one in graphs]),
            ],
            1,
        )  # fmt: skip
    ours, best = found["graphcrm"], found["brute force"]
    shares = [mine / top for mine, top in zip(ours.answer, best.answer, strict=True)]
    mean = sum(shares) / len(shares)
    return Line(f"{TAKEN} of {SMALL} people, {NETWORKS} networks", "brute force", ours.both(), best.both(),
                f"{mean:.2%} of the best, least {min(shares):.1%}", f"{AIM:.0%} of the best", mean >= AIM)  # fmt: skip


def _found(graph: nx.Graph) -> float:
    return broken(graph, domain.most_fragmenting(graph, TAKEN)[0])


def _best(graph: nx.Graph) -> float:
    return max(broken(graph, gone) for gone in combinations(graph, TAKEN))


def network(people: int, seed: int) -> nx.Graph:
    """A network of which pieces hang on single people: a tree with a third as many ties more."""
    graph = nx.random_labeled_tree(people, seed=seed)
    more = nx.gnm_random_graph(people, people // 3, seed=seed)
    graph.add_edges_from(more.edges)
    return graph


def removal_loop(graph: nx.Graph) -> dict[int, int]:
    """Take away one after the other, and count the pairs anew each time."""
    left = {}
    for one in graph:
        rest = graph.subgraph(set(graph) - {one})
        left[one] = sum(comb(len(part), 2) for part in nx.connected_components(rest))
    return left


def broken(graph: nx.Graph, gone: object) -> float:
    """Borgatti's F of what is left."""
    return domain.fragmentation(graph.subgraph(set(graph) - set(gone)))  # type: ignore[call-overload]


def _sorted(left: dict[int, int]) -> list[tuple[int, int]]:
    return sorted(left.items())
