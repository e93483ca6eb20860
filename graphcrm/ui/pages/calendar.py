"""The calendar of useful dates (C2.4): by month, week or as a list, of all clients or one, of all of us or one."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.services.calendar import Calendar, client_calendar
from graphcrm.services.clients import is_large
from graphcrm.ui import session
from graphcrm.ui.components import calendar as parts
from graphcrm.ui.components import client_pages
from graphcrm.ui.components.calendar_entry import new_date_button, subscribe
from graphcrm.ui.components.client_header import REPORT_CSS
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.first_steps import no_clients


def page() -> None:
    """Draw the page."""
    app, viewer, today = session.current_app(), session.current_viewer(), session.current_day()
    st.html(REPORT_CSS)
    st.title(_("Calendar"), anchor=False)
    view, span = parts.choose_span(today)
    client_id = session.query_parameter("client")
    part = client_pages.searched_part("calendar", large=client_id is None and is_large(app.database))
    asked = parts.with_next(view, span, today)
    found = client_calendar(app.database, viewer, asked, as_of=today, clients=[client_id] if client_id else part)
    shown, employee_id = _filtered(found)
    if part:
        client_pages.show_pages("calendar", found.clients, found.total, more=found.more, search=part.search)
    if not found.total:
        no_clients(app)
        return
    new_date_button("calendar-new")
    parts.DRAWN[view](shown, span, today)
    parts.offer_ics(parts.within(shown, span), span)
    subscribe(found, employee_id)
    how_computed(
        found.asked,
        _(
            "A date falls as its known parts say; 29 February is kept on the 28th in other years. Days off are those "
            "of the client's country, and whose day falls on one is congratulated on the working day before. Days of "
            "trades and hobbies come from a catalogue that names who set them; public holidays from a library."
        ),
        key="calendar",
    )


def _filtered(found: Calendar) -> tuple[Calendar, str | None]:
    """What the choices leave, one of our people and some kinds; and whose it is."""
    employee, kinds = parts.choose_what(found)
    kept = found.of_employee(employee) if employee else found
    entries = tuple(entry for entry in kept.entries if entry.kind in kinds or not kinds)
    return replace(found, entries=entries), employee
