"""The power structures of all clients at once, in four queries. Shared by the services that judge them; not a service.

They hold what map health, coverage and the ranking of key figures rest on; deals and outsiders are not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.structure import CoverageTie, InfluenceTie, PowerStructure, ReportingLine, Stakeholder
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import clients as queries


def read_structures(db: Database, viewer: Viewer, as_of: date) -> Mapping[str, PowerStructure]:
    """What map health and coverage rest on, per client, without what the viewer may not see."""
    found = {
        row.client_id: PowerStructure(row.client_id, as_of, people=_people(row, viewer))
        for row in queries.clients_people(db, as_of=as_of)
    }
    ties: dict[str, dict[str, tuple]] = {client_id: {} for client_id in found}
    for row in queries.clients_reporting(db, as_of=as_of):
        ties[row.client_id]["reporting"] = _lines(row, viewer)
    for row in queries.clients_influences(db, as_of=as_of):
        ties[row.client_id]["influences"] = _influences(row, viewer)
    for row in queries.clients_coverage(db, as_of=as_of):
        ties[row.client_id]["coverage"] = _coverage(row, viewer)
    return {client_id: replace(structure, **ties[client_id]) for client_id, structure in found.items()}


def _people(row: queries.ClientPeople, viewer: Viewer) -> tuple[Stakeholder, ...]:
    return tuple(_stakeholder(row, number, viewer) for number in range(len(row.ids)))


def _stakeholder(row: queries.ClientPeople, number: int, viewer: Viewer) -> Stakeholder:
    person = Stakeholder(
        id=row.ids[number],
        name=row.names[number],
        level=row.levels[number],
        works_at_id=row.job_ids[number],
        leaves_on=row.leave_on[number],
        presence=row.presences[number],
    )
    if row.stake_ids[number] is None or not viewer.sees(row.sensitivities[number]):
        return person
    return replace(
        person,
        roles=frozenset(row.roles[number]),
        support=row.supports[number] or "unknown",
        political_status=row.statuses[number] or "unknown",
        stakeholder_id=row.stake_ids[number],
        confidence=row.confidences[number],
    )


def _lines(row: queries.ClientReporting, viewer: Viewer) -> tuple[ReportingLine, ...]:
    columns = zip(row.ids, row.person_ids, row.boss_ids, row.lines, row.sensitivities, strict=True)
    return tuple(
        ReportingLine(id, person_id, boss_id, line or "solid")
        for id, person_id, boss_id, line, sensitivity in columns
        if viewer.sees(sensitivity)
    )


def _influences(row: queries.ClientInfluences, viewer: Viewer) -> tuple[InfluenceTie, ...]:
    columns = zip(
        row.ids, row.source_ids, row.target_ids, row.strengths, row.confidences, row.sensitivities, strict=True
    )
    return tuple(
        InfluenceTie(id, source_id, target_id, strength, confidence=confidence)
        for id, source_id, target_id, strength, confidence, sensitivity in columns
        if viewer.sees(sensitivity)
    )


def _coverage(row: queries.ClientCoverage, viewer: Viewer) -> tuple[CoverageTie, ...]:
    return tuple(
        CoverageTie(
            id=row.ids[number],
            person_id=row.person_ids[number],
            employee_id=row.employee_ids[number],
            employee_name=row.employee_names[number],
            coverage=row.coverages[number] or "unknown",
            last_contact=row.last_contacts[number],
            employee_leaves_on=row.leave_on[number],
        )
        for number in range(len(row.ids))
        if viewer.sees(row.sensitivities[number])
    )
