"""One client (``?client=ID``): the head, and what we know of it behind tabs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import NotFound
from graphcrm.i18n import translate as _
from graphcrm.services.base_analysis import client_analysis
from graphcrm.services.client import client_head
from graphcrm.ui import session
from graphcrm.ui.components.base_analysis import render_base_analysis
from graphcrm.ui.components.brief_downloads import brief_downloads
from graphcrm.ui.components.client_actions import client_actions
from graphcrm.ui.components.client_contacts import render_client_contacts
from graphcrm.ui.components.client_header import render_client_header
from graphcrm.ui.components.coverage import render_coverage
from graphcrm.ui.components.errors import show
from graphcrm.ui.components.key_figures import render_key_figures
from graphcrm.ui.components.next_question import render_gaps
from graphcrm.ui.components.person_link import way_back
from graphcrm.ui.components.power_map import render_power_map
from graphcrm.ui.components.power_weights import chosen_weights
from graphcrm.ui.components.stance import choose_decision, chosen_subject
from graphcrm.ui.components.structure_changes import render_structure_changes
from graphcrm.ui.components.tabs import draw_tabs
from graphcrm.ui.components.what_if import render_what_if
from graphcrm.ui.components.whom_to_win import render_whom_to_win


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
    client_actions(client_id, head.facts.name)
    choose_decision(app, viewer, head, as_of)
    draw_tabs(_tabs(), "client-tab", client_id, app, viewer, client_id, as_of)


def _tabs() -> list[tuple[str, Callable[[App, Viewer, str, date], None]]]:
    """(title, what draws it) of each tab, in their order."""
    return [
        (_("Power map"), _power_map),
        (_("Base analysis"), _base_analysis),
        (_("Key figures"), render_key_figures),
        (_("Gaps"), render_gaps),
        (_("Whom to win"), render_whom_to_win),
        (_("What if"), render_what_if),
        (_("Coverage"), render_coverage),
        (_("Contacts"), render_client_contacts),
        (_("Changes"), render_structure_changes),
    ]


def _power_map(app: App, viewer: Viewer, client_id: str, as_of: date) -> None:
    render_power_map(app, viewer, client_id, as_of, weights=chosen_weights())


def _base_analysis(app: App, viewer: Viewer, client_id: str, as_of: date) -> None:
    render_base_analysis(client_analysis(app.database, viewer, chosen_subject(client_id), as_of=as_of))
    brief_downloads(client_id)
