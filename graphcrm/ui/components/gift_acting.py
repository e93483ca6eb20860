"""Who of ours acts. Until there is a login the app takes their word, and the register says so: account and person."""

from __future__ import annotations

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.services._colleagues import our_people
from graphcrm.ui import session
from graphcrm.ui.components.log_contact import ME
from graphcrm.ui.state import ui_state


def acting_as(key: str) -> str | None:
    """Choose who of ours acts; kept for the session, as on the page of the week. None until somebody is chosen."""
    app = session.current_app()
    names = our_people(app.database, app.today())
    kept = ui_state().pages.get(ME)
    options = list(names)
    chosen = st.selectbox(
        _("Acting as"),
        options,
        index=options.index(kept) if kept in names else None,
        format_func=lambda one: names.get(one, one),
        placeholder=_("Choose yourself"),
        key=key,
        help=_("There is no login yet: the register of gifts holds the account and whom you say you are."),
        width=320,
    )
    if chosen:
        ui_state().pages[ME] = chosen
    return chosen
