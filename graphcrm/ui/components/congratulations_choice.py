"""Which congratulations are shown: of whom of ours, on what (C3.1-C3.4)."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.services.congratulations import CongratulationLine
from graphcrm.ui.components.congratulations import reset
from graphcrm.ui.components.formats import number, plain
from graphcrm.ui.state import ME, ui_state

FOR = "for"


def of_employee(lines: list[CongratulationLine], employees: Mapping[str, str]) -> list[CongratulationLine]:
    """Those of one of ours, chosen by the user, kept in the address and for the session."""
    names = {"": _("Everybody"), **employees}
    kept = st.query_params.get(FOR) or ui_state().pages.get(ME) or ""
    options = list(names)
    chosen = st.selectbox(
        _("By whom of ours"),
        options,
        index=options.index(kept) if kept in names else 0,
        format_func=lambda one: plain(names[one]),
        key="congratulations-who",
        on_change=reset,
    )
    if chosen or kept in names:  # somebody without lines in these days is still who uses the app
        ui_state().pages[ME] = chosen
    return [line for line in lines if chosen in ("", line.employee_id)]


def of_occasion(lines: list[CongratulationLine]) -> list[CongratulationLine]:
    """One occasion for a batch: everybody on whom the same holiday falls."""
    names = {line.greeting: line.occasion for line in lines}
    counts = {one: sum(line.greeting == one for line in lines) for one in names}
    chosen = st.selectbox(
        _("Occasion"),
        [None, *names],
        format_func=lambda one: _("all") if one is None else f"{plain(names[one])} · {number(counts[one])}",
        key="congratulations-what",
        on_change=reset,
    )
    return [line for line in lines if chosen in (None, line.greeting)]
