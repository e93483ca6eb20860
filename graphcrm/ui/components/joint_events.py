"""Milestones worth an event together with a client, and the dialog in which one becomes an event (C3.7)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date

import streamlit as st

from graphcrm.domain.milestones import Milestone
from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.queries.binder import Asked
from graphcrm.services import joint_events as service
from graphcrm.services.clients import is_large
from graphcrm.services.joint_events import Decision, JointProposal
from graphcrm.ui import session
from graphcrm.ui.components import client_pages
from graphcrm.ui.components.chips import chip
from graphcrm.ui.components.dialog import open_dialog
from graphcrm.ui.components.edit_fields import date_format
from graphcrm.ui.components.formats import day, days_from, number, safe
from graphcrm.ui.components.person_link import client_link
from graphcrm.ui.components.reasons import sentence
from graphcrm.ui.places import place
from graphcrm.ui.state import ui_state

SHOWN = 6


def render_milestones(as_of: date) -> tuple[Asked, ...]:
    """The milestones at hand, the nearest first. Returns the queries behind them."""
    app, viewer = session.current_app(), session.current_viewer()
    heading = st.container()
    part = client_pages.searched_part("milestones", large=is_large(app.database))
    shown = service.clients_looked_at(app.database, as_of=as_of, part=part)
    search = part.search.strip() if part else ""
    ids = shown.ids if shown else None
    found, asked = service.milestones(
        app.database, viewer, as_of=as_of, client_ids=ids, all_deals=bool(shown) and not search
    )
    with heading:
        st.subheader(f"{_('Worth an event together')} · {number(len(found))}", anchor=False)
        st.caption(
            _("Contracts won, round deliveries, anniversaries and launches of the last 90 and the next 120 days.")
        )
    if shown:
        names = {line.id: line.name for line in shown.lines}
        client_pages.show_pages("milestones", names, shown.total, more=shown.more, search=search)
        if not search:
            st.caption(_("The latest contracts are those of all clients, the rest is of the clients of this page."))
    if not found:
        st.html(f'<p class="gc-missing">{safe(_("No milestone is at hand."))}</p>')
    for turn, one in enumerate(found[:SHOWN]):
        _line(one, turn, as_of)
    rest = found[SHOWN:]
    if rest:
        with st.expander(plural("{n} more", "{n} more", len(rest)), key="milestones-more"):
            for turn, one in enumerate(rest, SHOWN):
                _line(one, turn, as_of)
    return asked


def _line(one: Milestone, turn: int, as_of: date) -> None:
    with st.container(border=True, gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(chip(f"{day(one.on)} · {days_from(one.on, as_of)}", "#2f7fb8"), width="content")
            client_link(one.client_name, one.client_id, icon=":material/domain:")
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
            st.html(f"<span>{safe(service.said(one))}</span>", width="content")
            if session.current_viewer().may_write and st.button(
                _("Plan an event"), icon=":material/celebration:", type="tertiary", key=f"milestone-{turn}"
            ):
                app, viewer = session.current_app(), session.current_viewer()
                proposal = service.joint_proposal(app.database, viewer, one.key, as_of=as_of, client_id=one.client_id)
                open_dialog(_("Event together with a client"), _draw, proposal, secrets.token_hex(8))


def _draw(proposal: JointProposal, nonce: str) -> None:
    """The proposal to be changed and accepted."""
    milestone = proposal.milestone
    st.html(f"<p>{safe(service.said(milestone))}</p>")
    name = st.text_input(_("Name"), service.default_name(milestone), key=f"joint-name-{nonce}").strip()
    left, middle, right = st.columns(3)
    with left:
        on = st.date_input(_("Date"), proposal.on, format=date_format(), key=f"joint-on-{nonce}")
    theirs, ours = _people(proposal, nonce)
    heads = len(theirs) + len(ours)
    with middle:
        counted = None if proposal.per_head is None else round(proposal.per_head * heads, 2)
        budget = st.number_input(
            _("Budget"), 0.0, None, counted, 50.0, key=f"joint-budget-{nonce}-{heads}",
            help=_("What former events together cost a head, times the people. Empty: not known."),
        )  # fmt: skip
    with right:
        currency = st.text_input(_("Currency"), proposal.currency or "", max_chars=3, key=f"joint-money-{nonce}")
    if proposal.per_head is None:
        st.caption(_("No former event together has a budget and seats, so no cost a head is known."))
    steps = st.text_area(_("Plan of steps"), service.steps_text(proposal), height=210, key=f"joint-steps-{nonce}")
    if st.button(_("Accept"), type="primary", icon=":material/check:", key=f"joint-accept-{nonce}"):
        decision = Decision(on, theirs, ours, name, budget, currency.strip().upper() or None, steps.strip(),
                            milestone.client_id)  # fmt: skip
        _accept(milestone, decision, nonce)


def _people(proposal: JointProposal, nonce: str) -> tuple[list[str], list[str]]:
    named = {one.person_id: one.name for one in (*proposal.theirs, *proposal.others)}
    theirs = _several(_("Theirs"), named, [one.person_id for one in proposal.theirs], f"joint-theirs-{nonce}")
    ours = _several(_("Ours"), proposal.colleagues, [one for one in proposal.ours if one in proposal.colleagues],
                    f"joint-ours-{nonce}")  # fmt: skip
    for one in proposal.barred:
        said = _("{name} cannot be invited: {why}", name=one.name, why=sentence(one.barred, one.params))
        st.html(f'<p class="gc-note">{safe(said)}</p>')
    return theirs, ours


def _several(label: str, names: Mapping[str, str], chosen: list[str], key: str) -> list[str]:
    return st.multiselect(
        label, list(names), default=chosen, format_func=lambda one: names.get(one, one),
        placeholder=_("Choose"), key=key,
    )  # fmt: skip


def _accept(milestone: Milestone, decision: Decision, nonce: str) -> None:
    app, viewer = session.current_app(), session.current_viewer()
    service.accept(app.database, viewer, milestone.key, decision, nonce=nonce, today=app.today())
    ui_state().done = _("Saved.")
    st.switch_page(place("events"), query_params={"event": service.event_id(milestone.key)})
