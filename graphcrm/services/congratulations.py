"""Congratulations (C3.1-C3.4): for the next days whom, on what, by whom of ours, by which channel, in which words.

Who died, left, mourns or asked not to be is shown with the reason and never congratulated. Sending is left to the
user's own mail program; what was sent is recorded as a goodwill action, once for each person and occasion.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graphcrm.database.connection import Database, Transaction
from graphcrm.domain.congratulations import Draft, Recipient, refusal
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import EditConflict, InvalidInput, NotFound
from graphcrm.queries import congratulations as queries
from graphcrm.services._clientele import Part
from graphcrm.services._congratulations import (
    CongratulationLine,
    Congratulations,
    read_congratulations,
    recipient_of,
    record_for,
    sent_of,
)
from graphcrm.services._rows import RowEdit, new_id, save_made
from graphcrm.services._saving import Saved, require_writer

__all__ = [
    "CongratulationLine",
    "Congratulations",
    "Draft",
    "Outgoing",
    "Part",
    "congratulations",
    "record_congratulation",
]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A text as it was sent. ``text_key``: of the draft that it was made from. ``channel``: code of ``channel``."""

    text_key: str
    subject: str
    text: str
    channel: str


def congratulations(
    db: Database,
    viewer: Viewer,
    *,
    as_of: date,
    days: int = 7,
    employee_id: str | None = None,
    part: Part | None = None,
) -> Congratulations:
    """See :func:`graphcrm.services._congratulations.read_congratulations`."""
    return read_congratulations(db, viewer, as_of=as_of, days=days, employee_id=employee_id, clients=part)


def record_congratulation(
    db: Database, viewer: Viewer, line: CongratulationLine, outgoing: Outgoing, *, key: str, today: date
) -> Saved:
    """Record that a congratulation was sent, in one transaction with its change.

    A planned one for the same occasion becomes done; else a new action is made.

    Raises:
        InvalidInput: the text is empty. EditConflict: one of ours has congratulated them on this already, or they must
            not be congratulated any more. Forbidden, DatabaseError: as every save.
    """
    require_writer(viewer)
    if not outgoing.text.strip():
        raise InvalidInput("There is no text.", mend="Write one, or choose another draft.")

    def make(tx: Transaction) -> list[RowEdit]:
        person = _person_now(tx, line, today)
        history = [sent_of(row) for row in queries.congratulations_sent(tx, person_ids=[person.id])]  # type: ignore[arg-type]
        there = record_for(history, line.greeting, line.entry)
        if there is not None and there.done:
            raise EditConflict(
                "{name} has been congratulated on this already, on {date} by {who}. Nothing was saved.",
                mend="Reload the page.", name=person.name, date=there.on, who=there.by or "?",
            )  # fmt: skip
        cells = {**_cells(line, outgoing), "date": today, "status": "done"}
        return [RowEdit("GoodwillAction", there.id if there else new_id("GoodwillAction", key), cells)]

    return save_made(db, viewer, make, key=key, today=today)


def _person_now(tx: Transaction, line: CongratulationLine, today: date) -> Recipient:
    rows = queries.congratulation_people(tx, person_ids=[line.person.id], as_of=today)  # type: ignore[arg-type]
    if not rows:
        raise NotFound("There is no such person.", mend="Reload the page.")
    person = recipient_of(rows[0])
    why_not = refusal(person, today)
    if why_not is not None and (why_not, line.greeting) != ("congratulate_deceased", "condolence"):
        raise EditConflict(
            "{name} is not to be congratulated any more. Nothing was saved.", mend="Reload the page.", name=person.name
        )
    return person


def _cells(line: CongratulationLine, outgoing: Outgoing) -> dict[str, Any]:
    condolence = line.greeting == "condolence"
    cells: dict[str, Any] = {
        "kind": "condolence" if condolence else "congratulation",
        "description": outgoing.subject,
        "text": outgoing.text.strip(),
        "text_key": outgoing.text_key,
        "channel": outgoing.channel,
        "occasion_key": line.entry.id,
        "person_id": line.person.id,
    }
    if line.date_id is not None:
        cells["occasion_id"] = line.date_id
    if line.employee_id is not None:
        cells["employee_id"] = line.employee_id
    return cells
