"""What falls apart when somebody goes: fragmentation of a network, and whose loss would break it most (KPP-NEG).

Measures of Borgatti (2006), on undirected networks: F, the share of pairs that cannot reach each other, and DF, which
also counts that a way grows longer. All numbers 0-1; a network of fewer than two people has nothing to break: 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from itertools import combinations
from math import comb

import networkx as nx

STARTS = 12
MOST_SETS = 5_000
"""Sets that are all tried; beyond, the answer is greedy with swaps."""


def fragmentation(graph: nx.Graph) -> float:
    """F: the share of pairs of people between whom no way leads (Borgatti 2006, equation 4)."""
    count = graph.number_of_nodes()
    return 1.0 - _pairs(len(part) for part in nx.connected_components(graph)) / comb(count, 2) if count > 1 else 0.0


def distance_fragmentation(graph: nx.Graph) -> float:
    """DF: 1 less the mean nearness of all pairs, 1 / steps between them (Borgatti 2006, equation 9)."""
    count = graph.number_of_nodes()
    if count < 2:
        return 0.0
    near = sum(
        1 / steps for _one, found in nx.all_pairs_shortest_path_length(graph) for steps in found.values() if steps > 0
    )
    return 1.0 - near / (count * (count - 1))


def pairs_left(graph: nx.Graph) -> dict[Hashable, int]:
    """For each person, how many pairs of the others can still reach each other when that person is gone.

    One walk through the whole network for all of them (the low points of Hopcroft & Tarjan 1973), not one for each.
    """
    left: dict[Hashable, int] = {}
    parts = {next(iter(part)): part for part in nx.connected_components(graph)}
    total = _pairs(len(part) for part in parts.values())
    for root, part in parts.items():
        elsewhere = total - comb(len(part), 2)
        for one, sizes in _cut_off(graph, root, len(part)).items():
            left[one] = elsewhere + _pairs(sizes)
    return left


def most_fragmenting(graph: nx.Graph, size: int) -> tuple[frozenset[Hashable], bool]:
    """The people whose loss leaves the fewest pairs that can reach each other (KPP-NEG by F), and whether it is exact.

    Up to :data:`MOST_SETS` sets all are tried. Beyond: whoever leaves the fewest, one after the other, then swaps of
    one against another as long as that helps (Borgatti's greedy interchange), begun with each of the :data:`STARTS`
    who leave the fewest alone. Equals are taken in the order of their names.
    """
    size = min(size, graph.number_of_nodes())
    if size <= 0:
        return frozenset(), True
    if size == 1:
        return frozenset({_best(pairs_left(graph))}), True
    if comb(graph.number_of_nodes(), size) <= MOST_SETS:
        rest = combinations(sorted(graph, key=str), size - 1)
        found = (_with_best(graph, members) for members in rest)
        return min(found, key=lambda one: (one[0], sorted(map(str, one[1]))))[1], True
    alone = pairs_left(graph)
    starts = sorted(alone, key=lambda one: (alone[one], str(one)))[:STARTS]
    found = (_swapped(graph, _grown(graph, one, size)) for one in starts)
    return min(found, key=lambda one: (one[0], sorted(map(str, one[1]))))[1], False


def _grown(graph: nx.Graph, first: Hashable, size: int) -> list[Hashable]:
    chosen = [first]
    while len(chosen) < size:
        chosen.append(_best(pairs_left(_without(graph, chosen))))
    return chosen


def _swapped(graph: nx.Graph, chosen: list[Hashable]) -> tuple[int, frozenset[Hashable]]:
    """How many pairs are left, and the people, when no swap of one helps any more."""
    least = _pairs(len(part) for part in nx.connected_components(_without(graph, chosen)))
    improved = True
    while improved:
        improved = False
        for place in range(len(chosen)):
            others = [*chosen[:place], *chosen[place + 1 :]]
            left = pairs_left(_without(graph, others))
            one = _best(left)
            if left[one] < least:
                chosen, least, improved = [*others, one], left[one], True
    return least, frozenset(chosen)


def _with_best(graph: nx.Graph, members: tuple[Hashable, ...]) -> tuple[int, frozenset[Hashable]]:
    left = pairs_left(_without(graph, members))
    one = _best(left)
    return left[one], frozenset({*members, one})


def _best(left: dict[Hashable, int]) -> Hashable:
    return min(left, key=lambda one: (left[one], str(one)))


def _without(graph: nx.Graph, gone: Iterable[Hashable]) -> nx.Graph:
    return nx.restricted_view(graph, list(gone), [])


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def _cut_off(graph: nx.Graph, root: Hashable, size: int) -> dict[Hashable, list[int]]:
    """For each person of the root's part, the sizes of the pieces into which the part falls without that person."""
    order = {root: 0}
    low, below = {root: 0}, Counter({root: 1})
    pieces: dict[Hashable, list[int]] = {root: []}
    stack = [(root, root, iter(graph[root]))]
    while stack:
        parent, one, neighbours = stack[-1]
        for other in neighbours:
            if other not in order:
                order[other] = low[other] = len(order)
                below[other], pieces[other] = 1, []
                stack.append((one, other, iter(graph[other])))
                break
            if other != parent:
                low[one] = min(low[one], order[other])
        else:
            stack.pop()
            if one != root:
                low[parent] = min(low[parent], low[one])
                below[parent] += below[one]
                if low[one] >= order[parent]:
                    pieces[parent].append(below[one])
    return {one: [*found, size - 1 - sum(found)] for one, found in pieces.items()}
