"""The power of a person at each client, opened to its reasons (C2.1)."""

from __future__ import annotations

from datetime import date

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.services.person import PersonView, power_asked
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.formats import safe
from graphcrm.ui.components.reasons import bar_legend, how_sure, points, render_reasons, score_bar


def render_power(view: PersonView, as_of: date) -> None:
    """The score with its bar and range; the reasons are a click away."""
    if not view.power:
        return
    st.subheader(_("Power"), anchor=False)
    for place in view.power:
        score = place.figure.score
        value = _("not known") if score.value is None else _("{points} of 100", points=points(score.value))
        rank = _(
            "rank {rank} of {people} at {client}", rank=place.figure.rank, people=place.people, client=place.client_name
        )
        st.html(
            f'<div class="gc-power">{safe(value)}</div>{score_bar(score)}'
            f'<p class="gc-note">{safe(rank)} · {safe(how_sure(score))}</p>'
        )
        with st.expander(_("Why: the reasons and what they rest on"), key=f"power-of-{place.client_id}"):
            bar_legend()
            render_reasons(score, place.evidence, place.names, view.id)
        how_computed(
            power_asked(place.client_id, as_of),
            _("The same score as in the client's key figures."),
            key=f"power-{place.client_id}",
        )
