"""When we spoke with a person and about what, and what was changed about them in the graph."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import streamlit as st

from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.queries._contact import ContactRow
from graphcrm.services.history import ChangeLine, ChangeView
from graphcrm.services.person import PersonView
from graphcrm.ui import session
from graphcrm.ui.components.chips import value_chip
from graphcrm.ui.components.formats import day, moment, safe
from graphcrm.ui.components.undo import undo_change

SHOWN = 6
MOST_LINES = 6
"""Of one change before the fold."""


def render_contacts(view: PersonView) -> None:
    """The contacts, newest first; the older ones behind a fold."""
    st.subheader(_("Contacts"), anchor=False)
    if not view.interactions:
        st.html(f'<p class="gc-missing">{safe(_("No contact is recorded."))}</p>')
        return
    _timeline(view.interactions[:SHOWN])
    rest = view.interactions[SHOWN:]
    if rest:
        with st.expander(plural("{n} earlier contact", "{n} earlier contacts", len(rest))):
            _timeline(rest)


def render_changes(view: PersonView) -> None:
    """What was changed in the graph, newest first."""
    st.subheader(_("Changes"), anchor=False)
    if not view.changes:
        st.html(f'<p class="gc-missing">{safe(_("No change is recorded since the import."))}</p>')
        return
    writes = session.current_viewer().may_write
    for change in view.changes:
        st.html(f'<ul class="gc-time gc-narrow">{change_item(change, view.name)}</ul>')
        if writes and change.can_be_undone:
            st.button(
                _("Undo"), icon=":material/undo:", type="tertiary", key=f"undo-{change.id}",
                on_click=undo_change, args=(change.id, secrets.token_hex(8)),
            )  # fmt: skip


def _timeline(contacts: Sequence[ContactRow]) -> None:
    st.html(f'<ul class="gc-time">{"".join(contact_item(contact) for contact in contacts)}</ul>')


def contact_item(contact: ContactRow) -> str:
    """One contact as an item of a list: when, how, with whom, what was said, what is next."""
    people = [other["name"] for other in (*contact.participants, *contact.employees)]
    lines = []
    if people:
        lines.append(_("with {people}", people=", ".join(people)))
    if contact.deal:
        lines.append(_("on {deal}", deal=contact.deal))
    if contact.next_step:
        lines.append(_("next: {step} ({due})", step=contact.next_step, due=_due(contact)))
    small = "".join(f'<p class="gc-note">{safe(line)}</p>' for line in lines)
    chips = value_chip("interaction_kind", contact.kind) + value_chip("mood", contact.mood)
    words = safe(contact.summary) if contact.summary else safe(_("what was said is not recorded"))
    return f'<li><div class="gc-number">{safe(day(contact.date))}</div><div>{chips}<div>{words}</div>{small}</div></li>'


def _due(contact: ContactRow) -> str:
    if contact.next_step_done:
        return _("done {date}", date=day(contact.next_step_done))
    due = _("by {date}", date=day(contact.next_step_due)) if contact.next_step_due else _("no date")
    return f"{contact.next_step_owner}, {due}" if contact.next_step_owner else due


def change_item(change: ChangeView, about: str = "") -> str:
    """One change as an item of a list: what, before, after, when, by whom.

    A long one shows its first lines, those that name ``about`` before others; the rest opens by a click.
    """
    words = {"undo": _("taken back"), "redo": _("made again")}
    told = sorted(change.lines, key=lambda line: about not in line.what)
    lines = [f"<div>{safe(_line(line))}</div>" for line in told]
    if len(lines) > MOST_LINES:
        more = safe(plural("{n} more", "{n} more", len(lines) - MOST_LINES))
        rest = "".join(lines[MOST_LINES:])
        lines[MOST_LINES:] = [f"<details class='gc-method'><summary>{more}</summary>{rest}</details>"]
    if not lines:
        before, after = change.before or _("not known"), change.after or _("not known")
        lines = [f"<div>{safe(change.what)}: {safe(before)} → {safe(after)}</div>"]
    notes = [words[change.action]] if change.action in words else []
    notes += [_("by {name}", name=change.by)] if change.by else []
    by = f'<p class="gc-note">{safe(" · ".join(notes))}</p>' if notes else ""
    return f'<li><div class="gc-number">{safe(moment(change.at))}</div><div>{"".join(lines)}{by}</div></li>'


def _line(line: ChangeLine) -> str:
    if not line.field:
        done = {"create": _("added"), "delete": _("taken away")}
        return f"{line.what}: {done[line.action]}"
    before, after = line.before or _("not known"), line.after or _("not known")
    return f"{line.what}: {line.field}: {before} → {after}"
