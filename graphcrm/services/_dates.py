"""When a stored partial date comes round next. Shared by the services; not a service itself."""

from __future__ import annotations

from datetime import date

from graphcrm.domain.partial_date import PartialDate
from graphcrm.errors import InvalidInput


def next_occurrence(text: str, today: date, *, recurs: bool) -> date | None:
    """The next day, today included, that the partial date falls on; None when it is past, incomplete or not a date.

    The importer refuses what is no date; a value written by other tools must not take a page down.
    """
    try:
        partial = PartialDate.parse(text)
    except InvalidInput:
        return None
    if recurs:
        return partial.next_occurrence(today)
    only = partial.earliest() if partial.is_complete else None
    return only if only is not None and only >= today else None
