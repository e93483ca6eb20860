"""The goodwill plan of a client for the coming quarter, and what happened after the gestures of the last one."""

from __future__ import annotations

import secrets
from datetime import date

import pandas as pd
import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.domain.goodwill_outcome import Outcome
from graphcrm.domain.money import Money
from graphcrm.domain.viewer import Viewer
from graphcrm.formats import exact_money
from graphcrm.i18n import N_, describe, language, plural
from graphcrm.i18n import translate as _
from graphcrm.services.gifts import GiftPlan, plan_gift
from graphcrm.services.goodwill_plan import (
    Doers,
    QuarterPlan,
    Revised,
    goodwill_outcome,
    goodwill_plan,
    revise,
    save_plan,
)
from graphcrm.services.invitations import invite
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.errors import guarded_callback
from graphcrm.ui.components.formats import day, day_in_table, plain, safe
from graphcrm.ui.components.goodwill_steps import edits_of, render_left, render_step
from graphcrm.ui.components.reasons import sentence
from graphcrm.ui.places import place
from graphcrm.ui.state import ui_state
from graphcrm.vocabulary import VOCABULARY
from graphcrm.vocabulary.goodwill import goodwill_catalogue

FORMULA = N_(
    "For the eight most powerful key figures: words first, on a date of their own, else in a week in which the "
    "colleague has no other step, if possible on a date of their firm or country. Then an invitation to an event of "
    "ours in the quarter, or, while the budget lasts and the most powerful first, a gift: one that the rules call "
    "fitting, else possible; one that fits the person or the occasion; of those the cheapest. Three weeks lie between "
    "two gestures. What is planned already is left as it is."
)


def render_goodwill_plan(app: App, viewer: Viewer, client_id: str, as_of: date) -> None:
    """Draw the tab."""
    st.subheader(_("The coming quarter"), anchor=False)
    begin = max(as_of, app.today())
    found = goodwill_plan(app.database, viewer, client_id, budget=_budget(), as_of=begin)
    revised = revise(found, edits_of(client_id))
    _told()
    if not found.names:
        empty(_("No key figure is known."), _("Enter roles and influence first: then it shows whom to be good to."))
    elif not revised.steps and not found.plan.steps and found.standing:
        empty(_("Nothing is to be added to the quarter."), _("What stands already is below."))
    elif not revised.steps and not found.plan.steps:
        empty(_("Nothing is adequate."), _("The rules bar it, or enough is planned already."))
    else:
        _money(found, revised)
        for step in revised.steps:
            render_step(found, revised, step)
        _confirm(app, viewer, found, revised)
    render_left(found)
    _standing(found)
    st.subheader(_("After the last quarter"), anchor=False)
    outcome, asked = goodwill_outcome(app.database, viewer, client_id, as_of=as_of)
    _outcome(outcome)
    how_computed((*found.asked, *asked), _(FORMULA), key="goodwill-plan")


def _budget() -> Money | None:
    amount, currency, _rest = st.columns([1, 1, 3])
    with amount:
        value = st.number_input(_("Budget for gifts"), 0.0, None, 100.0, 10.0, key="goodwill-budget")
    with currency:
        house = str(goodwill_catalogue().figures["currency"])
        code = st.text_input(_("Currency"), house, max_chars=3, key="goodwill-currency").strip().upper()
    if value and len(code) != 3:
        st.html(f'<p class="gc-missing">{safe(_("The budget has no currency."))}</p>')
        return None
    return Money.of(value, code) if value else None


def _money(found: QuarterPlan, revised: Revised) -> None:
    """The span, and what of the budget is used and left."""
    said = [_("{begin} to {end}", begin=day(found.begin), end=day(found.end))]
    if found.budget and found.used and revised.cost and revised.left:
        said += [
            _("budget {money}", money=exact_money(found.budget)),
            _("used before {money}", money=exact_money(found.used)),
            _("this plan {money}", money=exact_money(revised.cost)),
            _("left {money}", money=exact_money(revised.left)),
        ]
    else:
        said.append(_("no budget: words and invitations alone"))
    st.html(f'<p class="gc-note gc-budget">{safe(" · ".join(said))}</p>')
    if found.uncounted:
        told = plural("{n} gift without a price or an exchange rate is not counted.",
                      "{n} gifts without a price or an exchange rate are not counted.", found.uncounted)  # fmt: skip
        st.html(f'<p class="gc-missing">{safe(told)}</p>')


