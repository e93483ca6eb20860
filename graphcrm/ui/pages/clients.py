"""The clients: what state each relation is in, and the way into each (D1, D4)."""

from __future__ import annotations

import streamlit as st

from graphcrm.domain.power import PowerWeights
from graphcrm.i18n import translate as _
from graphcrm.services import clients as service
from graphcrm.services import demo
from graphcrm.ui import session
from graphcrm.ui.components import client_pages, client_table, first_steps
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.edit_dialogs import new_client_button
from graphcrm.ui.components.empty import empty
from graphcrm.ui.state import ui_state


def page() -> None:
    """Draw the list, or the first steps while there is nothing to list."""
    app = session.current_app()
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.title(_("Clients"), anchor=False)
        new_client_button("new-client")
    large = service.is_large(app.database)
    filters = client_table.choose(None) if large else service.Filters()
    found = service.clientele(
        app.database, session.current_viewer(), as_of=session.current_day(), weights=_weights(),
        part=client_pages.chosen_part("clients", filters) if large else None,
    )  # fmt: skip
    if not found.total:
        first_steps.no_clients(app)
        return
    if demo.needs_loading(app.database):  # an earlier loading was cut short
        first_steps.offer(app)
    filters = filters if large else client_table.choose(found)
    shown = found.clients if large else found.filtered(filters)
    client_table.show_summary(shown, found.total, session.current_day())
    client_table.show_found(_("People found:"), service.people_named(shown, filters.search))
    if shown:
        client_table.show_table(shown)
    else:
        client_table.show_found(_("Sounds alike:"), service.sounding_like(found.clients, filters.search))
        empty(_("No client fits"), _("Clear the search or a filter."))
    names = {one.line.id: one.line.name for one in shown}
    client_pages.show_pages("clients", names, found.total, more=found.more, search=filters.search)
    how_computed(
        found.asked,
        _(
            "Map health: 0 nobody is known; 1 no key player is known; 2 key players are known and none supports us; "
            "3 a key player supports us. Coverage: key figures with whom somebody of ours is in touch, divided by all "
            "key figures. A key figure decides, belongs to the inner circle, or sways a decider with at least half of "
            "the greatest power score at the client."
        ),
        key="clients",
    )


def _weights() -> PowerWeights | None:
    chosen = ui_state().weights
    return PowerWeights(**chosen) if chosen else None
