"""The map as of any day (C1.8): a slider over the time in which changes are known, a mark for each, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.services.structure_changes import KINDS, Moment, changed, timeline
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.edit_fields import date_format
from graphcrm.ui.components.errors import guarded
from graphcrm.ui.components.formats import day, safe
from graphcrm.ui.components.reasons import sentence

AS_OF_KEY = "as_of"
"""The key of the frame's own choice of a day, in the session and in the address."""
MARGIN = timedelta(days=31)
"""So much time before the first change and after the last can be looked at."""
SHOWN = 8


def render_time_slider(app: App, viewer: Viewer, client_id: str, as_of: date) -> None:
    """Draw slider, marks and what changed; outside of the map's fragment, since the day holds for the whole page."""
    today = app.today()
    line = timeline(app.database, viewer, client_id)
    if not line.moments:
        st.caption(_("No day is recorded on which the power structure changed: the map is the same on every day."))
        return
    first = min(line.moments[0].day - MARGIN, as_of, today - MARGIN)
    last = max(line.moments[-1].day + MARGIN, as_of, today)
    before, after = line.before(as_of), line.after(as_of)
    key = f"time-{client_id}"
    st.session_state[key] = as_of
    wide, narrow = st.columns([5, 3], vertical_alignment="bottom")
    with wide, st.container(gap=None, key="time-slider"):
        st.slider(
            _("The map as of {day}", day=day(as_of)), min_value=first, max_value=last, step=timedelta(days=1),
            format=date_format(), key=key, on_change=_slid, args=(key, today),
        )  # fmt: skip
        st.html(_marks(line.moments, first, last, today))
    with narrow, st.container(horizontal=True, gap="xsmall"):
        _jump(_("Earlier change"), "skip_previous", before, today)
        _jump(_("Later change"), "skip_next", after, today)
        if as_of != today:
            _jump(_("Today"), "today", today, today)
        if as_of != today:
            _changed(app, viewer, client_id, (min(as_of, today), max(as_of, today)))
        elif before is not None:
            _changed(app, viewer, client_id, (before - timedelta(days=1), today))  # with what changed on that day


def _jump(label: str, icon: str, to: date | None, today: date) -> None:
    st.button(
        label, icon=f":material/{icon}:", type="tertiary", key=f"time-{icon}", disabled=to is None,
        help=day(to) if to else _("none known"), on_click=_go, args=(to, today),
    )  # fmt: skip


def _slid(key: str, today: date) -> None:
    _go(st.session_state[key], today)


def _go(to: date | None, today: date) -> None:
    """Choose the day for the whole page; today is what the frame shows without a choice."""
    st.session_state[AS_OF_KEY] = None if to == today else to


def _marks(moments: Sequence[Moment], first: date, last: date, today: date) -> str:
    """A tick for each change under the slider, the higher the more changes; and the same in words."""
    span = max((last - first).days, 1)
    most = max(one.ties for one in moments)
    ticks = "".join(
        f'<i style="left:{(one.day - first).days / span:.2%};height:{0.3 + 0.5 * one.ties / most:.2f}rem"'
        f' title="{safe(_told(one))}"></i>'
        for one in moments
    )
    now = f'<b style="left:{(today - first).days / span:.2%}" title="{safe(_("today"))}"></b>'
    told = _("Changes known: {days}", days="; ".join(_told(one) for one in moments))
    return f'<div class="gc-ticks" role="img" aria-label="{safe(told)}">{ticks}{now}</div>'


def _told(one: Moment) -> str:
    return f"{day(one.day)}: " + plural("{n} tie", "{n} ties", one.ties)


@st.fragment
@guarded
def _changed(app: App, viewer: Viewer, client_id: str, span: tuple[date, date]) -> None:
    """What changed between two days, opened by a click."""
    since, until = span
    title = _("What changes until {day}", day=day(until)) if until > app.today() else \
        _("What changed since {day}", day=day(since))  # fmt: skip
    popover = st.popover(title, icon=":material/difference:", key="time-changed", on_change="rerun")
    if not popover.open:
        return
    with popover:
        found = changed(app.database, viewer, client_id, since=since, until=until)
        ordered = [one for kind in KINDS for one in found.changes if one.kind == kind]
        for one in ordered[:SHOWN]:
            st.html(f"<span>{safe(sentence(one.code, one.params))}</span>")
        if not ordered:
            st.caption(_("Nothing is recorded that changed in this time."))
        if len(ordered) > SHOWN:
            st.caption(plural("and {n} more", "and {n} more", len(ordered) - SHOWN))
        st.caption(_("The tab Changes tells all, with proof and as a mail."))
        how_computed(found.asked, key="time-changed")
