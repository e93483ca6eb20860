"""When we spoke with a person and about what, and what was changed about them in the graph."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.queries.person import PersonChange, PersonInteraction
from graphcrm.services.person import PersonView
from graphcrm.ui.components.chips import value_chip
from graphcrm.ui.components.formats import day, moment, safe

SHOWN = 6


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
    st.html(f'<ul class="gc-time">{"".join(_change(change) for change in view.changes)}</ul>')


def _timeline(contacts: Sequence[PersonInteraction]) -> None:
    st.html(f'<ul class="gc-time">{"".join(_contact(contact) for contact in contacts)}</ul>')


def _contact(contact: PersonInteraction) -> str:
    people = [other["name"] for other in (*contact.participants, *contact.employees)]
    lines = []
    if people:
        lines.append(_("with {people}", people=", ".join(people)))
    if contact.deal:
        lines.append(_("on {deal}", deal=contact.deal))
    if contact.next_step:
        due = _("by {date}", date=day(contact.next_step_due)) if contact.next_step_due else _("no date")
        lines.append(_("next: {step} ({due})", step=contact.next_step, due=due))
    small = "".join(f'<p class="gc-note">{safe(line)}</p>' for line in lines)
    chips = value_chip("interaction_kind", contact.kind) + value_chip("mood", contact.mood)
    words = safe(contact.summary) if contact.summary else safe(_("what was said is not recorded"))
    return f'<li><div class="gc-number">{safe(day(contact.date))}</div><div>{chips}<div>{words}</div>{small}</div></li>'


def _change(change: PersonChange) -> str:
    before, after = change.before or _("not known"), change.after or _("not known")
    what = f"<div>{safe(change.what)}: {safe(before)} → {safe(after)}</div>"
    by = f'<p class="gc-note">{safe(_("by {name}", name=change.by))}</p>' if change.by else ""
    return f'<li><div class="gc-number">{safe(moment(change.at))}</div><div>{what}{by}</div></li>'
