"""A gift as a card: how far it is, who agreed, what the rules say today, and the steps that can follow (C3.5)."""

from __future__ import annotations

import secrets
from datetime import date

import streamlit as st

from graphcrm.domain.money import Money
from graphcrm.errors import GiftRefused, NotFound
from graphcrm.formats import exact_money
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services.gifts import GiftMove, GiftView, move_gift
from graphcrm.ui import session
from graphcrm.ui.components.chips import chip, value_chip
from graphcrm.ui.components.edit_fields import date_format
from graphcrm.ui.components.errors import guarded_callback
from graphcrm.ui.components.formats import day, safe
from graphcrm.ui.components.gift_acting import actor
from graphcrm.ui.components.goodwill_reasons import finding_list, mark_chips
from graphcrm.ui.components.person_link import person_link
from graphcrm.ui.components.reasons import sentence
from graphcrm.ui.state import ui_state
from graphcrm.vocabulary import VOCABULARY

ASKING = {"reschedule", "refuse", "give", "decline", "return", "react", "cancel"}
"""Steps that ask for a word, a day or a reaction first."""
ICONS = {
    "send": ":material/send:", "approve": ":material/check:", "refuse": ":material/block:",
    "withdraw": ":material/undo:", "prepare": ":material/inventory_2:", "give": ":material/redeem:",
    "reschedule": ":material/edit_calendar:",
    "decline": ":material/do_not_disturb_on:", "return": ":material/assignment_return:",
    "cancel": ":material/close:", "react": ":material/sentiment_satisfied:",
}  # fmt: skip


def N_(text: str) -> str:  # the customary name of a mark for extraction
    """Mark a text for extraction."""
    return text


STEP_NAMES = {
    "send": N_("Send for approval"),
    "approve": N_("Approve"),
    "refuse": N_("Refuse"),
    "reschedule": N_("Another day"),
    "withdraw": N_("Back to the plan"),
    "prepare": N_("Prepared"),
    "give": N_("Given"),
    "decline": N_("Was not accepted"),
    "return": N_("Was returned"),
    "cancel": N_("Cancel"),
    "react": N_("Record the reaction"),
}


ONWARD, BACK = ("send", "approve"), ("reschedule", "withdraw", "decline", "return", "cancel")
"""Steps whose buttons stand out; those that stand back, as a group behind which a narrow card breaks its line."""


def gift_card(view: GiftView, key: str, *, with_person: bool = True) -> None:
    """Draw one gift."""
    gift = view.gift
    value = exact_money(Money.of(gift.cost, gift.currency)) if gift.cost is not None else _("value not known")
    told = " · ".join(
        part for part in (value, day(gift.day) if gift.day else _("no day set"), gift.occasion_name) if part
    )
    with st.container(border=True, gap="xsmall", key=f"{key}-gift-{gift.id}"):
        if with_person:
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                person_link(gift.person_name, gift.person_id)
                st.html(f'<span class="gc-muted">{safe(gift.firm_name or "")}</span>', width="content")
        name = gift.offering_name or gift.description or _("Gift")
        mark = mark_chips(view.verdict) if view.verdict else ""
        st.html(
            f'<b>{safe(name)}</b> <span class="gc-muted">{safe(told)}</span><br>'
            f"{value_chip('action_status', gift.status)} {_agreed(view)} {mark}{_history(view)}"
        )
        if session.current_viewer().may_write:
            _steps(view, key)


def _agreed(view: GiftView) -> str:
    waits = view.gift.status == "needs_approval"
    said = ""
    if view.said_by_file:
        names = ", ".join(view.said_by_file)
        said = chip(_("agreed by {names}, as the file says", names=names), "#6b5b7b")
        if not view.entries:
            return said
    due = max(view.due or 0, 1 if waits else 0)
    if view.gift.status not in ("needs_approval", "approved", "prepared") or (not waits and len(view.approvals) >= due):
        return said
    names = f": {', '.join(view.approvals)}" if view.approvals else ""
    return chip(_("{n} of {due} agreed", n=len(view.approvals), due=due) + names, "#2f7fb8") + said


