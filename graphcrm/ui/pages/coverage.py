"""Coverage of the whole clientele (D4): single threads, uncovered key figures, leavers, gaps to the wanted level."""

from __future__ import annotations

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.services.clients import is_large
from graphcrm.services.coverage import clientele_coverage
from graphcrm.ui import session
from graphcrm.ui.components import client_pages
from graphcrm.ui.components.client_header import REPORT_CSS
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.coverage import FORMULA
from graphcrm.ui.components.coverage_clientele import choose_whose, figures, open_chosen, sections
from graphcrm.ui.components.first_steps import no_clients
from graphcrm.ui.components.power_weights import chosen_weights


def page() -> None:
    """Draw the page."""
    st.html(REPORT_CSS)
    st.title(_("Coverage"), anchor=False)
    st.caption(_("Who of ours is in touch with whom at all clients, and where that is not enough."))
    app, as_of = session.current_app(), session.current_day()
    part = client_pages.searched_part("coverage", large=is_large(app.database))
    viewer, weights = session.current_viewer(), chosen_weights()
    found = clientele_coverage(app.database, viewer, as_of=as_of, weights=weights, part=part)
    if not found.total:
        no_clients(app)
        return
    names = {one.client_id: one.client_name for one in found.clients}
    search = part.search if part else ""
    client_pages.show_pages("coverage", names, found.total, more=found.more, search=search)
    shown = choose_whose(found)
    figures(shown)
    sections(shown, as_of)
    open_chosen()
    how_computed(found.asked, _(FORMULA), key="clientele-coverage")
