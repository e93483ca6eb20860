"""Records that are likely one person's or one firm's: look at two side by side, merge them, or tell them apart."""

from __future__ import annotations

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.services import duplicates as service
from graphcrm.ui import session
from graphcrm.ui.components.duplicates import draw_pair, pair_label
from graphcrm.ui.components.empty import empty
from graphcrm.ui.state import ui_state

MOST_SHOWN = 200


def page() -> None:
    """The pairs, the likeliest first; below, the chosen one side by side."""
    st.title(_("Duplicates"), anchor=False)
    st.caption(_("Records that are likely one person's or one firm's. Nothing is merged by itself."))
    kind = st.segmented_control(
        _("What to look through"),
        ["Person", "Organization"],
        default="Person",
        required=True,
        format_func=lambda one: _("People") if one == "Person" else _("Organisations"),
        key="duplicates_kind",
    )
    again = st.button(_("Search again"), icon=":material/refresh:", key="duplicates_again")
    pairs = _found(kind, again=again)
    if not pairs:
        empty(_("No likely duplicates"), _("No two records are alike enough to be shown."))
        return
    if len(pairs) > MOST_SHOWN:
        st.caption(_("The likeliest {shown} of {count} are shown.", shown=MOST_SHOWN, count=len(pairs)))
    shown = {f"{one.pair.one_id}\n{one.pair.other_id}": one for one in pairs[:MOST_SHOWN]}
    chosen = st.selectbox(
        _("Likely the same"),
        list(shown),
        format_func=lambda one: pair_label(shown[one]),
        key=f"duplicates_pair_{kind}",
    )
    if chosen is not None:
        draw_pair(shown[chosen])


def _found(kind: service.Kind, *, again: bool) -> list[service.Likely]:
    """The pairs, searched for anew only after a change: among 100,000 people it takes half a minute."""
    db, kept = session.current_app().database, ui_state().pages
    state = (kind, service.newest_change(db))
    if again or kept.get("duplicates", (None,))[0] != state:
        with st.spinner(_("Searching for duplicates…")):
            kept["duplicates"] = (state, service.likely_duplicates(db, session.current_viewer(), kind))
    return kept["duplicates"][1]
