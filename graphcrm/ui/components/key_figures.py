"""The key figures of a client (C2.1): ranked, opened to their reasons, beside the rank that the chart alone gives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.domain.power import KeyFigure
from graphcrm.domain.structure import Stakeholder
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.services.key_figures import KeyFigures, key_figures
from graphcrm.services.next_question import NextQuestions, next_questions
from graphcrm.ui.components.chips import show_chips, value_chip
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.empty import empty, nobody_known
from graphcrm.ui.components.errors import guarded
from graphcrm.ui.components.formats import number, safe
from graphcrm.ui.components.introductions import reach_button
from graphcrm.ui.components.next_question import stability_note
from graphcrm.ui.components.person_link import person_link
from graphcrm.ui.components.person_ties import stance_chip
from graphcrm.ui.components.power_weights import render_weights
from graphcrm.ui.components.reasons import bar_legend, how_sure, points, render_reasons, score_bar
from graphcrm.ui.components.stance import chosen_subject

SHOWN_ROLES = 3


@st.fragment
@guarded
def render_key_figures(app: App, viewer: Viewer, client_id: str, as_of: date) -> None:
    """Draw the tab. A fragment: a moved slider ranks again without drawing the page."""
    st.subheader(_("Key figures"), anchor=False)
    weights = render_weights()
    result = key_figures(app.database, viewer, chosen_subject(client_id), as_of=as_of, weights=weights)
    if not result.figures:
        nobody_known(as_of)
        return
    sure = next_questions(app.database, viewer, chosen_subject(client_id), as_of=as_of, weights=weights)
    bar_legend()
    key, others = result.key, [figure for figure in result.figures if not figure.is_key]
    if not key:
        empty(
            _("No key figure is known."),
            _("Of nobody it is known that they decide, belong to the inner circle, or sway those who decide."),
        )
    for position, figure in enumerate(key):
        _figure(result, figure, sure, opened=position == 0)
    if others:
        with st.expander(
            plural("{n} other person", "{n} other people", len(others)), key="other-people", on_change="rerun"
        ) as rest:
            if rest.open or not key:
                _others(result, others, sure)
    how_computed(
        result.asked,
        _(
            "Power = the weighted mean of seven parts, each 0 to 1: influence on those who decide (independent "
            "cascade over chains of ties, strength times confidence), right to decide the purchase, right to "
            "decide the payment, formal rank, brokerage (betweenness), veto, freedom to broker (1 less Burt's "
            "constraint). Unknown strengths, levels and roles widen the range from low to high; they do not count"
            " as zero in it. A key figure decides, belongs to the inner circle, or sways or stops and has at "
            "least half of the greatest power."
        ),
        key="key-figures",
    )


def _others(result: KeyFigures, figures: Sequence[KeyFigure], sure: NextQuestions) -> None:
    for figure in figures:
        _figure(result, figure, sure, opened=False)


def _figure(result: KeyFigures, figure: KeyFigure, sure: NextQuestions, *, opened: bool) -> None:
    with st.container(border=True, gap="xsmall"):
        place, who, bar, chart = st.columns([0.9, 4, 4, 2.2], vertical_alignment="center")
        with place:
            rank = f'<div class="gc-rank" title="{safe(_("rank by power"))}">{figure.rank}</div>'
            st.html(rank + _moved(result, figure))
        with who:
            _who(result.structure.by_id[figure.person_id], result.structure.as_of)
        with bar:
            notes = (how_sure(figure.score), stability_note(sure, figure.person_id))
            told = "".join(f'<p class="gc-note">{safe(note)}</p>' for note in notes)
            st.html(f'<div class="gc-power">{_power(figure)}</div>{score_bar(figure.score)}{told}')
        with chart:
            st.html(_chart(result, figure))
        title = _("Why: the reasons and what they rest on")
        with st.expander(title, expanded=opened, key=f"why-{figure.person_id}", on_change="rerun") as why:
            if why.open:
                render_reasons(figure.score, result.evidence, result.structure.names, figure.person_id)


def _who(person: Stakeholder, as_of: date) -> None:
    with st.container(gap="xxsmall"):
        person_link(person.name, person.id)
        place = " · ".join(part for part in (person.title, person.unit_name) if part)
        st.html(f'<p class="gc-note">{safe(place or _("title not known"))}</p>')
        roles = [value_chip("role", role) for role in sorted(person.roles)]
        show_chips([*roles[:SHOWN_ROLES], stance_chip(person.support)])
        if not person.is_vacant:
            reach_button(person.id, as_of)


def _power(figure: KeyFigure) -> str:
    if figure.score.value is None:
        return safe(_("not known"))
    return safe(_("{points} of 100", points=points(figure.score.value)))


def _chart(result: KeyFigures, figure: KeyFigure) -> str:
    gap = result.chart_gap(figure)
    if gap is None:
        return f'<p class="gc-note">{safe(_("The chart does not tell a rank."))}</p>'
    rank = _("by the chart: {rank}", rank=number(figure.formal_rank))
    if gap == 0:
        told, shade = _("as the chart says"), ""
    elif gap > 0:
        told, shade = "▲ " + plural("{n} place above the chart", "{n} places above the chart", gap), "gc-up"
    else:
        told, shade = "▼ " + plural("{n} place below the chart", "{n} places below the chart", -gap), "gc-down"
    return f'<div class="gc-number"><strong>{safe(rank)}</strong></div><p class="gc-note {shade}">{safe(told)}</p>'


def _moved(result: KeyFigures, figure: KeyFigure) -> str:
    """What the user's own weights have changed, against the shipped ones."""
    moved = result.moved(figure)
    if moved == 0:
        return ""
    sign, shade = ("▲", "gc-up") if moved > 0 else ("▼", "gc-down")
    told = plural("{n} place by your weights", "{n} places by your weights", abs(moved))
    return f'<span class="gc-note gc-number {shade}" title="{safe(told)}">{sign} {abs(moved)}</span>'
