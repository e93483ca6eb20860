"""The partners of all clients as a table; a click on one opens what breaks without it (D2)."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services.partner_loss import Shared, SharedPartners
from graphcrm.ui.components.client_header import facts_grid
from graphcrm.ui.components.formats import number
from graphcrm.ui.components.row_click import keep_row, kept_row
from graphcrm.ui.places import place
from graphcrm.vocabulary import VOCABULARY

OPEN_KEY = "open_partner"
BUTTON = "partners-open"
ROW_HEIGHT = 36
MOST_ROWS_SHOWN = 16


def search_box() -> str:
    """What to look for; kept for the session."""
    box, _rest = st.columns([2, 3])
    with box:
        return (
            st.text_input(
                _("Search"),
                placeholder=_("Name of the partner"),
                type="search",
                live=True,
                key="partners_search",
                persist_state="session",
            )
            or ""
        )


def show_partners(found: SharedPartners) -> None:
    """The sums, then the table."""
    partners = found.partners
    shared = sum(len(one.clients) > 1 for one in partners)
    silent = sum(not one.people for one in partners)
    facts_grid(
        [
            (_("Partners and owners"), number(len(partners)), ""),
            (_("Shared by several clients"), number(shared), _("of {n}", n=len(partners))),
            (_("Nobody there is known to know a client's people"), number(silent), _("not known is not none")),
        ]
    )
    st.dataframe(
        pd.DataFrame([_row(one) for one in partners]),
        hide_index=True,
        placeholder="",
        alt=_("Partners"),
        row_height=ROW_HEIGHT,
        height=ROW_HEIGHT * (min(len(partners), MOST_ROWS_SHOWN) + 1) + 3,
        key="partners",
        column_config={
            "name": st.column_config.ButtonColumn(
                _("Partner"), help=_("A click on the name shows what breaks without it."), type="tertiary",
                alignment="left", pinned=True, width=210, key=BUTTON,
                on_click=keep_row([one.partner_id for one in partners], BUTTON, OPEN_KEY),
            ),
            "clients": st.column_config.NumberColumn(_("Clients"), width=80),
            "links": st.column_config.TextColumn(_("What it is to them"), width=190),
            "people": st.column_config.NumberColumn(
                _("Leads to"), width=110,
                help=_("How many people at clients its people know or sway. Empty: none is known."),
            ),
            "names": st.column_config.TextColumn(_("Which clients"), width="large"),
        },
    )  # fmt: skip


def open_chosen() -> None:
    """Go to the partner that was clicked."""
    chosen = kept_row(OPEN_KEY)
    if chosen:
        st.switch_page(place("partner_loss"), query_params={"partner": chosen})


def link_name(code: str) -> str:
    """What a partner is to a client, in words: a kind of partner, or the name of the tie."""
    if code in VOCABULARY.ties:
        return VOCABULARY.ties[code].name_in(language())
    return VOCABULARY.value_name("partner_kind", code, language())


def _row(one: Shared) -> dict[str, object]:
    return {
        "name": one.name,
        "clients": len(one.clients),
        "links": ", ".join(sorted(link_name(code) for code in one.links)),
        "people": one.people or None,
        "names": ", ".join(one.clients.values()),
    }
