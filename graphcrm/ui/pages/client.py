"""One client (``?client=ID``): the head, and the power map, base analysis and key figures behind tabs."""

from __future__ import annotations

import streamlit as st

from graphcrm.errors import NotFound
from graphcrm.i18n import translate as _
from graphcrm.services.base_analysis import client_analysis
from graphcrm.services.client import client_head
from graphcrm.ui import session
from graphcrm.ui.components.base_analysis import render_base_analysis
from graphcrm.ui.components.brief_downloads import brief_downloads
from graphcrm.ui.components.client_header import render_client_header
from graphcrm.ui.components.edit_dialogs import add_person_button, edit_buttons
from graphcrm.ui.components.errors import boundary, show
from graphcrm.ui.components.key_figures import render_key_figures
from graphcrm.ui.components.person_link import way_back
from graphcrm.ui.components.power_map import render_power_map
from graphcrm.ui.components.power_weights import chosen_weights


def page() -> None:
    """Draw the page."""
    client_id = session.query_parameter("client")
    if client_id is None:
        st.info(_("No client is chosen. Choose one from the list."), icon=":material/domain:")
        way_back()
        return
    app, viewer, as_of = session.current_app(), session.current_viewer(), session.current_day()
    try:
        head = client_head(app.database, viewer, client_id, as_of=as_of, weights=chosen_weights())
    except NotFound as error:
        show(error)
        way_back()
        return
    render_client_header(head, as_of)
    with st.container(horizontal=True, gap="small"):
        edit_buttons(client_id, head.facts.name, "client")
        add_person_button(client_id, "client")
    power_map, analysis, figures = st.tabs(
        [_("Power map"), _("Base analysis"), _("Key figures")], key="client-tab", on_change="rerun"
    )
    # Only the open tab is computed.
    if power_map.open:
        with power_map, boundary():
            render_power_map(app, viewer, client_id, as_of, weights=chosen_weights())
    if analysis.open:
        with analysis, boundary():
            render_base_analysis(client_analysis(app.database, viewer, client_id, as_of=as_of))
            brief_downloads(client_id)
    if figures.open:
        with figures, boundary():
            render_key_figures(app, viewer, client_id, as_of)
