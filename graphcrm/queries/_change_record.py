"""A recorded change as queries of several topics return it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """One recorded change. ``operations`` is a change set as JSON; None for changes that came with a file."""

    id: str
    number: int | None
    what: str
    action: str | None
    undoes: str | None
    operations: str | None
    at: datetime
    by: str | None
    before: str | None
    after: str | None
    sensitivity: str | None
