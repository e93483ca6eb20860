"""Several of ours rate one person's attitude, blind to each other until they have given theirs (C1.8, C2.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from graphcrm.database.connection import Database, Transaction
from graphcrm.domain.stance_rating import Spread, StanceRating, latest, spread
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import stance as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.editing import list_of_kind
from graphcrm.services._new_record import new_record
from graphcrm.services._not_found import no_such_person
from graphcrm.services._saving import Prepared, Saved, require_writer, save


@dataclass(frozen=True, slots=True)
class Ratings:
    """What an employee may see of the ratings of one person in one decision.

    Attributes:
        total: how many of ours have rated.
        given: whether this employee has, from this account. Until then ``ratings`` is empty and ``spread`` None.
        ratings: the newest of each employee.
    """

    person_id: str
    subject_id: str
    total: int
    given: bool
    ratings: tuple[StanceRating, ...]
    spread: Spread | None
    asked: tuple[Asked, ...]


def employees(db: Database) -> dict[str, str]:
    """id -> name of our people, by name."""
    return {one.id: one.name for one in list_of_kind(db, label="Employee")}


def ratings(db: Database, viewer: Viewer, person_id: str, subject_id: str, *, employee_id: str, as_of: date) -> Ratings:
    """The ratings, as far as this employee may see them from the viewer's account.

    Only who may write may rate, so only they see ratings at all.

    Raises:
        Forbidden: the viewer may not write. NotFound: there is no such person or decision.
    """
    require_writer(viewer)
    given: dict[str, Any] = {
        "person_id": person_id, "subject_id": subject_id, "employee_id": employee_id, "account": viewer.id,
        "as_of": as_of,
    }  # fmt: skip
    row = queries.stance_ratings(db, **given)
    if row is None:
        raise no_such_person()
    columns = zip(row.ids, row.employee_ids, row.employee_names, row.on, row.supports, row.words, strict=True)
    seen = latest(StanceRating(*one) for one in columns)
    return Ratings(
        person_id=person_id,
        subject_id=subject_id,
        total=row.total,
        given=bool(seen),
        ratings=tuple(seen),
        spread=spread(seen),
        asked=(asked(queries.stance_ratings, **given),),
    )


def rate(db: Database, viewer: Viewer, cells: Mapping[str, Any], *, key: str, today: date) -> Saved:
    """Give a rating: ``person_id``, ``subject_id``, ``by_id``, ``support`` and, if wanted, ``words``.

    A later rating of the same employee stands beside the earlier one; the newest counts.

    Raises:
        Forbidden: the viewer may not write. EditRefused: with what is wrong. DatabaseError: nothing was saved.
    """
    row = {"id": f"stance-rating-{key}", "date": today, "account": viewer.id, **cells}

    def prepare(tx: Transaction) -> Prepared:
        return Prepared(new_record(tx, "StanceRating", row))

    return save(db, viewer, key, prepare, today=today)
