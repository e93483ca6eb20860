"""The best set of a few out of many, by a worth that is monotone and submodular: exact where it is affordable.

Such a worth never falls when somebody joins, and whoever joins later adds no more than if they had joined earlier
(reach and coverage are such). Two ways:

- :func:`best_sets`: branch and bound over all sets of a size. A branch is cut when what its members are worth, plus the
  greatest gains of those who could still join, cannot equal the best so far (Nemhauser, Wolsey & Fisher 1978);
- :func:`lazy_greedy`: always the one who adds most, each gain computed anew only when it comes to the top (Minoux 1978;
  CELF: Leskovec et al. 2007). At least 63 % of the best of that size, and by :func:`upper_bound` often provably more.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from graphcrm.domain.score import TOLERANCE

MOST_ASKED = 200_000
"""How often branch and bound may ask what a set is worth: a few seconds."""

People = frozenset[str]
Worth = Callable[[People], float]


class SearchTooLong(Exception):
    """Branch and bound was given up: the caller takes the greedy answer and its bound. Never leaves the domain."""


@dataclass
class _Search:
    """One search over the sets of one size. ``found`` holds (worth, set), the best first, at most ``most``."""

    worth: Worth
    allows: Callable[[People], bool]
    size: int
    least: float
    most: int
    budget: int
    found: list[tuple[float, People]] = field(default_factory=list)

    def run(self, members: People, worth: float, others: Sequence[str]) -> None:
        places = self.size - len(members)
        if places == 0:
            self._take(members, worth)
            return
        if len(others) < places or not self.allows(members.union(others)):
            return
        gains = sorted(
            ((self._ask(members | {one}) - worth, one) for one in others), key=lambda gain: (-gain[0], gain[1])
        )
        for position in range(len(gains) - places + 1):
            could_be = worth + sum(gain for gain, _one in gains[position : position + places])
            if could_be < self._needed() - TOLERANCE:
                return
            gain, one = gains[position]
            self.run(members | {one}, worth + gain, [other for _gain, other in gains[position + 1 :]])

    def _ask(self, members: People) -> float:
        self.budget -= 1
        if self.budget < 0:
            raise SearchTooLong
        return self.worth(members)

    def _needed(self) -> float:
        return max(self.least, self.found[-1][0]) if len(self.found) >= self.most else self.least

    def _take(self, members: People, worth: float) -> None:
        if worth >= self._needed() - TOLERANCE and self.allows(members):
            self.found.append((worth, members))
            self.found.sort(key=lambda found: (-round(found[0], 9), sorted(found[1])))
            del self.found[self.most :]


def best_sets(
    candidates: Iterable[str],
    worth: Worth,
    size: int,
    *,
    least: float = 0.0,
    most: int = 1,
    allows: Callable[[People], bool] = lambda members: True,
) -> list[tuple[float, People]]:
    """The sets of ``size`` people that are worth most, the best first; exact.

    Args:
        worth: monotone and submodular.
        least: sets that are worth less are left out.
        most: how many sets are wanted.
        allows: a condition on the whole set that more people can never break.

    Returns:
        pairs of the worth and the set; fewer than ``most`` when there are not so many.

    Raises:
        SearchTooLong: ``worth`` would have to be asked more than :data:`MOST_ASKED` times.
    """
    search = _Search(worth, allows, size, least, most, budget=MOST_ASKED)
    search.run(frozenset(), worth(frozenset()), sorted(set(candidates)))
    return search.found


class Gains(Protocol):
    """What a greedy search asks: the gain of one more, given those who were added."""

    def gain(self, candidate: str) -> float:
        """What ``candidate`` would add now."""

    def gains(self, candidates: Sequence[str]) -> Sequence[float]:
        """What each of them would add now, by itself: all at once is often cheaper than one after the other."""

    def add(self, candidate: str) -> None:
        """``candidate`` joins."""


@dataclass
class GainsOf:
    """:class:`Gains` of a worth that is asked for whole sets."""

    worth: Worth
    members: People = frozenset()

    def __post_init__(self) -> None:
        self._now = self.worth(self.members)

    def gain(self, candidate: str) -> float:
        return self.worth(self.members | {candidate}) - self._now

    def gains(self, candidates: Sequence[str]) -> Sequence[float]:
        return [self.gain(one) for one in candidates]

    def add(self, candidate: str) -> None:
        self.members |= {candidate}
        self._now = self.worth(self.members)


def lazy_greedy(candidates: Iterable[str], gains: Gains, size: int) -> list[tuple[str, float]]:
    """Up to ``size`` people, each the one who adds most when added, with what each added; equals in the order of ids.

    Stops early when nobody adds anything. The same people as :func:`plain_greedy` finds.
    """
    everybody = list(candidates)
    heap = [(-gain, one, 0) for gain, one in zip(gains.gains(everybody), everybody, strict=True)]
    heapq.heapify(heap)
    chosen: list[tuple[str, float]] = []
    while heap and len(chosen) < size:
        minus_gain, one, asked_at = heap[0]
        if asked_at < len(chosen):
            heapq.heapreplace(heap, (-gains.gain(one), one, len(chosen)))
        elif -minus_gain <= TOLERANCE:
            break
        else:
            heapq.heappop(heap)
            gains.add(one)
            chosen.append((one, -minus_gain))
    return chosen


def plain_greedy(candidates: Iterable[str], gains: Gains, size: int) -> list[tuple[str, float]]:
    """:func:`lazy_greedy` without laziness: every gain anew at every step. For comparison."""
    others, chosen = list(candidates), []
    while others and len(chosen) < size:
        minus_gain, one = min((-gains.gain(other), other) for other in others)
        if -minus_gain <= TOLERANCE:
            break
        gains.add(one)
        chosen.append((one, -minus_gain))
        others.remove(one)
    return chosen


def upper_bound(candidates: Iterable[str], worth: Worth, size: int, sets: Iterable[People]) -> float:
    """What no set of ``size`` of the candidates can surpass: the least bound that any of ``sets`` proves.

    For each set S: its worth plus the ``size`` greatest gains of others (Leskovec et al. 2007, section 3.2).
    """
    everybody = frozenset(candidates)
    bounds = [worth(everybody)]
    for members in sets:
        now = worth(members)
        gains = (worth(members | {one}) - now for one in everybody - members)
        bounds.append(now + sum(heapq.nlargest(size, gains)))
    return min(bounds)
