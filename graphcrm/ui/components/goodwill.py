"""Goodwill at the person (C2.5, C3.5): which methods are correct, the gift chooser, and what is under way to them."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import NotFound
from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.services.gifts import gifts_under_way
from graphcrm.services.goodwill_methods import JudgedMethod, goodwill_methods
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.edit_fields import date_format
from graphcrm.ui.components.errors import guarded
from graphcrm.ui.components.formats import plain, safe
from graphcrm.ui.components.gift_acting import acting_as
from graphcrm.ui.components.gift_chooser import choose_gift
from graphcrm.ui.components.gift_steps import gift_card
from graphcrm.ui.components.goodwill_reasons import NO_ADVICE, finding_list, mark_chips
from graphcrm.vocabulary import VOCABULARY

AHEAD = timedelta(days=14)


def render_goodwill(app: App, viewer: Viewer, person_id: str, *, is_ours: bool) -> None:
    """Draw the section, folded; nothing for one of ours, and for who may not know what we do for people."""
    if is_ours or not viewer.sees("personal"):
        return
    with st.expander(_("Goodwill: what is correct, and which gift"), icon=":material/volunteer_activism:",
                     key=f"goodwill-{person_id}", on_change="rerun") as part:  # fmt: skip
        if part.open:
            _section(app, viewer, person_id)


@st.fragment
@guarded
def _section(app: App, viewer: Viewer, person_id: str) -> None:
    today = app.today()
    on = _day(person_id, today)
    try:
        found = goodwill_methods(app.database, viewer, person_id, on, today=today)
    except NotFound:
        st.caption(_("What we do for this person is not shown to your role."))
        return
    st.caption(_(NO_ADVICE))
    _methods(found.methods)
    policies = "; ".join(f"{name} ({origin})" if origin else name for name, origin in found.policies)
    st.caption(plain(_("Policies looked at: {policies}.", policies=policies)))
    how_computed(
        found.asked,
        _(
            "Each rule looks at what is stored: status, employer, tender, mourning, what is not to be given. Sums are "
            "those of 12 months, of the person with their household and of the firm, at the rate of each gift's day."
        ),
        key=f"goodwill-{person_id}",
    )
    views = gifts_under_way(app.database, viewer, today=today, all_states=True, person_id=person_id)
    if views:
        st.markdown(f"**{plural('{n} gift', '{n} gifts', len(views))}**")
        if viewer.may_write:
            acting_as(f"goodwill-acting-{person_id}")
        for view in views:
            gift_card(view, f"person-{person_id}", with_person=False)
    choose_gift(person_id, on)


def _day(person_id: str, today: date) -> date:
    chosen = st.date_input(_("For which day"), value=today + AHEAD, min_value=today, format=date_format(),
                           key=f"goodwill-day-{person_id}", width=220)  # fmt: skip
    return chosen if isinstance(chosen, date) else today + AHEAD


def _methods(methods: tuple[JudgedMethod, ...]) -> None:
    """One line for each; its reasons open at a click, without asking anew."""
    lines = []
    for one in methods:
        name = VOCABULARY.value_name("goodwill_method", one.method.code, language())
        count = len(one.verdict.findings)
        why = plural("{n} reason", "{n} reasons", count) if count else _("nothing against it")
        lines.append(
            f"<details class='gc-method'><summary>{mark_chips(one.verdict)} <b>{safe(name)}</b> "
            f"<span class='gc-muted'>{safe(why)}</span></summary>{finding_list(one.verdict)}</details>"
        )
    st.html("".join(lines))
