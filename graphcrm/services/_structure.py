"""Finds a client, reads its power structure for a viewer. Shared by the services that judge it; no service itself."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.domain.structure import (
    ConflictTie,
    CoverageTie,
    FirstContact,
    InfluenceTie,
    Outsider,
    PowerStructure,
    ReportingLine,
    Stakeholder,
)
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import NotFound
from graphcrm.queries import structure as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.client import ClientFacts, client_facts
from graphcrm.services._sensitivity import mask_basis

_SOURCES = (
    queries.structure_people,
    queries.structure_reporting,
    queries.structure_influences,
    queries.structure_conflicts,
    queries.structure_coverage,
    queries.structure_outsiders,
)


def known_client(db: Database, client_id: str) -> ClientFacts:
    """The facts of a client.

    Raises:
        NotFound: there is no such client.
    """
    facts = client_facts(db, client_id=client_id)
    if facts is None:
        raise NotFound("There is no such client.", mend="Choose one from the list of clients.")
    return facts


def read_structure(db: Database, viewer: Viewer, client_id: str, as_of: date) -> PowerStructure:
    """The power structure of ``client_id`` as of a day, without the ties whose sensitivity the viewer does not see.

    A client without people, and an unknown id, give an empty structure.
    """
    given = {"client_id": client_id, "as_of": as_of}
    people = queries.structure_people(db, **given)
    lines = viewer.filter(queries.structure_reporting(db, **given))
    coverage = viewer.filter(queries.structure_coverage(db, **given))
    found = queries.structure_outsiders(db, **given)
    # A person whom we know only as somebody's relative, and a basis such as kinship, are themselves family facts.
    hidden = {row.id for row in found if row.is_family and not viewer.sees("family")}
    influences = _without(hidden, viewer.filter(queries.structure_influences(db, **given)))
    influences = [mask_basis(viewer, tie) for tie in influences]
    conflicts = _without(hidden, viewer.filter(queries.structure_conflicts(db, **given)))
    outsiders = [Outsider(**_fields(row, "is_family")) for row in found]
    tied = {end for tie in (*influences, *conflicts) for end in (tie.source_id, tie.target_id)}
    return PowerStructure(
        client_id=client_id,
        as_of=as_of,
        people=tuple(_stakeholder(row, viewer) for row in people),
        reporting=tuple(ReportingLine(**_fields(row)) for row in lines),
        influences=tuple(InfluenceTie(**_fields(row, "use")) for row in influences),
        conflicts=tuple(ConflictTie(**_fields(row)) for row in conflicts),
        coverage=tuple(CoverageTie(**_fields(row)) for row in coverage),
        outsiders=tuple(person for person in outsiders if person.id in tied),
    )


def read_first_contacts(db: Database, viewer: Viewer, client_id: str) -> list[FirstContact]:
    """How the contact with a client began, without what the viewer may not see."""
    rows = viewer.filter(queries.structure_first_contacts(db, client_id=client_id))
    return [FirstContact(**_fields(row)) for row in rows]


def structure_asked(client_id: str, as_of: date) -> tuple[Asked, ...]:
    """The queries that :func:`read_structure` asks, for "How was this computed?"."""
    return tuple(asked(source, client_id=client_id, as_of=as_of) for source in _SOURCES)


def _without(hidden: set[str], ties: list[Any]) -> list[Any]:
    return [tie for tie in ties if not {tie.source_id, tie.target_id} & hidden]


def _fields(row: Any, *left_out: str) -> dict[str, Any]:
    return {name: value for name, value in asdict(row).items() if name not in {"sensitivity", *left_out}}


def _stakeholder(row: queries.StructurePerson, viewer: Viewer) -> Stakeholder:
    unit = row.unit or {}
    stake: dict[str, Any] = {}
    if row.stakeholder_id and viewer.sees(row.sensitivity):
        stake = {
            "roles": frozenset(row.roles),
            "support": row.support or "unknown",
            "political_status": row.political_status or "unknown",
            "stakeholder_id": row.stakeholder_id,
            "confidence": row.confidence,
            "source": row.source,
            "last_verified": row.last_verified,
            "interest": row.interest,
        }
    return Stakeholder(
        id=row.id,
        name=row.name,
        title=row.title,
        level=row.level,
        unit_id=unit.get("id"),
        unit_name=unit.get("name"),
        works_at_id=row.works_at_id,
        leaves_on=row.leaves_on,
        presence=row.presence,
        open_deal_ids=tuple(row.open_deal_ids),
        interactions_last_year=row.interactions_last_year,
        **stake,
    )
