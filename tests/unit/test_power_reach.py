"""Influence reach: exact against brute force, bounded where not exact, never lowered by a new tie (C1.4, C2.1)."""

from __future__ import annotations

from itertools import pairwise, product

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.domain import reach
from graphcrm.domain.reach import chain_chance, strongest_chain, sway_on, union_probability

NODES = "abcde"
chances = st.integers(0, 10).map(lambda tenth: tenth / 10)
edges = st.dictionaries(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda pair: pair[0] != pair[1]),
    chances,
    max_size=9,
)


def network(weights: dict[tuple[str, str], float]) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(NODES)
    graph.add_edges_from((one, other, {"weight": weight}) for (one, other), weight in weights.items())
    return graph


def brute_force(graph: nx.DiGraph, source: str, target: str, horizon: int, passing_on: float) -> float:
    """Add up the chances of all states of ties and go-betweens in which some chain works, one state after the other."""
    chains = [tuple(path) for path in nx.all_simple_paths(graph, source, target, cutoff=horizon)]
    ties = sorted({tie for chain in chains for tie in pairwise(chain)})
    middles = sorted({person for chain in chains for person in chain[1:-1]})
    odds = [graph.edges[tie]["weight"] for tie in ties] + [passing_on] * len(middles)
    parts: list[object] = [*ties, *middles]
    total = 0.0
    for state in product((True, False), repeat=len(parts)):
        chance = 1.0
        for works, odd in zip(state, odds, strict=True):
            chance *= odd if works else 1 - odd
        up = {part for part, works in zip(parts, state, strict=True) if works}
        if chance and any(up.issuperset([*pairwise(chain), *chain[1:-1]]) for chain in chains):
            total += chance
    return total


@given(edges, st.integers(1, 3), st.sampled_from([0.5, 0.8, 1.0]))
@settings(max_examples=120, deadline=None)
def test_sway_is_exact_on_small_networks(weights: dict, horizon: int, passing_on: float) -> None:
    """C1.4. Equal to the sum over all states of the network."""
    graph = network(weights)
    sway = sway_on(graph, "a", horizon=horizon, passing_on=passing_on)
    for source in NODES[1:]:
        assert sway.chances.get(source, 0.0) == pytest.approx(brute_force(graph, source, "a", horizon, passing_on))
    assert not sway.inexact


def test_known_cases_by_hand() -> None:
    """C1.4: direct; over one; over two; two independent ways; a shared last step is not counted twice."""
    assert sway_on(network({("b", "a"): 0.6}), "a").chances == {"b": 0.6}
    chain = network({("c", "b"): 0.5, ("b", "a"): 0.6})
    assert sway_on(chain, "a").chances["c"] == pytest.approx(0.5 * 0.5 * 0.6)
    assert sway_on(chain, "a", horizon=1).chances == {"b": 0.6}
    longer = network({("d", "c"): 1.0, ("c", "b"): 0.5, ("b", "a"): 0.6})
    assert sway_on(longer, "a").chances["d"] == pytest.approx(0.5 * 0.5 * 0.3)
    assert "d" not in sway_on(longer, "a", horizon=2).chances
    both = network({("c", "a"): 0.5, ("c", "b"): 0.5, ("b", "a"): 0.6})
    assert sway_on(both, "a").chances["c"] == pytest.approx(1 - 0.5 * (1 - 0.15))
    funnel = network({("e", "c"): 1.0, ("e", "d"): 1.0, ("c", "b"): 1.0, ("d", "b"): 1.0, ("b", "a"): 0.5})
    assert sway_on(funnel, "a", passing_on=1.0).chances["e"] == pytest.approx(0.5)


def test_an_echo_adds_nothing() -> None:
    """C1.4. Two who sway each other do not thereby sway a third more (a sum over walks would say so)."""
    assert sway_on(network({("b", "a"): 0.5, ("b", "c"): 1.0, ("c", "b"): 1.0}), "a").chances["b"] == 0.5


def test_the_strongest_chain_is_named() -> None:
    """C1.4."""
    graph = network({("c", "a"): 0.2, ("c", "b"): 0.9, ("b", "a"): 0.9})
    sway = sway_on(graph, "a")
    assert strongest_chain(graph, sway, "c") == ("c", "b", "a")
    assert chain_chance(graph, ("c", "b", "a")) == pytest.approx(0.405)
    assert strongest_chain(graph, sway, "e") == ()


def test_nobody_sways_a_stranger() -> None:
    """C1.4. A target that is not in the network is no error."""
    assert sway_on(network({}), "nobody").chances == {}
    assert union_probability([], {}) == 0.0


@pytest.mark.parametrize(("exact", "listed"), [(20, 20_000), (2, 20_000), (0, 0)])
@given(weights=edges, source=st.sampled_from(NODES[1:]), target=st.sampled_from(NODES), strength=chances)
@settings(max_examples=200, deadline=None)
def test_a_new_tie_never_lowers_the_sway(
    exact: int, listed: int, weights: dict, source: str, target: str, strength: float
) -> None:
    """C2.1. Whichever of the three ways is taken, also when the new tie makes it switch; for every person."""
    before = network(weights)
    after = network({**weights, (source, target): max(strength, weights.get((source, target), 0.0))})
    if source == target:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reach, "MAX_EXACT_CHAINS", exact)
        patch.setattr(reach, "MAX_CHAINS", listed)
        old, new = sway_on(before, "a").chances, sway_on(after, "a").chances
    for person, chance in old.items():
        assert new[person] >= chance - 1e-12


@given(edges)
@settings(max_examples=200, deadline=None)
def test_each_cheaper_way_is_an_upper_bound_of_the_dearer(weights: dict) -> None:
    """C2.1. So that a switch can only raise, and the bound stays a chance."""
    graph = network(weights)
    exact = sway_on(graph, "a").chances
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reach, "MAX_EXACT_CHAINS", 0)
        bound = sway_on(graph, "a")
        patch.setattr(reach, "MAX_CHAINS", 0)
        cuts = sway_on(graph, "a")
    assert bound.inexact == set(bound.chances)
    for person, chance in exact.items():
        assert chance - 1e-12 <= bound.chances[person] <= 1 + 1e-12
        assert bound.chances[person] - 1e-12 <= cuts.chances[person] <= 1 + 1e-12


def test_dense_networks_stay_affordable() -> None:
    """C2.1. All 40 sway each other: too many chains for the exact way, still every chance between 0 and 1."""
    graph = nx.complete_graph(40, create_using=nx.DiGraph)
    nx.set_edge_attributes(graph, 0.3, "weight")
    sway = sway_on(graph, 0)
    assert len(sway.inexact) == 39
    assert all(0.3 <= chance <= 1 for chance in sway.chances.values())
