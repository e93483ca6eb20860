"""One client (``?client=ID``): the head, and what we know of it behind tabs."""

from __future__ import annotations

import streamlit as st

from graphcrm.errors import NotFound
from graphcrm.i18n import translate as _
from graphcrm.services.client import client_head
from graphcrm.ui import session
from graphcrm.ui.components.client_header import render_client_header
from graphcrm.ui.components.client_tabs import CLIENT_TAB, client_tabs
from graphcrm.ui.components.errors import show
from graphcrm.ui.components.person_link import way_back
from graphcrm.ui.components.power_weights import chosen_weights
from graphcrm.ui.components.stance import choose_decision, chosen_subject, known_decision
from graphcrm.ui.components.tabs import draw_tabs


def page() -> None:
    """Draw the page."""
    client_id = session.query_parameter("client")
    if client_id is None:
        st.info(_("No client is chosen. Choose one from the list."), icon=":material/domain:")
        way_back()
        return
    app, viewer, as_of = session.current_app(), session.current_viewer(), session.current_day()
    try:
        known_decision(app, client_id)
        head = client_head(app.database, viewer, chosen_subject(client_id), as_of=as_of, weights=chosen_weights())
    except NotFound as error:
        show(error)
        way_back()
        return
    render_client_header(head, as_of)
    choose_decision(app, viewer, head, as_of)
    draw_tabs(client_tabs(), CLIENT_TAB, client_id, app, viewer, client_id, as_of)
