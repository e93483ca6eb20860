"""Who owns several clients, and which groups of clients shared partners and owners hold together (D2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain import clientele_links as links
from graphcrm.domain.clientele_links import Chain, Cluster, Owner
from graphcrm.domain.viewer import Viewer
from graphcrm.formats import number, percent
from graphcrm.i18n import translate as _
from graphcrm.queries import partner_groups as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.services._clientele import count_clients
from graphcrm.services._evidence import Evidence
from graphcrm.services._sensitivity import tie_visible

MOST_CLIENTS = 500
"""Of a larger clientele the first so many by name are looked at, so that the page costs the same."""
MOST_TIES = 10_000


@dataclass(frozen=True, slots=True)
class Named:
    """A firm or a person on a chain, or one that holds clients together."""

    id: str
    name: str
    is_person: bool = False
    is_client: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at: the first ``clients`` by name of ``total``. ``cut``: more ties than are read."""

    clients: int
    total: int
    cut: bool

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out."""
        return self.clients >= self.total and not self.cut


@dataclass(frozen=True, slots=True)
class Owners:
    """Who owns two or more clients as far as the viewer may see.

    Attributes:
        names: id -> who that is, of all on a chain. evidence: id -> the tie with its proof.
    """

    owners: tuple[Owner, ...]
    names: Mapping[str, Named]
    evidence: Mapping[str, Evidence]
    looked: Looked
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Clusters:
    """Groups of clients, the largest first. ``too_wide``: names of who is tied to so many that it is not counted."""

    clusters: tuple[Cluster, ...]
    names: Mapping[str, Named]
    too_wide: tuple[str, ...]
    looked: Looked
    asked: tuple[Asked, ...]


def owners(db: Database, viewer: Viewer, *, as_of: date) -> Owners:
    """Who owns two or more clients on a day, directly or over chains of at most four ties."""
    given = {"as_of": as_of, "clients": MOST_CLIENTS, "most": MOST_TIES}
    rows = queries.owner_ties(db, **given)
    seen = [
        row
        for row in rows
        if tie_visible(viewer, "OWNS", row.sensitivity) and (viewer.sees("family") or not row.is_family)
    ]
    names = {row.owner_id: Named(row.owner_id, row.owner_name, row.is_person) for row in seen}
    names |= {row.owned_id: Named(row.owned_id, row.owned_name, is_client=row.is_client) for row in seen}
    ties = [links.Ownership(row.tie_id, row.owner_id, row.owned_id, row.percent) for row in seen]
    found = links.owners(ties, [one.id for one in names.values() if one.is_client])
    by_name = sorted(found, key=lambda one: (-len(one.stakes), names[one.owner_id].name, one.owner_id))
    steps = (asked(queries.owner_ties, **given),)
    return Owners(tuple(by_name), names, {row.tie_id: _evidence(row) for row in seen}, _looked(db, len(rows)), steps)


def _evidence(row: queries.OwnerTie) -> Evidence:
    return Evidence(
        row.tie_id, "OWNS", row.owner_id, row.owner_name, row.owned_id, row.owned_name, about=_percent(row.percent),
        confidence=row.confidence, source=row.source, verified=row.last_verified,
    )  # fmt: skip


def ties_of(found: Owners, chains: Iterable[Chain]) -> list[Evidence]:
    """The ties of some chains, each once, in their order."""
    return [found.evidence[one] for one in dict.fromkeys(tie.id for chain in chains for tie in chain.ties)]


def chain_names(found: Owners, chain: Chain) -> list[str]:
    """The names on a chain, from the owner to the client, each after the first with how much of it is owned."""
    owned = [f"{found.names[tie.owned_id].name} ({_percent(tie.percent)})" for tie in chain.ties]
    return [found.names[chain.ties[0].owner_id].name, *owned]


def share_words(share: float | None) -> str:
    """A share of 0-1 as a percentage, or that it is not known."""
    return _percent(None if share is None else share * 100)


def looked_words(looked: Looked) -> Iterator[str]:
    """What was left out, as sentences; nothing where all was looked at."""
    if looked.clients < looked.total:
        shown, total = number(looked.clients), number(looked.total)
        yield _("Looked at are the first {shown} of {total} clients by name.", shown=shown, total=total)
    if looked.cut:
        yield _("There are more ties than are read here, so that some may be missing.")


def _percent(value: float | None) -> str:
    return _("share not known") if value is None else percent(value)


def clusters(db: Database, viewer: Viewer, *, as_of: date) -> Clusters:
    """The groups of clients that shared partners and owners hold together on a day."""
    given = {"as_of": as_of, "clients": MOST_CLIENTS, "most": MOST_TIES}
    rows = queries.client_partners(db, **given)
    owned = owners(db, viewer, as_of=as_of)
    names = dict(owned.names)
    pairs = {(stake.client_id, one.owner_id) for one in owned.owners for stake in one.stakes}
    for row in rows:
        if not tie_visible(viewer, row.kind, row.sensitivity):
            continue
        names[row.client_id] = Named(row.client_id, row.client_name, is_client=True)
        names[row.firm_id] = Named(row.firm_id, row.firm_name, is_client=row.firm_is_client)
        pairs.add((row.client_id, row.firm_id))
    # A client that others are tied to is one of the group that it holds together.
    pairs |= {(holder, holder) for _client, holder in pairs if names[holder].is_client}
    wide = tuple(sorted(names[one].name for one in links.too_wide(pairs)))
    looked = Looked(owned.looked.clients, owned.looked.total, owned.looked.cut or len(rows) == MOST_TIES)
    steps = (asked(queries.client_partners, **given), *owned.asked)
    groups = tuple(_by_name(one, names) for one in links.clusters(pairs))
    return Clusters(groups, names, wide, looked, steps)


def _by_name(group: Cluster, names: Mapping[str, Named]) -> Cluster:
    def name(one: str) -> tuple[str, str]:
        return names[one].name, one

    holders = sorted(group.holders.items(), key=lambda one: (-len(one[1]), *name(one[0])))
    in_order = {holder: tuple(sorted(some, key=name)) for holder, some in holders}
    return Cluster(tuple(sorted(group.clients, key=name)), in_order)


def _looked(db: Database, ties: int) -> Looked:
    total = count_clients(db)
    return Looked(min(total, MOST_CLIENTS), total, ties == MOST_TIES)
