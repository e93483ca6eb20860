"""The head of one event: what, when, where, seats and money, and what is missing."""

from __future__ import annotations

from datetime import date

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.services.events import Event
from graphcrm.ui.components.chips import show_chips, value_chip
from graphcrm.ui.components.client_header import facts_grid
from graphcrm.ui.components.edit_dialogs import edit_record_button
from graphcrm.ui.components.formats import DASH, day, days_from, money, number, plain, safe
from graphcrm.ui.components.person_link import client_link
from graphcrm.ui.places import place


def render_head(found: Event, as_of: date) -> None:
    """Draw it."""
    facts = found.facts
    st.page_link(place("events"), label=_("All events"), icon=":material/arrow_back:")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.title(plain(facts.name), anchor=False, width="content")
        edit_record_button(facts.id, "event-edit")
    show_chips([value_chip("event_kind", facts.kind)])
    if facts.client:
        client_link(facts.client["name"], facts.client["id"], icon=":material/domain:")
    accepted = sum(one.rsvp == "accepted" for one in found.guests)
    open_ = sum(one.rsvp in ("chosen", "invited") for one in found.guests)
    facts_grid(
        [
            (_("Date"), day(facts.on) if facts.on else _("not known"), days_from(facts.on, as_of) if facts.on else ""),
            (_("Where"), facts.city or DASH, ""),
            (_("Seats"), number(facts.seats) if facts.seats is not None else _("not known"),
             _("{free} free", free=number(found.free)) if found.free is not None else ""),
            (_("Guests who accepted"), number(accepted), _("{n} have not answered", n=number(open_))),
            (_("Our people there"), number(len(found.hosts)), ""),
            (_("Budget"), money(facts.budget, facts.currency) if facts.budget is not None and facts.currency else DASH,
             _("{cost} a guest", cost=money(facts.cost_per_guest, facts.currency))
             if facts.cost_per_guest and facts.currency else ""),
        ]
    )  # fmt: skip
    if facts.budget is not None and not facts.currency:
        st.html(f'<p class="gc-missing">{safe(_("The budget has no currency: enter it, or it limits nothing."))}</p>')
    for title, text in ((_("What it celebrates"), facts.occasion), (_("Plan of steps"), facts.steps),
                        (_("Outcome"), facts.outcome)):  # fmt: skip
        if text:
            lines = "<br>".join(safe(line) for line in text.splitlines())
            st.html(f'<p class="gc-question">{safe(title)}</p><p>{lines}</p>')
