"""Whom to win, beside plain greedy and brute force: ten people out of 1,000 to 100,000, and three out of 300, exact.

The worth of a set is Borgatti's (2006): the people whom it reaches within two steps. The same searches choose groups in
the app, where the worth is the reach on those who decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np

from bench.harness import Contender, Line, Report, Say, agree, faster, interleave, ratio
from graphcrm.domain.best_sets import best_sets, lazy_greedy, plain_greedy

SIZES = {1_000: 200, 10_000: 20, 100_000: 2}
"""People, and how often in a row, so that the clock of the processor can tell."""
CHOSEN = 10
FEW = 300
STEPS = 2
AIM = 4.0


class Within:
    """What a search asks: how many people a set reaches within two steps. Counts how often it is asked."""

    def __init__(self, near: dict[str, np.ndarray], people: int) -> None:
        self.near, self.reached, self.asked = near, np.zeros(people, dtype=bool), 0

    def gain(self, candidate: str) -> float:
        """How many more ``candidate`` would reach."""
        self.asked += 1
        around = self.near[candidate]
        return float(len(around) - np.count_nonzero(self.reached[around]))

    def gains(self, candidates: Sequence[str]) -> list[float]:
        """How many each would reach; as many as are near, while nobody is reached yet."""
        if self.reached.any():
            return [self.gain(one) for one in candidates]
        self.asked += len(candidates)
        return [float(len(self.near[one])) for one in candidates]

    def add(self, candidate: str) -> None:
        """``candidate`` joins."""
        self.reached[self.near[candidate]] = True


def run(work: Path, most: int, say: Say) -> Report:
    """Up to ``most`` people."""
    report = Report("key players", "Whom to win")
    asked: list[str] = []
    for people, times in ((size, times) for size, times in SIZES.items() if size <= most):
        say(f"key players: {people:,} people")
        near = reach_of_all(people)
        ids = list(near)
        contenders = [
            Contender("graphcrm", _search(lazy_greedy, ids), _new(near, people, times), _first),
            Contender("plain greedy", _search(plain_greedy, ids), _new(near, people, times), _first),
        ]
        found = interleave(contenders, 5)
        agree({name: one.answer for name, one in found.items()})
        ours, plain = found["graphcrm"], found["plain greedy"]
        counts = [_asked(search, ids, near, people) for search in (lazy_greedy, plain_greedy)]
        asked.append(f"{people:,} people: {counts[0]:,} and {counts[1]:,}")
        report.lines.append(
            Line(f"{CHOSEN} of {people:,} people, {times} x", "plain greedy", ours.both(), plain.both(),
                 faster(ours, plain), f"{AIM:g} x, the same people", ratio(ours, plain) >= AIM)
        )  # fmt: skip
    report.lines.append(_exact(min(FEW, most), say))
    report.remarks = [
        f"How often the gain of a person was asked, lazy and plain: {'; '.join(asked)}.",
        "The lazy search asks the first gains all at once: of nobody chosen yet they are the numbers of those near.",
        "Both searches choose the same people in the same order; branch and bound finds the worth of brute force.",
    ]
    return report


def _exact(people: int, say: Say) -> Line:
    say(f"key players: three of {people}, exact")
    near = reach_of_all(people)
    bits = {one: sum(1 << int(place) for place in around) for one, around in near.items()}

    def worth(members: Iterable[str]) -> float:
        reached = 0
        for one in members:
            reached |= bits[one]
        return float(reached.bit_count())

    found = interleave(
        [
            Contender("graphcrm", lambda _: [best_sets(bits, worth, 3)[0][0] for _time in range(10)]),
            Contender("brute force", lambda _: [float(max(
                (one | two | three).bit_count() for one, two, three in combinations(bits.values(), 3)
            ))] * 10),
        ],
        3,
    )  # fmt: skip
    agree({name: one.answer for name, one in found.items()})
    ours, brute = found["graphcrm"], found["brute force"]
    return Line(f"3 of {people}, exact (graphcrm 10 x)", "brute force", ours.both(), brute.both(),
                faster(ours, brute, 10), "equal", True)  # fmt: skip


def reach_of_all(people: int, seed: int = 5) -> dict[str, np.ndarray]:
    """Everybody with the numbers of those within two steps of them, in a network of Barabasi and Albert."""
    graph = nx.barabasi_albert_graph(people, 3, seed=seed)
    # Of hubs everybody would be near; ties of the hundred greatest are thinned to what a person can keep up.
    for hub in sorted(graph, key=graph.degree, reverse=True)[:100]:
        graph.remove_edges_from(list(graph.edges(hub))[30:])
    near = {}
    for one in graph:
        around = {one, *graph[one]}
        for other in graph[one]:
            around.update(graph[other])
        near[f"p{one}"] = np.fromiter(around, dtype=np.int64)
    return near


def _new(near: dict[str, np.ndarray], people: int, times: int):
    return lambda: [Within(near, people) for _time in range(times)]


def _search(search, ids: list[str]):
    return lambda fresh: [search(ids, gains, CHOSEN) for gains in fresh]


def _first(found: list[list[tuple[str, float]]]) -> list[tuple[str, float]]:
    return found[0]


def _asked(search, ids: list[str], near: dict[str, np.ndarray], people: int) -> int:
    gains = Within(near, people)
    search(ids, gains, CHOSEN)
    return gains.asked
