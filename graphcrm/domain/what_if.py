"""What breaks, and what would mend it: a power structure before and after the changes of a scenario (C1.8, C2.1, D1).

Whom we no longer reach, how much of the decision we lose, how the ranking and the health of the map change, on whom
everything hangs, and which new contact would bring most back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graphcrm.domain.access import Access
from graphcrm.domain.best_sets import GainsOf, lazy_greedy
from graphcrm.domain.fragmentation import fragmentation
from graphcrm.domain.key_players import swayed_by
from graphcrm.domain.map_health import CoverageSummary, MapHealth, coverage_summary, map_health
from graphcrm.domain.power import KeyFigure, PowerWeights, rank_key_figures
from graphcrm.domain.power_parts import decision_shares
from graphcrm.domain.scenario import Change, applied
from graphcrm.domain.score import Fact, Reason, Score
from graphcrm.domain.set_reach import BOUNDS, SetReach
from graphcrm.domain.structure import COVERED, PowerStructure

MOST_REPAIRS = 5
MOST_JUDGED = 400
"""New contacts that are weighed, those with most influences first: a client has seldom more people who matter."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison: as it is, or as it would be.

    Attributes:
        figures: everybody by power.
        reach: the share of the decision that we reach over our contacts; its value is None when it is not known who
            decides. Its reasons: one for each contact, with what it adds.
        access: the ways.
        fragmentation: the share of pairs of people between whom no influence leads, directly or over others, 0-1.
    """

    structure: PowerStructure
    figures: tuple[KeyFigure, ...]
    health: MapHealth
    coverage: CoverageSummary
    reach: Score
    access: Access
    fragmentation: float


@dataclass(frozen=True, slots=True)
class Repair:
    """A new contact, with what it would add to our reach on the decision, 0-1, and what that rests on."""

    person_id: str
    gain: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Move:
    """A person whose power changes. Ranks are None for somebody who is not there on that side."""

    person_id: str
    name: str
    before: KeyFigure | None
    after: KeyFigure | None

    @property
    def places(self) -> int:
        """Places gained (positive) or lost; 0 for somebody who is only on one side."""
        return self.before.rank - self.after.rank if self.before and self.after else 0


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a scenario changes.

    Attributes:
        lost: whom we no longer reach though they stay, with the way that we had; gained: whom we newly reach.
        gone: ids of people who are not there any more.
        moves: everybody whose rank or power changes, in the order of the greatest power on either side.
        repairs: new contacts that would add most to what is left of our reach; each by itself, the best first.
        missing: changes that do not apply.
    """

    before: Side
    after: Side
    lost: Mapping[str, tuple[str, ...]]
    gained: Mapping[str, tuple[str, ...]]
    gone: tuple[str, ...]
    moves: tuple[Move, ...]
    repairs: tuple[Repair, ...]
    missing: tuple[Change, ...]


def what_if(
    structure: PowerStructure, changes: Sequence[Change], *, seed: int, weights: PowerWeights | None = None
) -> WhatIf:
    """Compare a structure with what it would be after the changes, which are made to a copy.

    Args:
        seed: of the states of the network that are drawn where a chance cannot be exact; the same for both sides.
    """
    weights = weights or PowerWeights()
    changed, missing = applied(structure, changes)
    before, after = (_side(one, seed, weights) for one in (structure, changed))
    ways, ways_after = before.access.ways, after.access.ways
    there = changed.names
    return WhatIf(
        before=before,
        after=after,
        lost={one: way for one, way in ways.items() if one not in ways_after and one in there},
        gained={one: way for one, way in ways_after.items() if one not in ways},
        gone=tuple(one for one in structure.names if one not in there),
        moves=_moves(before, after),
        repairs=_repairs(changed, seed, weights),
        missing=missing,
    )


