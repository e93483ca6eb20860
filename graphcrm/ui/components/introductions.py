"""How to reach a person (C1.2, D1): the warmest chains to read at a glance, and what to ask; each opens to its ties."""

from __future__ import annotations

import secrets
from datetime import date

import streamlit as st

from graphcrm.domain.introductions import Chain, Link
from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.services import editing
from graphcrm.services.editing import RowEdit
from graphcrm.services.introductions import Reach, how_exact, how_far, link_line, link_name, reach
from graphcrm.ui import session
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.errors import boundary, guarded, guarded_callback
from graphcrm.ui.components.formats import days_from, number, safe, share
from graphcrm.ui.components.introductions_ledger import render_ledger
from graphcrm.ui.components.person_link import person_link
from graphcrm.ui.components.reasoned_ties import render_reasoned
from graphcrm.ui.components.reasons import sentence
from graphcrm.ui.state import ui_state

SHOWN = 3


def render_reach(person_id: str, as_of: date) -> None:
    """The section of a person's page: chains, what may be asked about, and the ledger. Nothing for one of ours."""
    with boundary():
        found = reach(session.current_app().database, session.current_viewer(), person_id, as_of=as_of)
        if found.ours:
            return
        st.subheader(_("How to reach"), anchor=False)
        _ways(found, "reach")
        render_ledger(found)
        render_reasoned(person_id, as_of)


@st.fragment
@guarded
def reach_button(person_id: str, as_of: date) -> None:
    """A quiet button beside a key figure that opens the ways to them."""
    popover = st.popover(
        _("How to reach"), type="tertiary", icon=":material/handshake:", key=f"reach-{person_id}", on_change="rerun"
    )
    if popover.open:
        with popover:
            found = reach(session.current_app().database, session.current_viewer(), person_id, as_of=as_of, most=SHOWN)
            _ways(found, f"reach-of-{person_id}")


def _ways(found: Reach, key: str) -> None:
    far = how_far(found)
    if far:
        st.html(f'<p class="gc-missing">{safe(far)}</p>')
    shown = found.ways.warm or found.ways.cold[:1]
    for place, chain in enumerate(shown[:SHOWN]):
        _way(found, chain, f"{key}-{place}")
    if shown[SHOWN:]:
        with st.expander(plural("{n} more way", "{n} more ways", len(shown) - SHOWN), key=f"{key}-more"):
            for place, chain in enumerate(shown[SHOWN:], SHOWN):
                _way(found, chain, f"{key}-{place}")
    if shown:
        st.caption(how_exact(found))
    how_computed(
        found.asked,
        _(
            "A chain is as warm as the product of its parts: of each tie, strength of 10 times confidence times "
            "freshness (1 on the day of the last contact, half of what it can lose gone after two years, never under "
            "25%; of a coverage the strength of today, as on the tab Coverage); of each go-between, how willing they "
            "are (introductions they made or refused, else attitude, else the mood of the last contact). What is not "
            "known counts as a middle value and is named. Kin, people at odds, and ties that are not open for use are "
            "never walked; ties that are only reasoned do not count. At most two go-betweens: beyond, and below 5%, a "
            "cold call is better."
        ),
        key=key,
    )


def _way(found: Reach, chain: Chain, key: str) -> None:
    with st.container(border=True, gap="xsmall", key=f"way-{key}"):
        st.html(_picture(found, chain))
        said = "".join(f"<li>{safe(sentence(advice.code, advice.params))}</li>" for advice in chain.ask)
        st.html(f'<ul class="gc-ask">{said}</ul>')
        with st.expander(_("Why: what it rests on"), key=f"why-{key}"):
            st.html(_proof(found, chain))
            with st.container(horizontal=True, gap="small"):
                for one in chain.people:
                    if one != found.person_id:
                        person_link(found.names.get(one, one), one)
        if chain.go_betweens and session.current_viewer().may_write and not _is_noted(found, chain):
            st.button(
                _("Note that we asked"), icon=":material/edit_note:", type="tertiary", key=f"asked-{key}",
                on_click=_note, args=(chain.people[0], chain.people[1], found.person_id, secrets.token_hex(8)),
                help=_("Writes it into the ledger of introductions with today's date."),
            )  # fmt: skip


