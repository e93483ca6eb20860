"""Gifts under way with their approvals, and the register (C3.5)."""

from __future__ import annotations

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.services.gifts import gifts_under_way
from graphcrm.ui import session
from graphcrm.ui.components.client_header import REPORT_CSS
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.formats import number
from graphcrm.ui.components.gift_acting import acting_as
from graphcrm.ui.components.gift_register import render_register
from graphcrm.ui.components.gift_steps import gift_card
from graphcrm.ui.components.goodwill_reasons import NO_ADVICE
from graphcrm.ui.components.tabs import draw_tabs


def page() -> None:
    """Draw the page."""
    st.html(REPORT_CSS)
    st.title(_("Gifts"), anchor=False)
    st.caption(_(NO_ADVICE))
    draw_tabs([(_("Under way"), _under_way), (_("Register"), render_register)], "gifts-tabs", "gifts")


def _under_way() -> None:
    app, viewer = session.current_app(), session.current_viewer()
    if viewer.may_write:
        acting_as("gifts-acting")
    views = gifts_under_way(app.database, viewer, today=app.today())
    if not views:
        empty(_("No gift is under way"), _("Plan one on a person's page, under goodwill."))
    titles = {
        "needs_approval": _("To be approved"),
        "approved": _("Approved"),
        "prepared": _("Prepared"),
        "planned": _("Planned"),
        "idea": _("Ideas"),
    }
    for status, title in titles.items():
        there = [view for view in views if view.gift.status == status]
        if there:
            st.subheader(f"{title} · {number(len(there))}", anchor=False)
            for view in there:
                gift_card(view, "gifts")
