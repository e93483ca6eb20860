"""What time it is for us when it is some hour where they are (C2.4)."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

THEIR_HOUR = time(10)
"""Late enough for the mail to have been read, early enough for the day to be before them."""


def our_time(on: date, theirs: str | None, ours: str | None, hour: time = THEIR_HOUR) -> time | None:
    """Our time of day at an hour of theirs; None when a zone is not known, or the clocks show the same.

    Args:
        theirs, ours: IANA names of time zones.
    """
    if not theirs or not ours:
        return None
    try:
        there, here = ZoneInfo(theirs), ZoneInfo(ours)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # written by other tools: no such zone
        return None
    told = datetime.combine(on, hour, there).astimezone(here)
    return None if told.replace(tzinfo=None) == datetime.combine(on, hour) else told.time()
