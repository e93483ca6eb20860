"""What hangs on one partner over the whole clientele (D2): the clients it is tied to, and the ways over its people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class PartnerClient:
    """A client tied to the partner; ``kind`` is PARTNER_OF or OWNS, ``detail`` a code of ``partner_kind``."""

    tie_id: str
    kind: str
    detail: str | None
    client_id: str
    client_name: str
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class PartnerBridge:
    """Somebody at the partner with a tie to somebody at a client.

    Attributes:
        ours: who of ours knows the one at the partner, over which tie and by which proof.
        outgoing: whether the tie leads from the one at the partner to the one at the client.
    """

    tie_id: str
    kind: str
    via_id: str
    via_name: str
    person_id: str
    person_name: str
    client_id: str
    client_name: str
    ours: list[dict[str, Any]]
    outgoing: bool
    strength: float | None
    basis: str | None
    confidence: float | None
    source: str | None
    last_verified: date | None
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class SharedPartner:
    """A firm that clients are tied to.

    Attributes:
        ties: (kind, detail, client_id, client_name, sensitivity) of each tie, as in :class:`PartnerClient`.
        ways: (person_id, client_id, kind, sensitivity) of each tie of its people to somebody at a client.
    """

    partner_id: str
    partner_name: str
    ties: list[dict[str, Any]]
    ways: list[dict[str, Any]]


@cypher
def partner_clients(db: Database, *, partner_id: str, as_of: date) -> list[PartnerClient]: ...
@cypher
def partner_bridges(db: Database, *, partner_id: str, as_of: date) -> list[PartnerBridge]: ...
@cypher
def shared_partners(db: Database, *, search: str, as_of: date, most: int) -> list[SharedPartner]: ...
