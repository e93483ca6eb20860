"""The calendar as a month, a week or a list, and as a file for other calendars (C2.4)."""

from __future__ import annotations

from calendar import Calendar as Weeks
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path

import pandas as pd
import streamlit as st
from babel.dates import format_date, get_day_names

from graphcrm.documents.calendar_ics import IcsDay, calendar_ics
from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.services.calendar import Calendar, CalendarEntry
from graphcrm.ui.components.calendar_entry import correct, occasion
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.formats import day as day_words
from graphcrm.ui.components.formats import day_in_table, day_of_week, days_from, plain, safe
from graphcrm.vocabulary import VOCABULARY

CALENDAR_CSS = Path(__file__).parent.parent / "assets" / "calendar.css"
SHOWN_A_DAY = 4
NEXT_SHOWN, NEXT_DAYS = 8, timedelta(days=30)
LIST_DAYS = 60
Span = tuple[date, date]


def choose_span(today: date) -> tuple[str, Span]:
    """The view, and the days that it shows; kept in the address."""
    names = {"month": _("Month"), "week": _("Week"), "list": _("List")}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        view = st.segmented_control(
            _("View"), list(names), format_func=names.__getitem__, default="month", required=True, key="calendar-view"
        )
        chosen = st.date_input(
            _("Around"),
            value=today,
            key="calendar-day",
            format="DD.MM.YYYY" if language() == "ru" else "YYYY-MM-DD",
            width=180,
        )
    around = chosen if isinstance(chosen, date) else today
    if view == "week":
        monday = around - timedelta(days=around.weekday())
        return "week", (monday, monday + timedelta(days=6))
    if view == "list":
        return "list", (around, around + timedelta(days=LIST_DAYS))
    return "month", (around.replace(day=1), around.replace(day=monthrange(around.year, around.month)[1]))


def with_next(view: str, span: Span, today: date) -> Span:
    """The days to ask for: below the month of today stands what comes next, at the month's end too."""
    if view == "month" and span[0] <= today <= span[1]:
        return span[0], max(span[1], today + NEXT_DAYS)
    return span


def within(found: Calendar, span: Span) -> Calendar:
    """What falls on the days shown."""
    return replace(found, entries=tuple(entry for entry in found.entries if entry.when.on <= span[1]))


def choose_what(found: Calendar) -> tuple[str | None, list[str]]:
    """(one of our employees or None, the kinds to show; none means all)."""
    who, what = st.columns(2)
    employee = who.selectbox(
        _("Covered by"),
        [None, *found.employees],
        format_func=lambda one: _("Everybody") if one is None else plain(found.employees[one]),
        key="calendar-employee",
    )
    codes = list(VOCABULARY.enumerations["date_kind"].values)
    kinds = what.multiselect(
        _("Kinds"),
        codes,
        format_func=lambda code: VOCABULARY.value_name("date_kind", code, language()),
        placeholder=_("All"),
        key="calendar-kinds",
    )
    return employee, kinds


def draw_month(found: Calendar, span: Span, today: date) -> None:
    """A table of weeks, where days with more than fits say how many more; below it what comes next, to be opened."""
    on_day = _by_day(found, span)
    weeks = Weeks().monthdatescalendar(span[0].year, span[0].month)
    heads = "".join(f'<th scope="col">{safe(name)}</th>' for _place, name in sorted(_weekdays().items()))
    rows = "".join("<tr>" + "".join(_cell(day, span, today, on_day) for day in week) + "</tr>" for week in weeks)
    title = format_date(span[0], "LLLL y", locale=language())
    st.html(CALENDAR_CSS)
    st.html(
        f'<table class="gc-month"><caption>{safe(title)}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
        f'<div class="gc-narrow">{"".join(_narrow(on_day))}</div>'
    )
    ahead = [entry for entry in found.entries if entry.when.act_on >= today and entry.origin != "holiday"]
    if ahead:
        st.subheader(_("Next"), anchor=False)
        _by_days(ahead[:NEXT_SHOWN], today)


def _narrow(on_day: dict[date, list[CalendarEntry]]) -> Iterator[str]:
    """The same for a window too narrow for seven columns."""
    for on, entries in sorted(on_day.items()):
        yield f'<p class="gc-question">{safe(day_of_week(on))}</p>'
        yield from (f'<div class="gc-occasion">{_line(entry)}</div>' for entry in entries)


def draw_days(found: Calendar, span: Span, today: date) -> None:
    """Each day with all its occasions, by the day to act on."""
    if not found.entries:
        empty(
            _("Nothing falls on these days."), _("Enter birthdays and other dates on people's pages, or import them.")
        )
        return
    _by_days(found.entries, today)


def _by_days(entries: Sequence[CalendarEntry], today: date) -> None:
    """Under each day its occasions, each with the ways to whom it concerns and to the congratulation."""
    for on, group in groupby(entries, key=lambda entry: entry.when.act_on):
        st.html(f'<p class="gc-question">{safe(f"{day_of_week(on)} · {days_from(on, today)}")}</p>')
        for entry in group:
            occasion(entry, _notes(entry), today)


