"""Choose the guests of an event: goals weighed by the user, the proposal with its reasons, who is left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from graphcrm.domain.guests import Goals
from graphcrm.domain.guests_best import Judged
from graphcrm.i18n import N_, plural
from graphcrm.i18n import translate as _
from graphcrm.services.clients import Part, is_large
from graphcrm.services.events import Event
from graphcrm.services.guests import GuestChoices, Proposal, propose_guests
from graphcrm.services.invitations import invite
from graphcrm.ui import session
from graphcrm.ui.components import client_pages
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.event_saving import save_button
from graphcrm.ui.components.formats import money, number, percent, safe
from graphcrm.ui.components.reasons import sentence
from graphcrm.ui.state import ui_state

GOALS = {
    "coverage": N_("Close gaps in coverage"),
    "power": N_("Power over the decision"),
    "roles": N_("Every role of a client"),
    "together": N_("A neutral meets a supporter"),
    "apart": N_("Keep conflicts apart"),
}
MARKS = {"fitting": N_("Fitting"), "possible": N_("Possible"), "not_correct": N_("Not correct")}
FORMULA = N_(
    "The worth of a list = what each guest brings (gap in coverage: nobody covers 1, cooled off 0.6, below the wanted "
    "level 0.5, halved for who is no key figure; power 0-1) + every role of a client that somebody on the list has + "
    "every neutral who meets a supporter - every pair in conflict, each times the weight of its goal. The list of the "
    "greatest worth within seats, budget and the limit per client is found as an integer programme (HiGHS). The points "
    "of a guest are what the list would lose without them."
)


def render_guests(found: Event, as_of: date) -> None:
    """Draw the tab."""
    if found.facts.on is None:
        empty(_("The event has no day."), _("Enter its day first."))
        return
    if found.is_over(as_of):
        empty(_("The event is over: nobody can be invited any more."), _("Look at its follow-up."))
        return
    app, viewer = session.current_app(), session.current_viewer()
    choices = _choices(found, client_pages.searched_part("event-guests", large=is_large(app.database)))
    proposal = propose_guests(app.database, viewer, found.facts.id, choices, as_of=as_of)
    _told(proposal)
    if proposal.shown and not choices.client_ids:
        names = {line.id: line.name for line in proposal.shown.lines}
        search = choices.part.search.strip() if choices.part else ""
        client_pages.show_pages("event-guests", names, proposal.shown.total, more=proposal.shown.more, search=search)
    listed = proposal.found.guests
    if not proposal.considered:
        empty(_("Nobody can be invited"), _("No people are known at the clients that were chosen."))
    elif not listed:
        empty(_("Nobody is proposed."), _("Raise the seats, the budget or the limit, or weigh the goals otherwise."))
    else:
        _table(found.facts.id, proposal, listed, "guests")
        if viewer.may_write:
            ids = tuple(one.candidate.person_id for one in listed)
            label = plural("Put {n} guest on the list", "Put {n} guests on the list", len(ids))
            save_button(label, "event-invite", invite, found.facts.id, ids, type="primary", icon=":material/group_add:")
    st.subheader(f"{_('Left out, near the line')} · {number(len(proposal.found.near))}", anchor=False)
    if proposal.found.near:
        _table(found.facts.id, proposal, proposal.found.near, "near")
    _barred(proposal)
    how_computed(proposal.asked, _(FORMULA), key="event-guests")


def _choices(found: Event, part: Part | None) -> GuestChoices:
    """What the user has decided, kept for the session. ``part``: where they are in a large clientele."""
    kept = ui_state().pages.setdefault(f"event-choices-{found.facts.id}", {"locked": set(), "left_out": set()})
    with st.expander(_("Goals and limits"), icon=":material/tune:", key="event-goals"):
        st.caption(_("How much each goal counts, from 0 to 5; only the proportions matter."))
        weights: dict[str, float] = {}
        for column, (name, label) in zip(st.columns(5), GOALS.items(), strict=True):
            with column:
                weights[name] = st.slider(
                    _(label), 0.0, 5.0, getattr(Goals(), name), 0.5, key=f"event-goal-{name}",
                )  # fmt: skip
        seats, each, whose = st.columns([1, 1, 3])
        with seats:
            most = st.number_input(
                _("Seats for guests"), 0, 5000, found.free if found.free is not None else None, key="event-seats",
                help=_("Those that are free, unless you say otherwise. Empty: no limit."),
            )  # fmt: skip
        with each:
            limit = st.number_input(_("Guests of one client at most"), 0, 500, 4, key="event-per-client",
                                    help=_("0: no limit."))  # fmt: skip
        with whose:
            names = kept.get("clients", {})
            chosen = st.multiselect(
                _("Only these clients"), list(names), format_func=lambda one: names.get(one, one),
                placeholder=_("Those of this page") if part else _("All clients"), key="event-clients",
            )  # fmt: skip
    return GuestChoices(
        Goals(**weights) if any(weights.values()) else Goals(),
        most,
        int(limit),
        tuple(chosen),
        frozenset(kept["locked"]),
        frozenset(kept["left_out"]),
        part,
    )


def _told(proposal: Proposal) -> None:
    """How many, within what, and whether it is the best list."""
    names = ui_state().pages[f"event-choices-{proposal.facts.id}"]
    if not names.get("clients") or proposal.clients.keys() - names["clients"].keys():
        known = {**names.get("clients", {}), **proposal.clients}
        names["clients"] = dict(sorted(known.items(), key=lambda item: item[1]))
    found, limits = proposal.found, proposal.limits
    parts = [
        plural("{n} person looked at", "{n} people looked at", proposal.considered),
        plural("{n} guest proposed", "{n} guests proposed", len(found.guests)),
    ]
    if limits.seats is not None:
        parts.append(plural("{n} seat", "{n} seats", limits.seats))
    if limits.affordable is not None:
        spent = money(len(found.guests) * (limits.cost_per_guest or 0.0), proposal.facts.currency)
        parts.append(_("costs {spent} of {budget}", spent=spent, budget=money(limits.budget, proposal.facts.currency)))
    said = " · ".join(parts) + ". "
    said += (
        _("No other list within these limits is worth more.")
        if not found.gap
        else _("The best list could be worth up to {share} more: the time ran out.", share=percent(100 * found.gap))
    )
    st.html(f"<p>{safe(said[:1].upper() + said[1:])}</p>")
    for code in proposal.notes:
        st.html(f'<p class="gc-missing">{safe(sentence(code, {}))}</p>')


def _table(event_id: str, proposal: Proposal, rows: Sequence[Judged], key: str) -> None:
    column = st.column_config
    shown = st.dataframe(
        pd.DataFrame([_row(proposal, one, near=key == "near") for one in rows]),
        hide_index=True,
        placeholder="",
        alt=_("Guests") if key == "guests" else _("Left out, near the line"),
        row_height=36,
        height=36 * (min(len(rows), 14) + 1) + 3,
        key=f"event-{key}-{len(rows)}",
        on_select="rerun",
        selection_mode="multi-row",
        column_config={
            "name": column.TextColumn(_("Person"), pinned=True),
            "client": column.TextColumn(_("Client")),
            "points": column.NumberColumn(_("Points"), format="%.1f", help=_("What the list loses without them.")),
            "why": column.TextColumn(_("Why"), width="large"),
            "rules": column.TextColumn(_("By the rules")),
        },
    )
    chosen = [rows[place] for place in shown["selection"]["rows"] if place < len(rows)]
    _by_hand(event_id, chosen, key)
    for one in chosen[:3]:
        _opened(proposal, one)


def _row(proposal: Proposal, one: Judged, *, near: bool) -> dict[str, Any]:
    candidate, reasons = one.candidate, [sentence(why.code, why.params) for why in one.reasons]
    if near:
        reasons.insert(0, sentence(one.verdict, dict(one.params)))
    verdict = proposal.verdicts.get(candidate.person_id)
    rules = _(MARKS[verdict.mark]) if verdict else ""
    if verdict and verdict.approvals:
        rules += " · " + plural("{n} has to agree", "{n} have to agree", verdict.approvals)
    name = f"★ {candidate.name}" if candidate.is_key else candidate.name
    return {
        "name": f"🔒 {name}" if one.locked else name,
        "client": candidate.client_name,
        "points": round(one.points, 2),
        "why": " ".join(reasons),
        "rules": rules,
    }


def _by_hand(event_id: str, chosen: Sequence[Judged], key: str) -> None:
    """Lock in and leave out those that are chosen in the table."""
    kept = ui_state().pages[f"event-choices-{event_id}"]
    ids = {one.candidate.person_id for one in chosen}
    with st.container(horizontal=True, gap="small"):
        st.button(_("Lock in"), icon=":material/lock:", key=f"event-lock-{key}", disabled=not ids,
                  on_click=_decide, args=(kept, ids, "locked"))  # fmt: skip
        if key == "guests":
            st.button(_("Leave out"), icon=":material/person_remove:", key="event-leave", disabled=not ids,
                      on_click=_decide, args=(kept, ids, "left_out"))  # fmt: skip
        if kept["locked"] or kept["left_out"]:
            st.button(_("Back to the proposal"), icon=":material/undo:", key=f"event-undo-{key}",
                      on_click=_decide, args=(kept, None, ""))  # fmt: skip
    if not ids:
        st.caption(_("Choose rows to lock somebody in or leave them out, and to see each reason with its points."))


def _decide(kept: dict[str, Any], ids: set[str] | None, where: str) -> None:
    if ids is None:
        kept["locked"], kept["left_out"] = set(), set()
        return
    for name in ("locked", "left_out"):
        kept[name] = kept[name] | ids if name == where else kept[name] - ids


def _opened(proposal: Proposal, one: Judged) -> None:
    """Every reason of one person with its points, and what the rules say."""
    lines = [f"{number(why.points, 2)} · {sentence(why.code, why.params)}" for why in one.reasons]
    verdict = proposal.verdicts.get(one.candidate.person_id)
    lines += [sentence(reason.code, reason.params) for reason in (verdict.reasons if verdict else ())]
    listed = "".join(f"<li>{safe(line)}</li>" for line in lines)
    st.html(f'<p class="gc-question">{safe(one.candidate.name)}</p><ul class="gc-proof">{listed}</ul>')


def _barred(proposal: Proposal) -> None:
    barred = proposal.found.barred
    if not barred:
        return
    with st.expander(f"{_('Cannot be invited')} · {number(len(barred))}", key="event-barred"):
        groups: dict[str, list[str]] = {}
        for one in barred:
            told = f"{one.candidate.name} ({one.candidate.client_name})"
            groups.setdefault(sentence(one.verdict, dict(one.params)), []).append(told)
        for why, names in sorted(groups.items(), key=lambda item: -len(item[1])):
            st.html(f'<p class="gc-question">{safe(why)} · {number(len(names))}</p><p>{safe(", ".join(names))}</p>')
