"""An empty graph: try the demo clientele, or bring files of one's own."""

from __future__ import annotations

import streamlit as st

from graphcrm.bootstrap import App, bundled
from graphcrm.i18n import translate as _
from graphcrm.services import demo
from graphcrm.ui import session
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.progress import ProgressBar
from graphcrm.ui.places import place
from graphcrm.ui.state import ui_state


def no_clients(app: App) -> None:
    """In place of what a page tells of clients while there is none: how to start, or where clients come from."""
    if demo.needs_loading(app.database):
        offer(app)
    else:
        empty(_("No clients yet"), _("Organisations of the kind “client” appear here once they are imported."))


def offer(app: App) -> None:
    """Two ways to start, side by side; for who may not write, whom to ask."""
    if not session.current_viewer().may_write:
        empty(_("There is nothing in the graph yet"), _("Ask the owner of the data."))
        return
    st.markdown(_("There is nothing in the graph yet. Two ways to start:"))
    left, right = st.columns(2)
    with left, st.container(border=True, height="stretch"):
        st.subheader(_("Look round in the demo"), anchor=False)
        st.write(
            _(
                "An invented supplier of industrial goods with its clientele in several countries: people, roles, "
                "influence, two years of purchases. `graphcrm db reset` takes it away again, with all else in the "
                "graph."
            )
        )
        if st.button(_("Load the demo clientele"), type="primary", icon=":material/play_arrow:", key="load_demo"):
            _load(app)
    with right, st.container(border=True, height="stretch"):
        st.subheader(_("Bring your own files"), anchor=False)
        st.write(
            _("Import organisations, people and ties from CSV files. Everything is checked before anything is saved.")
        )

        st.page_link(place("import_files"), label=_("Import files"), icon=":material/upload_file:")


def _load(app: App) -> None:
    with ProgressBar(_("Loading the demo clientele")) as bar:
        demo.load(app.database, session.current_viewer(), bundled("seed"), progress=bar)
    ui_state().done = _("The demo clientele is loaded.")
    st.rerun()