def draw_list(found: Calendar, span: Span, today: date) -> None:
    """One row for each occasion."""
    if not found.entries:
        draw_days(found, span, today)
        return
    rows = [
        {
            _("Act on"): entry.when.act_on,
            _("Day"): entry.when.on,
            _("Prepare from"): entry.when.prepare_from,
            _("Whom"): entry.person_name or ", ".join(entry.clients.values()),
            _("Occasion"): _title(entry),
            _("Kind"): VOCABULARY.value_name("date_kind", entry.kind, language()),
            _("Client"): ", ".join(entry.clients.values()) if entry.person_name else "",
            _("Covered by"): ", ".join((entry.covered_by or {}).values()) or _("nobody"),
        }
        for entry in found.entries
    ]
    shape = day_in_table()
    days = {name: st.column_config.DateColumn(name, format=shape) for name in list(rows[0])[:3]}
    event = st.dataframe(
        pd.DataFrame(rows), hide_index=True, key="calendar-list", alt=_("Useful dates"), placeholder="",
        on_select="rerun", selection_mode="single-row", column_config=days,
    )  # fmt: skip
    st.caption(_("Choose a row to open whom it concerns, or to correct its date."))
    for place in event["selection"]["rows"][:1]:
        if place < len(found.entries):  # the list may have become shorter since
            correct(found.entries[place], _notes(found.entries[place]), today)


DRAWN: dict[str, Callable[[Calendar, Span, date], None]] = {"month": draw_month, "week": draw_days, "list": draw_list}


def offer_ics(found: Calendar, span: Span) -> None:
    """What is shown, as a file for other calendars."""
    st.download_button(
        _("Download for a calendar program (.ics)"),
        data=lambda: as_ics(found, datetime.now(UTC)),
        file_name=f"graphcrm-{span[0]}-{span[1]}.ics",
        mime="text/calendar",
        icon=":material/calendar_add_on:",
        on_click="ignore",
        key="calendar-ics",
        disabled=not found.entries,
    )


def as_ics(found: Calendar, stamp: datetime) -> bytes:
    """The entries as a file for calendar programs, in the language in use."""
    return calendar_ics("graphcrm", [_ics(entry) for entry in found.entries], stamp=stamp)


def _ics(entry: CalendarEntry) -> IcsDay:
    who = entry.person_name or ", ".join(entry.clients.values())
    lead = (entry.when.act_on - entry.when.prepare_from).days
    text = "" if entry.when.on == entry.when.act_on else _("The day itself: {day}", day=day_words(entry.when.on))
    return IcsDay(entry.id, entry.when.act_on, f"{_title(entry)}: {who}", text, lead)


def _by_day(found: Calendar, span: Span) -> dict[date, list[CalendarEntry]]:
    days: dict[date, list[CalendarEntry]] = {}
    for entry in sorted(found.entries, key=lambda entry: entry.origin == "holiday"):
        if span[0] <= entry.when.on <= span[1]:
            days.setdefault(entry.when.on, []).append(entry)
    return days


def _weekdays() -> dict[int, str]:
    return dict(get_day_names("abbreviated", locale=language()))


def _cell(day: date, span: Span, today: date, on_day: dict[date, list[CalendarEntry]]) -> str:
    if not span[0] <= day <= span[1]:
        return '<td class="gc-outside"></td>'
    entries = on_day.get(day, [])
    lines = [f"<li>{_line(entry)}</li>" for entry in entries[:SHOWN_A_DAY]]
    if len(entries) > SHOWN_A_DAY:
        lines.append(f"<li>{safe(plural('{n} more', '{n} more', len(entries) - SHOWN_A_DAY))}</li>")
    mark = ' class="gc-today" aria-current="date"' if day == today else ""
    return f"<td{mark}><b>{day.day}</b><ul>{''.join(lines)}</ul></td>"


def _line(entry: CalendarEntry) -> str:
    colour = "gc-private" if entry.person_name else "gc-firm"
    who = entry.person_name or ", ".join(entry.clients.values())
    return f'<span class="{colour}"><strong>{safe(who)}</strong> {safe(" · ".join(_notes(entry)))}</span>'


def _notes(entry: CalendarEntry) -> list[str]:
    """What day it is, and what to mind."""
    notes = [_title(entry)]
    if entry.when.act_on != entry.when.on and entry.origin != "holiday":
        notes.append(_("congratulate on {day}", day=day_words(entry.when.act_on)))
    if not entry.may_congratulate:
        status = VOCABULARY.value_name("person_status", entry.status or "", language())
        notes.append(_("do not congratulate: {status}", status=status.lower()))
    return notes


def _title(entry: CalendarEntry) -> str:
    name = entry.occasion
    if entry.when.years and entry.kind != "public_holiday":
        return f"{name} ({plural('{n} year', '{n} years', entry.when.years)})"
    return name if entry.when.exact else _("{name} (day not known exactly)", name=name)
