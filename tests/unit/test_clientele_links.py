"""Owners of several clients and groups of clients (D2): by hand, by brute force, on graphs with known groups."""

from __future__ import annotations

from itertools import combinations, pairwise, permutations, product
from math import prod

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.domain.clientele_links import LONGEST, MOST_HELD, Ownership, clusters, owners, too_wide


def owned(*ties):
    """Ownerships from (owner, owned, percent)."""
    return [Ownership(f"{one}>{other}", one, other, percent) for one, other, percent in ties]


def test_a_person_over_a_holding():
    ties = owned(("ana", "holding", 60.0), ("holding", "nord", 50.0), ("holding", "sued", None), ("bo", "nord", 10.0))
    ana, holding = owners(ties, ["nord", "sued"])
    assert (ana.owner_id, holding.owner_id) == ("ana", "holding"), "Bo owns one client only"
    nord, sued = ana.stakes
    assert (nord.client_id, nord.share) == ("nord", pytest.approx(0.3))
    assert [tie.id for tie in nord.chains[0].ties] == ["ana>holding", "holding>nord"]
    assert sued.share is None, "one share is not known"
    assert [one.share for one in holding.stakes] == [0.5, None]


def test_several_chains_are_added_and_the_shortest_comes_first():
    ties = owned(("ana", "holding", 50.0), ("holding", "nord", 40.0), ("ana", "nord", 5.0), ("ana", "sued", 0.0))
    (ana,) = owners(ties, ["nord", "sued"])
    assert [len(chain.ties) for chain in ana.stakes[0].chains] == [1, 2]
    assert [stake.share for stake in ana.stakes] == [pytest.approx(0.25), 0.0]
    unknown = [*ties[:2], Ownership("x", "ana", "nord"), ties[3]]
    assert owners(unknown, ["nord", "sued"])[0].stakes[0].share is None, "a part that is known is not the whole"


def test_a_client_that_owns_others_and_firms_that_own_each_other():
    ties = owned(("nord", "sued", 30.0), ("sued", "nord", 20.0), ("nord", "west", 10.0))
    found = {one.owner_id: [stake.client_id for stake in one.stakes] for one in owners(ties, ["nord", "sued", "west"])}
    assert found == {"nord": ["sued", "west"], "sued": ["nord", "west"]}, "nobody owns itself over a circle"


def test_a_chain_of_five_ties_is_too_long():
    line = owned(*((f"f{n + 1}", f"f{n}", 100.0) for n in range(5)), ("f0", "nord", 100.0), ("f0", "sued", 100.0))
    assert {one.owner_id for one in owners(line, ["nord", "sued"])} == {"f0", "f1", "f2", "f3"}


NODES = "abcdef"
SHARES = st.one_of(st.none(), st.sampled_from([0.0, 10.0, 25.0, 50.0, 100.0]))


@given(
    st.dictionaries(st.sampled_from(list(permutations(NODES, 2))), SHARES, max_size=12), st.sets(st.sampled_from(NODES))
)
def test_as_all_chains_tried_one_by_one(shares, clients):
    found = {
        (one.owner_id, stake.client_id): stake
        for one in owners([Ownership(f"{a}{b}", a, b, percent) for (a, b), percent in shares.items()], clients)
        for stake in one.stakes
    }
    expected = {}
    for length in range(2, LONGEST + 2):
        for way in permutations(NODES, length):
            steps = list(pairwise(way))
            if way[-1] in clients and all(step in shares for step in steps):
                expected.setdefault((way[0], way[-1]), {})["".join(way)] = [shares[step] for step in steps]
    of = {}
    for owner, client in expected:
        of.setdefault(owner, set()).add(client)
    expected = {pair: chains for pair, chains in expected.items() if len(of[pair[0]]) > 1}
    assert found.keys() == expected.keys()
    for pair, chains in expected.items():
        stake = found[pair]
        ways = {"".join([chain.ties[0].owner_id, *(tie.owned_id for tie in chain.ties)]) for chain in stake.chains}
        assert ways == chains.keys()
        if any(None in some for some in chains.values()):
            assert stake.share is None
        else:
            assert stake.share == pytest.approx(sum(prod(one / 100 for one in some) for some in chains.values()))


def two_cliques():
    """Two groups of five in which every two share a firm of their own; one firm is tied to one of each."""
    pairs = [
        (client, f"{one}-{other}")
        for group in ("ABCDE", "VWXYZ")
        for one, other in combinations(group, 2)
        for client in (one, other)
    ]
    return [*pairs, ("E", "bridge"), ("V", "bridge")]


def test_two_cliques_with_a_bridge():
    one, other = clusters(two_cliques())
    assert (one.clients, other.clients) == (tuple("ABCDE"), tuple("VWXYZ"))
    assert "bridge" not in {*one.holders, *other.holders}, "it holds no two of one group"
    assert one.holders["A-B"] == ("A", "B")


@given(st.permutations(two_cliques()))
def test_the_order_of_the_pairs_does_not_matter(pairs):
    assert clusters(pairs) == clusters(two_cliques())


PAIRS = st.lists(st.tuples(st.sampled_from("ABCDEFGH"), st.sampled_from("pqrst")), max_size=20)


@given(PAIRS)
def test_groups_are_held_together_and_no_client_is_in_two(pairs):
    found = clusters(pairs)
    everybody = [client for group in found for client in group.clients]
    assert len(everybody) == len(set(everybody))
    for group in found:
        assert len(group.clients) >= 2
        graph = nx.Graph()
        graph.add_nodes_from(group.clients)
        for holder, some in group.holders.items():
            assert set(some) == {client for client, who in pairs if who == holder} & set(group.clients)
            graph.add_edges_from(combinations(some, 2))
        assert nx.is_connected(graph)
        counts = [len(some) for some in group.holders.values()]
        assert counts == sorted(counts, reverse=True)
        assert min(counts) >= 2


def test_who_is_tied_to_nearly_everybody_holds_nobody_together():
    pairs = [(f"client-{n}", "bank") for n in range(MOST_HELD + 1)]
    assert clusters(pairs) == ()
    assert too_wide(pairs) == ("bank",)
    assert too_wide(pairs[1:]) == ()
    (group,) = clusters([*pairs, *product(("client-1", "client-2"), ["audit"])])
    assert (group.clients, dict(group.holders)) == (("client-1", "client-2"), {"audit": ("client-1", "client-2")})


def test_nothing_shared_is_no_group():
    assert clusters([]) == ()
    assert clusters([("A", "bank"), ("B", "insurer"), ("A", "bank")]) == ()
