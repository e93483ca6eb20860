"""Introductions: the warmest allowed chains of acquaintance from our own people to a person (C1.2, C1.4, D1).

A chain is as warm as the chance that a request travels along it: the product of its ties' warmth (strength, confidence
and freshness) and of the willingness of everybody in between who is asked for the favour. The warmest chain is thus the
shortest path under -log warmth (Dijkstra 1959); :func:`chains_by_warmth` takes partial chains in the order of their
warmth, so that whole ones come out warmest first, exactly.

Why two go-betweens at most: what people know of each other ends after two steps (Friedkin 1983, the horizon of
observability), and each go-between spends credit on somebody whom they know less than the one before. A dormant tie
keeps part of its worth (Levin, Walter & Murnighan 2011), so freshness falls to a floor, not to zero.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from math import exp, log
from typing import Any, Literal

from graphcrm.domain.introductions_warmth import (
    MET,
    Acquaintance,
    Standing,
    TieWarmth,
    Willingness,
    tie_warmth,
    willingness,
)

MAX_TIES = 3
"""The longest chain that is walked, in ties: two go-betweens."""
COLD_CALL = 0.05
"""The warmth below which a chain is worth less than a cold call: a stranger's call gets through one time in twenty."""
SHOWN = 5
QUIET_DAYS = 120
"""Without a contact for so long, a relation has faded rather than never been close."""
STRONG_ENOUGH = 0.65
"""A factor from which on nothing has to be mended before anybody asks."""

Pair = frozenset[str]
_OF_OURS = ("COVERED_BY", MET)


