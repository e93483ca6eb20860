"""Invitations that are not out yet: what the rules say of each, who has to agree, who did (C3.6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import NotFound
from graphcrm.formats import exact_money
from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.services.events import Event
from graphcrm.services.invitation_approvals import InvitationMove, InvitationView, Noted, move_invitations
from graphcrm.ui import session
from graphcrm.ui.components.chips import chip, value_chip
from graphcrm.ui.components.event_saving import save_button
from graphcrm.ui.components.formats import day, number, safe
from graphcrm.ui.components.gift_acting import acting_as, actor
from graphcrm.ui.components.goodwill_reasons import finding_list, mark_chips
from graphcrm.ui.components.person_link import person_link
from graphcrm.ui.components.reasons import sentence
from graphcrm.vocabulary import VOCABULARY


def render_approvals(found: Event, views: Sequence[InvitationView]) -> None:
    """Draw who waits for approval, who has to be agreed to first, and who may not be invited at all."""
    may_write = session.current_viewer().may_write
    if may_write:
        acting_as("event-acting")
    held = [one for one in views if not one.is_free]
    ask = tuple(one.guest.person_id for one in held if "send" in one.steps)
    if ask and may_write:
        label = plural("Send {n} for approval", "Send {n} for approval", len(ask))
        _step_button(label, "event-ask", found, "send", ask, type="primary", icon=":material/send:")
    waiting = tuple(one.guest.person_id for one in held if "approve" in one.steps)
    if len(waiting) > 1 and may_write:
        label = plural("Approve all {n}", "Approve all {n}", len(waiting))
        _step_button(label, "event-approve-all", found, "approve", waiting, icon=":material/done_all:")
    if held:
        title = f"{_('Not to be sent yet')} · {number(len(held))}"
        with st.expander(title, expanded=len(held) <= 6, key="event-approvals"):
            for one in held:
                _invitation(found, one, may_write)


def sending_button(found: Event, ids: tuple[str, ...], *, registered: bool) -> None:
    """The button by which invitations are out; of what is of value it says who of ours sends them."""
    label = plural("{n} invitation is out", "{n} invitations are out", len(ids))
    look: dict[str, Any] = {"type": "primary", "icon": ":material/mark_email_read:"}
    _step_button(label, "event-send", found, "invite", ids, named=registered, **look)


def _step_button(
    label: str, key: str, found: Event, step: str, ids: tuple[str, ...], *, named: bool = True, **look: Any
) -> None:
    save_button(label, key, _move, found.facts.id, step, ids, named, **look)


def _move(
    db: Database, viewer: Viewer, event_id: str, step: str, ids: tuple[str, ...], named: bool, **rest: Any
) -> Noted:
    own = actor()
    if not own and named:
        raise NotFound("It is not said as whom you act.", mend="Choose yourself under “Acting as”.")
    return move_invitations(db, viewer, event_id, InvitationMove(step, ids, own), **rest)


def _invitation(found: Event, view: InvitationView, may_write: bool) -> None:
    guest = view.guest
    with st.container(border=True, gap="xsmall", key=f"event-invitation-{guest.person_id}"):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            person_link(guest.name, guest.person_id)
            st.html(f'<span class="gc-muted">{safe(guest.firm_name)}</span>', width="content")
        st.html(f"{_chips(view)}{_why_not(view)}{_reasons(view)}")
        if may_write:
            _buttons(found, view)


def _chips(view: InvitationView) -> str:
    parts = [f'<span class="gc-muted">{safe(exact_money(view.value) if view.value else _("cost not known"))}</span>']
    if view.status != "planned":
        parts.append(value_chip("invitation_approval", view.status))
    if view.status == "needs_approval":
        names = f": {', '.join(view.approvals)}" if view.approvals else ""
        due = max(view.due, 1)
        parts.append(chip(_("{n} of {due} agreed", n=len(view.approvals), due=due) + names, "#2f7fb8"))
    return " ".join([*parts, mark_chips(view.verdict)])


def _why_not(view: InvitationView) -> str:
    return "".join(
        f'<p class="gc-missing">{safe(sentence(one.code, one.params))}</p>'
        for one in view.against
        if one.code not in ("gift_send_first", "gift_needs_more")
    )


def _reasons(view: InvitationView) -> str:
    """What the rules say today, and what has happened so far, behind one click."""
    items = []
    for entry in view.entries:
        step = VOCABULARY.value_name("gift_step", entry.step, language())
        state = f" ({_('refused')})" if entry.refused else ""
        why = " ".join(sentence(one.code, one.params) for one in view.refusals.get(entry.number, ()))
        notes = " ".join(part for part in (why, entry.note) if part)
        when: date = entry.done_on or entry.at.date()
        items.append(
            f"<li>{safe(day(when))}: {safe(step)}{safe(state)}, {safe(entry.by or '')}<small>{safe(notes)}</small></li>"
        )
    listed = f'<ul class="gc-proof">{"".join(items)}</ul>' if items else ""
    return (
        f"<details class='gc-method'><summary>{safe(_('Reasons and register'))}</summary>"
        f"{finding_list(view.verdict)}{listed}</details>"
    )


def _buttons(found: Event, view: InvitationView) -> None:
    one = (view.guest.person_id,)
    with st.container(horizontal=True, gap="small"):
        if "approve" in view.steps:
            _step_button(_("Approve"), f"event-approve-{one[0]}", found, "approve", one, type="primary",
                         icon=":material/check:")  # fmt: skip
        if "refuse" in view.steps:
            _step_button(_("Refuse"), f"event-refuse-{one[0]}", found, "refuse", one, icon=":material/block:")
        if "withdraw" in view.steps:
            _step_button(_("Back to the list"), f"event-withdraw-{one[0]}", found, "withdraw", one,
                         icon=":material/undo:")  # fmt: skip
