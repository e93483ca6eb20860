"""The contacts with a client as a timeline, newest first (C1.2, D1)."""

from __future__ import annotations

from datetime import date

import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import translate as _
from graphcrm.services.interactions import client_contacts
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.edit_dialogs import edit_record_button
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.person_contacts import contact_item

PAGE = 20


def render_client_contacts(app: App, viewer: Viewer, client_id: str, as_of: date) -> None:
    """Draw the tab."""
    shown = st.session_state.get(f"contacts-shown-{client_id}", PAGE)
    found = client_contacts(app.database, viewer, client_id, as_of=as_of, most=shown)
    st.subheader(_("Contacts"), anchor=False)
    if not found.lines:
        empty(_("No contact is recorded."), _("Log the first one, or import a calendar or mail headers under Data."))
    for line in found.lines:
        wide, narrow = st.columns([20, 1])
        with wide:
            st.html(f'<ul class="gc-time">{contact_item(line)}</ul>')
        with narrow:
            edit_record_button(line.id, f"contact-{line.id}")
    if found.more:
        st.button(_("Older contacts"), key="contacts-more", on_click=_more, args=(client_id, shown + PAGE))
    how_computed(found.asked, key="client-contacts")


def _more(client_id: str, shown: int) -> None:
    st.session_state[f"contacts-shown-{client_id}"] = shown
