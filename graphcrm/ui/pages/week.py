"""My week (D1): what is due, who cools off, what to verify, what changed; each line leads to where it is acted on."""

from __future__ import annotations

import streamlit as st

from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.services import week as service
from graphcrm.services._colleagues import our_people
from graphcrm.services.clients import is_large
from graphcrm.ui import session
from graphcrm.ui.components import client_pages
from graphcrm.ui.components.client_header import REPORT_CSS
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.coverage import FORMULA
from graphcrm.ui.components.event_follow_up import render_week
from graphcrm.ui.components.first_steps import no_clients
from graphcrm.ui.components.week import render_changed, render_lines
from graphcrm.ui.state import ME, ui_state

EVERYBODY = ""
FOR = "for"


def page() -> None:
    """Draw the page."""
    st.html(REPORT_CSS)
    st.title(_("My week"), anchor=False)
    app, viewer, as_of = session.current_app(), session.current_viewer(), session.current_day()
    employee_id, days = _choices(our_people(app.database, as_of))
    part = client_pages.searched_part("week", large=employee_id is None and is_large(app.database))
    found = service.week(app.database, viewer, as_of=as_of, employee_id=employee_id, days=days, part=part)
    if not found.clients and employee_id is None and not (part and part.search):
        no_clients(app)
        return
    st.caption(plural("{n} client looked at", "{n} clients looked at", found.clients))
    if found.shown and part:
        names = {line.id: line.name for line in found.shown.lines}
        client_pages.show_pages("week", names, found.shown.total, more=found.shown.more, search=part.search)
    render_lines(_("Due"), found.due, _("Nothing is due in these days."), "due", as_of)
    nobody = _("Nobody is to be congratulated in these days.")
    render_lines(_("To congratulate"), found.congratulate, nobody, "wish", as_of)
    render_lines(_("Waits for approval"), found.approve, _("Nothing waits for approval."), "approve", as_of)
    render_lines(_("Missed"), found.missed, _("Nothing was missed."), "missed", as_of)
    render_week(employee_id, as_of)
    render_lines(_("Cooled off"), found.cooling, _("No relation has cooled off."), "cooling", as_of)
    render_lines(
        _("To verify"), found.verify, _("Every role and attitude was verified within a year."), "verify", as_of
    )
    render_changed(found.changed)
    how_computed(found.asked, _(FORMULA), key="week")


def _choices(colleagues: dict[str, str]) -> tuple[str | None, int]:
    """Whose week, kept in the address and for the session, and how many days."""
    names = {EVERYBODY: _("Everybody"), **colleagues}
    kept = st.query_params.get(FOR) or ui_state().pages.get(ME) or EVERYBODY
    options = list(names)
    who, span, _rest = st.columns([2, 2, 3], vertical_alignment="bottom")
    with who:
        chosen = st.selectbox(
            _("Whose week"),
            options,
            index=options.index(kept) if kept in names else 0,
            format_func=lambda one: names.get(one, one),
            key="week_who",
        )
    with span:
        days = st.segmented_control(
            _("Looking ahead"), [7, 14], default=7, required=True, key="week_days",
            format_func=lambda one: plural("{n} day", "{n} days", one),
        )  # fmt: skip
    ui_state().pages[ME] = chosen
    if chosen:
        st.query_params[FOR] = chosen
    elif FOR in st.query_params:
        del st.query_params[FOR]
    return chosen or None, days
