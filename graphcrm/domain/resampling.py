"""How sure the ranking of key figures is: the same ranking in many worlds that what we know allows (C2.1, C1.8).

Each world draws what is not certain: whether an uncertain tie or role is so (with its confidence), how strong an
influence of unknown strength is (1 to 10, each as likely), which role somebody without a known one has
(:data:`UNKNOWN_ROLES`), and the rung of somebody whose level nothing tells (each as likely). All facts are drawn
independently. In each world the power score is that of :mod:`graphcrm.domain.power`, where all is certain.

All worlds are computed at once: the chances from which the sway on a decider is made are arrays with one entry for each
world, so that the chains of influence are searched and factored once, not once for each world.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import networkx as nx
import numpy as np
import rustworkx as rx

from graphcrm.domain.measures import effective_levels, role_right
from graphcrm.domain.power import PowerWeights
from graphcrm.domain.power_parts import PAYMENT_RIGHTS, PURCHASE_RIGHTS, VETO_RIGHTS
from graphcrm.domain.reach import sway_on
from graphcrm.domain.score import TOLERANCE
from graphcrm.domain.structure import InfluenceTie, PowerStructure, Stakeholder
from graphcrm.domain.structure_graphs import UNKNOWN_CONFIDENCE

Array = np.ndarray

TOP = 5
"""Of how many key figures it is told how often a person is among them."""
UNKNOWN_ROLES: Mapping[str, float] = {
    "technical_evaluator": 0.10,
    "approver": 0.06,
    "procurement": 0.06,
    "gatekeeper": 0.05,
    "decision_maker": 0.04,
    "payment_decider": 0.03,
    "legal": 0.03,
    "economic_buyer": 0.02,
    "blocker": 0.02,
}
"""The chance of each role that bears on power, for somebody of whom no role is known; the rest has none of them. A
judgement: whoever decides is usually known first, so that somebody unknown seldom does."""
STRENGTHS = 10
RIGHTS = (PURCHASE_RIGHTS, PAYMENT_RIGHTS, VETO_RIGHTS)


@dataclass(frozen=True)
class Worlds:
    """Many worlds drawn from one structure: R of them, of n people in their seats and m ties of influence.

    Attributes:
        chance: (m) of each tie that it is so. present: (m, R) whether it is.
        strength: (m, R), 0-1. spread: (m, R), the uniform numbers that an unknown strength is drawn by.
        rights: (3, R, n): to decide the purchase, the payment, to stop the purchase.
        formal: (R, n), authority by position.
    """

    structure: PowerStructure
    people: tuple[Stakeholder, ...]
    ties: tuple[InfluenceTie, ...]
    chance: Array
    present: Array
    strength: Array
    spread: Array
    rights: Array
    formal: Array

    @cached_property
    def edges(self) -> dict[tuple[str, str], list[int]]:
        """The places of the ties between two people, by their ids."""
        found: dict[tuple[str, str], list[int]] = {}
        for place, tie in enumerate(self.ties):
            found.setdefault((tie.source_id, tie.target_id), []).append(place)
        return found

    @property
    def count(self) -> int:
        """The number of worlds."""
        return self.formal.shape[0]

    def edge(self, ends: tuple[str, str]) -> Array:
        """(R) the weight of an influence: the strongest of its reports that are so."""
        places = self.edges[ends]
        return (self.present[places] * self.strength[places]).max(axis=0)

    def graph(self) -> nx.DiGraph:
        """The influence network with an array ``worlds`` on each edge."""
        graph = nx.DiGraph()
        graph.add_nodes_from(person.id for person in self.structure.people)
        graph.add_edges_from((*ends, {"worlds": self.edge(ends)}) for ends in self.edges)
        return graph


@dataclass(frozen=True, slots=True)
class Stability:
    """How often a person is among the first, and where the middle nine tenths of their ranks lie."""

    person_id: str
    in_top: float
    low: int
    high: int


def trust(confidence: float | None) -> float:
    """The chance that a fact recorded with this confidence is so."""
    return UNKNOWN_CONFIDENCE[1] if confidence is None else min(max(confidence, 0.0), 1.0)


def draw_worlds(structure: PowerStructure, generator: np.random.Generator, count: int) -> Worlds:
    """Draw ``count`` worlds; the same generator state gives the same worlds."""
    people = tuple(person for person in structure.people if not person.is_vacant)
    ties = tuple(
        tie
        for tie in structure.influences
        if tie.source_id != tie.target_id and (tie.strength is None or tie.strength > 0)
    )
    chance = np.array([trust(tie.confidence) for tie in ties])
    present = generator.random((len(ties), count)) < chance[:, None]
    spread = generator.random((len(ties), count))
    stated = np.array([np.nan if tie.strength is None else min(tie.strength / STRENGTHS, 1.0) for tie in ties])
    drawn = (1 + np.floor(spread * STRENGTHS)) / STRENGTHS
    strength = np.where(np.isnan(stated)[:, None], drawn, stated[:, None])
    return Worlds(
        structure,
        people,
        ties,
        chance,
        present,
        strength,
        spread,
        _draw_rights(people, generator.random((count, len(people)))),
        _draw_formal(structure, people, generator.random((count, len(people)))),
    )


def rights_of(person: Stakeholder, role: str | None = None) -> tuple[float, float, float]:
    """The rights that the person's roles give, or that ``role`` would."""
    held = Stakeholder(person.id, person.name, roles=frozenset({role})) if role else person
    return tuple(role_right(held, table) for table in RIGHTS)  # type: ignore[return-value]