def _history(view: GiftView) -> str:
    """What the rules say today, and what has happened so far, behind one click."""
    by = ", ".join(one["name"] for one in view.gift.by)
    items = []
    for entry in view.entries:
        step = VOCABULARY.value_name("gift_step", entry.step, language())
        state = f" ({_('refused')})" if entry.refused else ""
        why = " ".join(sentence(one.code, one.params) for one in view.told.get(entry.number, ()))
        when = day(entry.done_on or entry.at.date())
        notes = " ".join(part for part in (why, entry.note) if part)
        items.append(
            f"<li>{safe(when)}: {safe(step)}{safe(state)}, {safe(entry.by or '')}<small>{safe(notes)}</small></li>"
        )
    if not items:
        items.append(f"<li>{safe(_('Brought in by a file; no step of it was done here.'))}</li>")
    reaction = VOCABULARY.value_name("reaction", view.gift.reaction, language()) if view.gift.reaction else ""
    rows = [
        f'<p class="gc-note">{safe(_("By: {who}", who=by))}</p>' if by else "",
        f'<p class="gc-note">{safe(_("Reaction: {reaction}", reaction=reaction))}</p>' if reaction else "",
        finding_list(view.verdict) if view.verdict else "",
        f'<ul class="gc-proof">{"".join(items)}</ul>',
    ]
    return f"<details class='gc-method'><summary>{safe(_('Reasons and register'))}</summary>{''.join(rows)}</details>"


def _steps(view: GiftView, key: str) -> None:
    if view.not_yet:
        why = view.not_yet[0]
        told = sentence(why.code, why.params)
        if not why.code.startswith("gift_"):  # a rule: its sentence tells no way out
            told += " " + _("As long as that holds, give something else, choose another day, or cancel it.")
        st.html(f'<p class="gc-missing">{safe(told)}</p>')
    with st.container(horizontal=True, gap="small"):
        for group in ([one for one in view.steps if one not in BACK], [one for one in view.steps if one in BACK]):
            if group:
                with st.container(horizontal=True, gap="small", width="content"):
                    for step in group:
                        _step(view, step, key)


def _step(view: GiftView, step: str, key: str) -> None:
    name, icon, place = _(STEP_NAMES[step]), ICONS[step], f"{key}-{view.gift.id}-{step}"
    kind = "primary" if step in ONWARD else "tertiary" if step in BACK else "secondary"
    if step in ASKING:
        with st.popover(name, icon=icon, key=f"pop-{place}", type=kind):
            _ask(view, step, place)
    else:
        given = (view.gift.id, step, place, _key(place, view))
        st.button(name, icon=icon, key=place, type=kind, on_click=_do, args=given)


def _ask(view: GiftView, step: str, place: str) -> None:
    today = session.current_app().today()
    if step == "give":
        st.date_input(_("Handed over on"), value=today, max_value=today, format=date_format(), key=f"{place}-on")
    if step == "reschedule":
        _ask_day(view, place)
    if step in ("give", "react", "decline", "return"):
        codes = list(VOCABULARY.enumerations["reaction"].values)
        st.selectbox(
            _("Reaction"), codes, index=None, placeholder=_("not known"), key=f"{place}-reaction",
            format_func=lambda code: VOCABULARY.value_name("reaction", code, language()),
        )  # fmt: skip
    st.text_input(_("Note"), key=f"{place}-note")
    st.button(_(STEP_NAMES[step]), type="primary", key=place, on_click=_do,
              args=(view.gift.id, step, place, _key(place, view)))  # fmt: skip


def _ask_day(view: GiftView, place: str) -> None:
    today = session.current_app().today()
    st.date_input(_("New day"), value=max(view.gift.day or today, today), min_value=today, format=date_format(),
                  key=f"{place}-on")  # fmt: skip
    if view.gift.status in ("needs_approval", "approved", "prepared"):
        st.caption(_("It goes back to the plan: who agreed did so for the former day."))
    if ui_state().pages.get(f"gift-near-{view.gift.id}"):
        st.checkbox(_("I have talked to them"), key=f"{place}-together")


def _key(place: str, view: GiftView) -> str:
    """Names the step from this state on: two clicks are one step, and a new state begins a new one."""
    kept = ui_state().pages.setdefault("gift-keys", {})
    state = f"{place}-{view.gift.status}-{len(view.entries)}-{actor()}"
    return kept.setdefault(state, secrets.token_hex(8))


@guarded_callback
def _do(action_id: str, step: str, place: str, key: str) -> None:
    state, own = st.session_state, actor()
    if not own:
        raise NotFound("It is not said as whom you act.", mend="Choose yourself under “Acting as”.")
    on, reaction, note = (state.get(f"{place}-{name}") for name in ("on", "reaction", "note"))
    given_on = on if isinstance(on, date) else None
    together = bool(state.get(f"{place}-together"))
    move = GiftMove(action_id, step, given_on, (note or "").strip() or None, reaction, together)
    app = session.current_app()
    try:
        move_gift(
            app.database, session.current_viewer(), move, own, key=f"{key}-{given_on}-{together}", today=app.today()
        )
    except GiftRefused as refused:
        ui_state().pages[f"gift-near-{action_id}"] = {one.code for one in refused.reasons} == {"gift_planned_twice"}
        ui_state().failure = refused
        return
    ui_state().done = _("Saved.")
