"""Congratulations (C3.1-C3.4): one by one, with a draft, for all or one of ours, all occasions or one holiday."""

from __future__ import annotations

import streamlit as st

from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.services.clients import is_large
from graphcrm.services.congratulations import congratulations
from graphcrm.ui import session
from graphcrm.ui.components import client_pages
from graphcrm.ui.components import congratulations as parts
from graphcrm.ui.components import congratulations_choice as choice
from graphcrm.ui.components.client_header import REPORT_CSS
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.first_steps import no_clients
from graphcrm.ui.components.formats import number


def page() -> None:
    """Draw the page."""
    st.html(REPORT_CSS)
    st.title(_("Congratulations"), anchor=False)
    app, viewer, as_of = session.current_app(), session.current_viewer(), session.current_day()
    who, span, what = st.columns([2, 3, 2], vertical_alignment="bottom")
    with span:
        days = st.segmented_control(
            _("Looking ahead"), [7, 14, 30], default=7, required=True, key="congratulations-days",
            format_func=lambda one: plural("{n} day", "{n} days", one), on_change=parts.reset,
        )  # fmt: skip
    part = client_pages.searched_part("congratulations", large=is_large(app.database))
    found = congratulations(app.database, viewer, as_of=as_of, days=days, part=part)
    if part:
        client_pages.show_pages("congratulations", found.clients, found.total, more=found.more, search=part.search)
    if not found.total:
        no_clients(app)
        return
    with who:
        lines = choice.of_employee(list(found.lines), found.employees)
    with what:
        lines = choice.of_occasion(lines)
    open_lines = sorted((line for line in lines if line.is_open), key=lambda line: line.state == "missed")
    parts.take_named(open_lines)
    parts.review(open_lines, as_of)
    st.subheader(f"{_('All of these days')} · {number(len(lines))}", anchor=False)
    if not lines:
        empty(_("Nobody is to be congratulated in these days."), _("Enter birthdays and other dates in the calendar."))
    parts.overview(lines, open_lines)
    how_computed(
        found.asked,
        _(
            "Dates come from the calendar; those of a firm, a trade or a country are for the people there whom one of "
            "us covers, and holidays on which nobody congratulates are left out. By whom: the strongest relation. The "
            "tone follows its level. A text that somebody has had before is not offered again."
        ),
        key="congratulations",
    )
