"""Enter and correct dates where they are seen, and subscribe to them in a calendar program (C2.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.services import editing
from graphcrm.services.calendar import Calendar, CalendarEntry, require_ahead
from graphcrm.services.calendar_feed import renew_feed
from graphcrm.ui import session
from graphcrm.ui.components.dialog import open_dialog
from graphcrm.ui.components.edit_dialogs import edit_record_button
from graphcrm.ui.components.edit_fields import chosen_record
from graphcrm.ui.components.edit_form import Form, draw_form
from graphcrm.ui.components.formats import plain, safe
from graphcrm.ui.components.person_link import client_link, person_link
from graphcrm.ui.places import place
from graphcrm.ui.state import ui_state

FEED = "calendar_feed"
MOST_CLIENTS = 3
WRITTEN_AHEAD = timedelta(days=7)
"""Congratulations that are further ahead are not on their page yet."""


def new_date_button(key: str) -> None:
    """A button that opens the form of a new date of a person or a firm; nothing for who may not write."""
    if session.current_viewer().may_write and st.button(_("New date"), icon=":material/event:", key=key):
        form = Form("UsefulDate", shown={"recurs": True}, check=_ahead)
        open_dialog(_("New date"), _draw_new, form)


def _draw_new(form: Form) -> None:
    text = st.text_input(_("Whose: find a person or a firm by name"), key=f"{form.nonce}-find")
    options = {
        one.id: f"{one.name} ({one.note})" if one.note else one.name
        for one in editing.find(session.current_app().database, text or "", ("Person", "Organization"))
    }
    if not options:
        if text:
            st.caption(_("Nobody of this name is known. Add them first."))
        return
    whose = chosen_record(_("Whose"), next(iter(options)), f"{form.nonce}-whose-{text}", options)
    if whose is not None:
        form.fixed = {"subject_id": whose}
        draw_form(form)


def _ahead(cells: Mapping[str, Any]) -> None:
    require_ahead(cells, session.current_app().today())


def occasion(entry: CalendarEntry, notes: Sequence[str], today: date) -> None:
    """One occasion in a row: the ways to whom it concerns, what it is, and the way to the congratulation."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _opened(entry, notes, today)


def correct(entry: CalendarEntry, notes: Sequence[str], today: date) -> None:
    """An occasion with what can be corrected of it: a stored date here, a birth date on the person's page."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _opened(entry, notes, today)
        if entry.date_id:
            edit_record_button(entry.date_id, f"correct-{entry.id}")
    if not entry.date_id and not entry.person_id:
        st.caption(_("This day comes from the calendar of the country or the trade and cannot be changed here."))


def _opened(entry: CalendarEntry, notes: Sequence[str], today: date) -> None:
    if entry.person_id:
        person_link(entry.person_name or "", entry.person_id)
    for client_id, name in list(entry.clients.items())[:MOST_CLIENTS]:
        client_link(name, client_id, icon=":material/domain:")
    rest = len(entry.clients) - MOST_CLIENTS
    more = [plural("and {n} more", "and {n} more", rest)] if rest > 0 else []
    st.html(f"<span>{safe(' · '.join([*more, *notes]))}</span>", width="content")
    soon = today <= entry.when.act_on < today + WRITTEN_AHEAD
    if entry.person_id and entry.may_congratulate and soon and session.current_viewer().may_write:
        st.page_link(
            place("congratulations"), label=_("Write"), icon=":material/edit:",
            query_params={"open": f"{entry.id}/{entry.person_id}"},
        )  # fmt: skip


def subscribe(found: Calendar, employee_id: str | None) -> None:
    """The feed's address: shown once, when it is made."""
    if not session.current_viewer().may_write:
        return
    with st.expander(_("Subscribe in a calendar program")):
        whose = plain(found.employees[employee_id]) if employee_id in found.employees else _("everybody")
        st.write(_("An address of its own for the dates of: {who}. Family dates are left out.", who=whose))
        st.caption(_("Whoever has the address sees the dates. A new address makes the old one useless."))
        kept: dict[str, str] = ui_state().pages.setdefault(FEED, {})
        if st.button(_("Make a new address"), icon=":material/link:", key="calendar-feed"):
            app = session.current_app()
            name, secret = renew_feed(
                app.database, session.current_viewer(), today=app.today(), employee_id=employee_id
            )
            kept[employee_id or ""] = f"/calendar-feed/{name}/{secret}.ics"
        if path := kept.get(employee_id or ""):
            here = urlsplit(st.context.url or "")
            st.code(f"{here.scheme or 'http'}://{here.netloc}{path}", language=None, wrap_lines=True)
            st.caption(_("It is not shown again: copy it now."))
