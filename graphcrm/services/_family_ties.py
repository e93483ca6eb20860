"""Whether a stored family tie still holds on a day. Shared by the services; not a service itself."""

from __future__ import annotations

from datetime import date

from graphcrm.domain.partial_date import PartialDate
from graphcrm.errors import InvalidInput
from graphcrm.queries.family import FamilyTieRow


def is_over(row: FamilyTieRow, as_of: date) -> bool:
    """The tie was closed: it no longer holds, or never did."""
    return row.valid_to is not None and row.valid_to <= as_of


def has_ended(row: FamilyTieRow, as_of: date) -> bool:
    """A marriage that is over, by its last day or by the words ``until``."""
    try:
        until = PartialDate.parse(row.until).latest() if row.until else None
    except InvalidInput:
        until = None
    return is_over(row, as_of) or (until is not None and until < as_of)