def _confirm(app: App, viewer: Viewer, found: QuarterPlan, revised: Revised) -> None:
    if not viewer.may_write:
        return
    changed = bool(edits_of(found.client_id))
    if revised.is_over:
        st.warning(_("The gifts cost more than is left of the budget. Drop one, or raise the budget."))
    with st.container(horizontal=True, gap="small"):
        label = plural("Confirm {n} step", "Confirm {n} steps", len(revised.steps))
        st.button(label, type="primary", icon=":material/check:", key="goodwill-save",
                  disabled=not revised.steps or bool(revised.problems) or revised.is_over,
                  on_click=_save, args=(app, viewer, found, revised, secrets.token_hex(8)))  # fmt: skip
        if changed:
            st.button(_("Back to the proposal"), icon=":material/undo:", type="tertiary", key="goodwill-reset",
                      on_click=edits_of(found.client_id).clear)  # fmt: skip


@guarded_callback
def _save(app: App, viewer: Viewer, found: QuarterPlan, revised: Revised, key: str) -> None:
    doers = Doers(plan_gift, GiftPlan, invite)
    saved = save_plan(app.database, viewer, revised, doers, key=key, today=app.today())
    edits_of(found.client_id).clear()
    pages = ui_state().pages
    pages["goodwill-refused"] = [(found.names[one.gesture.person_id], error) for one, error in saved.refused]
    pages["goodwill-saved"] = saved.count


def _told() -> None:
    """Once after saving: how many steps stand, where they are, and what was refused, with why."""
    pages = ui_state().pages
    count, refused = pages.pop("goodwill-saved", None), pages.pop("goodwill-refused", [])
    if count:
        st.success(plural("{n} step is planned.", "{n} steps are planned.", count), icon=":material/check:")
        st.page_link(place("week"), label=_("Look at My week"), icon=":material/event:")
    for name, error in refused:
        st.warning(f"{plain(name)}: {plain(describe(error))}", icon=":material/block:")


def _standing(found: QuarterPlan) -> None:
    """What is planned, or was done, in this quarter already."""
    if not found.standing:
        return
    st.subheader(_("Planned or done in this quarter already"), anchor=False)
    rows = [
        {
            "on": one.on,
            "person": found.names.get(one.person_id, ""),
            "what": VOCABULARY.value_name("action_kind", one.kind, language()),
            "text": one.what or "",
            "state": VOCABULARY.value_name("action_status", one.status, language()),
            "cost": one.cost or None,
            "currency": (one.currency or "") if one.cost else "",
            "owner": one.employee or "",
        }
        for one in found.standing
    ]
    column = st.column_config
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        placeholder="",
        alt=_("Planned or done in this quarter already"),
        row_height=36,
        column_config={
            "on": column.DateColumn(_("Date"), format=day_in_table()),
            "person": column.TextColumn(_("For whom")),
            "what": column.TextColumn(_("What")),
            "text": column.TextColumn(_("Description")),
            "state": column.TextColumn(_("Status")),
            "cost": column.NumberColumn(_("Cost"), format="localized"),
            "currency": column.TextColumn(_("Currency")),
            "owner": column.TextColumn(_("Who does it")),
        },
    )


def _level(code: str | None) -> str:
    return VOCABULARY.value_name("relationship_level", code, language()) if code else _("not known")


def _outcome(found: Outcome) -> None:
    st.html(f"<p>{safe(sentence(found.code, found.params))}</p>")
    touched = [one for one in found.people if one.gestures]
    if not touched:
        return
    rows = [
        {
            _("Person"): one.name,
            _("Gestures"): one.gestures,
            _("Attitude before"): VOCABULARY.value_name("support", one.support_before, language()),
            _("Attitude now"): VOCABULARY.value_name("support", one.support_after, language()),
            _("Level before"): _level(one.level_before),
            _("Level now"): _level(one.level_after),
            _("Relation before"): None if one.strength_before is None else round(one.strength_before, 1),
            _("Relation now"): None if one.strength_after is None else round(one.strength_after, 1),
        }
        for one in touched
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, placeholder="", alt=_("After the last quarter"), row_height=36)
