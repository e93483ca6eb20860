"""The steps of a goodwill plan: each with its reasons and rules, to be moved, changed or dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from graphcrm.domain.goodwill_plan import Gesture, Left, Step
from graphcrm.domain.money import Money
from graphcrm.formats import exact_money
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services.goodwill_plan import QuarterPlan, Revised, StepEdit, choices_of, method_name
from graphcrm.ui import session
from graphcrm.ui.components.chips import chip
from graphcrm.ui.components.dialog import open_dialog
from graphcrm.ui.components.edit_fields import date_format
from graphcrm.ui.components.formats import day, number, plain, safe
from graphcrm.ui.components.goodwill_reasons import finding_list, mark_chips
from graphcrm.ui.components.person_link import person_link
from graphcrm.ui.components.reasons import sentence
from graphcrm.ui.state import ui_state
from graphcrm.vocabulary import VOCABULARY

WARNING = "#a56a00"
WRONG = "#b3322e"


def edits_of(client_id: str) -> dict[str, StepEdit]:
    """What the user has changed of the proposal for a client, by step."""
    return ui_state().pages.setdefault(f"goodwill-edits-{client_id}", {})


def render_step(found: QuarterPlan, revised: Revised, step: Step) -> None:
    """Draw one step."""
    one, key = step.gesture, f"goodwill-step-{step.id.replace(':', '-')}"
    with st.container(border=True, gap="xxsmall", key=key):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
                st.html(chip(day(one.on), "#2f7fb8"), width="content")
                person_link(found.names[one.person_id], one.person_id)
            if session.current_viewer().may_write:
                _buttons(found, step, key)
        st.html(_told(found, revised, step))


def _buttons(found: QuarterPlan, step: Step, key: str) -> None:
    with st.container(horizontal=True, gap="small", width="content"):
        if st.button(_("Change"), icon=":material/edit:", type="tertiary", key=f"{key}-change"):
            open_dialog(_("Change the step"), _draw_change, found, step)
        st.button(_("Drop"), icon=":material/close:", type="tertiary", key=f"{key}-drop",
                  on_click=_drop, args=(found, step))  # fmt: skip


def _told(found: QuarterPlan, revised: Revised, step: Step) -> str:
    """What, by whom, what is amiss, and behind a fold why."""
    one = step.gesture
    facts = [one.occasion, _cost(found, one), found.colleagues.get(step.owner_id) or _("all who are in touch")]
    head = f"<b>{safe(method_name(one))}</b> <span class='gc-muted'>{safe(' · '.join(fact for fact in facts if fact))}"
    chips = mark_chips(one.verdict) if one.verdict else ""
    wrong = [chip(sentence(reason.code, reason.params), WRONG) for reason in revised.problems.get(step.id, ())]
    notes = [chip(sentence(note, {}), WARNING) for note in step.notes]
    reasons = [f"<li>{safe(sentence(reason.code, reason.params))}</li>" for reason in step.reasons]
    why = f'<ul class="gc-proof">{"".join(reasons)}</ul>{finding_list(one.verdict) if one.verdict else ""}'
    return (
        f"{head}</span> {chips} {' '.join((*wrong, *notes))}"
        f"<details class='gc-method'><summary>{safe(_('Why'))}</summary>{why}</details>"
    )


def _cost(found: QuarterPlan, one: Gesture) -> str:
    return exact_money(Money(one.cost, found.budget.currency)) if one.cost and found.budget else ""


def render_left(found: QuarterPlan) -> None:
    """Who gets less, and why; in place of a gift that is not fitting what could be added, at the user's choice."""
    if not found.plan.left:
        return
    st.html(f'<p class="gc-note">{safe(_("Who gets less, and why"))}</p>')
    edits, writes = edits_of(found.client_id), session.current_viewer().may_write
    for one in found.plan.left:
        why = "".join(f"<small>{safe(sentence(reason.code, reason.params))}</small>" for reason in one.why)
        said = safe(sentence(one.code, one.params))
        st.html(f'<ul class="gc-proof"><li><b>{safe(one.name)}</b> {said}{why}</li></ul>')
        taken = one.step_id in edits and not edits[one.step_id].dropped
        if writes and one.instead and not taken:
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                st.caption(_("Add to the plan:"), width="content")
                for gesture in one.instead:
                    told = f"{method_name(gesture)}, {day(gesture.on)}"
                    st.button(plain(told), icon=":material/add:", key=f"goodwill-add-{one.person_id}-{gesture.method}",
                              type="tertiary", on_click=_add, args=(found, one, gesture))  # fmt: skip


def _add(found: QuarterPlan, left: Left, gesture: Gesture) -> None:
    edits_of(found.client_id)[left.step_id] = StepEdit(on=gesture.on, choice=gesture.choice)


def _drop(found: QuarterPlan, step: Step) -> None:
    edits = edits_of(found.client_id)
    edits[step.id] = replace(edits.get(step.id, StepEdit()), dropped=True)


def _draw_change(found: QuarterPlan, step: Step) -> None:
    """Another day, another gesture, somebody else of ours."""
    one, key = step.gesture, f"goodwill-{step.id}"
    st.html(f"<p><b>{safe(found.names[one.person_id])}</b> <span class='gc-muted'>{safe(one.occasion)}</span></p>")
    left, right = st.columns(2)
    with left:
        on = st.date_input(_("Date"), one.on, found.begin, found.end, format=date_format(), key=f"{key}-on")
    with right:
        names = found.colleagues
        owner = st.selectbox(
            _("Who does it"), list(names), index=list(names).index(step.owner_id) if step.owner_id in names else None,
            format_func=lambda who: names.get(who, who), placeholder=_("Choose"), key=f"{key}-owner",
        )  # fmt: skip
    choice = _choice(found, step, on, key)
    if st.button(_("Take it over"), type="primary", icon=":material/check:", key=f"{key}-take"):
        edit = StepEdit(on=on, choice=choice or one.choice, owner_id=owner or "")
        edits_of(found.client_id)[step.id] = edit
        st.rerun()


def _choice(found: QuarterPlan, step: Step, on: date, key: str) -> str | None:
    """What else there is, the best at the head; under it what the rules say of what is chosen."""
    able = {one.choice: one for one in choices_of(found, step, on)}
    options = list(able)
    choice = st.selectbox(
        _("Gesture"), options, index=options.index(step.gesture.choice) if step.gesture.choice in able else None,
        format_func=lambda code: _label(found, able[code]) if code in able else code, placeholder=_("Choose"),
        key=f"{key}-what",
    )  # fmt: skip
    chosen = able.get(choice or "")
    if chosen is not None and chosen.verdict is not None:
        st.html(mark_chips(chosen.verdict) + finding_list(chosen.verdict))
    if found.budget is None:
        st.caption(_("Gifts can be chosen when there is a budget."))
    return choice


def _label(found: QuarterPlan, one: Gesture) -> str:
    parts = [plain(method_name(one)), _cost(found, one)]
    if one.kind == "gift":
        parts.append(_("{points} of 100", points=number(100 * one.score)))
    parts.append(VOCABULARY.value_name("goodwill_mark", one.mark, language()))
    return " · ".join(part for part in parts if part)
