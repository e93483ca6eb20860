"""The goodwill plan of a client for the coming quarter, and what happened after the gestures of the last one."""

from __future__ import annotations

import secrets
from datetime import date

import pandas as pd
import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.domain.goodwill_plan import Gesture, Outcome
from graphcrm.domain.money import Money
from graphcrm.domain.viewer import Viewer
from graphcrm.formats import exact_money
from graphcrm.i18n import N_, language, plural
from graphcrm.i18n import translate as _
from graphcrm.services.goodwill_plan import QuarterPlan, goodwill_outcome, goodwill_plan, save_plan
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.errors import guarded_callback
from graphcrm.ui.components.formats import day, safe
from graphcrm.ui.components.reasons import sentence
from graphcrm.ui.state import ui_state
from graphcrm.vocabulary import VOCABULARY
from graphcrm.vocabulary.goodwill import goodwill_catalogue

FORMULA = N_(
    "For the eight most powerful key figures: words first, on a date of theirs or of their firm, if possible not more "
    "than two a day; then, while the budget lasts and the most powerful first, the cheapest gift that the rules call "
    "fitting, else possible. Three weeks lie between two gestures. What is planned already is left as it is."
)


def render_goodwill_plan(app: App, viewer: Viewer, client_id: str, as_of: date) -> None:
    """Draw the tab."""
    st.subheader(_("The coming quarter"), anchor=False)
    found = goodwill_plan(app.database, viewer, client_id, budget=_budget(), as_of=as_of)
    if not found.names:
        empty(_("No key figure is known."), _("Enter roles and influence first: then it shows whom to be good to."))
    elif not found.plan.gestures:
        empty(_("Nothing is adequate."), _("The rules bar it, or enough is planned already."))
    else:
        _plan(found)
        if viewer.may_write and found.words:
            label = plural("Plan {n} gesture of words", "Plan {n} gestures of words", len(found.words))
            st.button(label, type="primary", icon=":material/check:", key="goodwill-save",
                      on_click=_save, args=(app, viewer, found))  # fmt: skip
        if found.plan.cost:
            st.caption(_("Gifts are planned one by one on the page of gifts, where each is judged and registered."))
    for one in found.plan.left:
        st.html(f'<p class="gc-note">{safe(one.name)}: {safe(sentence(one.code, one.params))}</p>')
    st.subheader(_("After the last quarter"), anchor=False)
    outcome, asked = goodwill_outcome(app.database, viewer, client_id, as_of=as_of)
    _outcome(outcome)
    how_computed((*found.asked, *asked), _(FORMULA), key="goodwill-plan")


def _budget() -> Money | None:
    amount, currency, _rest = st.columns([1, 1, 3])
    with amount:
        value = st.number_input(_("Budget"), 0.0, None, 100.0, 10.0, key="goodwill-budget")
    with currency:
        house = str(goodwill_catalogue().figures["currency"])
        code = st.text_input(_("Currency"), house, max_chars=3, key="goodwill-currency").strip().upper()
    if value and len(code) != 3:
        st.html(f'<p class="gc-missing">{safe(_("The budget has no currency."))}</p>')
        return None
    return Money.of(value, code) if value else None


def _plan(found: QuarterPlan) -> None:
    column = st.column_config
    spent = exact_money(Money(found.plan.cost, found.budget.currency)) if found.budget else ""
    st.caption(_("{begin} to {end}", begin=day(found.begin), end=day(found.end)) + (f" · {spent}" if spent else ""))
    st.dataframe(
        pd.DataFrame([_row(found, one) for one in found.plan.gestures]),
        hide_index=True,
        placeholder="",
        alt=_("The coming quarter"),
        row_height=36,
        column_config={
            "on": column.DateColumn(_("Date"), format="DD.MM.YYYY" if language() == "ru" else "D MMM YYYY"),
            "person": column.TextColumn(_("For whom")),
            "what": column.TextColumn(_("What")),
            "occasion": column.TextColumn(_("Occasion")),
            "cost": column.TextColumn(_("Cost")),
            "rules": column.TextColumn(_("By the rules")),
        },
    )


def _row(found: QuarterPlan, one: Gesture) -> dict[str, object]:
    method = goodwill_catalogue().methods[one.method]
    price = found.prices.get(one.offering_id)
    rules = _("Fitting") if one.mark == "fitting" else _("Possible")
    if one.approvals:
        rules += " · " + plural("{n} has to agree", "{n} have to agree", one.approvals)
    return {
        "on": one.on,
        "person": found.names[one.person_id],
        "what": one.offering or (method.ru if language() == "ru" else method.en),
        "occasion": one.occasion,
        "cost": exact_money(price) if price else "",
        "rules": rules,
    }


@guarded_callback
def _save(app: App, viewer: Viewer, found: QuarterPlan) -> None:
    save_plan(app.database, viewer, found, key=secrets.token_hex(8), today=app.today())
    ui_state().done = _("Saved.")


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
            _("Relation before"): None if one.strength_before is None else round(one.strength_before, 1),
            _("Relation now"): None if one.strength_after is None else round(one.strength_after, 1),
        }
        for one in touched
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, placeholder="", alt=_("After the last quarter"), row_height=36)
