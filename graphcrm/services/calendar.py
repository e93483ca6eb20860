"""The calendar of useful dates (C2.4, C3.1-C3.4). It is made by ``_calendar``, for other services too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from graphcrm.domain.partial_date import PartialDate
from graphcrm.errors import InvalidInput
from graphcrm.services._calendar import Calendar, CalendarEntry, client_calendar

__all__ = ["Calendar", "CalendarEntry", "client_calendar", "require_ahead"]


def require_ahead(cells: Mapping[str, Any], today: date) -> None:
    """A date that is entered comes round again, or lies ahead. A text that is no date is left to the save to refuse.

    Raises:
        InvalidInput: it is past and never comes again, so that nobody would ever be reminded of it.
    """
    try:
        partial = PartialDate.parse(str(cells.get("date") or ""))
    except InvalidInput:
        return
    last = partial.latest()
    if cells.get("recurs") is False and last is not None and last < today:
        raise InvalidInput(
            "This day is past and does not come again, so nobody would be reminded of it.",
            mend="Correct the date, or let it come every year.",
        )
