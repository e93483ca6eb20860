"""Fragmentation and KPP-NEG (D1, D2): known values, brute force, and a removal loop as the peer."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.domain import fragmentation as module
from graphcrm.domain.fragmentation import distance_fragmentation, fragmentation, most_fragmenting, pairs_left

networks = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] != pair[1]), max_size=18
)


def network(pairs: list[tuple[int, int]], count: int = 10) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(pairs)
    return graph


def left(graph: nx.Graph, gone: tuple[object, ...]) -> int:
    rest = graph.subgraph(set(graph) - set(gone))
    return sum(len(part) * (len(part) - 1) // 2 for part in nx.connected_components(rest))


def test_the_ends_of_the_scale() -> None:
    """A complete network is whole, one without ties is broken (Borgatti 2006: F and DF are 0 and 1)."""
    assert (fragmentation(nx.complete_graph(6)), distance_fragmentation(nx.complete_graph(6))) == (0.0, 0.0)
    assert (fragmentation(nx.empty_graph(6)), distance_fragmentation(nx.empty_graph(6))) == (1.0, 1.0)
    assert (fragmentation(nx.empty_graph(1)), distance_fragmentation(nx.empty_graph(0))) == (0.0, 0.0)


def test_krackhardts_kite() -> None:
    """Without Heather, highest in betweenness, it falls into 7 and 2; without Diane, highest in degree, it holds."""
    kite = nx.krackhardt_kite_graph()
    diane, heather, ike = 3, 7, 8
    assert fragmentation(kite.subgraph(set(kite) - {diane})) == 0.0
    without = kite.subgraph(set(kite) - {heather})
    assert sorted(len(part) for part in nx.connected_components(without)) == [2, 7]
    assert fragmentation(without) == pytest.approx(1 - (7 * 6 + 2 * 1) / (9 * 8))
    assert most_fragmenting(kite, 1) == (frozenset({heather}), True)
    assert pairs_left(kite)[ike] == 28


def test_a_line_and_a_star_by_hand() -> None:
    """DF of a line of 4: distances 1 1 1 2 2 3, so 1 - (3 + 1 + 1/3) / 6. A star without its centre is broken."""
    assert distance_fragmentation(nx.path_graph(4)) == pytest.approx(1 - (3 + 1 + 1 / 3) / 6)
    assert pairs_left(nx.star_graph(5))[0] == 0


@given(networks)
@settings(max_examples=150, deadline=None)
def test_one_walk_gives_what_a_removal_loop_gives(pairs: list) -> None:
    graph = network(pairs)
    assert pairs_left(graph) == {one: left(graph, (one,)) for one in graph}


@given(networks, st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_the_most_fragmenting_set_equals_brute_force(pairs: list, size: int) -> None:
    graph = network(pairs)
    chosen, exact = most_fragmenting(graph, size)
    assert exact
    assert len(chosen) == size
    assert left(graph, tuple(chosen)) == min(left(graph, gone) for gone in combinations(graph, size))


@given(networks, st.integers(2, 3))
@settings(max_examples=60, deadline=None)
def test_greedy_with_swaps_is_never_better_and_seldom_worse(pairs: list, size: int) -> None:
    """What it finds cannot be mended by swapping one person."""
    graph = network(pairs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_SETS", 0)
        chosen, exact = most_fragmenting(graph, size)
    assert not exact
    found = left(graph, tuple(chosen))
    assert found >= min(left(graph, gone) for gone in combinations(graph, size))
    for one in chosen:
        assert all(left(graph, (*(chosen - {one}), other)) >= found for other in set(graph) - chosen)


def test_no_one_to_take() -> None:
    assert most_fragmenting(nx.Graph(), 2) == (frozenset(), True)
    assert most_fragmenting(nx.path_graph(2), 5)[0] == {0, 1}
