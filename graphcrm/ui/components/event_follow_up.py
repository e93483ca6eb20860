"""After an event: who came, and who of them nobody has spoken to since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.services.events import FOLLOW_UP_DAYS, Event, FollowUp, follow_ups
from graphcrm.ui import session
from graphcrm.ui.components.chips import chip
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.formats import day, days_from, number, safe
from graphcrm.ui.components.log_contact import log_contact_button
from graphcrm.ui.components.person_link import client_link, person_link


def render_follow_up(found: Event, as_of: date) -> None:
    """Draw the tab."""
    if not found.is_over(as_of) and found.facts.on != as_of:
        empty(_("The event is still ahead."), _("Afterwards it is shown here who came and was not spoken to since."))
        return
    came = [one for one in found.guests if one.attended]
    if not came:
        empty(_("Nobody is noted as having come."), _("Note who came among the answers."))
        return
    app, viewer = session.current_app(), session.current_viewer()
    open_ = follow_ups(app.database, viewer, as_of=as_of, event_id=found.facts.id)
    waiting = {one.person_id for one in open_}
    done = [one for one in came if one.person_id not in waiting and one.followed_up]
    st.html(f"<p>{safe(_said(len(came), len(done)))}</p>")
    render_open(open_, as_of, "event-follow")
    for one in sorted(done, key=lambda one: (one.followed_up or as_of, one.name)):
        st.html(f'<p class="gc-note">{safe(one.name)} · {safe(day(one.followed_up))}</p>')
    how_computed(found.asked, key="event-follow")


def render_week(employee_id: str | None, as_of: date) -> None:
    """The section of the page of the week: nothing when everybody was spoken to."""
    app, viewer = session.current_app(), session.current_viewer()
    lines = follow_ups(app.database, viewer, as_of=as_of, employee_id=employee_id)
    if lines:
        st.subheader(f"{_('Guests to speak to')} · {number(len(lines))}", anchor=False)
        render_open(lines, as_of, "week-follow")


def _said(came: int, done: int) -> str:
    guests = plural("{n} guest came", "{n} guests came", came)
    return _(
        "{guests}; spoken to since: {n}. Everybody within {days} days.", guests=guests, n=done, days=FOLLOW_UP_DAYS
    )


def render_open(lines: Sequence[FollowUp], as_of: date, key: str) -> None:
    """Whom to speak to, the most overdue first, each with a way to log it."""
    for place, line in enumerate(lines):
        with st.container(border=True, gap="xxsmall"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                late = line.due < as_of
                said = f"{day(line.due)} · {days_from(line.due, as_of)}"
                st.html(chip(said, "#b3322e" if late else "#2f7fb8"), width="content")
                person_link(line.person_name, line.person_id)
                if line.firm_id:
                    client_link(line.firm_name, line.firm_id, icon=":material/domain:")
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                text = _("Came to “{event}” on {date}; nobody has spoken to them since.", event=line.event_name,
                         date=day(line.on))  # fmt: skip
                ours = ", ".join(name for _id, name in line.covered_by)
                st.html(f"<span>{safe(text)} {safe(ours)}</span>", width="content")
                log_contact_button(f"{key}-{place}", person_id=line.person_id)
