"""An entry of the register of gifts as queries about gifts, about invitations and for the auditor return it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """A step that was done, or refused: which, when, by whom of ours. ``why``: reasons as JSON."""

    number: int
    step: str
    refused: bool
    done_on: date | None
    at: datetime
    by_id: str | None
    by: str | None
    approvals_due: int | None
    why: str | None
    note: str | None
