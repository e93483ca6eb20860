"""Our events (C3.6, C3.7): the list; or one event with its guests, answers, tables and follow-up."""

from __future__ import annotations

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.services.events import event, events
from graphcrm.ui import session
from graphcrm.ui.components.client_header import REPORT_CSS
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.event_answers import render_answers
from graphcrm.ui.components.event_follow_up import render_follow_up
from graphcrm.ui.components.event_guests import render_guests
from graphcrm.ui.components.event_head import render_head
from graphcrm.ui.components.event_seating import render_seating
from graphcrm.ui.components.events_list import new_event_button, open_chosen, render_events
from graphcrm.ui.components.joint_events import render_milestones
from graphcrm.ui.components.tabs import draw_tabs


def page() -> None:
    """Draw the page."""
    st.html(REPORT_CSS)
    event_id = session.query_parameter("event")
    if event_id:
        _one(event_id)
        return
    st.title(_("Events"), anchor=False)
    st.caption(_("Our celebrations, exhibitions, seminars and what we hold together with clients."))
    new_event_button("new-event")
    found, asked = events(session.current_app().database, session.current_viewer())
    render_events(found, session.current_day())
    asked += render_milestones(session.current_day())
    open_chosen()
    how_computed(asked, key="events")


def _one(event_id: str) -> None:
    app, viewer, as_of = session.current_app(), session.current_viewer(), session.current_day()
    found = event(app.database, viewer, event_id, as_of=as_of)
    render_head(found, as_of)
    tabs = [
        (_("Guests"), render_guests),
        (_("Answers"), render_answers),
        (_("Seating"), render_seating),
        (_("Follow-up"), render_follow_up),
    ]
    draw_tabs(tabs, "event-tab", event_id, found, as_of)
