"""Betweenness, constraint and formal rank against published values and an independent library (C2.1)."""

from __future__ import annotations

from datetime import date
from math import isnan

import igraph
import networkx as nx
import pytest

from graphcrm.domain import measures
from graphcrm.domain.structure import PowerStructure, ReportingLine, Stakeholder

TODAY = date(2026, 9, 1)

# Padgett & Ansell (1993), marriages; betweenness as published by Jackson, Social and Economic Networks (2008),
# section 1.2.1 (Medici, Guadagni, Strozzi) and in the usual tables of the data set (the others).
FLORENTINE_BETWEENNESS = {
    "Medici": 0.522,
    "Guadagni": 0.255,
    "Albizzi": 0.212,
    "Salviati": 0.143,
    "Ridolfi": 0.114,
    "Bischeri": 0.104,
    "Strozzi": 0.103,
    "Barbadori": 0.093,
    "Tornabuoni": 0.092,
    "Castellani": 0.055,
    "Peruzzi": 0.022,
    "Acciaiuoli": 0.0,
    "Pazzi": 0.0,
    "Ginori": 0.0,
    "Lamberteschi": 0.0,
}
# The kite of Krackhardt (1990), Administrative Science Quarterly 35, 342-369.
# Diane has most contacts, Heather is most between.
KITE_BETWEENNESS = [0.023, 0.023, 0.0, 0.102, 0.0, 0.231, 0.231, 0.389, 0.222, 0.0]


def test_betweenness_of_the_florentine_families_is_as_published() -> None:
    """C2.1."""
    found = measures.betweenness(nx.florentine_families_graph())
    assert {family: round(value, 3) for family, value in found.items()} == FLORENTINE_BETWEENNESS


def test_betweenness_of_the_kite_is_as_published() -> None:
    """C2.1."""
    found = measures.betweenness(nx.krackhardt_kite_graph())
    assert [round(found[node], 3) for node in range(10)] == KITE_BETWEENNESS


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("directed", [True, False])
def test_betweenness_equals_igraph_on_random_graphs(seed: int, directed: bool) -> None:
    """C2.1. igraph counts pairs; a directed graph of n nodes has (n-1)(n-2) of them without the node itself."""
    graph = nx.gnp_random_graph(40, 0.08, seed=seed, directed=directed)
    pairs = 39 * 38 / (1 if directed else 2)
    theirs = igraph.Graph.from_networkx(graph).betweenness(directed=directed)
    ours = measures.betweenness(graph)
    assert [ours[node] for node in graph] == pytest.approx([value / pairs for value in theirs])


