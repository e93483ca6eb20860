"""The calendar of useful dates (C2.4, C3.1-C3.4). It is made by ``_calendar``, for other services too."""

from __future__ import annotations

from graphcrm.services._calendar import Calendar, CalendarEntry, client_calendar

__all__ = ["Calendar", "CalendarEntry", "client_calendar"]
