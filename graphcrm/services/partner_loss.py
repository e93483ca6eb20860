"""What breaks over the whole clientele if one partner goes (D2): ways in, reach of decisions, key figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.scenario import Change
from graphcrm.domain.viewer import Viewer
from graphcrm.domain.what_if import WhatIf, what_if
from graphcrm.errors import NotFound
from graphcrm.queries import partner_loss as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.changes import names_of
from graphcrm.services._sensitivity import tie_visible
from graphcrm.services._structure import read_structure

SEED = 2006
"""Where states of the network have to be drawn they are the same every time, so that the answer is too."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """A way from us over somebody at the partner to somebody at a client.

    Attributes:
        ours: names of ours who know the one at the partner; empty: nobody yet.
        is_key: whether the person at the client is a key figure. otherwise: whether ours are in contact directly, too.
    """

    ours: tuple[str, ...]
    via: str
    person_id: str
    person: str
    tie_id: str
    is_key: bool
    otherwise: bool


@dataclass(frozen=True, slots=True)
class ClientLoss:
    """What one client loses.

    Attributes:
        links: codes of what the partner is to the client: ``partner_kind``, or OWNS.
        result: the power structure with and without the partner's people.
        bridges: the ways over the partner. key_lost: key figures to whom no other contact of ours leads directly.
    """

    client_id: str
    client_name: str
    links: tuple[str, ...]
    result: WhatIf
    bridges: tuple[Bridge, ...]
    key_lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartnerLoss:
    """What breaks without the partner: the clients that lose most first; those that lose nothing come last."""

    partner_id: str
    partner_name: str
    as_of: date
    clients: tuple[ClientLoss, ...]
    asked: tuple[Asked, ...]


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
    clients = {one.client_id: one.client_name for one in (*links, *bridges)}
    losses = [
        _loss(
            db, viewer, (client, name), Change("partner", partner_id), as_of,
            ([one for one in links if one.client_id == client], [one for one in bridges if one.client_id == client]),
        )
        for client, name in clients.items()
    ]  # fmt: skip
    losses.sort(key=lambda one: (-len(one.key_lost), -_lost_reach(one), -len(one.bridges), one.client_name))
    wanted = (asked(queries.partner_clients, **given), asked(queries.partner_bridges, **given))
    return PartnerLoss(partner_id, named.name, as_of, tuple(losses), wanted)


def _lost_reach(loss: ClientLoss) -> float:
    before, after = loss.result.before.reach.value, loss.result.after.reach.value
    return (before or 0.0) - (after or 0.0)


Ties = tuple[Sequence[queries.PartnerClient], Sequence[queries.PartnerBridge]]


def _loss(db: Database, viewer: Viewer, client: tuple[str, str], change: Change, as_of: date, ties: Ties) -> ClientLoss:
    structure = read_structure(db, viewer, client[0], as_of)
    result = what_if(structure, (change,), seed=SEED)
    key = {figure.person_id for figure in result.before.figures if figure.is_key}
    contacts = result.before.access.contacts
    links, rows = ties
    bridges = [
        Bridge(_ours(viewer, row), row.via_name, row.person_id, row.person_name, row.tie_id,
               row.person_id in key, row.person_id in contacts)
        for row in rows
    ]  # fmt: skip
    lost = {one.person_id: one.person for one in bridges if one.is_key and one.ours and not one.otherwise}
    lost |= {one: structure.names[one] for one in result.lost if one in key}
    kinds = tuple(dict.fromkeys(link.detail or link.kind for link in links))
    return ClientLoss(client[0], client[1], kinds, result, tuple(bridges), tuple(lost.values()))


def _ours(viewer: Viewer, row: queries.PartnerBridge) -> tuple[str, ...]:
    seen = (one["name"] for one in row.ours if tie_visible(viewer, one["kind"], one["sensitivity"]))
    return tuple(dict.fromkeys(seen))