def _side(structure: PowerStructure, seed: int, weights: PowerWeights) -> Side:
    figures = rank_key_figures(structure, weights)
    access = Access(structure)
    return Side(
        structure=structure,
        figures=tuple(figures),
        health=map_health(structure, figures),
        coverage=coverage_summary(structure, figures),
        reach=_reach(structure, access, _set_reach(structure, seed, weights)),
        access=access,
        fragmentation=fragmentation(structure.influence_graph().to_undirected()),
    )


def _set_reach(structure: PowerStructure, seed: int, weights: PowerWeights) -> SetReach:
    return SetReach(
        structure.influence_graph(),
        decision_shares(structure, weights.payment_share),
        np.random.default_rng(seed),
        horizon=weights.horizon,
        passing_on=weights.passing_on,
    )


def _reach(structure: PowerStructure, access: Access, reach: SetReach) -> Score:
    if not reach.shares:
        return Score(None, (Reason("access_no_decider", None, 1.0, 0.0),))
    contacts = list(access.contacts)
    steps = lazy_greedy(contacts, GainsOf(reach.value), len(contacts))
    adding = {one for one, _gain in steps}
    steps += [(one, 0.0) for one in contacts if one not in adding]
    reasons = [_contact_reason(structure, reach, one, gain) for one, gain in steps]
    low, value, high = (reach.value(contacts, bound) for bound in BOUNDS)
    return Score(
        value, tuple(reasons) or (Reason("access_none", 0.0, 1.0, 0.0),), low=min(low, value), high=max(high, value)
    )


def _contact_reason(structure: PowerStructure, reach: SetReach, one: str, gain: float) -> Reason:
    ties = [tie for tie in structure.coverage_of.get(one, ()) if tie.coverage in COVERED]
    deciders, swaying = swayed_by(reach, structure.names, one)
    params = {
        "person": structure.names[one],
        "people": tuple(dict.fromkeys(tie.employee_name for tie in ties)),
        "deciders": deciders,
        "roles": tuple(sorted(structure.by_id[one].roles)),
    }
    kind = "access" if ties else "win"  # with a new contact nobody of ours is named yet
    if one in reach.shares:
        code = f"{kind}_decides_and_sways" if deciders else f"{kind}_decides"
    else:
        code = f"{kind}_sways" if deciders else f"{kind}_sways_nobody"
    facts = (*(Fact("tie", tie.id) for tie in ties), *swaying)
    return Reason(code, gain, 1.0, gain, facts, params)


def _repairs(structure: PowerStructure, seed: int, weights: PowerWeights) -> tuple[Repair, ...]:
    reach = _set_reach(structure, seed, weights)
    if not reach.shares:
        return ()
    contacts = frozenset(Access(structure).contacts)
    graph = structure.influence_graph()
    others = [one.id for one in structure.people if one.id not in contacts and not one.is_vacant]
    others.sort(key=lambda one: (one not in reach.shares, -graph.out_degree(one), one))
    now = reach.value(contacts)
    gains = sorted((now - reach.value(contacts | {one}), one) for one in others[:MOST_JUDGED])
    return tuple(
        Repair(one, -loss, _contact_reason(structure, reach, one, -loss))
        for loss, one in gains[:MOST_REPAIRS]
        if -loss > 1e-9
    )


def _moves(before: Side, after: Side) -> tuple[Move, ...]:
    was = {figure.person_id: figure for figure in before.figures}
    will = {figure.person_id: figure for figure in after.figures}
    moves = []
    for one in dict.fromkeys((*was, *will)):
        old, new = was.get(one), will.get(one)
        if old is None or new is None or old.rank != new.rank or abs(_power(old) - _power(new)) > 0.005:
            known = new or old
            assert known is not None
            moves.append(Move(one, known.name, old, new))
    return tuple(sorted(moves, key=lambda move: (-max(_power(move.before), _power(move.after)), move.person_id)))


def _power(figure: KeyFigure | None) -> float:
    return (figure.score.value or 0.0) if figure else 0.0
