"""What holds clients together over the whole clientele (D2): who owns them over which chains, and their partners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class OwnerTie:
    """One tie of ownership. ``percent`` is 0-100, None where it is not known.

    Attributes:
        is_person, is_family: what the owner is. is_client: whether what is owned is a client.
    """

    tie_id: str
    owner_id: str
    owner_name: str
    is_person: bool
    is_family: bool
    owned_id: str
    owned_name: str
    is_client: bool
    percent: float | None
    confidence: float | None
    source: str | None
    last_verified: date | None
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class ClientPartner:
    """A tie of a client to a firm; ``kind`` is PARTNER_OF or OWNS. ``firm_is_client``: whether the firm is one, too."""

    tie_id: str
    kind: str
    client_id: str
    client_name: str
    firm_id: str
    firm_name: str
    firm_is_client: bool
    sensitivity: str | None


@cypher
def owner_ties(db: Database, *, as_of: date, clients: int, most: int) -> list[OwnerTie]: ...
@cypher
def client_partners(db: Database, *, as_of: date, clients: int, most: int) -> list[ClientPartner]: ...
