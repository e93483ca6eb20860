"""What lies ahead at a client, and what was said there last: for the head of its page and for the brief. Shared; not a
service itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import translate as _
from graphcrm.queries import client as queries
from graphcrm.queries._contact import ContactRow
from graphcrm.queries.interactions import contacts_of_client
from graphcrm.services._dates import next_occurrence
from graphcrm.services._sensitivity import date_sensitivity
from graphcrm.services._wording import value_name


@dataclass(frozen=True, slots=True)
class NextDate:
    """The next day to think of: a useful date, a step agreed, or the decision on a deal.

    ``code`` is that of ``date_kind`` for an occasion; ``subject_id`` is a person's id where the date is a person's.
    """

    kind: Literal["occasion", "step", "deal"]
    on: date
    name: str
    code: str | None = None
    subject_id: str | None = None
    subject_name: str | None = None


def next_dates(
    db: Database, viewer: Viewer, client_id: str, as_of: date, deals: Iterable[queries.ClientDeal]
) -> list[NextDate]:
    """All that lies ahead at a client, the nearest first, without the dates that the viewer may not see."""
    found = [NextDate("deal", deal.due, deal.name) for deal in deals if deal.due and deal.due >= as_of]
    for step in queries.client_steps(db, client_id=client_id, as_of=as_of):
        found.append(NextDate("step", step.due, step.name or ""))
    for row in queries.client_dates(db, client_id=client_id, as_of=as_of):
        of_person = row.subject_kind == "person"
        on = next_occurrence(row.on, as_of, recurs=row.recurs)
        if on is not None and viewer.sees(date_sensitivity(row.kind, of_person=of_person)):
            person_id = row.subject_id if of_person else None
            found.append(NextDate("occasion", on, row.name, row.kind, person_id, row.subject_name))
    return sorted(found, key=lambda item: (item.on, item.kind, item.name))


def next_words(item: NextDate) -> str:
    """What it is, in the language in use."""
    if item.kind == "deal":
        return _("decision on {name}", name=item.name)
    if item.kind == "step":
        return _("next step: {name}", name=item.name or _("not described"))
    kind = value_name("date_kind", item.code)
    return f"{kind}: {item.subject_name}" if item.subject_id else f"{kind}: {item.name}"


def contacts_seen(db: Database, viewer: Viewer, client_id: str, *, as_of: date, most: int) -> tuple[ContactRow, ...]:
    """The contacts up to a day, newest first; a relative who took part is named only to who may know of relatives."""
    seen = viewer.sees("family")
    rows = contacts_of_client(db, client_id=client_id, as_of=as_of, most=most)
    return tuple(
        replace(row, participants=[one for one in row.participants if seen or not one["family"]]) for row in rows
    )
