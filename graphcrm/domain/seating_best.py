"""The best seating: exact where it is affordable, else the best found in bounded time with how far it can be off.

A search by swaps (simulated annealing, Kirkpatrick, Gelatt & Vecchi 1983) comes first; when it reaches the bound of
:meth:`Room.bound` it is the best and nothing more is asked. Else a small room goes to HiGHS as an integer programme.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from graphcrm.domain.integer_programme import Programme
from graphcrm.domain.seating import COVERED_POINTS, FEUD_POINTS, OURS_POINTS, PAIR_POINTS, Room, Seating, judged

STEPS = 30_000
SECONDS = 6.0
EXACT_UP_TO = 320
"""People times tables up to which the integer programme is tried."""


def best_seating(
    room: Room, generator: np.random.Generator, *, steps: int = STEPS, seconds: float = SECONDS
) -> Seating:
    """The best seating that is found.

    Args:
        generator: of the search's random swaps, seeded by the caller: the same seed gives the same plan.
    """
    if not room.sitters:
        return judged(room, {}, exact=True)
    bound = room.bound()
    found = judged(room, _search(room, generator, bound, steps), bound=bound)
    if found.exact or len(room.sitters) * len(room.tables) > EXACT_UP_TO:
        return found
    seats, most, exact = _programme(room, seconds)
    limit = min(bound, math.floor(most + 1e-6)) if math.isfinite(most) else bound
    if seats is None or room.points(seats) < found.points:
        return judged(room, found.seats, bound=limit)
    return judged(room, seats, bound=limit, exact=exact)


def _search(room: Room, generator: np.random.Generator, bound: int, steps: int) -> dict[str, int]:
    """Swaps and moves from a first plan; worse ones are taken with a chance that falls."""
    seats = _first(room)
    free = [one.id for one in room.sitters if one.id not in room.fixed]
    value = room.points(seats)
    best, best_value = dict(seats), value
    if not free or len(room.tables) < 2:
        return best
    spots = _Spots(room, seats)
    for step in range(steps):
        if best_value >= bound:
            break
        one = free[int(generator.integers(len(free)))]
        other = spots.any_place(generator, one)
        if other is None:
            continue
        change = spots.change(one, other)
        heat = 3.0 * (1 - step / steps) + 0.05
        if change >= 0 or generator.random() < math.exp(change / heat):
            spots.swap(one, other)
            value += change
            if value > best_value:
                best, best_value = dict(spots.seats), value
    return best


def _first(room: Room) -> dict[str, int]:
    """Everybody fixed at their table; ours round the tables; guests with one of ours who covers them, where one can."""
    left = dict(enumerate(room.tables, 1))
    seats = {one: table for one, table in room.fixed.items() if one in room.by_id}
    for table in seats.values():
        left[table] -= 1
    for one in (*(one for one in room.sitters if one.is_ours), *room.guests):
        if one.id in seats:
            continue
        near = [seats[host] for host in one.covered_by if host in seats and left[seats[host]]]
        seats[one.id] = min(
            near or [table for table, free in left.items() if free], key=lambda table: (-left[table], table)
        )
        left[seats[one.id]] -= 1
    return seats


@dataclass
class _Spots:
    """The places while they are being changed. An empty chair is a place, too: its id is None."""

    room: Room
    seats: dict[str, int]
    at: dict[int, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.seats = dict(self.seats)
        for table in range(1, len(self.room.tables) + 1):
            self.at[table] = {one for one, place in self.seats.items() if place == table}
        self._feuds, self._wanted = (set(map(frozenset, pairs)) for pairs in (self.room.feuds, self.room.wanted))
        self._tied: dict[str, set[str]] = {}
        for pair in self._feuds | self._wanted:
            for one in pair:
                self._tied.setdefault(one, set()).update(pair - {one})

    def any_place(self, generator: np.random.Generator, one: str) -> tuple[int, str | None] | None:
        """A random chair at another table, taken by somebody not fixed, or empty."""
        table = int(generator.integers(1, len(self.room.tables) + 1))
        if table == self.seats[one]:
            return None
        chair = int(generator.integers(self.room.tables[table - 1]))
        sitting = sorted(self.at[table])
        if chair >= len(sitting):
            return table, None
        return None if sitting[chair] in self.room.fixed else (table, sitting[chair])

    def change(self, one: str, other: tuple[int, str | None]) -> int:
        """What the swap adds to the points."""
        tables = (self.seats[one], other[0])
        before = sum(self._table(table) for table in tables)
        self.swap(one, other)
        after = sum(self._table(table) for table in tables)
        self.swap(one, (tables[0], other[1]))
        return after - before

    def swap(self, one: str, other: tuple[int, str | None]) -> None:
        """Put ``one`` at the other table, and who sat there (if anybody) at theirs."""
        old, new = self.seats[one], other[0]
        self._move(one, old, new)
        if other[1] is not None:
            self._move(other[1], self.seats[other[1]], old)

    def _move(self, one: str, old: int, new: int) -> None:
        self.at[old].discard(one)
        self.at[new].add(one)
        self.seats[one] = new

    def _table(self, table: int) -> int:
        sitting = self.at[table]
        ours = sitting & self.room.hosts
        total = 0
        for one in sitting:
            if one not in ours:
                covered = self.room.by_id[one].covered_by & ours
                total += COVERED_POINTS if covered else OURS_POINTS if ours else 0
            for mate in self._tied.get(one, ()):
                if mate in sitting and one < mate:
                    pair = frozenset((one, mate))
                    total += PAIR_POINTS * (pair in self._wanted) - FEUD_POINTS * (pair in self._feuds)
        return total


def _programme(room: Room, seconds: float) -> tuple[dict[str, int] | None, float, bool]:
    """The seats (None: none found in time), a bound on the points, and whether the seats are the best."""
    written = Programme()
    tables = range(1, len(room.tables) + 1)
    at = {(one.id, table): written.column() for one in room.sitters for table in tables}
    for one in room.sitters:
        written.exactly({at[one.id, table]: 1.0 for table in tables}, 1.0)
    written.yes = {at[one, table] for one, table in room.fixed.items() if one in room.by_id}
    for table, size in enumerate(room.tables, 1):
        written.at_most({at[one.id, table]: 1.0 for one in room.sitters}, float(size))
        _company(written, room, at, table)
        _ties(written, room, at, table)
    found = written.solve(seconds)
    if found.values is None:
        return None, found.bound, False
    return {one: table for (one, table), column in at.items() if found.values[column]}, found.bound, found.exact


def _company(written: Programme, room: Room, at: Mapping[tuple[str, int], int], table: int) -> None:
    """Points for a guest at this table with one of ours, and more with one who covers them."""
    for guest in room.guests:
        here = at[guest.id, table]
        for points, hosts in (
            (OURS_POINTS, room.hosts),
            (COVERED_POINTS - OURS_POINTS, room.hosts & guest.covered_by),
        ):
            if hosts:
                column = written.column(points)
                written.at_most({column: 1.0, here: -1.0}, 0.0)
                written.at_most({column: 1.0, **{at[host, table]: -1.0 for host in hosts}}, 0.0)


def _ties(written: Programme, room: Room, at: Mapping[tuple[str, int], int], table: int) -> None:
    for first, second in room.wanted:
        column = written.column(PAIR_POINTS)
        written.at_most({column: 1.0, at[first, table]: -1.0}, 0.0)
        written.at_most({column: 1.0, at[second, table]: -1.0}, 0.0)
    for first, second in room.feuds:
        column = written.column(-FEUD_POINTS)
        written.at_most({at[first, table]: 1.0, at[second, table]: 1.0, column: -1.0}, 1.0)
