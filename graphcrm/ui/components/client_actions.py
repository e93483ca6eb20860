"""What can be done with a client at once: correct it, add a person, log a contact, take the brief to a meeting."""

from __future__ import annotations

import streamlit as st

from graphcrm.ui.components.brief_downloads import brief_downloads
from graphcrm.ui.components.edit_dialogs import add_person_button, edit_buttons
from graphcrm.ui.components.log_contact import log_contact_button


def client_actions(client_id: str, name: str) -> None:
    """Buttons in a row; for who may not write only the brief."""
    with st.container(horizontal=True, gap="small", width="content"):
        edit_buttons(client_id, name, "client")
        add_person_button(client_id, "client")
        log_contact_button("log-head", client_id=client_id)
        brief_downloads(client_id)
