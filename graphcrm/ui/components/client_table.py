"""The list of clients: search, filters and the table that opens a client."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from graphcrm.formats import countries
from graphcrm.i18n import N_, language, plural
from graphcrm.i18n import translate as _
from graphcrm.services._wording import value_name
from graphcrm.services.clients import Clientele, ClientSummary, Filters, PersonNamed
from graphcrm.ui.components.chips import REPORT_CSS
from graphcrm.ui.components.formats import country_name, day_in_table
from graphcrm.ui.components.person_link import client_link, person_link
from graphcrm.ui.components.row_click import keep_row, kept_row
from graphcrm.ui.places import place
from graphcrm.vocabulary import VOCABULARY

OPEN_KEY = "open_client"
ROW_HEIGHT = 36
MOST_ROWS_SHOWN, A_FEW_MORE = 18, 7
"""A longer table scrolls in itself; not for a few rows more, which would only hide the last one."""
MOST_FOUND_SHOWN = 8

# A table's cell has no room for the vocabulary's whole sentences; these are its short forms. White on each is legible.
_HEALTH_WORDS = {
    "0": (N_("Nobody known"), "#68707b"),
    "1": (N_("No key player"), "#b3322e"),
    "2": (N_("No supporter"), "#a85a14"),
    "3": (N_("Supported"), "#1b7f4d"),
}
_ACCESS_WORDS = {
    "broad": (N_("Several"), "#1b7f4d"),
    "single": (N_("One contact"), "#a85a14"),
    "leaving": (N_("One, leaving"), "#b3322e"),
    "none": (N_("None"), "#68707b"),
}


def choose(clientele: Clientele | None) -> Filters:
    """Search box and filters; only values that occur are offered. Choices last for the session.

    Args:
        clientele: None while there are too many clients to look at all: then every value is offered, the index of names
            is searched, and there is no filter by map health, which is known of the shown page only.
    """
    box, industry, country, stage, health = st.columns([2.2, 1.4, 1.2, 1.2, 1.6], vertical_alignment="bottom")
    with box:
        search = st.text_input(
            _("Search"),
            placeholder=_("Client, person, town") if clientele else _("Client, person"),
            type="search",
            live=clientele is not None,
            key="clients_search",
            persist_state="session",
        )
    lines = [one.line for one in clientele.clients] if clientele else None
    with industry:
        values = (line.industry for line in lines) if lines else VOCABULARY.enumerations["industry"].values
        industries = _filter(_("Industry"), "industry", values, partial(value_name, "industry"))
    with country:
        values = (line.country for line in lines) if lines else countries()
        chosen_countries = _filter(_("Country"), "country", values, country_name)
    with stage:
        values = (line.stage for line in lines) if lines else VOCABULARY.enumerations["client_stage"].values
        stages = _filter(_("Stage"), "stage", values, partial(value_name, "client_stage"))
    if clientele is None:
        return Filters(search or "", industries, chosen_countries, stages)
    with health:
        levels = (str(one.health.level) for one in clientele.clients)
        healths = _filter(_("Map health"), "health", levels, partial(value_name, "map_health"))
    return Filters(search or "", industries, chosen_countries, stages, frozenset(int(level) for level in healths))


def show_summary(clients: Sequence[ClientSummary], total: int, today: date) -> None:
    """One line that a head of sales reads first."""
    shown = plural("{n} client", "{n} clients", len(clients))
    if len(clients) < total:
        shown = _("{shown} of {total}", shown=shown, total=total)
    if not clients:
        st.caption(shown)
        return
    unsupported = sum(one.health.level < 3 for one in clients)
    hanging = sum(one.coverage.single_threaded for one in clients)
    silent = sum(one.is_silent(today) for one in clients)
    parts = [
        shown,
        plural("{n} without a supporter in power", "{n} without a supporter in power", unsupported),
        plural("{n} hangs on one contact", "{n} hang on one contact", hanging),
        plural("{n} silent for 90 days", "{n} silent for 90 days", silent),
    ]
    st.caption(" · ".join(parts))


def show_table(clients: Sequence[ClientSummary]) -> None:
    """The table. A click on a name opens the client; every column sorts."""
    ids = [one.line.id for one in clients]
    st.dataframe(
        pd.DataFrame([_row(one) for one in clients], columns=list(_row_names())),
        key="clients_table",
        hide_index=True,
        height=ROW_HEIGHT * (_rows_shown(len(clients)) + 1) + 3,
        row_height=ROW_HEIGHT,
        placeholder="",
        alt=_("Clients"),
        column_config=_columns(ids),
    )
    chosen = kept_row(OPEN_KEY)
    if chosen:
        open_client(chosen)


def _rows_shown(rows: int) -> int:
    return rows if rows <= MOST_ROWS_SHOWN + A_FEW_MORE else MOST_ROWS_SHOWN


def show_found(title: str, found: Sequence[PersonNamed | ClientSummary]) -> None:
    """Ways to the people whom a search found: who looks for somebody need not look through the client's page again."""
    if not found:
        return
    st.html(REPORT_CSS)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="found"):
        st.caption(title, width="content")
        for one in found[:MOST_FOUND_SHOWN]:
            if isinstance(one, ClientSummary):
                client_link(one.line.name, one.line.id, icon=":material/domain:")
            else:
                person_link(f"{one.name} ({one.client_name})", one.id)
        rest = len(found) - MOST_FOUND_SHOWN
        if rest > 0:
            st.caption(plural("and {n} more", "and {n} more", rest), width="content")


