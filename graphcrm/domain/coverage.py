"""Who of ours covers whom at a client, how strong each relation is today, and what is amiss (C1.2, C1.8, D1, D4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graphcrm.domain.map_health import CoverageSummary
from graphcrm.domain.power import KeyFigure
from graphcrm.domain.relationship_strength import LEAST_STRENGTH, cools_below
from graphcrm.domain.score import Score
from graphcrm.domain.structure import COVERED, PowerStructure

LEVELS = ("vendor", "credible_source", "problem_solver", "trusted_advisor")
"""From the lowest to the highest."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One of theirs and one of ours: the tie, if there is one, and the recorded contacts. None: not known.

    Attributes:
        client_id, client_name: where the person works or has a stake.
        tie_id: the COVERED_BY tie; None when only contacts are recorded.
        coverage: code of ``coverage``; level_now, level_wanted: codes of ``relationship_level``.
        last_contact: the latest of the tie's own day and the recorded contacts.
        contacts: how many are recorded in the last three years.
        strength: as a share of 10, with its reasons.
        employee_leaves_on: the last day of ours with us.
        confidence, source, verified: of the tie.
    """

    client_id: str
    client_name: str
    person_id: str
    person_name: str
    employee_id: str
    employee_name: str
    tie_id: str | None
    coverage: str
    level_now: str | None
    level_wanted: str | None
    last_contact: date | None
    contacts: int
    strength: Score
    employee_leaves_on: date | None = None
    confidence: float | None = None
    source: str | None = None
    verified: date | None = None

    @property
    def in_touch(self) -> bool:
        """True for a coverage that is brief, multiple or in depth: the rule of map health too."""
        return self.coverage in COVERED

    @property
    def points(self) -> float | None:
        """The strength, 0-10."""
        return None if self.strength.value is None else 10 * self.strength.value

    @property
    def kept_level(self) -> str | None:
        """The level that contact has to keep: the level now, or the wanted one where that is lower or alone known.

        A level that is not reached yet cannot be lost: that is :attr:`below_wanted`.
        """
        known = [level for level in (self.level_now, self.level_wanted) if level in LEVELS]
        return min(known, key=LEVELS.index, default=None)

    @property
    def floor(self) -> float | None:
        """The least strength, 0-10, that :attr:`kept_level` asks for; None when no level is known."""
        return LEAST_STRENGTH.get(self.kept_level or "")

    @property
    def is_cold(self) -> bool:
        """True when the strength is known and below what the level asks for."""
        return self.floor is not None and self.points is not None and self.points < self.floor

    def cools_on(self, as_of: date) -> date | None:
        """When it falls below the floor if nobody is in touch; None where strength or floor is not known."""
        return None if self.floor is None else cools_below(self.points, self.level_now, self.floor, as_of)

    @property
    def below_wanted(self) -> bool:
        """True when the level now is lower than wanted, or not known while one is wanted."""
        if self.level_wanted not in LEVELS:
            return False
        return self.level_now not in LEVELS or LEVELS.index(self.level_now) < LEVELS.index(self.level_wanted)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something amiss with somebody's coverage; the sentence (``code``) follows their name.

    Attributes:
        kind: ``uncovered``, ``leaving``, ``below_wanted`` or ``cold``.
        person_id, employee_id: whom it concerns: theirs, else one of ours. tie_ids: what it rests on.
    """

    kind: str
    code: str
    client_id: str
    person_id: str | None = None
    employee_id: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)
    tie_ids: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """Id of the one whose name the sentence follows."""
        return self.person_id or self.employee_id or self.client_id


def coverage_findings(
    structure: PowerStructure, figures: Sequence[KeyFigure], summary: CoverageSummary, pairs: Iterable[Pair]
) -> list[Finding]:
    """What is amiss with the coverage of one client: uncovered key figures first, then leavers, levels, cold ties.

    Within a kind the most powerful person comes first.
    """
    pairs = list(pairs)
    order = {figure.person_id: place for place, figure in enumerate(figures)}
    ordered = sorted(pairs, key=lambda pair: (order.get(pair.person_id, len(order)), pair.employee_name))
    uncovered = [Finding("uncovered", "cover_not_covered", structure.client_id, one) for one in summary.uncovered_ids]
    return [*uncovered, *_leaving(structure, ordered), *_below(ordered), *_cold(ordered)]


def _leaving(structure: PowerStructure, pairs: Sequence[Pair]) -> list[Finding]:
    by_employee: dict[str, list[Pair]] = defaultdict(list)
    reached: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        if pair.in_touch:
            by_employee[pair.employee_id].append(pair)
            reached[pair.person_id].add(pair.employee_id)
    found = []
    for employee_id, own in by_employee.items():
        leaves = next((pair.employee_leaves_on for pair in own if pair.employee_leaves_on), None)
        if leaves is None:
            continue
        alone = [pair for pair in own if reached[pair.person_id] == {employee_id}]
        told = alone or own
        params = {
            "partial_date": leaves,
            "people": tuple(pair.person_name for pair in told),
        }
        code = "cover_leaving_only" if alone else "cover_leaving"
        ties = tuple(pair.tie_id for pair in told if pair.tie_id)
        found.append(Finding("leaving", code, structure.client_id, None, employee_id, params, ties))
    for person in structure.people:
        if person.leaves_on and person.id in reached:
            params = {"partial_date": person.leaves_on}
            found.append(Finding("leaving", "cover_person_leaving", structure.client_id, person.id, None, params))
    return found


def _below(pairs: Sequence[Pair]) -> list[Finding]:
    found = []
    for pair in pairs:
        if not pair.below_wanted:
            continue
        params = {"employee": pair.employee_name, "level_wanted": pair.level_wanted}
        code = "cover_not_begun" if pair.coverage == "none" else "cover_level_unknown"
        if pair.level_now in LEVELS:
            code, params["level_now"] = "cover_below_wanted", pair.level_now
        found.append(_about(pair, "below_wanted", code, params))
    return found


def _cold(pairs: Sequence[Pair]) -> list[Finding]:
    found = []
    for pair in pairs:
        if pair.is_cold:
            params = {
                "employee": pair.employee_name,
                "strength": round(pair.points or 0.0, 1),
                "floor": pair.floor,
                "kept_level": pair.kept_level,
            }
            found.append(_about(pair, "cold", "cover_cold", params))
    return found


def _about(pair: Pair, kind: str, code: str, params: Mapping[str, Any]) -> Finding:
    ties = (pair.tie_id,) if pair.tie_id else ()
    return Finding(kind, code, pair.client_id, pair.person_id, pair.employee_id, params, ties)
