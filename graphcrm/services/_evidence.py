"""What a reason's facts point to: each tie of a power structure with its ends named. Shared; not a service itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graphcrm.domain.structure import PowerStructure, Stakeholder


@dataclass(frozen=True, slots=True)
class Evidence:
    """One tie with its proof.

    Attributes:
        type: relationship type (``INFLUENCES``).
        source_id, source_name, target_id, target_name: its ends, as the tie is directed.
        strength: 0-10, None when it is not known.
        basis, line, roles: codes of the vocabulary.
        about: topic or reason, in words.
        confidence: 0-1; source, verified: who said it, and when it was last found true.
    """

    id: str
    type: str
    source_id: str
    source_name: str
    target_id: str
    target_name: str
    strength: float | None = None
    basis: str | None = None
    line: str | None = None
    roles: tuple[str, ...] = ()
    about: str | None = None
    confidence: float | None = None
    source: str | None = None
    verified: date | None = None


def evidence(structure: PowerStructure, client_name: str) -> dict[str, Evidence]:
    """Every tie of the structure by its id."""
    return {tie.id: tie for tie in _ties(structure, client_name)}


def _ties(structure: PowerStructure, client_name: str) -> Iterator[Evidence]:
    for person in structure.people:
        yield from _of_person(person, structure, client_name)
    names = structure.names

    def ends(one: str, other: str) -> tuple[str, str, str, str]:
        return one, names.get(one, one), other, names.get(other, other)

    for line in structure.reporting:
        yield Evidence(
            line.id, "REPORTS_TO", *ends(line.person_id, line.boss_id), line=line.line, confidence=line.confidence
        )
    for tie in structure.influences:
        yield Evidence(
            tie.id,
            "INFLUENCES",
            *ends(tie.source_id, tie.target_id),
            strength=tie.strength,
            basis=tie.basis,
            about=tie.topic,
            confidence=tie.confidence,
            source=tie.source,
            verified=tie.last_verified,
        )
    for conflict in structure.conflicts:
        between = ends(conflict.source_id, conflict.target_id)
        yield Evidence(conflict.id, "CONFLICTS_WITH", *between, about=conflict.reason, confidence=conflict.confidence)
    for covered in structure.coverage:
        person_id, employee_id = covered.person_id, covered.employee_id
        yield Evidence(
            covered.id,
            "COVERED_BY",
            person_id,
            names.get(person_id, person_id),
            employee_id,
            covered.employee_name,
            strength=covered.strength,
            verified=covered.last_contact,
        )


def _of_person(person: Stakeholder, structure: PowerStructure, client_name: str) -> Iterator[Evidence]:
    ends = (person.id, person.name, structure.client_id, client_name)
    if person.works_at_id:
        yield Evidence(person.works_at_id, "WORKS_AT", *ends, about=person.title)
    if person.stakeholder_id:
        deal = structure.deal if structure.deal and person.stakeholder_id in structure.deal.tie_ids else None
        subject = (person.id, person.name, deal.id, deal.name) if deal else ends
        yield Evidence(
            person.stakeholder_id,
            "STAKEHOLDER_IN",
            *subject,
            roles=tuple(sorted(person.roles)),
            confidence=person.confidence,
            source=person.source,
            verified=person.last_verified,
        )
