"""The calendar of useful dates as an .ics file (RFC 5545), for any calendar program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event


@dataclass(frozen=True, slots=True)
class IcsDay:
    """An all-day event. ``lead_days`` before it a calendar program reminds; 0 means no reminder."""

    uid: str
    on: date
    title: str
    text: str = ""
    lead_days: int = 0


def calendar_ics(name: str, days: Iterable[IcsDay], *, stamp: datetime) -> bytes:
    """The days as one calendar. ``stamp``: when it was made, with its time zone. Texts are escaped by the library."""
    calendar = Calendar()
    calendar.add("prodid", "-//graphcrm//useful dates//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for day in days:
        event = Event()
        event.add("uid", f"{day.uid}@graphcrm")
        event.add("dtstamp", stamp)
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
        event.add("summary", day.title)
        event.add("transp", "TRANSPARENT")
        if day.text:
            event.add("description", day.text)
        if day.lead_days:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", day.title)
            alarm.add("trigger", timedelta(days=-day.lead_days))
            event.add_component(alarm)
        calendar.add_component(event)
    return calendar.to_ical()
