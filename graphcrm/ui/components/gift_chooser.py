"""Choose a gift for a person (C3.5): ranked with reasons, two to four side by side, planned by one click."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from graphcrm.domain.gift_ranking import WEIGHTS
from graphcrm.errors import GiftRefused
from graphcrm.formats import exact_money
from graphcrm.i18n import describe, language
from graphcrm.i18n import translate as _
from graphcrm.services.gift_choice import GiftChoice, RankedGift, gift_choice, is_fitting
from graphcrm.services.gifts import GiftPlan, plan_gift
from graphcrm.ui import session
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.errors import guarded
from graphcrm.ui.components.formats import day, number, plain, safe, share
from graphcrm.ui.components.gift_acting import acting_as
from graphcrm.ui.components.gift_instead import form_is_open, no_gift, open_form
from graphcrm.ui.components.goodwill_reasons import finding_list, mark_chips
from graphcrm.ui.components.reasons import sentence
from graphcrm.ui.state import ui_state
from graphcrm.vocabulary import VOCABULARY

SHOWN = 6
MOST_COMPARED = 4


def choose_gift(person_id: str, on: date) -> None:
    """Draw the chooser, behind a switch: ranking reads the whole catalogue."""
    if not st.toggle(_("Choose a gift"), key=f"gift-choose-{person_id}"):
        return
    app, viewer = session.current_app(), session.current_viewer()
    chosen = st.session_state.get(f"gift-occasion-{person_id}")  # of the box below, which shows what is read here
    choice = gift_choice(app.database, viewer, person_id, on, today=app.today(), occasion_id=chosen)
    occasion = _occasion(person_id, choice)
    if not choice.ranked:
        empty(_("The catalogue of gifts is empty"), _("Import gifts from a file: offerings.csv."))
        return
    fitting = [one for one in choice.ranked if is_fitting(one)]
    if fitting:
        title = _("The rest of the catalogue: what fits nothing that is known, what is not correct last")
        rest = [*fitting[SHOWN:], *(one for one in choice.ranked if not is_fitting(one))]
    else:
        no_gift(choice, on, _words_on(choice, occasion))
        title, rest = _("Correct, though nothing that is known speaks for them"), [*choice.correct]
    _compare(person_id, choice.ranked if fitting else rest)
    for place, one in enumerate(fitting[:SHOWN], 1):
        _gift(choice, one, f"{place}", (on, occasion))
    if rest:
        with st.expander(f"{title} · {number(len(rest))}", key=f"gift-rest-{person_id}", on_change="rerun") as fold:
            if fold.open:
                for place, one in enumerate(rest, SHOWN + 1):
                    _gift(choice, one, f"{place}", (on, occasion))
    _computed(choice)


def _occasion(person_id: str, choice: GiftChoice) -> str | None:
    names = {one.id: f"{one.name} · {VOCABULARY.value_name('date_kind', one.kind, language())}"
             for one in choice.occasions}  # fmt: skip
    names |= {one.id: f"{names[one.id]} · {day(date.fromisoformat(one.on))}"
              for one in choice.occasions if one.id in choice.derived}  # fmt: skip
    return st.selectbox(
        _("Occasion"), list(names), index=None, format_func=lambda one: names.get(one, one),
        placeholder=_("None, or not among the dates that are known"), key=f"gift-occasion-{person_id}",
    )  # fmt: skip


def _compare(person_id: str, gifts: Sequence[RankedGift]) -> None:
    if len(gifts) < 2:
        return
    names = {one.offer.id: one.offer.name for one in gifts}
    chosen = st.multiselect(
        _("Compare side by side"), list(names), max_selections=MOST_COMPARED, key=f"gift-compare-{person_id}",
        format_func=lambda one: names.get(one, one), placeholder=_("Choose two to four"),
    )  # fmt: skip
    if len(chosen) >= 2:
        compared = [one for one in gifts if one.offer.id in chosen]
        st.dataframe(_table(compared), key=f"gift-compared-{person_id}", alt=_("Compare side by side"))


def _table(compared: Sequence[RankedGift]) -> pd.DataFrame:
    """A column for each gift, a row for each thing that is compared."""
    columns = {}
    for one in compared:
        told = {
            _("Score"): _points(one),
            _("Is it correct"): VOCABULARY.value_name("goodwill_mark", one.verdict.mark, language()),
            _("Price"): exact_money(one.offer.price),
            _("Kind"): VOCABULARY.value_name("offering_kind", one.offer.kind, language()),
            _("Approvals needed"): str(one.verdict.approvals),
        }
        told |= {_(name): sentence(part.code, part.params) for name, part in
                 zip(PARTS.values(), one.score.reasons, strict=True)}  # fmt: skip
        columns[one.offer.name] = told
    return pd.DataFrame(columns)


def N_(text: str) -> str:  # the customary name of a mark for extraction
    """Mark a text for extraction."""
    return text


PARTS = {
    "fit": N_("Fits the person and the occasion"),
    "correct": N_("Correctness"),
    "new": N_("Not given before"),
    "cost": N_("Cost"),
    "lead": N_("Time to prepare"),
    "liked": N_("Earlier reactions"),
}


def _points(one: RankedGift) -> str:
    return number(100 * (one.score.value or 0.0))


def _gift(choice: GiftChoice, one: RankedGift, place: str, when: tuple[date, str | None]) -> None:
    offer = one.offer
    kind = VOCABULARY.value_name("offering_kind", offer.kind, language())
    with st.container(border=True, gap="xsmall", key=f"gift-offer-{offer.id}"):
        head, action = st.columns([4, 1], vertical_alignment="center")
        head.html(
            f'<b>{safe(offer.name)}</b> <span class="gc-muted">{safe(kind)} · {safe(exact_money(offer.price))} · '
            f"{safe(_('{points} of 100', points=_points(one)))}</span><br>{mark_chips(one.verdict)}"
            f"<details class='gc-method'><summary>{safe(_('Why'))}</summary>{finding_list(one.verdict)}"
            f"{_parts(one)}</details>"
        )
        if session.current_viewer().may_write and one.verdict.mark != "not_correct":
            action.button(
                _("Plan"), icon=":material/event:", key=f"gift-plan-{place}-{offer.id}", width="stretch",
                type="primary" if place == "1" else "secondary",
                on_click=open_form, args=(choice.receiver.id, offer.id),
            )  # fmt: skip
            if form_is_open(choice.receiver.id, offer.id):
                _plan_form(choice, one, when)


@guarded
def _plan_form(choice: GiftChoice, one: RankedGift, when: tuple[date, str | None]) -> None:
    """Under the gift: who plans it, a word about it, and the answer of the rules."""
    on, occasion = when
    pages = ui_state().pages
    key = pages["gift-plan-key"]
    actor = acting_as(f"gift-actor-{key}")
    words = st.text_input(_("How it is to be handed over"), key=f"gift-words-{key}",
                          placeholder=_("For example: at the meeting, before colleagues"))  # fmt: skip
    told = _("Plan it for {date}", date=day(on))
    twin = pages.get("gift-plan-twin")
    sent = st.button(told if not twin else _("Plan it all the same"), type="primary", key=f"gift-send-{key}")
    if not sent:
        return
    if actor is None:
        st.warning(_("Choose first as whom you act."), icon=":material/person:")
        return
    plan = GiftPlan(choice.receiver.id, one.offer.id, on, description=words.strip() or None, together=bool(twin),
                    **_kept(choice, occasion))  # fmt: skip
    app, viewer = session.current_app(), session.current_viewer()
    try:
        plan_gift(app.database, viewer, plan, actor, key=f"{key}-{plan.together}-{on}-{occasion}-{actor}",
                  today=app.today())  # fmt: skip
    except GiftRefused as refused:
        codes = {reason.code for reason in refused.reasons}
        pages["gift-plan-twin"] = codes <= {"gift_planned_twice", "gift_planned_twice_undated"}
        st.warning(plain(describe(refused)), icon=":material/block:")
        if pages["gift-plan-twin"]:
            st.button(_("I have talked to them"), key=f"gift-twin-{key}", type="tertiary")
        return
    pages["gift-plan"] = None
    ui_state().done = _("Planned. What follows is under the gifts of this person.")
    st.rerun()


def _kept(choice: GiftChoice, occasion: str | None) -> dict[str, str]:
    """The occasion as a gift keeps it: by id, or by name where the calendar found it."""
    if occasion in choice.derived:
        return {"occasion": next(one.name for one in choice.occasions if one.id == occasion)}
    return {"occasion_id": occasion} if occasion else {}


def _words_on(choice: GiftChoice, occasion: str | None) -> dict[str, str]:
    """The occasion as words keep it: by id, or by key and name where the calendar found it."""
    kept = _kept(choice, occasion)
    return kept | {"occasion_key": occasion} if occasion in choice.derived else kept


def _parts(one: RankedGift) -> str:
    """The six parts of the score: value times weight, and the sentence."""
    items = []
    for name, part in zip(PARTS, one.score.reasons, strict=True):
        value = share(part.value) if part.value is not None else _("not known")
        told = _("{value} × weight {weight}", value=value, weight=share(WEIGHTS[name]))
        said = sentence(part.code, part.params)
        items.append(f"<li><b>{safe(_(PARTS[name]))}</b>: {safe(said)}<small>{safe(told)}</small></li>")
    return f'<ul class="gc-proof">{"".join(items)}</ul>'


def _computed(choice: GiftChoice) -> None:
    weights: dict[str, Any] = {_(PARTS[name]): share(weight) for name, weight in WEIGHTS.items()}
    told = ", ".join(f"{name} {weight}" for name, weight in weights.items())
    how_computed(
        choice.asked,
        _(
            "The score is the sum of six parts by their weights ({weights}). What is not correct scores 0. Interests "
            "that may not be mentioned or used count for nothing. The budget is the limit for one gift of our policy.",
            weights=told,
        ),
        key="gift-choice",
    )