def _draw_rights(people: tuple[Stakeholder, ...], chance: Array) -> Array:
    rights = np.zeros((3, *chance.shape))
    steps = np.cumsum([0.0, *UNKNOWN_ROLES.values()])
    for column, person in enumerate(people):
        luck = chance[:, column]
        if person.roles:
            held = luck < trust(person.confidence)
            rights[:, :, column] = np.array(rights_of(person))[:, None] * held
            continue
        for role, low, high in zip(UNKNOWN_ROLES, steps, steps[1:], strict=False):
            rights[:, (luck >= low) & (luck < high), column] = np.array(rights_of(person, role))[:, None]
    return rights


def rungs(structure: PowerStructure) -> int:
    """How many rungs the organisation has, 0 when no level is known at all."""
    return max(effective_levels(structure).values(), default=0)


def _draw_formal(structure: PowerStructure, people: tuple[Stakeholder, ...], chance: Array) -> Array:
    levels, deepest = effective_levels(structure), rungs(structure)
    if not deepest:
        return np.zeros_like(chance)
    drawn = (1 + np.floor(chance * deepest)) / deepest
    for column, person in enumerate(people):
        if person.id in levels:
            drawn[:, column] = (deepest - levels[person.id] + 1) / deepest
    return drawn


class Scored:
    """The power of everybody in every world, taken apart so that one fact can be put otherwise and all else kept.

    Attributes:
        graph: the network with ``worlds`` on its edges. sways: target -> source -> (R) the chance that it is swayed.
        shares, others: (R, n) how much each has to say, and all others together.
        swayed, reached: (R, n) how much of the others' say each sways, and as a share of it.
        brokerage, holes, total: (R, n); the last is the power score.
    """

    def __init__(self, worlds: Worlds, weights: PowerWeights) -> None:
        self.worlds, self.weights = worlds, weights
        self.part = weights.shares()
        self.index = {person.id: column for column, person in enumerate(worlds.people)}
        self.graph = worlds.graph()
        self.shares = self.say(worlds.rights)
        self.sways = {
            person.id: self.sway(self.graph, person.id)
            for column, person in enumerate(worlds.people)
            if self.shares[:, column].any()
        }
        self.swayed = self._swayed()
        self.brokerage = self._all_brokerage()
        self.holes = self._freedom()
        self.others = self.shares.sum(axis=1, keepdims=True) - self.shares
        self.reached = self.reach(self.swayed, self.others)
        self.total = self._score()

    def say(self, rights: Array) -> Array:
        """(R, n) how much each has to say in purchase and payment together."""
        payment = self.weights.payment_share
        return (1 - payment) * rights[0] + payment * rights[1]

    def sway(self, graph: nx.DiGraph, target: str, sources: frozenset[str] | None = None) -> Mapping[str, Array]:
        """Source -> (R) the chance that it sways the target; of ``sources`` only, if they are given."""
        horizon, passing_on = self.weights.horizon, self.weights.passing_on
        found = sway_on(graph, target, horizon=horizon, passing_on=passing_on, weight="worlds", sources=sources)
        return found.chances  # type: ignore[return-value]

    def _swayed(self) -> Array:
        total = np.zeros_like(self.shares)
        for target, sources in self.sways.items():
            share = self.shares[:, self.index[target]]
            for source, chance in sources.items():
                if source in self.index:
                    total[:, self.index[source]] += share * chance
        return total

    @staticmethod
    def reach(swayed: Array, others: Array) -> Array:
        """(R, n) the share of the others' say that each sways; 0 where nobody else has any."""
        return np.divide(swayed, others, out=np.zeros_like(swayed), where=others > TOLERANCE)

    def _score(self) -> Array:
        part, rights = self.part, self.worlds.rights
        total = part["reach"] * self.reached + part["formal"] * self.worlds.formal
        total += part["brokerage"] * self.brokerage
        total += part["purchase"] * rights[0] + part["payment"] * rights[1] + part["veto"] * rights[2]
        return total + part["structural_holes"] * self.holes

    def _all_brokerage(self) -> Array:
        if not self.part["brokerage"]:
            return np.zeros_like(self.shares)
        there = np.array([data["worlds"] > 0 for *_, data in self.graph.edges(data=True)], dtype=bool)
        there = there.reshape(self.graph.number_of_edges(), self.worlds.count)
        same: dict[bytes, Array] = {}
        rows = []
        for world in range(self.worlds.count):
            key = there[:, world].tobytes()
            if key not in same:
                same[key] = self.brokerage_of(there[:, world])
            rows.append(same[key])
        return np.array(rows)

    def brokerage_of(self, there: Array) -> Array:
        """(n) brokerage in a world with these edges, in the graph's order."""
        nodes = {node: place for place, node in enumerate(self.graph)}
        network = rx.PyDiGraph()
        network.add_nodes_from(range(len(nodes)))
        ends = [
            (nodes[one], nodes[two]) for (one, two), is_there in zip(self.graph.edges, there, strict=True) if is_there
        ]
        network.add_edges_from_no_data(ends)
        between = rx.digraph_betweenness_centrality(network, normalized=True)
        return np.sqrt([between[nodes[person.id]] for person in self.worlds.people])

    def _freedom(self) -> Array:
        """(R, n) 1 less Burt's constraint (1992), not below 0; 0 for who has no ties."""
        free = np.zeros_like(self.shares)
        if not self.part["structural_holes"]:
            return free
        nodes = {node: place for place, node in enumerate(self.graph)}
        own = [nodes[person.id] for person in self.worlds.people]
        for world in range(self.worlds.count):
            ties = np.zeros((len(nodes), len(nodes)))
            for one, two, data in self.graph.edges(data=True):
                ties[nodes[one], nodes[two]] += data["worlds"][world]
            ties += ties.T
            sums = ties.sum(axis=1, keepdims=True)
            shares = np.divide(ties, sums, out=np.zeros_like(ties), where=sums > 0)
            tight = (((shares + shares @ shares) * (ties > 0)) ** 2).sum(axis=1)
            free[world] = np.where(sums[own, 0] > 0, np.clip(1 - tight[own], 0, 1), 0.0)
        return free


def stability(scored: Scored, top: int = TOP) -> dict[str, Stability]:
    """How often each person is among the first ``top``, equals sharing a rank, with any power at all; by id."""
    totals, people = scored.total, scored.worlds.people
    if not people:
        return {}
    last = np.sort(totals, axis=1)[:, -min(top, len(people))]
    in_top = (totals >= last[:, None] - TOLERANCE) & (totals > TOLERANCE)
    ranks = np.array([1 + len(row) - np.searchsorted(np.sort(row), row + TOLERANCE, side="right") for row in totals])
    low, high = np.percentile(ranks, [5, 95], axis=0, method="nearest")
    return {
        person.id: Stability(person.id, float(in_top[:, column].mean()), int(low[column]), int(high[column]))
        for column, person in enumerate(people)
    }
