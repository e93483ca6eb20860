"""Influence reach: how likely what one person wants gets to those who decide, directly or over others.

The model is the independent cascade (Goldenberg, Libai & Muller 2001; Kempe, Kleinberg & Tardos 2003): each influence
works or fails by itself with the chance that its weight states, and each go-between passes a matter on or lets it drop.
The sway of one person over another is the chance that some chain of influences works from end to end: the two-terminal
reliability of the network (Colbourn 1987). Chains are at most ``horizon`` ties long: influence fades out beyond two or
three steps (Friedkin 1983; Christakis & Fowler 2013).

Why this measure: a chain counts (a secretary who has the deputy's ear who has the director's); two independent ways to
one decider count more than one; the same last step walked twice does not count twice, as it would in Katz' (1953) sum
over walks; the number is a chance, so it needs no scaling by the strongest in the network, and a new influence onto a
decider can never lower the one who gained it.

Exact where it is affordable. Reliability is #P-complete (Valiant 1979), so each pair of people takes one of three ways,
chosen by the number of chains between them, which another tie can only raise:

1. up to :data:`MAX_EXACT_CHAINS` chains: exact, by factoring (Moskowitz 1958);
2. more: an upper bound, for which the chains are gathered by their first tie, or by their last, and the groups taken as
   independent (Harris 1960; Esary & Proschan 1963);
3. more than :data:`MAX_CHAINS` chains that end at the target: the lesser of the chances that some first step works and
   that some last step works.

Each is at least as high as the one before on the same network, so that monotonicity holds across the switches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from math import prod
from typing import Any

import networkx as nx
import numpy as np

MAX_EXACT_CHAINS = 20
"""Chains between one pair up to which sway is exact. Dense cases take about a millisecond at 20 and 70 at 40."""
MAX_CHAINS = 20_000
"""Chains that end at one target up to which they are listed."""

Chain = tuple[str, ...]
"""People from the one who sways to the one who is swayed."""


@dataclass(frozen=True)
class Sway:
    """How strongly others sway one person.

    Attributes:
        chances: 0-1 by the id of the one who sways; people with no chain to the target are absent.
        chains: the listed chains by the same id; empty where there were too many to list.
        inexact: ids of those whose chance is an upper bound.
        passing_on: the chance that a go-between passes a matter on, with which it was computed.
    """

    target: str
    chances: Mapping[str, float] = field(default_factory=dict)
    chains: Mapping[str, tuple[Chain, ...]] = field(default_factory=dict)
    inexact: frozenset[str] = frozenset()
    passing_on: float = 0.5


def sway_on(
    graph: nx.DiGraph,
    target: str,
    *,
    horizon: int = 3,
    passing_on: float = 0.5,
    weight: str = "weight",
    sources: frozenset[str] | None = None,
) -> Sway:
    """How strongly each person sways ``target``.

    Args:
        graph: edges from the one who sways to the one who is swayed; ``weight`` names the edge attribute with the
            chance (0-1) that the influence works: a number, or an array of numbers, one for each of many worlds, which
            then makes every chance an array.
        horizon: the longest chain, in ties; 1 counts direct influence only.
        passing_on: the chance that a go-between passes the matter on.
        sources: whose sway is wanted; None is everybody's.
    """
    if target not in graph:
        return Sway(target, passing_on=passing_on)
    chains: dict[str, list[Chain]] = {}
    for count, chain in enumerate(_chains_to(graph, target, horizon), start=1):
        if count > MAX_CHAINS:
            return _sway_by_cuts(graph, target, horizon, passing_on, weight)
        chains.setdefault(chain[0], []).append(chain)
    chances, inexact = {}, set()
    for source, found in chains.items():
        if sources is not None and source not in sources:
            continue
        if len(found) <= MAX_EXACT_CHAINS:
            chances[source] = union_probability(*_events(graph, found, passing_on, weight))
        else:
            chances[source] = _upper_bound(graph, found, passing_on, weight)
            inexact.add(source)
    listed = {source: tuple(found) for source, found in chains.items()}
    return Sway(target, chances, listed, frozenset(inexact), passing_on)


def chain_chance(graph: nx.DiGraph, chain: Chain, *, passing_on: float = 0.5, weight: str = "weight") -> float:
    """The chance that one chain works by itself: its ties' weights times ``passing_on`` for each go-between."""
    steps = prod(graph.edges[edge][weight] for edge in nx.utils.pairwise(chain))
    return steps * passing_on ** (len(chain) - 2)


