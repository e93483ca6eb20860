"""What is known of clients, fact by fact (requirements A5.1-A5.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class KnowledgeFact:
    """One fact.

    Attributes:
        subject_id: the person it is about, or the client.
        properties: the names of the fields that are filled; "unknown" and empty ones are not.
        dated: facts of this kind keep the day of their verification.
    """

    client_id: str
    id: str
    kind: str
    subject_id: str
    properties: list[str]
    codes: list[str]
    verified: date | None
    dated: bool
    sensitivity: str | None


@dataclass(frozen=True, slots=True)
class KnowledgeCount:
    """One client with the number of people of whom something is known."""

    client_id: str
    client_name: str
    people: int
    with_role: int
    with_attitude: int
    with_level: int
    with_boss: int
    with_influence: int
    units: int
    partner_links: int
    owners: int
    plans: int
    with_org_system: bool


@cypher
def knowledge_facts(db: Database, *, client_ids: list[str], as_of: date) -> list[KnowledgeFact]: ...
@cypher
def knowledge_counts(db: Database, *, as_of: date) -> list[KnowledgeCount]: ...
