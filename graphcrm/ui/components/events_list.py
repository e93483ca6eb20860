"""The list of our events; a click on a name opens it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services.events import EventSummary
from graphcrm.ui import session
from graphcrm.ui.components.dialog import open_dialog
from graphcrm.ui.components.edit_dialogs import edit_record
from graphcrm.ui.components.edit_form import Form
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.formats import day_in_table, number, safe
from graphcrm.ui.components.row_click import keep_row, kept_row
from graphcrm.ui.places import place
from graphcrm.vocabulary import VOCABULARY

OPEN_KEY = "open_event"


def new_event_button(key: str) -> None:
    """A button that opens the form of a new event; nothing for who may not write."""
    if session.current_viewer().may_write and st.button(_("New event"), icon=":material/add:", key=key):
        open_dialog(_("New event"), edit_record, Form("Event"))


def render_events(found: Sequence[EventSummary], as_of: date) -> None:
    """Those ahead first, the nearest on top; then the past ones."""
    if not found:
        empty(_("No events yet"), _("Enter the first one, or import the file “events”."))
        return
    ahead = [one for one in found if one.on is None or one.on >= as_of]
    _table(_("Ahead"), "ahead", sorted(ahead, key=lambda one: (one.on or date.max, one.name)))
    _table(_("Past"), "past", [one for one in found if one.on is not None and one.on < as_of])


def open_chosen() -> None:
    """Go to the event that was clicked."""
    chosen = kept_row(OPEN_KEY)
    if chosen:
        st.switch_page(place("events"), query_params={"event": chosen})


def _table(title: str, key: str, found: Sequence[EventSummary]) -> None:
    st.subheader(f"{title} · {number(len(found))}", anchor=False)
    if not found:
        st.html(f'<p class="gc-missing">{safe(_("None."))}</p>')
        return
    column = st.column_config
    st.dataframe(
        pd.DataFrame([_row(one) for one in found]),
        hide_index=True,
        placeholder="",
        alt=title,
        row_height=36,
        height=36 * (min(len(found), 12) + 1) + 3,
        key=f"events-{key}",
        column_config={
            "name": column.ButtonColumn(
                _("Event"), type="tertiary", alignment="left", pinned=True, key=f"events-{key}-open",
                on_click=keep_row([one.id for one in found], f"events-{key}-open", OPEN_KEY),
            ),
            "on": column.DateColumn(_("Date"), format=day_in_table()),
            "kind": column.TextColumn(_("Kind")),
            "where": column.TextColumn(_("Where")),
            "seats": column.NumberColumn(_("Seats")),
            "listed": column.NumberColumn(_("On the list")),
            "accepted": column.NumberColumn(_("Accepted")),
            "declined": column.NumberColumn(_("Declined")),
            "waiting": column.NumberColumn(_("Waiting list")),
            "came": column.NumberColumn(_("Came")),
        },
    )  # fmt: skip


def _row(one: EventSummary) -> dict[str, object]:
    return {
        "name": one.name,
        "on": one.on,
        "kind": VOCABULARY.value_name("event_kind", one.kind, language()),
        "where": ", ".join(part for part in (one.city, one.client_name) if part),
        "seats": one.seats,
        "listed": one.invited,
        "accepted": one.answers.get("accepted", 0),
        "declined": one.answers.get("declined", 0),
        "waiting": one.answers.get("waiting", 0),
        "came": one.came,
    }