def chains_to(graph: nx.DiGraph, target: str, *, horizon: int = 3, most: int = MAX_CHAINS) -> tuple[Chain, ...] | None:
    """Every chain of 1 to ``horizon`` ties that ends at the target; None when there are more than ``most``."""
    found = tuple(islice(_chains_to(graph, target, horizon), most + 1)) if target in graph else ()
    return None if len(found) > most else found


def chance_of_any(
    graph: nx.DiGraph, chains: Iterable[Chain], *, passing_on: float = 0.5, weight: str = "weight"
) -> float:
    """The chance that at least one of the chains works, exact."""
    return union_probability(*_events(graph, list(chains), passing_on, weight))


def strongest_chain(graph: nx.DiGraph, sway: Sway, source: str) -> Chain:
    """The most likely of the listed chains from ``source``; the shortest, then the first by id, among equals.

    Empty when none is listed.
    """

    def order(chain: Chain) -> tuple[float, int, Chain]:
        return -round(chain_chance(graph, chain, passing_on=sway.passing_on), 12), len(chain), chain

    return min(sway.chains.get(source, ()), key=order, default=())


def union_probability(chains: list[frozenset], chances: Mapping[object, float]) -> float:
    """The chance that at least one of the chains works, exact, when all their parts work or fail independently.

    Factoring: split into groups of chains that share no part; take out what all of a group share; else take the part
    that most chains need, and weigh the case in which it works against the case in which it fails.

    Args:
        chains: each the set of its parts (ties and go-betweens).
        chances: the chance of each part, 0-1.
    """
    return _factor(frozenset(_minimal(chains)), chances, {})


def _factor(chains: frozenset[frozenset], chances: Mapping[object, float], known: dict) -> float:
    if not chains:
        return 0.0
    if frozenset() in chains:
        return 1.0
    if chains not in known:
        fails = 1.0
        for group in _groups(chains):
            fails *= 1.0 - _factor_group(group, chances, known)
        known[chains] = 1.0 - fails
    return known[chains]


def _factor_group(group: frozenset[frozenset], chances: Mapping[object, float], known: dict) -> float:
    shared = frozenset.intersection(*group)
    if shared:
        rest = frozenset(_minimal([chain - shared for chain in group]))
        return prod(chances[part] for part in shared) * _factor(rest, chances, known)
    uses = Counter(part for chain in group for part in chain)
    pivot = max(uses, key=lambda part: (uses[part], repr(part)))
    works = frozenset(_minimal([chain - {pivot} for chain in group]))
    fails = frozenset(chain for chain in group if pivot not in chain)
    chance = chances[pivot]
    return chance * _factor(works, chances, known) + (1.0 - chance) * _factor(fails, chances, known)


def _minimal(chains: list[frozenset]) -> list[frozenset]:
    """The chains that contain no other: when the shorter works, the longer adds nothing."""
    kept: list[frozenset] = []
    for chain in sorted(set(chains), key=len):
        if not any(shorter <= chain for shorter in kept):
            kept.append(chain)
    return kept


def _groups(chains: frozenset[frozenset]) -> list[frozenset[frozenset]]:
    """The chains in groups that share no part with each other."""
    groups: list[tuple[set, list[frozenset]]] = []
    for chain in chains:
        parts, members = set(chain), [chain]
        apart = []
        for group in groups:
            if parts.isdisjoint(group[0]):
                apart.append(group)
            else:
                parts |= group[0]
                members += group[1]
        groups = [*apart, (parts, members)]
    return [frozenset(members) for _, members in groups]