def open_client(client_id: str) -> None:
    """Go to a client's page."""
    st.switch_page(place("client"), query_params={"client": client_id})


def _filter(label: str, name: str, values: Any, naming: Callable[[str], str]) -> frozenset[str]:
    known = sorted({value for value in values if value}, key=naming)
    key = f"clients_{name}"
    # A remembered choice that no client has any more would be an error in Streamlit.
    if key in st.session_state:
        st.session_state[key] = [value for value in st.session_state[key] if value in known]
    names = {value: naming(value) for value in known}  # now, in the session's language
    chosen = st.multiselect(
        label, known, format_func=names.__getitem__, placeholder=_("All"), key=key, persist_state="session"
    )
    return frozenset(chosen)


def _row(one: ClientSummary) -> dict[str, Any]:
    line, coverage = one.line, one.coverage
    return {
        "name": line.name,
        "industry": value_name("industry", line.industry),
        "place": ", ".join(filter(None, (country_name(line.country), line.region))),
        "stage": value_name("client_stage", line.stage),
        "health": [str(one.health.level)],
        "coverage": None if coverage.share is None else round(100 * coverage.share),
        "knowledge": None if one.knowledge is None else round(100 * one.knowledge),
        "access": _access(one),
        "last": one.last_contact,
        "next": one.next_date,
    }


def _row_names() -> tuple[str, ...]:
    return "name", "industry", "place", "stage", "health", "coverage", "knowledge", "access", "last", "next"


def _access(one: ClientSummary) -> list[str]:
    coverage = one.coverage
    if coverage.at_risk:
        return ["leaving"]
    if coverage.single_threaded:
        return ["single"]
    return ["broad"] if coverage.employee_ids else ["none"]


def _columns(ids: Sequence[str]) -> dict[str, Any]:
    column = st.column_config
    return {
        "name": column.ButtonColumn(
            _("Client"),
            help=_("A click on the name opens the client."),
            type="tertiary",
            alignment="left",
            pinned=True,
            width=200,
            key="clients_open",
            on_click=keep_row(ids, "clients_open", OPEN_KEY),
        ),
        "industry": column.TextColumn(_("Industry"), width=96),
        "place": column.TextColumn(_("Country, region"), width=98),
        "stage": column.TextColumn(_("Stage"), width=84),
        "health": _chips(
            _("Map health"),
            _("What is known of the power structure: is a key player known, and does one support us?"),
            _HEALTH_WORDS,
            122,
        ),
        "coverage": _percent(
            _("Coverage"),
            _("Share of the key figures with whom somebody of ours is in touch. Empty: no key figure is known."),
        ),
        "knowledge": _percent(
            _("Knowledge"),
            _("How much is known of its management, power structure, organisation, partner links and plans."),
        ),
        "access": _chips(
            _("Access"), _("Through how many of ours, or of theirs, all contact runs."), _ACCESS_WORDS, 106
        ),
        **_day_columns(),
    }


def _percent(title: str, help_text: str) -> Any:
    shown = "%d\u00a0%%" if language() == "ru" else "%d%%"
    return st.column_config.ProgressColumn(title, help=help_text, min_value=0, max_value=100, format=shown, width=80)


def _day_columns() -> dict[str, Any]:
    column = st.column_config
    days = day_in_table()
    return {
        "last": column.DateColumn(_("Last contact"), format=days, width=92),
        "next": column.DateColumn(
            _("Next date"),
            help=_("The nearest useful date, agreed step or decision on a deal."),
            format=days,
            width=92,
        ),
    }


def _chips(label: str, explanation: str, words: Mapping[str, tuple[str, str]], width: int) -> Any:
    """A column of coloured words: code -> (word, colour)."""
    return st.column_config.MultiselectColumn(
        label,
        help=explanation,
        options=list(words),
        color=[colour for _word, colour in words.values()],
        format_func=lambda code: _(words[code][0]),
        width=width,
    )
