"""Our ways into a client (C1.2, D1): by hand, minimum cuts against igraph, single points against a removal loop."""

from __future__ import annotations

from datetime import date

import igraph
import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.domain.access import THEM, US, Access
from graphcrm.domain.structure import CoverageTie, InfluenceTie, PowerStructure, Stakeholder

TODAY = date(2026, 11, 23)
NODES = "abcdefgh"


def client(deciders: str, contacts: list[tuple[str, str]], influences: list[tuple[str, str]]) -> PowerStructure:
    people = tuple(
        Stakeholder(name, name.upper(), roles=frozenset({"decision_maker"} if name in deciders else ()))
        for name in NODES
    )
    covered = tuple(
        CoverageTie(f"{ours}-{person}", person, ours, ours.upper(), coverage="brief") for ours, person in contacts
    )
    ties = tuple(InfluenceTie(f"{one}-{other}", one, other, strength=5) for one, other in influences)
    return PowerStructure("c", TODAY, people, influences=ties, coverage=covered)


def test_ways_by_hand() -> None:
    """Ours knows a, a sways b, b sways c, c sways d, d sways e: e is four influences away, and not reached."""
    access = Access(client("ce", [("x1", "a")], [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")]))
    assert access.ways["c"] == ("x1", "a", "b", "c")
    assert set(access.ways) == {"a", "b", "c", "d"}
    assert {(one.id, one.is_ours, one.lost) for one in access.singles} == {
        ("x1", True, ("c",)),
        ("a", False, ("c",)),
        ("b", False, ("c",)),
    }
    assert len(access.cut or ()) == 1


def test_two_ways_leave_no_single_point_but_one_of_ours() -> None:
    access = Access(client("c", [("x1", "a"), ("x1", "b")], [("a", "c"), ("b", "c")]))
    assert [one.id for one in access.singles] == ["x1"]
    assert access.cut == ("x1",)
    better = Access(client("c", [("x1", "a"), ("x2", "b")], [("a", "c"), ("b", "c")]))
    assert better.singles == ()
    assert len(better.cut or ()) == 2


def test_what_is_not_known_is_not_zero() -> None:
    assert Access(client("", [("x1", "a")], [])).cut is None
    assert Access(client("c", [], [("a", "c")])).cut == ()
    assert Access(client("c", [], [])).ways == {}


pairs = st.lists(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda pair: pair[0] != pair[1]),
    max_size=16,
    unique=True,
)
contacts = st.lists(st.tuples(st.sampled_from(["x1", "x2", "x3"]), st.sampled_from(NODES)), max_size=6, unique=True)


@given(contacts, pairs, st.sampled_from(["a", "ab", "hg"]))
@settings(max_examples=120, deadline=None)
def test_the_cut_is_as_small_as_igraph_says_and_cuts(met: list, influences: list, deciders: str) -> None:
    access = Access(client(deciders, met, influences))
    graph, cut = access.cut_graph(), access.cut
    assert cut is not None
    if US not in graph or THEM not in graph or not nx.has_path(graph, US, THEM):
        assert cut == ()
        return
    other = igraph.Graph.TupleList(graph.edges, directed=True)
    ends = (other.vs.find(name=US).index, other.vs.find(name=THEM).index)
    assert len(cut) == other.vertex_connectivity(*ends, neighbors="error")
    graph.remove_nodes_from(cut)
    assert not nx.has_path(graph, US, THEM)


@given(contacts, pairs)
@settings(max_examples=120, deadline=None)
def test_single_points_are_those_that_a_removal_loop_finds(met: list, influences: list) -> None:
    """Also those who do not lie on the shortest way: they cost nothing, so none of them is one."""
    structure = client("ab", met, influences)
    reached = {person for person in "ab" if person in Access(structure).ways}
    expected = {}
    for one in [*NODES, "x1", "x2", "x3"]:
        rest = client(
            "ab",
            [(ours, person) for ours, person in met if one not in (ours, person)],
            [pair for pair in influences if one not in pair],
        )
        lost = reached - Access(rest).ways.keys() - {one}
        if lost:
            expected[one] = lost
    assert {one.id: set(one.lost) for one in Access(structure).singles} == expected
