"""Who is signed in, signing in and signing out. Streamlit speaks with the identity provider (OpenID Connect)."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from graphcrm.domain.viewer import Role
from graphcrm.errors import NotSignedIn
from graphcrm.i18n import N_, describe
from graphcrm.i18n import translate as _
from graphcrm.ui import session
from graphcrm.ui.components.formats import plain
from graphcrm.ui.state import ui_state

ROLES: dict[Role, str] = {
    "owner": N_("Owner"),
    "manager": N_("Manager"),
    "analyst": N_("Analyst"),
    "reader": N_("Reader"),
}


def signed_in() -> None:
    """Who is signed in, in which role, and the way out; nothing where nobody signs in."""
    admitted = ui_state().admitted
    if admitted is None:
        return
    viewer = admitted.viewer
    with st.container(gap="xsmall", key="signed-in"):
        st.markdown(plain(viewer.name), help=f"`{viewer.id}`")
        st.caption(_(ROLES[viewer.role]))
        if st.button(_("Sign out"), icon=":material/logout:", key="sign_out"):
            session.sign_out()


def ask_to_sign_in(refused: NotSignedIn) -> None:
    """In place of every page: why nothing is shown, and the way in."""
    address = session.current_app().settings.url
    with st.container(horizontal_alignment="center"), st.container(border=True, key="sign-in", width=520):
        st.title("graphcrm", anchor=False)
        st.write(plain(describe(refused)))
        if address and not _is_here(address):
            # The cookies of a sign-in hold at one name only.
            st.link_button(_("Open graphcrm at {address}", address=address), address, type="primary")
            return
        with st.container(horizontal=True):
            again = _("Sign in") if refused.by_nobody else _("Sign in again")
            if st.button(again, type="primary", icon=":material/login:", key="sign_in"):
                st.login()
            if not refused.by_nobody and st.button(_("Sign out"), icon=":material/logout:", key="sign_out"):
                session.sign_out()


def _is_here(address: str) -> bool:
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}" == address or not here.netloc
