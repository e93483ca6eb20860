"""The reach of a set of people on those who decide: how much of the decision they sway together (C2.1).

The same network, weights and chains as :mod:`graphcrm.domain.reach`, for several people at once. A set sways a person
when at least one chain from at least one of them works; whoever is in the set is won. In each state of the network
that is the union of what each of them sways, so that the reach of a set is monotone and submodular (Kempe, Kleinberg
& Tardos 2003, theorem 2.2): nobody can lower it, and each further person adds the less the more are there.

Two ways, chosen for each person who decides by the number of chains that end there, so that both properties hold:

1. up to :data:`MAX_CHAINS_OF_SET` chains: exact, by factoring;
2. more: the share of :data:`WORLDS` states of the network, drawn at random, in which the set sways the person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

import networkx as nx
import numpy as np

from graphcrm.domain.reach import Chain, chain_chance, chains_to, chance_of_any

MAX_CHAINS_OF_SET = 24
"""Chains that end at one person up to which the chance is exact."""
WORLDS = 8_192
"""States of the network that are drawn where it is not: one standard error is then 0.0055 at most."""
MOST_ADDED, KEPT_SETS = 3, 4
"""A set with more people than this beyond one that is kept is kept too, up to so many."""
BOUNDS = ("low", "weight", "high")
"""The edge attributes with the least, likely and greatest chance of an influence."""

People = frozenset[str]
Chance = Callable[[People], float]


@dataclass(frozen=True)
class SetReach:
    """Answers how much a set of people sways.

    Attributes:
        graph: edges from the one who sways to the one who is swayed, as
            :meth:`~graphcrm.domain.structure.PowerStructure.influence_graph` gives it.
        shares: how much each person has to say, by id; see :func:`~graphcrm.domain.power_parts.decision_shares`.
        draw: draws the states of the network; give one with a fixed seed, so that the answer is the same every time.
        horizon, passing_on: of the chains, see :func:`~graphcrm.domain.reach.sway_on`.
    """

    graph: nx.DiGraph
    shares: Mapping[str, float]
    draw: np.random.Generator
    horizon: int = 3
    passing_on: float = 0.5

    def value(self, members: Iterable[str], bound: str = "weight") -> float:
        """The share of the decision, 0-1, that the members sway or hold themselves. 0 when nobody decides."""
        chosen = frozenset(members)
        total = sum(self.shares.values())
        swayed = (share * self.chance(target, chosen, bound) for target, share in self.shares.items())
        return min(sum(swayed) / total, 1.0) if total > 0 else 0.0

    def chance(self, target: str, members: People, bound: str = "weight") -> float:
        """The chance, 0-1, that the members sway ``target``; 1 when the target is one of them."""
        if target in members:
            return 1.0
        key = target, bound
        if key not in self._chances:
            self._chances[key] = self._chance_of(target, bound)
        return self._chances[key](members)

    def strongest(self, target: str, members: Iterable[str]) -> Chain:
        """The most likely chain from a member to ``target``; empty when there is none, or too many to list."""
        chains = [chain for chain in self._chains(target) or () if chain[0] in frozenset(members)]

        def order(chain: Chain) -> tuple[float, int, Chain]:
            return -round(chain_chance(self.graph, chain, passing_on=self.passing_on), 12), len(chain), chain

        return min(chains, key=order, default=())

    @property
    def is_exact(self) -> bool:
        """True when nothing had to be drawn for those who decide."""
        return all(self._chains(target) is not None for target in self.shares)

    @property
    def error(self) -> float:
        """One standard error of :meth:`value`, at most: 0 where it is exact."""
        return 0.0 if self.is_exact else 0.5 / sqrt(WORLDS)

    @cached_property
    def _chances(self) -> dict[tuple[str, str], Chance]:
        return {}

    @cached_property
    def _listed(self) -> dict[str, tuple[Chain, ...] | None]:
        return {}

    def _chains(self, target: str) -> tuple[Chain, ...] | None:
        if target not in self._listed:
            self._listed[target] = chains_to(self.graph, target, horizon=self.horizon, most=MAX_CHAINS_OF_SET)
        return self._listed[target]

    def _chance_of(self, target: str, bound: str) -> Chance:
        chains = self._chains(target)
        if chains is None:
            return self._drawn_chance(target, bound)
        sources = frozenset(chain[0] for chain in chains)
        known: dict[People, float] = {frozenset(): 0.0}

        def chance(members: People) -> float:
            swaying = members & sources
            if swaying not in known:
                working = [chain for chain in chains if chain[0] in swaying]
                known[swaying] = chance_of_any(self.graph, working, passing_on=self.passing_on, weight=bound)
            return known[swaying]

        return chance

    def _drawn_chance(self, target: str, bound: str) -> Chance:
        """From the drawn states in which each person's chain to the target works, one bit for each state."""
        ties, gates = self._worlds[bound]
        everywhere = (1 << WORLDS) - 1
        works = {target: everywhere}
        for _step in range(self.horizon):
            longer = dict(works)
            for source, person in ties:
                if person in works and source != target:
                    gate = everywhere if person == target else gates[person]
                    longer[source] = longer.get(source, 0) | (ties[source, person] & gate & works[person])
            works = longer

        # A search asks for one large set with this person or that: what the large set sways is kept.
        kept: list[tuple[People, int]] = []

        def chance(members: People) -> float:
            base, swayed = next((one for one in kept if one[0] <= members), (frozenset(), 0))
            rest = members - base
            for person in rest:
                swayed |= works.get(person, 0)
            if len(rest) > MOST_ADDED:
                kept[:] = [(members, swayed), *kept[: KEPT_SETS - 1]]
            return swayed.bit_count() / WORLDS

        return chance

    @cached_property
    def _worlds(self) -> dict[str, tuple[dict[tuple[str, str], int], dict[str, int]]]:
        """For each bound, in which states each influence works and each go-between passes a matter on.

        One draw for all three bounds: what works at the least strength works at the greatest too.
        """
        gates = {person: _bits(self.draw.random(WORLDS) < self.passing_on) for person in self.graph}
        ties: dict[str, dict[tuple[str, str], int]] = {bound: {} for bound in BOUNDS}
        for source, person, data in self.graph.edges(data=True):
            drawn = self.draw.random(WORLDS)
            for bound in BOUNDS:
                ties[bound][source, person] = _bits(drawn < data[bound])
        return {bound: (ties[bound], gates) for bound in BOUNDS}


def _bits(states: np.ndarray) -> int:
    return int.from_bytes(np.packbits(states).tobytes(), "big")