def _chains_to(graph: nx.DiGraph, target: str, horizon: int) -> Iterator[Chain]:
    """Every chain of 1 to ``horizon`` ties that ends at the target and visits nobody twice."""
    stack: list[Chain] = [(target,)]
    while stack:
        chain = stack.pop()
        for person in graph.predecessors(chain[0]):
            if person not in chain:
                longer = (person, *chain)
                yield longer
                if len(longer) <= horizon:
                    stack.append(longer)


def _events(
    graph: nx.DiGraph, chains: list[Chain], passing_on: float, weight: str
) -> tuple[list[frozenset], dict[object, float]]:
    """Each chain as the set of its parts, and the chance of each part."""
    chances: dict[object, float] = {}
    sets = []
    for chain in chains:
        ties = list(nx.utils.pairwise(chain))
        chances.update((tie, graph.edges[tie][weight]) for tie in ties)
        chances.update((person, passing_on) for person in chain[1:-1])
        sets.append(frozenset([*ties, *chain[1:-1]]))
    return sets, chances


def _upper_bound(graph: nx.DiGraph, chains: list[Chain], passing_on: float, weight: str) -> float:
    """The lesser of two bounds: chains gathered by their first tie, or by their last, each group as if independent.

    Events that only grow likelier with every part are never less likely together than if they were independent (Harris
    1960), so that taking the groups as independent can only overstate that at least one works.
    """
    return _least(
        _bound_by_tie(graph, chains, slice(None, 2), passing_on, weight),
        _bound_by_tie(graph, chains, slice(-2, None), passing_on, weight),
    )


def _least(one: Any, other: Any) -> Any:
    """The lesser, of two numbers or in each place of two arrays."""
    return min(one, other) if isinstance(one, float) and isinstance(other, float) else np.minimum(one, other)


def _ratio(part: Any, whole: Any) -> Any:
    """``part / whole``, at most 1; 0 where the whole is 0."""
    if isinstance(whole, float):
        return min(part / whole, 1.0) if whole > 0 else 0.0
    return np.minimum(np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0), 1.0)


def _bound_by_tie(graph: nx.DiGraph, chains: list[Chain], tie: slice, passing_on: float, weight: str) -> float:
    groups: dict[Chain, list[Chain]] = {}
    for chain in chains:
        groups.setdefault(chain[tie], []).append(chain)
    fails = 1.0
    for shared, group in groups.items():
        # Every longer chain of a group also needs the go-between at the end of the shared tie.
        common = graph.edges[shared][weight] * (passing_on if len(group[0]) > 2 else 1.0)
        if len(group) <= MAX_EXACT_CHAINS:
            fails *= 1.0 - union_probability(*_events(graph, group, passing_on, weight))
        else:
            rests = (
                _ratio(chain_chance(graph, chain, passing_on=passing_on, weight=weight), common) for chain in group
            )
            fails *= 1.0 - common * (1.0 - prod(1.0 - rest for rest in rests))
    return 1.0 - fails


def _sway_by_cuts(graph: nx.DiGraph, target: str, horizon: int, passing_on: float, weight: str) -> Sway:
    steps = nx.single_source_shortest_path_length(graph.reverse(copy=False), target, cutoff=horizon)
    chances = {}
    for source in steps:
        if source == target:
            continue
        first = prod(
            1.0 - data[weight] * (1.0 if person == target else passing_on)
            for _, person, data in graph.out_edges(source, data=True)
            if steps.get(person, horizon) < horizon
        )
        last = prod(
            1.0 - data[weight] * (1.0 if person == source else passing_on)
            for person, _, data in graph.in_edges(target, data=True)
        )
        chances[source] = _least(1.0 - first, 1.0 - last)
    return Sway(target, chances, {}, frozenset(chances), passing_on)
