"""Who of ours could find something out, and over which contact of theirs (requirements A5, C1.8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graphcrm.domain.gaps import freshness
from graphcrm.domain.structure import COVERED, CoverageTie, PowerStructure, Stakeholder

SHOWN_HELPERS = 3
"""How many of our employees are named as able to find out."""
DEPTH = {"in_depth": 1.0, "multiple": 0.6, "brief": 0.3}
"""How much a contact of each coverage is likely to tell us."""
GUIDES = frozenset({"coach", "champion"})
NEAR = {"self": 1.0, "tied": 0.9, "unit": 0.8, "far": 0.6}
"""How much a contact likely knows of a person: the person, somebody tied to them, of their unit, or farther off."""


@dataclass(frozen=True, slots=True)
class CouldFindOut:
    """One of our employees who could find an answer out, and over whom: the contact that makes it likely.

    Attributes:
        likelihood: 0-1, to compare employees by; not a probability.
        guide: True when the contact is on our side or guides us.
    """

    employee_id: str
    employee_name: str
    person_id: str
    person_name: str
    coverage: str
    last_contact: date | None
    likelihood: float
    guide: bool
    tie_id: str


def could_find_out(
    structure: PowerStructure, roles: Iterable[str] = (), about: str | None = None
) -> tuple[CouldFindOut, ...]:
    """Our employees best placed to find something out, each over their best contact there, the best first.

    By depth of the coverage, strength of the relation (a half where it is not known), freshness of the last contact,
    whether the contact is on our side, whether the contact's own role is among ``roles``, those of who would know, and,
    for a fact about one person, how near the contact stands to them.
    """
    family, near = frozenset(roles), _neighbours(structure, about)
    best: dict[str, CouldFindOut] = {}
    for tie in structure.coverage:
        person = structure.by_id.get(tie.person_id)
        if person is None or tie.coverage not in COVERED:
            continue
        worth = (1.0 if person.roles & family else 0.8) * NEAR[_nearness(structure, person, about, near)]
        helper = _helper(tie, person, worth, structure.as_of)
        known = best.get(tie.employee_id)
        if known is None or (helper.likelihood, known.tie_id) > (known.likelihood, helper.tie_id):
            best[tie.employee_id] = helper
    order = sorted(best.values(), key=lambda helper: (-helper.likelihood, helper.employee_name, helper.employee_id))
    return tuple(order[:SHOWN_HELPERS])


def _neighbours(structure: PowerStructure, about: str | None) -> set[str]:
    """Those tied to a person by a reporting line or an influence."""
    return {
        other
        for graph in (structure.reporting_graph(), structure.influence_graph())
        if about in graph
        for other in (*graph.successors(about), *graph.predecessors(about))
    }


def _nearness(structure: PowerStructure, person: Stakeholder, about: str | None, near: set[str]) -> str:
    if about is None or person.id == about:
        return "self"
    if person.id in near:
        return "tied"
    other = structure.by_id.get(about)
    return "unit" if other is not None and other.unit_id is not None and other.unit_id == person.unit_id else "far"


def _helper(tie: CoverageTie, person: Stakeholder, worth: float, as_of: date) -> CouldFindOut:
    guide = person.is_supportive or bool(person.roles & GUIDES)
    strength = 0.5 if tie.strength is None else min(max(tie.strength / 10, 0.0), 1.0)
    recent = 0.5 if tie.last_contact is None else 0.5 + 0.5 * freshness(tie.last_contact, as_of)
    likelihood = DEPTH[tie.coverage] * (0.4 + 0.6 * strength) * recent * (1.0 if guide else 0.7) * worth
    return CouldFindOut(
        employee_id=tie.employee_id,
        employee_name=tie.employee_name,
        person_id=person.id,
        person_name=person.name,
        coverage=tie.coverage,
        last_contact=tie.last_contact,
        likelihood=likelihood,
        guide=guide,
        tie_id=tie.id,
    )
