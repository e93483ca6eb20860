"""Import contacts from a calendar file or from the headers of a mailbox: choose, look, record (C1.2, D1)."""

from __future__ import annotations

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.services import contacts_import as service
from graphcrm.services._colleagues import our_people
from graphcrm.ui import session
from graphcrm.ui.components.client_header import REPORT_CSS
from graphcrm.ui.components.contacts_import import record_button, show_preview
from graphcrm.ui.components.empty import empty
from graphcrm.ui.state import ME, ui_state


def page() -> None:
    """Draw the page."""
    st.html(REPORT_CSS)
    st.title(_("Import contacts"), anchor=False)
    st.caption(
        _(
            "From a calendar file (.ics) or a mailbox file (.mbox). Of a mail only the headers are read, never the "
            "text; of an event its title, day and people. Nothing is recorded before you have seen it."
        )
    )
    app, viewer = session.current_app(), session.current_viewer()
    if not viewer.may_write:
        empty(_("Your role may not import."), _("Ask the owner of the data."))
        return
    ours = our_people(app.database, app.today())
    left, right = st.columns([2, 1], vertical_alignment="top")
    with left:
        file = st.file_uploader(_("File"), type=["ics", "mbox"], key="contacts_file")
    with right:
        names = {"": _("as the addresses say"), **ours}
        options, me = list(names), ui_state().pages.get(ME, "")
        mine = st.selectbox(
            _("Whose it is"),
            options,
            index=options.index(me) if me in options else 0,
            format_func=lambda one: names.get(one, one),
            help=_("They took part in everything in the file, even where their own address is not written."),
            key="contacts_mine",
        )
    if file is None:
        return
    found = service.preview(app.database, viewer, file.name, file, today=app.today(), mine=mine or None)
    show_preview(found, ours)
    record_button(found)