def _picture(found: Reach, chain: Chain) -> str:
    """The chain as people and ties in a row that wraps; the weakest is marked by a word, not by colour alone."""
    warmth = _("warmth {points} of 100", points=number(100 * chain.warmth))
    items = [_person(found, chain, 0)]
    for at, link in enumerate(chain.links):
        # The weakest of one link alone is no news.
        weak = len(chain.links) > 1 and chain.weakest.kind == "tie" and chain.weakest.at == at
        items.append(_step(found, link, weak=weak))
        items.append(_person(found, chain, at + 1))
    return f'<p class="gc-warmth">{safe(warmth)}</p><ol class="gc-way">{"".join(items)}</ol>'


def _person(found: Reach, chain: Chain, at: int) -> str:
    one = chain.people[at]
    weak = chain.weakest.kind == "person" and chain.weakest.at == at - 1 and 0 < at < len(chain.people) - 1
    mark = f'<b class="gc-mark">{safe(_("weakest link"))}</b>' if weak else ""
    job = "" if one == found.person_id else found.jobs.get(one, "")  # the page itself tells who that is
    return (
        f'<li class="gc-who{" gc-weak" if weak else ""}"><strong>{safe(found.names.get(one, one))}</strong>{mark}'
        f"<small>{safe(job)}</small></li>"
    )


def _step(found: Reach, link: Link, *, weak: bool) -> str:
    strength = number(10 * link.warmth.strength)
    if link.warmth.decayed:
        parts = [_("strength today {strength} of 10", strength=strength)]
    elif "strength" in link.warmth.assumed:
        parts = [_("strength not known")]
    else:
        parts = [_("strength {strength} of 10", strength=strength)]
    parts.append(days_from(link.tie.last, found.as_of) if link.tie.last else _("no day known"))
    mark = f'<b class="gc-mark">{safe(_("weakest link"))}</b>' if weak else ""
    return (
        f'<li class="gc-step{" gc-weak" if weak else ""}"><span>{safe(link_name(link))}</span>{mark}'
        f"<small>{safe(' · '.join(parts))}</small></li>"
    )


def _proof(found: Reach, chain: Chain) -> str:
    rows = [
        f"<li>{safe(found.names.get(link.from_id, link.from_id))} · {safe(found.names.get(link.to_id, link.to_id))}"
        f"<small>{safe(link_line(link))}</small></li>"
        for link in chain.links
    ]
    rows += [
        f"<li>{safe(found.names.get(one, one))} · {safe(_('willing: {share}', share=share(ready.value)))}"
        f"<small>{safe(sentence(ready.code, ready.params))}</small></li>"
        for one, ready in zip(chain.go_betweens, chain.willing, strict=True)
    ]
    return f'<ul class="gc-proof">{"".join(rows)}</ul>'


def _is_noted(found: Reach, chain: Chain) -> bool:
    """The same request is in the ledger and still open."""
    return any(
        (entry.introducer_id, entry.introduced_id) == (chain.people[1], found.person_id)
        and entry.status in ("planned", "asked", "agreed")
        for entry in found.ledger
    )


@guarded_callback
def _note(employee_id: str, introducer_id: str, person_id: str, key: str) -> None:
    app = session.current_app()
    cells = {
        "status": "asked",
        "asked_on": app.today(),
        "employee_id": employee_id,
        "introducer_id": introducer_id,
        "person_id": person_id,
    }
    editing.save_edits(
        app.database, session.current_viewer(), [RowEdit("Introduction", "", cells)], key=key, today=app.today()
    )
    ui_state().done = _("Noted in the ledger of introductions.")
