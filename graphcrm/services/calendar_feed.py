"""The calendar as a feed for calendar programs (C2.4): an address with a secret in it, which can be renewed.

Of the secret only a digest is kept, so neither the graph nor a backup opens the feed. Family dates never go out by it:
what a calendar program has fetched lies on phones and in clouds, where no right of ours holds.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta
from hmac import compare_digest

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import NotFound
from graphcrm.i18n import language, use_language
from graphcrm.queries import calendar_feed as queries
from graphcrm.services._calendar import Calendar, client_calendar
from graphcrm.services._clientele import Part
from graphcrm.services._colleagues import name_of_ours
from graphcrm.services._saving import require_writer

FEED_VIEWER = Viewer("calendar-feed", "Calendar feed", "analyst")
"""A feed sees what an analyst sees: no family dates."""
SECRET_BYTES = 32
BACK, AHEAD = timedelta(days=31), timedelta(days=366)
_NOBODY = hashlib.sha256(b"").hexdigest()


def renew_feed(db: Database, viewer: Viewer, *, today: date, employee_id: str | None = None) -> tuple[str, str]:
    """(id, secret) of the feed of one of ours, or of all: a new secret; an old one opens nothing from now on.

    Raises:
        Forbidden: the viewer may not write. NotFound: nobody of ours has this id.
    """
    require_writer(viewer)
    if employee_id is not None:
        name_of_ours(db, employee_id, today)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    name = hashlib.blake2b((employee_id or "").encode(), digest_size=6).hexdigest()
    properties = {"digest": _digest(secret), "employee_id": employee_id, "language": language(), "by": viewer.name}
    queries.keep_calendar_feed(db, feed_id=_node(name), properties=properties)
    return name, secret


def feed(db: Database, name: str, secret: str, *, today: date) -> Calendar:
    """What the feed of this id gives to who knows its secret, in the language of who made it.

    Raises:
        NotFound: there is no such feed, or the secret is another; nobody can tell which.
    """
    row = queries.calendar_feed(db, feed_id=_node(name))
    # Compared in any case and in constant time, so that the time of the answer tells nothing.
    if not compare_digest(_digest(secret), row.digest if row else _NOBODY) or row is None:
        raise NotFound("There is no such feed.", mend="Make a new address on the page of the calendar.")
    use_language(row.language)
    span = (today - BACK, today + AHEAD)
    found = client_calendar(db, FEED_VIEWER, span, as_of=today, clients=Part(everything=True))
    return found.of_employee(row.employee_id) if row.employee_id else found


def _node(name: str) -> str:
    return f"calendar-feed:{name}"


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
