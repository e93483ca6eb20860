"""Krackhardt's high-tech managers: 21 managers, whom each asks for advice, to whom each reports (C2.1).

Source: D. Krackhardt, "Cognitive social structures", Social Networks 9 (1987) 104-134, reprinted in S. Wasserman and
K. Faust, Social Network Analysis (1994), appendix B, and distributed since as "Krackhardt high-tech managers". The
published counts are checked first, so that a slip in the numbers below cannot pass. Who is asked for advice has
influence, so each tie of advice is turned round.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import igraph
import networkx as nx
import pytest

from graphcrm.domain import measures
from graphcrm.domain.power import rank_key_figures
from graphcrm.domain.reach import sway_on
from graphcrm.domain.structure import InfluenceTie, PowerStructure, ReportingLine, Stakeholder

ADVICE = {
    1: (2, 4, 8, 16, 18, 21),
    2: (6, 7, 21),
    3: (1, 2, 4, 6, 7, 8, 9, 10, 11, 12, 14, 17, 18, 20, 21),
    4: (1, 2, 6, 8, 10, 11, 12, 16, 17, 18, 20, 21),
    5: (1, 2, 6, 7, 8, 10, 11, 13, 14, 16, 17, 18, 19, 20, 21),
    6: (21,),
    7: (2, 6, 11, 12, 14, 17, 18, 21),
    8: (2, 4, 6, 7, 10, 11, 18, 21),
    9: (1, 2, 6, 7, 8, 10, 11, 12, 14, 16, 17, 18, 21),
    10: (1, 2, 3, 4, 5, 8, 11, 13, 15, 16, 17, 18, 19, 20),
    11: (1, 2, 7),
    12: (7, 21),
    13: (1, 2, 5, 9, 14, 18),
    14: (2, 7, 18, 21),
    15: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19, 20, 21),
    16: (1, 2, 10, 18),
    17: (1, 2, 4, 7, 21),
    18: (1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 13, 14, 15, 16, 19, 20, 21),
    19: (1, 2, 3, 5, 7, 10, 11, 14, 15, 18, 20),
    20: (1, 2, 6, 8, 11, 12, 14, 15, 16, 17, 18, 21),
    21: (2, 3, 4, 6, 7, 8, 12, 14, 17, 18, 20),
}
BOSS = {1: 2, 2: 7, 3: 14, 4: 2, 5: 14, 6: 21, 8: 21, 9: 14, 10: 18, 11: 18, 12: 21, 13: 14, 14: 7, 15: 14, 16: 2}
BOSS |= {17: 21, 18: 7, 19: 14, 20: 14, 21: 7}
PRESIDENT, VICE_PRESIDENTS = 7, (2, 14, 18, 21)


@cache
def managers() -> PowerStructure:
    """The president decides; nobody's level is stated, so that the chart has to tell it."""
    people = tuple(
        Stakeholder(
            str(who), str(who), roles=frozenset({"economic_buyer" if who == PRESIDENT else "user"}), confidence=1
        )
        for who in ADVICE
    )
    lines = tuple(ReportingLine(f"r{who}", str(who), str(boss)) for who, boss in BOSS.items())
    ties = tuple(
        InfluenceTie(f"a{asker}-{asked}", str(asked), str(asker), strength=5, confidence=1)
        for asker, adviser in ADVICE.items()
        for asked in adviser
    )
    return PowerStructure("high-tech", date(1987, 1, 1), people, lines, ties)


def test_the_data_are_those_published() -> None:
    """190 advice ties (density 0.452) and 20 reports-to; manager 15 asks all 20 others, 18 of them ask manager 2."""
    graph = managers().influence_graph()
    assert graph.number_of_edges() == 190
    assert round(nx.density(graph), 3) == 0.452
    assert (graph.in_degree("15"), graph.out_degree("2")) == (20, 18)
    assert managers().reporting_graph().number_of_edges() == 20


def test_the_chart_gives_the_published_levels() -> None:
    """C2.1. One president, four vice presidents, sixteen managers, as the company's documents say."""
    levels = measures.effective_levels(managers())
    assert levels[str(PRESIDENT)] == 1
    assert {int(person) for person, level in levels.items() if level == 2} == set(VICE_PRESIDENTS)
    assert sum(level == 3 for level in levels.values()) == 16


def test_the_chart_is_a_pure_tree() -> None:
    """Krackhardt (1994), Graph theoretical dimensions of informal organizations: hierarchy 1, no circles, one head."""
    assert nx.is_arborescence(managers().reporting_graph().reverse())
    assert managers().reporting_cycles() == ()
    assert managers().ancestors("1") == ("2", "7")
    assert len(managers().descendants("7")) == 20


def test_formal_rank_puts_the_president_first_and_the_largest_division_second() -> None:
    """C2.1. Seven report to manager 14, four to 21, three to 2, two to 18."""
    ranks = measures.formal_ranks(managers())
    assert sorted(ranks, key=lambda person: ranks[person])[:5] == ["7", "14", "21", "2", "18"]
    assert [ranks[str(who)] for who in (1, 3, 15)] == [6, 6, 6]


def test_those_whom_the_president_asks_sway_the_president_directly() -> None:
    """C1.4."""
    direct = sway_on(managers().influence_graph(), "7", horizon=1).chances
    assert direct == {str(who): pytest.approx(0.5) for who in ADVICE[PRESIDENT]}


def test_the_key_figures_are_not_those_of_the_chart() -> None:
    """C2.1. The president decides and is first. Then come 2, whom most ask, and 21 and 18, who are most between; the
    chart puts 14 second for the largest division. There is no published ranking by power to compare with: this test
    holds what a reader of the data would expect, it does not prove the weights."""
    figures = rank_key_figures(managers())
    by_id = {figure.person_id: figure for figure in figures}
    assert figures[0].person_id == "7"
    assert {figure.person_id for figure in figures[1:4]} == {"2", "18", "21"}
    assert by_id["14"].formal_rank == 2
    assert by_id["14"].rank > 4


@pytest.mark.parametrize("directed", [True, False])
def test_betweenness_and_constraint_equal_igraph(directed: bool) -> None:
    """C2.1."""
    graph = managers().influence_graph()
    if not directed:
        graph = graph.to_undirected()
    nodes = list(graph)
    theirs = igraph.Graph.from_networkx(graph)
    pairs = 20 * 19 / (1 if directed else 2)
    ours = measures.betweenness(graph)
    assert [ours[node] for node in nodes] == pytest.approx([v / pairs for v in theirs.betweenness(directed=directed)])
    tight = measures.constraint(graph, weight=None)
    assert [tight[node] for node in nodes] == pytest.approx(theirs.constraint())
