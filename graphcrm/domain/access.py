"""Our ways into a client: whom we reach over whom, on whom they all hang, and which new contact would add most (C1.2).

We reach a person with whom somebody of ours is in contact, and everybody whom that person sways over at most
:data:`HORIZON` influences: the same chains as in :mod:`graphcrm.domain.reach`. How much of the decision we reach is
:class:`~graphcrm.domain.set_reach.SetReach` of the people with whom we are in contact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from graphcrm.domain.power_parts import DECIDING_ROLES
from graphcrm.domain.structure import COVERED, PowerStructure

HORIZON = 3
US, THEM = "*us", "*them"
"""The two ends between which ways are cut: our firm, and those who decide. No id begins with an asterisk."""


@dataclass(frozen=True, slots=True)
class Single:
    """Somebody on whom ways to those who decide hang alone.

    Attributes:
        is_ours: True for one of our people.
        lost: ids of those who decide whom we would no longer reach.
    """

    id: str
    is_ours: bool
    lost: tuple[str, ...]


@dataclass(frozen=True)
class Access:
    """Our ways into one power structure."""

    structure: PowerStructure

    @cached_property
    def contacts(self) -> dict[str, tuple[str, ...]]:
        """Who of theirs is in contact with whom of ours, by their id."""
        found: dict[str, list[str]] = {}
        for tie in self.structure.coverage:
            if tie.coverage in COVERED and tie.person_id in self.structure.by_id:
                found.setdefault(tie.person_id, []).append(tie.employee_id)
        return {person: tuple(sorted(set(ours))) for person, ours in sorted(found.items())}

    @cached_property
    def deciders(self) -> tuple[str, ...]:
        """Those who decide purchase or payment, and the inner circle."""
        return tuple(
            person.id
            for person in self.structure.people
            if not person.is_vacant and (person.roles & DECIDING_ROLES or person.political_status == "inner_circle")
        )

    @cached_property
    def ways(self) -> dict[str, tuple[str, ...]]:
        """The shortest way to everybody whom we reach: one of ours, then people up to the one reached."""
        return self._ways(frozenset())

    @cached_property
    def singles(self) -> tuple[Single, ...]:
        """Everybody without whom we would no longer reach somebody who decides; who costs most first."""
        wanted = [person for person in self.deciders if person in self.ways]
        between = {one for person in wanted for one in self.ways[person]}
        found = []
        for one in sorted(between):
            left = self._ways(frozenset({one}))
            lost = tuple(person for person in wanted if person not in left and person != one)
            if lost:
                found.append(Single(one, one not in self.structure.by_id and one in self._ours, lost))
        return tuple(sorted(found, key=lambda single: (-len(single.lost), single.id)))

    @cached_property
    def cut(self) -> tuple[str, ...] | None:
        """The fewest people, ours or theirs, without whom no way leads to anybody else who decides.

        Of any length, by influences alone; those who decide are not themselves taken away. Empty when no way leads to
        them; None when it is not known who decides.
        """
        if not self.deciders:
            return None
        graph = self.cut_graph()
        if US not in graph or THEM not in graph or not nx.has_path(graph, US, THEM):
            return ()
        return tuple(sorted(nx.minimum_node_cut(graph, US, THEM)))

    def cut_graph(self) -> nx.DiGraph:
        """From :data:`US` over our people, their contacts and influences to :data:`THEM`, all who decide in one."""
        deciding = set(self.deciders)

        def end(person: str) -> str:
            return THEM if person in deciding else person

        graph = nx.DiGraph()
        for person, ours in self.contacts.items():
            for employee in ours:
                graph.add_edge(US, employee)
                graph.add_edge(employee, end(person))
        for source, target in self.structure.influence_graph().edges:
            if end(source) != end(target) and end(source) != THEM:
                graph.add_edge(end(source), end(target))
        return graph

    @cached_property
    def _ours(self) -> frozenset[str]:
        return frozenset(employee for ours in self.contacts.values() for employee in ours)

    def _ways(self, gone: frozenset[str]) -> dict[str, tuple[str, ...]]:
        influences = self.structure.influence_graph()
        ways: dict[str, tuple[str, ...]] = {}
        for person, ours in self.contacts.items():
            there = [employee for employee in ours if employee not in gone]
            if there and person not in gone:
                ways[person] = (there[0], person)
        ring = list(ways)
        for _step in range(HORIZON):
            ring = list(dict.fromkeys(self._step(influences, ring, ways, gone)))
        return ways

    @staticmethod
    def _step(
        influences: nx.DiGraph, ring: Iterable[str], ways: dict[str, tuple[str, ...]], gone: frozenset[str]
    ) -> Iterable[str]:
        for one in ring:
            for swayed in sorted(influences.successors(one)) if one in influences else ():
                if swayed not in ways and swayed not in gone:
                    ways[swayed] = (*ways[one], swayed)
                    yield swayed


def names_of_all(structure: PowerStructure) -> Mapping[str, str]:
    """Names of their people, of outsiders and of ours by id."""
    return {tie.employee_id: tie.employee_name for tie in structure.coverage} | structure.names
