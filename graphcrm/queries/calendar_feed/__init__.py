"""The feed addresses of the calendar: a digest of each secret, never the secret. They are no facts of the clientele."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graphcrm.database.connection import Database, Written
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class CalendarFeedRow:
    """A feed. ``digest``: SHA-256 of its secret in hex. ``employee_id``: whose dates; None means all."""

    id: str
    digest: str
    employee_id: str | None
    language: str | None
    renewed_at: datetime | None


@cypher
def calendar_feed(db: Database, *, feed_id: str) -> CalendarFeedRow | None: ...
@cypher(write=True)
def keep_calendar_feed(db: Database, *, feed_id: str, properties: dict[str, Any]) -> Written: ...
