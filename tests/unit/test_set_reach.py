"""The reach of a set (C2.1): exact against all states of small networks, drawn close to exact, monotone, submodular."""

from __future__ import annotations

from itertools import chain as join
from itertools import combinations, pairwise, product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.domain import set_reach
from graphcrm.domain.set_reach import SetReach

NODES = "abcde"
edges = st.dictionaries(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda pair: pair[0] != pair[1]),
    st.integers(0, 10).map(lambda tenth: tenth / 10),
    max_size=8,
)
people = st.frozensets(st.sampled_from(NODES), max_size=4)


def network(weights: dict[tuple[str, str], float]) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(NODES)
    for (one, other), weight in weights.items():
        graph.add_edge(one, other, low=weight / 2, weight=weight, high=(1 + weight) / 2)
    return graph


def reach_of(graph: nx.DiGraph, shares: dict[str, float], **options: float) -> SetReach:
    return SetReach(graph, shares, np.random.default_rng(7), **options)  # type: ignore[arg-type]


def brute_force(graph: nx.DiGraph, members: frozenset[str], target: str, passing_on: float) -> float:
    """The chance of all states of ties and go-betweens in which some chain of up to three ties works."""
    if target in members:
        return 1.0
    paths = [nx.all_simple_paths(graph, one, target, cutoff=3) for one in members]
    chains = [tuple(path) for path in join.from_iterable(paths)]
    parts: dict[object, float] = {tie: graph.edges[tie]["weight"] for found in chains for tie in pairwise(found)}
    parts |= {person: passing_on for found in chains for person in found[1:-1]}
    total = 0.0
    for state in product((True, False), repeat=len(parts)):
        up = {part for part, works in zip(parts, state, strict=True) if works}
        chance = np.prod([odd if part in up else 1 - odd for part, odd in parts.items()])
        if any(up.issuperset([*pairwise(found), *found[1:-1]]) for found in chains):
            total += float(chance)
    return total


@given(edges, people, st.sampled_from([0.5, 1.0]))
@settings(max_examples=80, deadline=None)
def test_it_is_exact_on_small_networks(weights: dict, members: frozenset[str], passing_on: float) -> None:
    graph = network(weights)
    reach = reach_of(graph, {"a": 0.75, "b": 0.25}, passing_on=passing_on)
    expected = sum(
        share * brute_force(graph, members, target, passing_on) for target, share in (("a", 0.75), ("b", 0.25))
    )
    assert reach.value(members) == pytest.approx(expected)
    assert reach.is_exact


@given(edges, people, people, st.sampled_from(NODES), st.booleans())
@settings(max_examples=150, deadline=None)
def test_it_is_monotone_and_submodular(
    weights: dict, few: frozenset[str], others: frozenset[str], one: str, drawn: bool
) -> None:
    """Nobody lowers it; who joins a larger set adds no more than to a smaller. On the drawn states too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(set_reach, "MAX_CHAINS_OF_SET", -1 if drawn else 24)
        patch.setattr(set_reach, "WORLDS", 256)
        reach = reach_of(network(weights), {"a": 1.0, "c": 0.5})
        many = few | others
        assert reach.value(many) >= reach.value(few) - 1e-12
        to_few = reach.value(few | {one}) - reach.value(few)
        to_many = reach.value(many | {one}) - reach.value(many)
        assert to_many <= to_few + 1e-12
        low, likely, high = (reach.value(few, bound) for bound in set_reach.BOUNDS)
        assert low - 1e-12 <= likely <= high + 1e-12


@pytest.mark.parametrize("members", [("b",), ("c", "d"), ("b", "c", "d", "e")])
def test_drawn_states_come_close_to_the_exact_reach(monkeypatch: pytest.MonkeyPatch, members: tuple[str, ...]) -> None:
    """Within four standard errors of what factoring gives."""
    everybody = list(combinations(NODES, 2))
    graph = network(dict.fromkeys(everybody, 0.4) | {pair[::-1]: 0.3 for pair in everybody})
    exact = reach_of(graph, {"a": 1.0}).value(members)
    monkeypatch.setattr(set_reach, "MAX_CHAINS_OF_SET", 3)
    drawn = reach_of(graph, {"a": 1.0})
    assert not drawn.is_exact
    assert drawn.value(members) == pytest.approx(exact, abs=4 * drawn.error)
    assert 0 < drawn.error < 0.006


def test_with_certain_ties_it_is_borgattis_m_reach() -> None:
    """Krackhardt's kite: one step from Diane reaches 7 of the 10, from her and Ike all 10 (Borgatti 2006)."""
    kite = nx.krackhardt_kite_graph().to_directed()
    nx.set_edge_attributes(kite, 1.0, "weight")
    names = dict(enumerate(("Andre", "Bev", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane")))
    kite = nx.relabel_nodes(kite, names)
    reach = reach_of(kite, dict.fromkeys(kite, 1.0), horizon=1, passing_on=1.0)
    assert reach.value({"Diane"}) == pytest.approx(0.7)
    assert reach.value({"Diane", "Ike"}) == pytest.approx(1.0)
    whole = [pair for pair in combinations(names.values(), 2) if reach.value(pair) > 0.999]
    assert whole == [("Diane", "Ike")]


def test_nobody_decides_and_nobody_is_asked() -> None:
    graph = network({("a", "b"): 0.5})
    assert reach_of(graph, {}).value({"a"}) == 0.0
    assert reach_of(graph, {"b": 1.0}).value(()) == 0.0
    assert reach_of(graph, {"b": 1.0}).value({"not-there"}) == 0.0
