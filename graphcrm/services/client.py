"""The head of a client's page: the facts that matter before a visit (A1.2-A1.4, A2.1, C1.2, C2.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graphcrm.database.connection import Database
from graphcrm.domain.map_health import CoverageSummary, MapHealth, coverage_summary, map_health
from graphcrm.domain.power import PowerWeights, rank_key_figures
from graphcrm.domain.structure import COVERED, CoverageTie, PowerStructure
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import client as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.services._ahead import NextDate, next_dates, next_words
from graphcrm.services._stance import Subject, client_of, read_structure_of, structure_asked_of
from graphcrm.services._structure import known_client

__all__ = ["ClientHead", "Lead", "NextDate", "RevenueShare", "client_head", "leads", "next_words", "revenue_shares"]

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class RevenueShare:
    """What the client bought from us in twelve months, in one currency.

    Attributes:
        amount: in ``currency``.
        share: of all that our clients bought in that currency, 0-1.
        rank: 1 buys most in that currency; ``clients`` is how many bought in it.
    """

    currency: str
    amount: float
    share: float
    rank: int
    clients: int


@dataclass(frozen=True, slots=True)
class Lead:
    """Who of ours covers most people there; ``people`` counts them."""

    employee_id: str
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class ClientHead:
    """What the head of the client's page says. None and empty mean: not known.

    Attributes:
        people: how many are known at the client, vacant seats not counted.
        revenue: by currency, the greatest amount first; empty when nothing was bought in twelve months.
        team: our people there, who covers most first; the first one leads.
        names: of the people whom health and coverage speak of, theirs and ours, by id.
        deal: the name of the deal that health and coverage are judged for; None for what holds as a rule.
        leaving: last days that are known, theirs and ours, by id: a date, or the text of a partial one.
    """

    facts: queries.ClientFacts
    people: int
    health: MapHealth
    coverage: CoverageSummary
    revenue: tuple[RevenueShare, ...]
    last_contact: date | None
    next_dates: tuple[NextDate, ...]
    deals: tuple[queries.ClientDeal, ...]
    team: tuple[Lead, ...]
    names: dict[str, str]
    leaving: dict[str, date | str]
    asked: tuple[Asked, ...]
    deal: str | None = None


def client_head(
    db: Database, viewer: Viewer, subject: Subject, *, as_of: date, weights: PowerWeights | None = None
) -> ClientHead:
    """What to know of a client before anything else; health, coverage and team as in the deal, if one is named.

    Raises:
        NotFound: there is no such client, or no such deal there.
    """
    client_id = client_of(subject)
    facts = known_client(db, client_id)
    structure = read_structure_of(db, viewer, subject, as_of)
    figures = rank_key_figures(structure, weights)
    deals = queries.client_deals(db, client_id=client_id, as_of=as_of)
    contacts = queries.client_contacts(db, client_id=client_id, as_of=as_of)
    touched = [tie.last_contact for tie in structure.coverage if tie.last_contact] + [one.date for one in contacts]
    return ClientHead(
        facts=facts,
        people=sum(not person.is_vacant for person in structure.people),
        health=map_health(structure, figures),
        coverage=coverage_summary(structure, figures),
        revenue=revenue_shares(queries.client_revenue(db, **_last_year(as_of)), client_id),
        last_contact=max(touched, default=None),
        next_dates=tuple(next_dates(db, viewer, client_id, as_of, deals)),
        deals=tuple(deals),
        team=leads(structure.coverage),
        names=_names(structure),
        leaving=_leaving(structure),
        asked=_asked(subject, as_of),
        deal=structure.deal.name if structure.deal else None,
    )


def revenue_shares(rows: Iterable[queries.ClientRevenue], client_id: str) -> tuple[RevenueShare, ...]:
    """The client's share and rank among all clients, for each currency it bought in.

    Currencies are not added up: there is no rate in the data, and an invented one would make an invented share.
    """
    by_currency: dict[str, list[queries.ClientRevenue]] = defaultdict(list)
    for row in rows:
        by_currency[row.currency].append(row)
    shares = []
    for currency, sales in by_currency.items():
        total = sum(row.amount for row in sales)
        own = next((row.amount for row in sales if row.client_id == client_id), None)
        if own is not None and total > 0:
            rank = 1 + sum(row.amount > own for row in sales)
            shares.append(RevenueShare(currency, own, own / total, rank, len(sales)))
    return tuple(sorted(shares, key=lambda share: -share.amount))


def leads(coverage: Sequence[CoverageTie]) -> tuple[Lead, ...]:
    """Our people at the client: who is in touch with most people first, then the stronger relations, then the name."""
    reached: dict[str, set[str]] = defaultdict(set)
    strength: dict[str, float] = defaultdict(float)
    names = {tie.employee_id: tie.employee_name for tie in coverage}
    for tie in coverage:
        if tie.coverage in COVERED:
            reached[tie.employee_id].add(tie.person_id)
            strength[tie.employee_id] += tie.strength or 0.0
    order = sorted(reached, key=lambda one: (-len(reached[one]), -strength[one], names[one], one))
    return tuple(Lead(one, names[one], len(reached[one])) for one in order)


def _last_year(as_of: date) -> dict[str, date]:
    return {"since": as_of - YEAR + timedelta(days=1), "until": as_of + timedelta(days=1)}


def _names(structure: PowerStructure) -> dict[str, str]:
    return {**structure.names, **{tie.employee_id: tie.employee_name for tie in structure.coverage}}


def _leaving(structure: PowerStructure) -> dict[str, date | str]:
    theirs = {person.id: person.leaves_on for person in structure.people if person.leaves_on}
    return theirs | {tie.employee_id: tie.employee_leaves_on for tie in structure.coverage if tie.employee_leaves_on}


def _asked(subject: Subject, as_of: date) -> tuple[Asked, ...]:
    client_id = client_of(subject)
    on_day = {"client_id": client_id, "as_of": as_of}
    return (
        asked(queries.client_facts, client_id=client_id),
        asked(queries.client_contacts, **on_day),
        asked(queries.client_deals, **on_day),
        asked(queries.client_steps, **on_day),
        asked(queries.client_dates, **on_day),
        asked(queries.client_revenue, **_last_year(as_of)),
        *structure_asked_of(subject, as_of),
    )