@pytest.mark.parametrize("directed", [True, False])
def test_the_fast_betweenness_equals_the_plain_one(directed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """C2.1. The switch to the compiled library changes the time, not the numbers."""
    assert measures._betweenness_rustworkx(nx.path_graph(3)) == pytest.approx({0: 0.0, 1: 1.0, 2: 0.0})
    graph = nx.gnp_random_graph(60, 0.06, seed=7, directed=directed)
    graph = nx.relabel_nodes(graph, {node: f"p{node}" for node in graph})
    plain = measures.betweenness(graph)
    monkeypatch.setattr(measures, "LARGE_NETWORK", 1)
    assert measures.betweenness(graph) == pytest.approx(plain)


@pytest.mark.parametrize("seed", range(5))
def test_constraint_equals_igraph_and_networkx_on_random_graphs(seed: int) -> None:
    """C2.1, Burt 1992."""
    graph = nx.gnp_random_graph(30, 0.12, seed=seed)
    ours = measures.constraint(graph, weight=None)
    theirs = igraph.Graph.from_networkx(graph).constraint()
    others = nx.constraint(graph)
    for node, value in ours.items():
        assert value == pytest.approx(theirs[node])
        assert value == pytest.approx(others[node])
    assert {node for node in graph if graph.degree(node) == 0}.isdisjoint(ours)


@pytest.mark.parametrize("seed", range(3))
def test_weighted_directed_constraint_equals_networkx(seed: int) -> None:
    """C2.1. networkx says nothing of people who sway nobody; we count their incoming ties, as Burt does."""
    graph = nx.gnp_random_graph(15, 0.2, seed=seed, directed=True)
    for place, edge in enumerate(graph.edges):
        graph.edges[edge]["weight"] = 0.1 + (place % 9) / 10
    ours, theirs = measures.constraint(graph), nx.constraint(graph, weight="weight")
    spoken_to = {node: value for node, value in theirs.items() if not isnan(value)}
    assert {node: ours[node] for node in spoken_to} == pytest.approx(spoken_to)
    assert ours.keys() - spoken_to.keys() <= {node for node in graph if graph.out_degree(node) == 0}


def test_constraint_of_a_star_and_a_triangle_by_hand() -> None:
    """C2.1. A hub over n strangers has n (1/n)^2; in a triangle each contact has (1/2 + 1/4)^2."""
    star = measures.constraint(nx.star_graph(4), weight=None)
    assert star[0] == pytest.approx(0.25)
    assert star[1] == pytest.approx(1.0)
    assert measures.constraint(nx.complete_graph(3), weight=None)[0] == pytest.approx(2 * 0.75**2)


def structure(levels: dict[str, int | None], lines: list[tuple[str, str]]) -> PowerStructure:
    people = tuple(Stakeholder(person, person, level=level) for person, level in levels.items())
    reporting = tuple(ReportingLine(f"{one}>{other}", one, other) for one, other in lines)
    return PowerStructure("c", TODAY, people, reporting)


def test_a_missing_level_is_counted_from_the_nearest_boss_or_report() -> None:
    """C2.1."""
    chart = structure(
        {"head": None, "deputy": 2, "clerk": None, "trainee": None, "stranger": None},
        [("deputy", "head"), ("clerk", "deputy"), ("trainee", "clerk")],
    )
    assert measures.effective_levels(chart) == {"head": 1, "deputy": 2, "clerk": 3, "trainee": 4}


def test_without_any_stated_level_the_chart_counts() -> None:
    """C2.1. Two roots both stand at the top; a person outside the chart has no level."""
    chart = structure(dict.fromkeys(("a", "b", "c", "d", "e")), [("b", "a"), ("d", "c")])
    assert measures.effective_levels(chart) == {"a": 1, "b": 2, "c": 1, "d": 2}


def test_a_reporting_circle_is_one_desk() -> None:
    """C2.1. Bad data never raise."""
    chart = structure(dict.fromkeys(("a", "b", "c", "d")), [("a", "b"), ("b", "a"), ("c", "a"), ("d", "d")])
    assert measures.effective_levels(chart) == {"a": 1, "b": 1, "c": 2}


def test_formal_authority_falls_by_equal_steps_and_an_unknown_level_has_bounds() -> None:
    """C2.1."""
    found = measures.formal_authority(structure({"a": 1, "b": 2, "c": 4, "x": None, "odd": -3}, []))
    assert found["a"] == (1.0, 1.0, 1.0)
    assert found["c"] == (0.25, 0.25, 0.25)
    assert found["x"] == found["odd"] == (0.25, 0.75, 1.0)


def test_formal_rank_goes_by_level_then_by_people_below() -> None:
    """C2.1. Equals share a rank; those of unknown level have none."""
    chart = structure(
        {"head": 1, "big": 2, "small": 2, "lone": 2, "w1": 3, "w2": 3, "w3": 3, "x": None},
        [("w1", "big"), ("w2", "big"), ("w3", "small"), ("big", "head"), ("small", "head")],
    )
    ranks = measures.formal_ranks(chart)
    assert ranks == {"head": 1, "big": 2, "small": 3, "lone": 4, "w1": 5, "w2": 5, "w3": 5}
