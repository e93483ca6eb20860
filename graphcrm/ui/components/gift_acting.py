"""Who of ours acts: of an account its own person. Without accounts the app takes their word; the register says so."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.services._colleagues import our_people
from graphcrm.ui import session
from graphcrm.ui.components.formats import plain, safe
from graphcrm.ui.state import ME, ui_state


def actor() -> str | None:
    """The id of who of ours acts; None until that is known."""
    viewer = session.current_viewer()
    return (ui_state().pages.get(ME) or None) if viewer.acts_freely else viewer.person_id


def acting_as(key: str) -> str | None:
    """Choose who of ours acts; kept for the session, as on the page of the week. Whoever signed in acts as themselves.

    Returns what :func:`actor` does.
    """
    app = session.current_app()
    names = our_people(app.database, app.today())
    if not session.current_viewer().acts_freely:
        return _themselves(names)
    kept = ui_state().pages.get(ME)
    options = list(names)
    chosen = st.selectbox(
        _("Acting as"),
        options,
        index=options.index(kept) if kept in names else None,
        format_func=lambda one: names.get(one, one),
        placeholder=_("Choose yourself"),
        key=key,
        help=_("Nobody signs in here: the register of gifts holds whom you say you are."),
        width=320,
    )
    if chosen:
        ui_state().pages[ME] = chosen
    return chosen


def _themselves(names: Mapping[str, str]) -> str | None:
    own = actor()
    if own in names:
        st.caption(plain(_("Acting as {name}", name=names[own])))
        return own
    missing = _("Your account does not say who of ours you are, so you cannot act here. Ask the owner of the data.")
    st.html(f'<p class="gc-missing">{safe(missing)}</p>')
    return None
