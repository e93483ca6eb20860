"""Ways to a person, a client and back: real links that keep the session, so that no choice is lost on the way."""

from __future__ import annotations

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.ui.components.formats import plain
from graphcrm.ui.places import home, place


def person_link(name: str, person_id: str, help_text: str = "") -> None:
    """A link to a person's page. The name may hold anything; it is shown as it is."""
    st.page_link(
        place("person"),
        label=plain(name) or plain(person_id),
        query_params={"person": person_id},
        help=help_text or None,
    )


def client_link(name: str, client_id: str, icon: str | None = None) -> None:
    """A link to a client's page."""
    label = plain(name) or plain(client_id)
    st.page_link(place("client"), label=label, query_params={"client": client_id}, icon=icon)


def way_back() -> None:
    """A link to the list of clients."""
    st.page_link(home(), label=_("All clients"), icon=":material/arrow_back:")
