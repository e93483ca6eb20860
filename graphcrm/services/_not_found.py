"""What is said when somebody or something is not there, or may not be known of: the two look the same. Shared."""

from __future__ import annotations

from graphcrm.errors import NotFound


def no_such_person() -> NotFound:
    """The error for an unknown person."""
    return NotFound("There is no such person.", mend="Look for them in the list of the client's people.")


def no_such_event() -> NotFound:
    """The error for an unknown event."""
    return NotFound("There is no such event.", mend="Choose one from the list of events.")
