"""Which clients a page of the clientele shows, and their power structures in four queries. Shared by the services that
judge them; not a service.

Structures hold what map health, coverage and the ranking of key figures rest on; deals and outsiders are not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.domain.name_search import closeness
from graphcrm.domain.structure import CoverageTie, InfluenceTie, PowerStructure, ReportingLine, Stakeholder
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import clients as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.services._search import index_words

WHOLE = 300
"""Up to so many clients are shown and judged all at once; more are shown page by page."""
PAGE = 50


@dataclass(frozen=True, slots=True)
class Part:
    """Which clients of a large clientele to show: a page by name, or the best that a search finds.

    Attributes:
        after: (name, id) of the client before the page; empty texts begin with the first.
        search: beginnings of words of the client's name or of somebody's there; then ``after`` is not used.
        industries, countries, stages: codes to keep; an empty set keeps everything.
        everything: all clients after all, however many: where nobody waits before a screen.
    """

    after: tuple[str, str] = ("", "")
    search: str = ""
    industries: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    everything: bool = False


Clients = Part | Sequence[str] | None
"""Which clients: a part of a large clientele, those with some ids, or None for all, or for the first page of many."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The clients to show, by name; ``total`` in the graph; ``more``: whether others come after, or were found too."""

    lines: tuple[queries.ClientLine, ...]
    total: int
    more: bool = False
    asked: tuple[Asked, ...] = field(default=(), compare=False)

    @property
    def is_whole(self) -> bool:
        """Whether the clientele is so small that all of it is shown."""
        return self.total <= WHOLE

    @property
    def ids(self) -> list[str]:
        """In the order of the lines."""
        return [line.id for line in self.lines]


def count_clients(db: Database) -> int:
    """How many clients there are; costs the same whatever their number."""
    return queries.clients_count(db)[0].clients


def shown_clients(db: Database, as_of: date, part: Part | None = None) -> Shown:
    """All clients while there are at most ``WHOLE``; of more, a page by name, or the nearest matches first."""
    total = count_clients(db)
    if total <= WHOLE or (part and part.everything):
        return Shown(tuple(queries.clients_list(db)), total, asked=(asked(queries.clients_list),))
    part = part or Part()
    given: dict[str, Any] = {
        "industries": sorted(part.industries),
        "countries": sorted(part.countries),
        "stages": sorted(part.stages),
    }
    if not part.search.strip():
        given |= {"after_client": list(part.after), "most": PAGE + 1}
        lines = queries.clients_page(db, **given)
        return Shown(tuple(lines[:PAGE]), total, len(lines) > PAGE, (asked(queries.clients_page, **given),))
    words = index_words(part.search)
    if not words:
        return Shown((), total)
    given |= {"words": words, "as_of": as_of}
    lines = queries.clients_named(db, **given)
    # The index tells alike of all that begin so: which name comes nearest is told from the names that were read.
    lines.sort(key=lambda one: (closeness(part.search, (one.name, one.legal_name)), one.name, one.id))
    return Shown(tuple(lines), total, len(lines) >= PAGE, (asked(queries.clients_named, **given),))


def read_structures(
    db: Database, viewer: Viewer, as_of: date, client_ids: Sequence[str]
) -> Mapping[str, PowerStructure]:
    """What map health and coverage rest on, per client, without what the viewer may not see."""
    given: dict[str, Any] = {"client_ids": list(client_ids), "as_of": as_of}
    found = {
        row.client_id: PowerStructure(row.client_id, as_of, people=_people(row, viewer))
        for row in queries.clients_people(db, **given)
    }
    ties: dict[str, dict[str, tuple]] = {client_id: {} for client_id in found}
    for row in queries.clients_reporting(db, **given):
        ties[row.client_id]["reporting"] = _lines(row, viewer)
    for row in queries.clients_influences(db, **given):
        ties[row.client_id]["influences"] = _influences(row, viewer)
    for row in queries.clients_coverage(db, **given):
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
