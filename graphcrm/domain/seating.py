"""Who sits at which table (C3.6): conflicts apart, wanted pairs together, every guest with one of ours who covers them.

A plan's points: :data:`COVERED_POINTS` for each guest at a table with one of ours who covers them, :data:`OURS_POINTS`
with another of ours, :data:`PAIR_POINTS` for each wanted pair at one table, less :data:`FEUD_POINTS` for each pair in
conflict at one table. How it is searched: :mod:`graphcrm.domain.seating_best`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import networkx as nx

from graphcrm.errors import InvalidInput

COVERED_POINTS = 4
OURS_POINTS = 1
PAIR_POINTS = 3
FEUD_POINTS = 25


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody to be seated. ``covered_by``: ids of ours who are in touch with them; empty for our own."""

    id: str
    name: str
    is_ours: bool = False
    covered_by: frozenset[str] = frozenset()
    client_id: str = ""
    client_name: str = ""


@dataclass(frozen=True)
class Room:
    """Who is to be seated, and where.

    Attributes:
        tables: the seats of each table; the first is table 1.
        apart, together: pairs of ids. fixed: id -> table, 1 and up, set by hand.

    Raises:
        InvalidInput: fewer seats than people, or a table fixed that is not there or too small.
    """

    sitters: tuple[Sitter, ...]
    tables: tuple[int, ...]
    apart: frozenset[frozenset[str]] = frozenset()
    together: frozenset[frozenset[str]] = frozenset()
    fixed: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if sum(self.tables) < len(self.sitters):
            raise InvalidInput(
                "There are {count} people and {seats} seats at the tables.",
                mend="Add a table, or more seats at each.", count=len(self.sitters), seats=sum(self.tables),
            )  # fmt: skip
        places = [table for one, table in self.fixed.items() if one in self.by_id]
        for table in set(places):
            if not 1 <= table <= len(self.tables) or places.count(table) > self.tables[table - 1]:
                raise InvalidInput(
                    "Table {table} cannot hold those who are fixed there.",
                    mend="Fix fewer people there, or choose another table.", table=table,
                )  # fmt: skip

    @cached_property
    def by_id(self) -> dict[str, Sitter]:
        """The people by their id."""
        return {one.id: one for one in self.sitters}

    @cached_property
    def guests(self) -> tuple[Sitter, ...]:
        """The people who are not ours."""
        return tuple(one for one in self.sitters if not one.is_ours)

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The ids of our people."""
        return frozenset(one.id for one in self.sitters if one.is_ours)

    @cached_property
    def feuds(self) -> tuple[tuple[str, str], ...]:
        """Pairs in conflict of whom both sit here."""
        return _pairs(self.apart, self.by_id)

    @cached_property
    def wanted(self) -> tuple[tuple[str, str], ...]:
        """Pairs wanted together of whom both sit here."""
        return _pairs(self.together, self.by_id)

    def points(self, seats: Mapping[str, int]) -> int:
        """The points of a plan: id -> table."""
        at: dict[int, set[str]] = {}
        for one in self.hosts:
            at.setdefault(seats[one], set()).add(one)
        total = 0
        for guest in self.guests:
            ours = at.get(seats[guest.id], set())
            total += COVERED_POINTS if guest.covered_by & ours else OURS_POINTS if ours else 0
        total += PAIR_POINTS * sum(seats[first] == seats[second] for first, second in self.wanted)
        return total - FEUD_POINTS * sum(seats[first] == seats[second] for first, second in self.feuds)

    def holds(self, seats: Mapping[str, int]) -> bool:
        """Whether a plan seats everybody, nobody twice, no table over its seats, and keeps to what is fixed."""
        counts = Counter(seats.get(one.id, 0) for one in self.sitters)
        sizes = dict(enumerate(self.tables, 1))
        full = all(count <= sizes.get(table, 0) for table, count in counts.items())
        return full and all(seats[one] == table for one, table in self.fixed.items() if one in self.by_id)

    def bound(self) -> int:
        """More points than this no plan has: every guest with one of ours as far as seats reach, no conflict.

        How many guests can sit with one of ours who covers them at best is a flow from guests to our people, each with
        one table.
        """
        if not self.hosts:
            return PAIR_POINTS * len(self.wanted)
        sizes = sorted(self.tables, reverse=True)
        near = min(len(self.guests), sum(size - 1 for size in sizes[: len(self.hosts)]))
        covered = min(near, _most_covered(self.guests, sorted(self.hosts), sizes[0] - 1))
        return (COVERED_POINTS - OURS_POINTS) * covered + OURS_POINTS * near + PAIR_POINTS * len(self.wanted)


def _pairs(pairs: Iterable[frozenset[str]], known: Mapping[str, Sitter]) -> tuple[tuple[str, str], ...]:
    ends = (sorted(pair) for pair in pairs if len(pair) == 2 and pair <= known.keys())
    return tuple(sorted((first, second) for first, second in ends))


def _most_covered(guests: Sequence[Sitter], hosts: Sequence[str], room: int) -> int:
    """How many guests can be given to one of ours who covers them, at most ``room`` to each."""
    graph = nx.DiGraph()
    graph.add_nodes_from(("from", "to"))
    graph.add_edges_from((("host", host), "to", {"capacity": room}) for host in hosts)
    for guest in guests:
        graph.add_edge("from", ("guest", guest.id), capacity=1)
        graph.add_edges_from((("guest", guest.id), ("host", host)) for host in guest.covered_by & {*hosts})
    return int(nx.maximum_flow_value(graph, "from", "to"))


@dataclass(frozen=True, slots=True)
class Seating:
    """A plan with what it reaches.

    Attributes:
        seats: id -> table, 1 and up. bound: no plan has more points.
        exact: this is the best plan. Else the best could have up to ``bound`` points.
        alone: ids of guests with none of ours at the table; uncovered: with none of ours who covers them.
        feuds: pairs in conflict at one table; parted: wanted pairs at two tables.
    """

    seats: Mapping[str, int]
    points: int
    bound: int
    exact: bool
    alone: tuple[str, ...]
    uncovered: tuple[str, ...]
    feuds: tuple[tuple[str, str], ...]
    parted: tuple[tuple[str, str], ...]

    @property
    def gap(self) -> float:
        """By how much, as a share of the bound, the best plan could be better; 0 when this is the best."""
        return 0.0 if self.exact or self.bound <= 0 else max(0.0, (self.bound - self.points) / self.bound)


def judged(room: Room, seats: Mapping[str, int], *, bound: int | None = None, exact: bool = False) -> Seating:
    """A plan, made by the solver or by hand, with what it reaches."""
    most = room.bound() if bound is None else bound
    points = room.points(seats)
    hosts: dict[int, set[str]] = {}
    for one in room.hosts:
        hosts.setdefault(seats[one], set()).add(one)
    return Seating(
        seats=dict(seats),
        points=points,
        bound=most,
        exact=exact or points >= most,
        alone=tuple(one.id for one in room.guests if not hosts.get(seats[one.id])),
        uncovered=tuple(one.id for one in room.guests if not one.covered_by & hosts.get(seats[one.id], set())),
        feuds=tuple(pair for pair in room.feuds if seats[pair[0]] == seats[pair[1]]),
        parted=tuple(pair for pair in room.wanted if seats[pair[0]] != seats[pair[1]]),
    )
