"""Partners, owners and groups of the whole clientele, and what breaks if a partner goes (``?partner=ID``; D2)."""

from __future__ import annotations

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.services.partner_loss import MOST_LISTED, partner_loss, shared_partners
from graphcrm.ui import session
from graphcrm.ui.components.client_header import REPORT_CSS
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.errors import boundary
from graphcrm.ui.components.partner_groups import clusters_tab, owners_tab
from graphcrm.ui.components.partner_loss import render_partner_loss
from graphcrm.ui.components.partner_loss_list import open_chosen, search_box, show_partners
from graphcrm.ui.components.tabs import draw_tabs
from graphcrm.ui.places import place


def page() -> None:
    """Draw the page."""
    st.html(REPORT_CSS)
    chosen = session.query_parameter("partner")
    if chosen is None:
        st.title(_("Partners"), anchor=False)
        parts = [(_("Partners"), _all_partners), (_("Owners"), owners_tab), (_("Clusters"), clusters_tab)]
        draw_tabs(parts, "partners-tabs", "")
        return
    st.page_link(place("partner_loss"), label=_("All partners"), icon=":material/arrow_back:")
    app, viewer = session.current_app(), session.current_viewer()
    with boundary():
        render_partner_loss(partner_loss(app.database, viewer, chosen, as_of=session.current_day()))


def _all_partners() -> None:
    st.caption(
        _("The firms that several clients share: banks, owners, carriers, advisers. Choose one to see what breaks.")
    )
    app, viewer, as_of = session.current_app(), session.current_viewer(), session.current_day()
    search = search_box()
    found = shared_partners(app.database, viewer, as_of=as_of, search=search)
    if not found.partners:
        _nothing(search)
        return
    if found.more:
        st.caption(_("The {n} with most clients are shown. Search for others by name.", n=MOST_LISTED))
    show_partners(found)
    open_chosen()
    formula = _(
        "Each tie of partnership or ownership between a client and another firm that holds on the day. People whom it "
        "leads to: those at clients whom somebody who works at the firm, or sits on its board, knows or sways."
    )
    how_computed(found.asked, formula, key="shared-partners")


def _nothing(search: str) -> None:
    if search:
        empty(_("No partner has such a name"), _("Give fewer letters, or another part of the name."))
        return
    empty(
        _("No partner of any client is known"),
        _("Import partners.csv or owns.csv, or open a client and add a tie “partner of” by Ties."),
    )
