"""The clientele at a glance (D1, D4): every client with its map health, coverage, last contact and next date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.domain.knowledge import Known
from graphcrm.domain.map_health import CoverageSummary, MapHealth, coverage_summary, map_health
from graphcrm.domain.name_search import likeness, matches
from graphcrm.domain.power import PowerWeights, rank_key_figures
from graphcrm.domain.structure import PowerStructure
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import clients as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.knowledge import knowledge_facts
from graphcrm.services._clientele import PAGE, WHOLE, Part, count_clients, read_structures, shown_clients
from graphcrm.services._dates import next_occurrence
from graphcrm.services._knowledge import judge, known_facts
from graphcrm.services._sensitivity import date_sensitivity

_OF_A_DAY = (
    queries.clients_moments,
    queries.clients_people,
    queries.clients_reporting,
    queries.clients_influences,
    queries.clients_coverage,
    queries.clients_dates,
)

__all__ = [
    "PAGE",
    "WHOLE",
    "ClientSummary",
    "Clientele",
    "Filters",
    "Part",
    "PersonNamed",
    "clientele",
    "is_large",
    "people_named",
    "sounding_like",
]
LONG_SILENCE = timedelta(days=90)
"""After so long without a contact a client is called silent."""


@dataclass(frozen=True, slots=True)
class ClientSummary:
    """One client in the list. None means: not known.

    Attributes:
        people: id -> name of those known there, vacant seats not counted; the search looks at them too.
        knowledge: how complete what we know of it is, 0-1 (A5.1-A5.5).
        last_contact: with anybody there. ``next_date``: of an occasion, an agreed step or a decision due.
    """

    line: queries.ClientLine
    people: Mapping[str, str]
    health: MapHealth
    coverage: CoverageSummary
    knowledge: float | None
    last_contact: date | None
    next_date: date | None

    def is_silent(self, today: date) -> bool:
        """Whether nobody of ours has been in touch for long."""
        return self.last_contact is None or today - self.last_contact > LONG_SILENCE


@dataclass(frozen=True, slots=True)
class Filters:
    """What to keep of a list; an empty set keeps everything. Codes are of the vocabulary, health is a level."""

    search: str = ""
    industries: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    healths: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PersonNamed:
    """Somebody whom a search found, and at which client."""

    id: str
    name: str
    client_name: str


@dataclass(frozen=True, slots=True)
class Clientele:
    """The clients as of a day, by name: all of them, or a page of a large clientele; and the queries that were asked.

    Attributes:
        total: how many there are in the graph.
        more: whether others come after the page, or fit the search too.
    """

    clients: tuple[ClientSummary, ...]
    asked: tuple[Asked, ...]
    total: int
    more: bool = False

    def filtered(self, filters: Filters) -> tuple[ClientSummary, ...]:
        """Those that pass every filter."""
        return tuple(one for one in self.clients if _passes(one, filters))


def people_named(clients: Sequence[ClientSummary], search: str) -> tuple[PersonNamed, ...]:
    """Whom of these clients' people a search means; nobody where the client's own name or place answers it.

    Words of the client may stand beside those of the person: "orion holm" is Holm at Orion.
    """
    found = []
    for one in clients:
        of_client = (one.line.name, one.line.legal_name, one.line.city, one.line.region)
        if not search.strip() or matches(search, of_client):
            continue
        found += [
            PersonNamed(person_id, name, one.line.name)
            for person_id, name in one.people.items()
            if matches(search, (*of_client, name))
        ]
    return tuple(sorted(found, key=lambda person: (person.name, person.client_name)))


def sounding_like(clients: Sequence[ClientSummary], search: str) -> tuple[PersonNamed | ClientSummary, ...]:
    """People and clients whose names sound like a search that finds nothing as it is spelled, the likest first."""
    found: list[tuple[float, str, PersonNamed | ClientSummary]] = []
    for one in clients:
        found.append((likeness(search, (one.line.name, one.line.legal_name)), one.line.name, one))
        found += [
            (likeness(search, (name,)), name, PersonNamed(person_id, name, one.line.name))
            for person_id, name in one.people.items()
        ]
    kept = sorted((item for item in found if item[0] > 0), key=lambda item: (-item[0], item[1]))
    return tuple(one for _likeness, _name, one in kept)


def is_large(db: Database) -> bool:
    """Whether there are more clients than are shown and judged all at once."""
    return count_clients(db) > WHOLE


def clientele(
    db: Database, viewer: Viewer, *, as_of: date, weights: PowerWeights | None = None, part: Part | None = None
) -> Clientele:
    """The clients with their state, in nine queries whatever their number.

    Args:
        part: which clients, when there are more than ``WHOLE``; its filters are not looked at when all are shown.
    """
    shown = shown_clients(db, as_of, part)
    given: dict[str, Any] = {"client_ids": shown.ids, "as_of": as_of}
    facts = known_facts(db, viewer, shown.ids, as_of)
    moments = {row.client_id: row for row in queries.clients_moments(db, **given)}
    structures = read_structures(db, viewer, as_of, shown.ids)
    occasions = _occasions(db, viewer, given)
    summaries = []
    for line in shown.lines:
        structure = structures.get(line.id) or PowerStructure(line.id, as_of)
        health, coverage, known = _judged(viewer, line.name, structure, weights, facts.get(line.id, ()))
        summaries.append(
            ClientSummary(
                line=line,
                people={person.id: person.name for person in structure.people if not person.is_vacant},
                health=health,
                coverage=coverage,
                knowledge=known,
                last_contact=_last_contact(moments.get(line.id), structure),
                next_date=_next_date(moments.get(line.id), occasions.get(line.id)),
            )
        )
    on_day = tuple(asked(source, **given) for source in (*_OF_A_DAY, knowledge_facts))
    return Clientele(tuple(summaries), (*shown.asked, *on_day), shown.total, shown.more)


@lru_cache(maxsize=4096)
def _judged(
    viewer: Viewer,
    name: str,
    structure: PowerStructure,
    weights: PowerWeights | None,
    facts: tuple[Known, ...],
) -> tuple[MapHealth, CoverageSummary, float | None]:
    """Health, coverage and knowledge. Remembered by all that they rest on, so they can neither be stale nor tell one
    viewer what another sees: a changed tie, or one that was left out, makes another structure."""
    figures = rank_key_figures(structure, weights)
    known = judge(viewer, (structure.client_id, name), structure, figures, facts)
    return map_health(structure, figures), coverage_summary(structure, figures), known.overall


def _passes(one: ClientSummary, filters: Filters) -> bool:
    line = one.line
    return (
        (not filters.industries or line.industry in filters.industries)
        and (not filters.countries or line.country in filters.countries)
        and (not filters.stages or line.stage in filters.stages)
        and (not filters.healths or one.health.level in filters.healths)
        and matches(filters.search, (line.name, line.legal_name, line.city, line.region, *one.people.values()))
    )


def _last_contact(moments: queries.ClientMoments | None, structure: PowerStructure) -> date | None:
    days = [tie.last_contact for tie in structure.coverage if tie.last_contact]
    if moments and moments.last_contact:
        days.append(moments.last_contact)
    return max(days, default=None)


def _next_date(moments: queries.ClientMoments | None, occasion: date | None) -> date | None:
    days = (moments.next_step, moments.next_decision, occasion) if moments else (occasion,)
    return min((day for day in days if day), default=None)


def _occasions(db: Database, viewer: Viewer, given: Mapping[str, Any]) -> dict[str, date]:
    """The nearest useful date of each client among those that the viewer may see."""
    nearest: dict[str, date] = {}
    as_of = given["as_of"]
    for row in queries.clients_dates(db, **given):
        for kind, on, recurs, of_person in zip(row.kinds, row.on, row.recur, row.of_people, strict=True):
            if not viewer.sees(date_sensitivity(kind, of_person=of_person)):
                continue
            day = next_occurrence(on, as_of, recurs=recurs)
            if day is not None:
                nearest[row.client_id] = min(day, nearest.get(row.client_id, day))
    return nearest
