"""How a person's attitude to us went: a step line for each decision, and the same as a table (C1.8, C2.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.queries.person import PersonStake
from graphcrm.ui.components.formats import day_in_table
from graphcrm.vocabulary import VOCABULARY

ORDER = ("mentor", "supporter", "neutral", "non_supporter", "enemy")
"""From the best to the worst; what is not known has no place on the line."""
HEIGHT = 190
SHORTEST = timedelta(days=10)


def render_stance_line(stakes: Sequence[PersonStake], as_of: date) -> None:
    """Draw the line where an attitude has changed; nothing where it never did, as far as is known."""
    told = sorted((stake for stake in stakes if stake.support in ORDER), key=lambda stake: stake.valid_from or date.min)
    by_subject: dict[str, list[PersonStake]] = {}
    for stake in told:
        by_subject.setdefault(stake.subject_id, []).append(stake)
    changed = {key: group for key, group in by_subject.items() if len(group) > 1}
    if not changed:
        return
    rows = [row for group in changed.values() for row in _steps(group, as_of)]
    names = [_name(code) for code in ORDER]
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_line(interpolate="step-after", point=True)
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(format=_day_format(), tickCount=5, labelOverlap=True)),
            y=alt.Y("attitude:N", title=None, scale=alt.Scale(domain=names)),
            color=alt.Color("subject:N", title=None, legend=alt.Legend(orient="bottom") if len(changed) > 1 else None),
            tooltip=[alt.Tooltip("subject:N", title=_("In")), alt.Tooltip("attitude:N", title=_("Attitude to us"))],
        )
        .properties(height=HEIGHT)
    )
    st.altair_chart(chart, width="stretch", alt=_("How the attitude to us went"))
    days = {name: st.column_config.DateColumn(format=day_in_table()) for name in (_("From"), _("Until"))}
    st.dataframe(pd.DataFrame([_row(stake) for group in changed.values() for stake in group]), hide_index=True,
                 alt=_("How the attitude to us went"), placeholder="", column_config=days)  # fmt: skip


def _steps(group: Sequence[PersonStake], as_of: date) -> list[Mapping[str, Any]]:
    """The days on which the attitude became another, and the last day, so that the line runs to its end.

    An attitude of which it is not known since when it was held is drawn some way before the next.
    """
    first = next((stake.valid_from for stake in group if stake.valid_from), as_of)
    before = first - max((as_of - first) / 8, SHORTEST)
    rows = [_step(stake, stake.valid_from or before) for stake in group]
    last = group[-1]
    return [*rows, _step(last, min(last.valid_to or as_of, as_of))]


def _day_format() -> str:
    """Numbers only: the chart's library knows English month names and no others."""
    return "%d.%m.%Y" if language() == "ru" else "%Y-%m-%d"


def _step(stake: PersonStake, on: date) -> Mapping[str, Any]:
    return {"day": on.isoformat(), "attitude": _name(stake.support), "subject": stake.subject_name}


def _row(stake: PersonStake) -> dict[str, Any]:
    return {
        _("In"): stake.subject_name,
        _("Attitude to us"): _name(stake.support),
        _("From"): stake.valid_from,
        _("Until"): stake.valid_to,
        _("Source"): stake.source or _("not known"),
    }


def _name(code: str | None) -> str:
    return VOCABULARY.value_name("support", code, language())
