"""What holds clients together (D2): who owns several of them, over which chains, and which groups they form."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod

import networkx as nx

LONGEST = 4
"""Ties of a chain of ownership."""
SEVERAL = 2
"""Clients from which somebody is an owner of several, and clients are a group."""
MOST_HELD = 60
"""Who is tied to more clients than this tells no groups of them apart, and is not counted."""
SEED = 2006


@dataclass(frozen=True, slots=True)
class Ownership:
    """A tie of ownership; ``percent`` is 0-100, None where it is not known."""

    id: str
    owner_id: str
    owned_id: str
    percent: float | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """Ties of ownership from an owner to a client, nobody twice. ``share`` 0-1: their product; None: not known."""

    ties: tuple[Ownership, ...]
    share: float | None


@dataclass(frozen=True, slots=True)
class Stake:
    """What an owner has of a client. ``share`` 0-1: the sum over the chains, None if one of them is not known."""

    client_id: str
    chains: tuple[Chain, ...]
    share: float | None


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns several clients."""

    owner_id: str
    stakes: tuple[Stake, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A group of clients. ``holders``: who is tied to which of them, at least two; those of most first."""

    clients: tuple[str, ...]
    holders: Mapping[str, tuple[str, ...]]


def owners(ties: Iterable[Ownership], clients: Collection[str]) -> tuple[Owner, ...]:
    """Who owns two or more of ``clients``, directly or over chains of at most four ties; those of most first."""
    above: dict[str, list[Ownership]] = defaultdict(list)
    for tie in sorted(ties, key=lambda one: one.id):
        above[tie.owned_id].append(tie)
    chains: dict[str, dict[str, list[Chain]]] = defaultdict(lambda: defaultdict(list))
    for client in sorted(clients):
        for found in _chains_to(client, above):
            chains[found[0].owner_id][client].append(Chain(found, _product(found)))
    several = [
        Owner(owner, tuple(_stake(client, some) for client, some in held.items()))
        for owner, held in chains.items()
        if len(held) >= SEVERAL
    ]
    return tuple(sorted(several, key=lambda one: (-len(one.stakes), one.owner_id)))


def _chains_to(client: str, above: Mapping[str, Sequence[Ownership]]) -> Iterator[tuple[Ownership, ...]]:
    open_chains: list[tuple[Ownership, ...]] = [()]
    while open_chains:
        chain = open_chains.pop()
        on_it = {client} | {tie.owner_id for tie in chain}
        for tie in above.get(chain[0].owner_id if chain else client, ()):
            if tie.owner_id in on_it:
                continue  # Firms that own each other: the chain would turn in a circle.
            longer = (tie, *chain)
            yield longer
            if len(longer) < LONGEST:
                open_chains.append(longer)


def _product(chain: Sequence[Ownership]) -> float | None:
    shares = [tie.percent / 100 for tie in chain if tie.percent is not None]
    return prod(shares) if len(shares) == len(chain) else None


def _stake(client: str, chains: Sequence[Chain]) -> Stake:
    known = [one.share for one in chains if one.share is not None]
    shortest_first = sorted(chains, key=lambda one: (len(one.ties), [tie.id for tie in one.ties]))
    return Stake(client, tuple(shortest_first), sum(known) if len(known) == len(chains) else None)


def clusters(memberships: Iterable[tuple[str, str]]) -> tuple[Cluster, ...]:
    """Groups of two or more clients that share holders, the largest first; the same for every order of the pairs.

    Clients are tied to each other by as many as they share, and parted by the Louvain method (Blondel et al. 2008,
    "Fast unfolding of communities in large networks", J. Stat. Mech. P10008), which seeks the greatest modularity.

    Args:
        memberships: (client, holder): a firm or person the client is tied to.
    """
    held: dict[str, set[str]] = defaultdict(set)
    for client, holder in memberships:
        held[holder].add(client)
    useful = {holder: sorted(some) for holder, some in sorted(held.items()) if SEVERAL <= len(some) <= MOST_HELD}
    shared = Counter(pair for some in useful.values() for pair in combinations(some, 2))
    graph = nx.Graph()
    graph.add_nodes_from(sorted({client for some in useful.values() for client in some}))
    graph.add_weighted_edges_from((one, other, n) for (one, other), n in sorted(shared.items()))
    groups = nx.community.louvain_communities(graph, seed=SEED) if graph else []
    # Louvain may leave a group in two pieces that nothing holds together (Traag et al. 2019).
    pieces = [sorted(piece) for group in groups for piece in nx.connected_components(graph.subgraph(group))]
    found = [_cluster(piece, useful) for piece in pieces if len(piece) >= SEVERAL]
    return tuple(sorted(found, key=lambda one: (-len(one.clients), one.clients)))


def too_wide(memberships: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Who is tied to so many clients that it is not counted in :func:`clusters`, by id."""
    counted = Counter(holder for _client, holder in set(memberships))
    return tuple(sorted(holder for holder, n in counted.items() if n > MOST_HELD))


def _cluster(clients: Sequence[str], held: Mapping[str, Sequence[str]]) -> Cluster:
    inside = set(clients)
    holders = {holder: tuple(one for one in some if one in inside) for holder, some in held.items()}
    most_first = sorted(holders.items(), key=lambda one: (-len(one[1]), one[0]))
    return Cluster(tuple(clients), {holder: some for holder, some in most_first if len(some) >= SEVERAL})
