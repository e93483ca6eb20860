"""Our own people as a choice, and one of them by id (C1.2, C3.5, D1)."""

from __future__ import annotations

from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import Forbidden, NotFound
from graphcrm.queries import colleagues


def our_people(db: Database, as_of: date) -> dict[str, str]:
    """Id -> name of ours who work with us on a day, by name."""
    return {row.id: row.name for row in colleagues.our_people(db, as_of=as_of)}


def name_of_ours(db: Database, employee_id: str, as_of: date) -> str:
    """The name of one of ours.

    Raises:
        NotFound: nobody who works for us on that day has this id.
    """
    found = colleagues.one_of_ours(db, employee_id=employee_id, as_of=as_of)
    if found is None:
        raise NotFound("Nobody of ours has this id.", mend="Choose one of your own people.")
    return found.name


def name_of_actor(db: Database, viewer: Viewer, employee_id: str, as_of: date) -> str:
    """The name of one of ours who acts: plans, sends, approves. Whoever signed in acts as nobody else.

    Raises:
        Forbidden: the viewer's account is not this one's. NotFound: as :func:`name_of_ours`.
    """
    if not viewer.acts_as(employee_id):
        raise Forbidden("You act for yourself alone.", mend="Let them sign in and do it themselves.")
    return name_of_ours(db, employee_id, as_of)
