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
    """Somebody at the partner with a tie to somebody at a client. ``ours``: who of ours knows the one there."""

    tie_id: str
    kind: str
    via_id: str
    via_name: str
    person_id: str
    person_name: str
    client_id: str
    client_name: str
    ours: list[dict[str, Any]]
    sensitivity: str | None


@cypher
def partner_clients(db: Database, *, partner_id: str, as_of: date) -> list[PartnerClient]: ...
@cypher
def partner_bridges(db: Database, *, partner_id: str, as_of: date) -> list[PartnerBridge]: ...
