"""A contact as queries of several topics return it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact. ``participants`` (theirs) and ``employees`` (ours) are ``{id, name}``; ``deal`` is its name."""

    id: str
    date: date
    kind: str
    summary: str | None
    mood: str | None
    next_step: str | None
    next_step_due: date | None
    next_step_done: date | None
    next_step_owner: str | None
    participants: list[dict[str, Any]]
    employees: list[dict[str, Any]]
    deal: str | None