@dataclass(frozen=True, slots=True)
class Circle:
    """What surrounds a person as of a day.

    Attributes:
        ours: ids of our own people, where a chain may begin.
        ties: those that may be walked at all (the queries leave out the others).
        standings: what is known of each go-between's readiness, by id; who is missing is taken as not known.
        barred: pairs that are kin, at odds, or marked "do not use": nothing between them is walked.
        whole: False when the reading was cut off, so that a warmer chain may lie outside.
    """

    target_id: str
    as_of: date
    ours: frozenset[str]
    ties: tuple[Acquaintance, ...] = ()
    standings: Mapping[str, Standing] = field(default_factory=dict)
    barred: frozenset[Pair] = frozenset()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain: the warmest tie between two people, and the ids of the others between them."""

    from_id: str
    to_id: str
    tie: Acquaintance
    warmth: TieWarmth
    more_tie_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weakest:
    """The least of a chain's factors: ``kind`` "tie" (``at`` is the link's place) or "person" (the go-between's)."""

    kind: Literal["tie", "person"]
    at: int
    value: float


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence by its code, with the fields for it."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Chain:
    """A way to a person.

    Attributes:
        links: from one of ours to the person.
        willing: of each go-between, in the order of the chain.
        warmth: 0-1: the product of all links' warmth and all willingness.
        weakest: the factor that lowers it most.
        ask: what to do, in sentences.
    """

    links: tuple[Link, ...]
    willing: tuple[Willingness, ...]
    warmth: float
    weakest: Weakest
    ask: tuple[Advice, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Ids from ours to the person."""
        return (self.links[0].from_id, *(link.to_id for link in self.links))

    @property
    def go_betweens(self) -> tuple[str, ...]:
        """Ids of those in between."""
        return self.people[1:-1]

    @property
    def is_colder_than_a_cold_call(self) -> bool:
        """True when it is not worth the favours that it takes."""
        return self.warmth < COLD_CALL


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways to a person, the warmest first.

    Attributes:
        warm: those worth walking. cold: those found beside them that are colder than a cold call.
        exact: True when ``warm`` begins with the warmest of all allowed chains, False when it is only the best of the
            candidates that were read.
    """

    warm: tuple[Chain, ...]
    cold: tuple[Chain, ...]
    exact: bool


Network = dict[str, dict[str, Link]]


def ways_to(circle: Circle, names: Mapping[str, str], *, most: int = SHOWN, max_ties: int = MAX_TIES) -> Ways:
    """The ``most`` warmest allowed chains to the target, with the weakest link of each and what to ask.

    Args:
        names: by id, for the sentences.
    """
    found: list[Chain] = []
    willing = {person: willingness(standing) for person, standing in circle.standings.items()}
    network = build_network(circle)
    for people, warmth in chains_by_warmth(circle, network, willing, max_ties=max_ties):
        found.append(_chain(people, warmth, network, willing, names, circle.as_of))
        if len(found) == most:
            break
    cold = tuple(chain for chain in found if chain.is_colder_than_a_cold_call)
    return Ways(tuple(chain for chain in found if not chain.is_colder_than_a_cold_call), cold, circle.whole)


def build_network(circle: Circle) -> Network:
    """For each person, the tie to each acquaintance that counts, in both directions; barred pairs have none.

    Between two people the warmest tie counts, but one whose strength somebody stated before one of which it is assumed,
    and the mere record of contacts last. Whenever the two were in touch, all their ties are as fresh as that.
    """
    between: dict[Pair, list[Acquaintance]] = {}
    for tie in circle.ties:
        pair = frozenset((tie.one_id, tie.other_id))
        if len(pair) == 2 and pair not in circle.barred:
            between.setdefault(pair, []).append(tie)
    network: Network = {}
    for ties in between.values():
        best, warmth, others = _counting(ties, circle.as_of)
        if warmth.value > 0:
            for here, there in ((best.one_id, best.other_id), (best.other_id, best.one_id)):
                network.setdefault(here, {})[there] = Link(here, there, best, warmth, others)
    return network


def _counting(ties: list[Acquaintance], as_of: date) -> tuple[Acquaintance, TieWarmth, tuple[str, ...]]:
    """The tie that counts among those between two people, its warmth, and the ids of the others."""
    touched = max((tie.last for tie in ties if tie.last is not None), default=None)
    contacts = tuple(contact for tie in ties for contact in tie.contacts)

    def judge(tie: Acquaintance) -> TieWarmth:
        # A coverage decays from the day of which it was stated; the contacts since renew it.
        known = replace(tie, contacts=contacts) if tie.kind in _OF_OURS else replace(tie, last=touched)
        return tie_warmth(known, as_of)

    def order(judged: tuple[Acquaintance, TieWarmth]) -> tuple[bool, bool, float, str]:
        tie, warmth = judged
        return tie.kind == MET, "strength" in warmth.assumed, -warmth.value, tie.id

    best, warmth = min(((tie, judge(tie)) for tie in ties), key=order)
    others = tuple(sorted(tie.id for tie in ties if tie.id != best.id))
    return replace(best, last=touched, contacts=contacts), warmth, others


def chains_by_warmth(
    circle: Circle, network: Network, willing: Mapping[str, Willingness], *, max_ties: int = MAX_TIES
) -> Iterator[tuple[tuple[str, ...], float]]:
    """Every allowed chain of at most ``max_ties`` ties that visits nobody twice, warmest first.

    Yields (people from ours to the target, warmth). A chain begins at the last of ours on the way: nobody asks a
    colleague to ask. Backwards from the target, so that only what leads to it is looked at.
    """
    unknown = willingness(None)
    heap: list[tuple[float, int, tuple[str, ...]]] = [(0.0, 0, (circle.target_id,))]
    while heap:
        cost, ties, people = heapq.heappop(heap)
        head = people[0]
        if ties and head in circle.ours:
            yield people, exp(-cost)
            continue
        if ties == max_ties:
            continue
        ready = willing.get(head, unknown).value if ties else 1.0
        if ready <= 0:
            continue
        for there, link in network.get(head, {}).items():
            if there not in people:
                step = -log(link.warmth.value) - log(ready)
                heapq.heappush(heap, (cost + step, ties + 1, (there, *people)))


def _chain(
    people: tuple[str, ...],
    warmth: float,
    network: Network,
    willing: Mapping[str, Willingness],
    names: Mapping[str, str],
    as_of: date,
) -> Chain:
    links = tuple(network[here][there] for here, there in pairwise(people))
    ready = tuple(willing.get(person, willingness(None)) for person in people[1:-1])
    factors = [Weakest("tie", at, link.warmth.value) for at, link in enumerate(links)]
    factors += [Weakest("person", at, one.value) for at, one in enumerate(ready)]
    weakest = min(factors, key=lambda one: (one.value, one.kind, one.at))
    named = tuple(names.get(person, person) for person in people)
    return Chain(links, ready, warmth, weakest, (_favour(named), *_mend(links, ready, weakest, named, as_of)))


def _favour(named: tuple[str, ...]) -> Advice:
    """Who asks whom for what."""
    if len(named) == 2:
        return Advice("ask_direct", {"employee": named[0], "person": named[1]})
    if len(named) == 3:
        return Advice("ask_one", {"employee": named[0], "introducer": named[1], "person": named[2]})
    return Advice("ask_two", {"employee": named[0], "first": named[1], "second": named[-2], "person": named[-1]})


def _mend(
    links: tuple[Link, ...], ready: tuple[Willingness, ...], weakest: Weakest, named: tuple[str, ...], as_of: date
) -> Iterator[Advice]:
    """What to do about the weakest link before anybody asks."""
    if weakest.kind == "person":
        if ready[weakest.at].value < STRONG_ENOUGH:
            code = "mend_will_unknown" if ready[weakest.at].code == "will_unknown" else "mend_will_low"
            yield Advice(code, {"introducer": named[weakest.at + 1]})
        return
    link = links[weakest.at]
    between = {"one": named[weakest.at], "other": named[weakest.at + 1]}
    warmth = link.warmth
    least = min(("freshness", "strength", "confidence"), key=lambda name: getattr(warmth, name))
    if getattr(warmth, least) >= STRONG_ENOUGH:
        return
    if least == "freshness" and "freshness" in warmth.assumed:
        yield Advice("mend_undated", between)
    elif least == "freshness" and link.tie.last is not None:
        yield Advice("mend_stale", {**between, "date": link.tie.last})
    elif least == "strength" and "strength" in warmth.assumed:
        yield Advice("mend_strength_unknown", between)
    elif least == "strength" and warmth.decayed and link.tie.last is not None and _is_long_ago(link.tie.last, as_of):
        yield Advice("mend_stale", {**between, "date": link.tie.last})
    elif least == "strength":
        yield Advice("mend_weak", {**between, "strength": round(10 * warmth.strength)})
    else:
        yield Advice("mend_unsure", {**between, "share": warmth.confidence})


def _is_long_ago(day: date, as_of: date) -> bool:
    return (as_of - day).days > QUIET_DAYS
