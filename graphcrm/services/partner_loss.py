"""What breaks over the whole clientele if one partner goes (D2): ways in, reach of decisions, key figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.domain.scenario import Change
from graphcrm.domain.viewer import Viewer
from graphcrm.domain.what_if import WhatIf, what_if
from graphcrm.errors import NotFound
from graphcrm.queries import partner_loss as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.changes import names_of
from graphcrm.services._evidence import Evidence, evidence
from graphcrm.services._sensitivity import mask_basis, tie_visible
from graphcrm.services._structure import read_structure, structure_asked

SEED = 2006
"""Where states of the network have to be drawn they are the same every time, so that the answer is too."""
MOST_LISTED = 300
MOST_JUDGED = 40
"""Clients whose power structure is compared with and without the partner; those with most ways over it first."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A firm that clients are tied to as far as the viewer may see.

    Attributes:
        clients: id -> name. links: codes of what it is to them: ``partner_kind``, or OWNS.
        people: how many people at clients its people know or sway, directly; clients_known: at how many clients.
    """

    partner_id: str
    name: str
    clients: Mapping[str, str]
    links: tuple[str, ...]
    people: int
    clients_known: int


@dataclass(frozen=True, slots=True)
class SharedPartners:
    """The partners of the clientele, those of most clients first. ``more``: whether others may follow."""

    partners: tuple[Shared, ...]
    more: bool
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """A way from us over somebody at the partner to somebody at a client.

    Attributes:
        ours: names of ours who know the one at the partner; empty: nobody yet.
        ties: ids of the ties it rests on: ours to the one at the partner, and that one's to the one at the client.
        is_key: whether the person at the client is a key figure. otherwise: whether ours are in contact directly, too.
    """

    ours: tuple[str, ...]
    via_id: str
    via: str
    person_id: str
    person: str
    tie_id: str
    is_key: bool
    otherwise: bool
    ties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClientLoss:
    """What one client loses.

    Attributes:
        links: codes of what the partner is to the client: ``partner_kind``, or OWNS.
        result: the power structure with and without the partner's people.
        bridges: the ways over the partner. key_lost: key figures to whom no other contact of ours leads directly.
        evidence: every tie that a way or a reason names, by id. asked: what its power structure was read by.
    """

    client_id: str
    client_name: str
    links: tuple[str, ...]
    result: WhatIf
    bridges: tuple[Bridge, ...]
    key_lost: tuple[str, ...]
    evidence: Mapping[str, Evidence]
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class PartnerLoss:
    """What breaks without the partner: the clients that lose most first; those that lose nothing come last.

    Attributes:
        rest: id -> name of further clients that were not judged, as there are too many.
    """

    partner_id: str
    partner_name: str
    as_of: date
    clients: tuple[ClientLoss, ...]
    asked: tuple[Asked, ...]
    rest: Mapping[str, str]


def shared_partners(db: Database, viewer: Viewer, *, as_of: date, search: str = "") -> SharedPartners:
    """The firms that clients are tied to, as of a day.

    Args:
        search: a part of a name; "" finds all.
    """
    given = {"search": search.strip(), "as_of": as_of, "most": MOST_LISTED}
    rows = queries.shared_partners(db, **given)
    found = [one for one in (_shared(viewer, row) for row in rows) if one.clients]
    found.sort(key=lambda one: (-len(one.clients), -one.people, one.name, one.partner_id))
    return SharedPartners(tuple(found), len(rows) == MOST_LISTED, (asked(queries.shared_partners, **given),))


def _shared(viewer: Viewer, row: queries.SharedPartner) -> Shared:
    ties, ways = (
        [one for one in some if tie_visible(viewer, one["kind"], one["sensitivity"])] for some in (row.ties, row.ways)
    )
    return Shared(
        row.partner_id,
        row.partner_name,
        {one["client_id"]: one["client_name"] for one in sorted(ties, key=lambda tie: tie["client_name"])},
        tuple(sorted({one["detail"] or one["kind"] for one in ties})),
        len({one["person_id"] for one in ways}),
        len({one["client_id"] for one in ways}),
    )


def partner_loss(db: Database, viewer: Viewer, partner_id: str, *, as_of: date) -> PartnerLoss:
    """Take a partner with its people away at all clients at once.

    Raises:
        NotFound: there is no such firm.
    """
    named = next((one for one in names_of(db, ids=[partner_id]) if "Organization" in one.labels), None)
    if named is None:
        raise NotFound("There is no such firm.", mend="graphcrm query find_by_name finds its id.")
    given = {"partner_id": partner_id, "as_of": as_of}
    links = [one for one in queries.partner_clients(db, **given) if tie_visible(viewer, one.kind, one.sensitivity)]
    bridges = [one for one in queries.partner_bridges(db, **given) if tie_visible(viewer, one.kind, one.sensitivity)]
    ways = Counter(one.client_id for one in bridges)
    names = {one.client_id: one.client_name for one in (*links, *bridges)}
    first = sorted(names, key=lambda one: (-ways[one], names[one]))
    losses = [
        _loss(
            db, viewer, (client, names[client]), Change("partner", partner_id), as_of,
            ([one for one in links if one.client_id == client], [one for one in bridges if one.client_id == client]),
        )
        for client in first[:MOST_JUDGED]
    ]  # fmt: skip
    losses.sort(key=lambda one: (-len(one.key_lost), -_lost_reach(one), -len(one.bridges), one.client_name))
    wanted = (asked(queries.partner_clients, **given), asked(queries.partner_bridges, **given))
    rest = {client: names[client] for client in first[MOST_JUDGED:]}
    return PartnerLoss(partner_id, named.name, as_of, tuple(losses), wanted, rest)


def _lost_reach(loss: ClientLoss) -> float:
    before, after = loss.result.before.reach.value, loss.result.after.reach.value
    return (before or 0.0) - (after or 0.0)


Found = tuple[Sequence[queries.PartnerClient], Sequence[queries.PartnerBridge]]


def _loss(
    db: Database, viewer: Viewer, client: tuple[str, str], change: Change, as_of: date, found: Found
) -> ClientLoss:
    structure = read_structure(db, viewer, client[0], as_of)
    result = what_if(structure, (change,), seed=SEED)
    key = {figure.person_id for figure in result.before.figures if figure.is_key}
    contacts = result.before.access.contacts
    links, rows = found
    proof: dict[str, Evidence] = {}
    bridges = []
    for row in rows:
        ours = [one for one in row.ours if tie_visible(viewer, one["kind"], one["sensitivity"])]
        steps = {tie.id: mask_basis(viewer, tie) for tie in _ties(row, ours)}
        proof |= steps
        bridges.append(
            Bridge(tuple(dict.fromkeys(one["name"] for one in ours)), row.via_id, row.via_name, row.person_id,
                   row.person_name, row.tie_id, row.person_id in key, row.person_id in contacts, tuple(steps))
        )  # fmt: skip
    lost = {one.person_id: one.person for one in bridges if one.is_key and one.ours and not one.otherwise}
    lost |= {one: structure.names[one] for one in result.lost if one in key}
    kinds = tuple(dict.fromkeys(link.detail or link.kind for link in links))
    return ClientLoss(
        client[0], client[1], kinds, result, tuple(bridges), tuple(lost.values()),
        evidence(structure, client[1]) | proof, structure_asked(client[0], as_of),
    )  # fmt: skip


def _ties(row: queries.PartnerBridge, ours: Sequence[Mapping[str, Any]]) -> Iterator[Evidence]:
    """The ties that a way rests on, ours first."""
    via = (row.via_id, row.via_name)
    for one in ours:
        ends = (*via, one["id"], one["name"]) if one["outgoing"] else (one["id"], one["name"], *via)
        yield Evidence(
            one["tie_id"], one["kind"], *ends, strength=one["strength"], confidence=one["confidence"],
            source=one["source"], verified=one["verified"],
        )  # fmt: skip
    person = (row.person_id, row.person_name)
    yield Evidence(
        row.tie_id, row.kind, *((*via, *person) if row.outgoing else (*person, *via)), strength=row.strength,
        basis=row.basis, confidence=row.confidence, source=row.source, verified=row.last_verified,
    )  # fmt: skip
