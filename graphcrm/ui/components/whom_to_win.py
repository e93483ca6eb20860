"""Whom to win (C2.1, D1): the smallest groups whose support is enough, as cards; and a group of the user's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.domain.key_players import WinningSet
from graphcrm.domain.key_players_question import WANTED, Wish
from graphcrm.domain.score import Reason
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services import whom_to_win as service
from graphcrm.services.whom_to_win import WhomToWinAtClient
from graphcrm.ui.components.chips import show_chips, value_chip
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.errors import guarded
from graphcrm.ui.components.formats import day, plain, safe, share
from graphcrm.ui.components.person_link import person_link
from graphcrm.ui.components.person_ties import stance_chip
from graphcrm.ui.components.power_weights import chosen_weights
from graphcrm.ui.components.reasons import sentence, tie_line
from graphcrm.ui.components.stance import chosen_subject
from graphcrm.ui.state import ui_state
from graphcrm.vocabulary import VOCABULARY

BACKING = "#8b95a1"
SHADES = ("#4f6bbd", "#2f8f83", "#c08a2e", "#b5566b", "#8163a8", "#7fa650", "#3f7fa6", "#a0693d")
PERCENT = "%d\u00a0%%"
LARGEST = 6
"""The largest size of a group that can be asked for."""


@st.fragment
@guarded
def render_whom_to_win(app: App, viewer: Viewer, client_id: str, as_of: date) -> None:
    """Draw the tab. A fragment: a moved slider searches again without drawing the page."""
    st.subheader(_("Whom to win"), anchor=False)
    st.caption(
        _(
            "The smallest group of people whose support, together with those who back us already, reaches the wanted "
            "share of the decision; with somebody who decides the purchase, somebody who decides the payment, and no "
            "veto against us left unanswered."
        )
    )
    subject = chosen_subject(client_id)
    place = client_id if isinstance(subject, str) else "-".join(subject)  # each decision has a group of its own
    wish = _wish(client_id, place)
    found = service.whom_to_win(app.database, viewer, subject, as_of=as_of, wish=wish, weights=chosen_weights())
    answer = found.answer
    notes = list(service.requirement_lines(answer, found.structure))
    if answer.status in ("nobody", "no_decider"):
        mend = (
            _("Import its people, or enter the first contact.")
            if answer.status == "nobody"
            else _("Enter who decides the purchase and who the payment on the tab Base analysis.")
        )
        empty(service.status_line(answer), " ".join(filter(None, (service.vacant_line(found.structure), mend))))
    else:
        _controls(found, client_id, place)
        st.markdown(f"**{plain(service.status_line(answer))}**")
        for note in notes:
            st.html(f'<p class="gc-missing">{safe(note)}</p>')
        if answer.sets:
            st.caption(plain(service.how_sure(answer)))
        if answer.status == "enough_already" and answer.backed:
            _card(found, answer.backed, _("Those who back us already"), f"{place}-backed")
        for number, group in enumerate(answer.sets, start=1):
            _card(found, group, _title(number), f"{place}-{number}")
        _further(found)
        _own_group(found, place)
    _computed(found)


def _title(number: int) -> str:
    return _("Best group") if number == 1 else _("Runner-up {n}", n=number - 1)


def _wish(client_id: str, place: str) -> Wish:
    """What the widgets say; they are drawn after the answer is known, so their values are taken from the session.

    The wanted share holds for the client, who cannot be won and the own group for the decision (``place``).
    """
    state = st.session_state
    rows = state.get(f"win-people-{place}", {}).get("selection", {}).get("rows", [])
    shown = ui_state().pages.get(f"win-rows-{place}", ())
    return Wish(
        share=state.get(f"win-share-{client_id}", round(100 * WANTED)) / 100,
        size=state.get(f"win-size-{place}"),
        excluded=frozenset(state.get(f"win-without-{place}", ())),
        tried=frozenset(shown[row] for row in rows if row < len(shown)),
    )


def _controls(found: WhomToWinAtClient, client_id: str, place: str) -> None:
    names = found.structure.names
    wanted, size, without = st.columns([2, 1.4, 2.4], gap="medium")
    with wanted:
        key = f"win-share-{client_id}"
        st.session_state.setdefault(key, round(100 * WANTED))
        st.slider(_("Wanted share of the decision (%)"), 10, 100, step=5, key=key)
    with size:
        st.selectbox(
            _("Size of the group"),
            [None, *range(1, LARGEST + 1)],
            format_func=lambda count: _("the smallest") if count is None else str(count),
            key=f"win-size-{place}",
        )
    with without:
        st.multiselect(
            _("Cannot be won"),
            [person for person, _gain in found.answer.alone],
            format_func=lambda person: names.get(person, person),
            key=f"win-without-{place}",
            placeholder=_("nobody chosen"),
        )


def _card(found: WhomToWinAtClient, group: WinningSet, title: str, key: str) -> None:
    with st.container(border=True, gap="small", key=f"win-set-{key}"):
        head, bar = st.columns([1.3, 3], vertical_alignment="center")
        with head:
            reach = _("{reach} of the decision", reach=share(group.score.value))
            st.html(f'<p class="gc-note">{safe(title)}</p><div class="gc-power">{safe(reach)}</div>')
        with bar:
            st.html(_reach_bar(group, found.answer.wanted) + f'<p class="gc-note">{safe(_legend(group, found))}</p>')
        for place, (person, gain) in enumerate(zip(group.members, group.gains, strict=True)):
            _member(found, person, gain, SHADES[place % len(SHADES)])
        for need in group.unmet:
            st.html(f'<p class="gc-missing">{safe(service.unmet_line(need, found.structure.names))}</p>')
        why = _("Why: the reasons and what they rest on")
        with st.expander(why, expanded=False, key=f"win-why-{key}", on_change="rerun") as reasons:
            if reasons.open:
                for reason in group.score.reasons:
                    _reason(found, reason)


def _legend(group: WinningSet, found: WhomToWinAtClient) -> str:
    said = _(
        "Grey: {backing} by those who back us already. Line: the wanted {wanted}.",
        backing=share(_by_backing(group)),
        wanted=share(found.answer.wanted),
    )
    score = group.score
    if not score.is_uncertain:
        return said
    between = _("Could be {low} to {high}: some strengths are not known.", low=share(score.low), high=share(score.high))
    return f"{said} {between}"


def _by_backing(group: WinningSet) -> float:
    return max((group.score.value or 0.0) - sum(group.gains), 0.0)


def _reach_bar(group: WinningSet, wanted: float) -> str:
    """The reach out of 100 %: those who back us, then each member; a line where the wanted share lies."""
    pieces, start = [], 0.0
    backing = _by_backing(group)
    for place, gain in enumerate((backing, *group.gains)):
        colour = BACKING if place == 0 else SHADES[(place - 1) % len(SHADES)]
        pieces.append(f'<i style="left:{start:.2%};width:{max(gain, 0):.2%};background:{colour}"></i>')
        start += gain
    pieces.append(f'<i style="left:calc({wanted:.2%} - 1px);width:2px;background:currentColor"></i>')
    told = _(
        "{reach} of the decision, of which {backing} by those who back us already; wanted: {wanted}",
        reach=share(group.score.value),
        backing=share(backing),
        wanted=share(wanted),
    )
    return f'<div class="gc-track" role="img" aria-label="{safe(told)}" title="{safe(told)}">{"".join(pieces)}</div>'


def _member(found: WhomToWinAtClient, person_id: str, gain: float, colour: str) -> None:
    person = found.structure.by_id[person_id]
    who, stance, adds = st.columns([2.4, 2.6, 2], vertical_alignment="center")
    with who, st.container(gap="xxsmall"):
        person_link(person.name, person.id)
        st.html(f'<p class="gc-note">{safe(person.title or _("title not known"))}</p>')
    with stance, st.container(gap="xxsmall"):
        contacts = found.contacts(person_id)
        coverage = [value_chip("coverage", contacts[0].coverage)] if contacts else []
        show_chips([stance_chip(person.support), *coverage])
        st.html(f'<p class="gc-note">{safe(_contact_line(found, person_id))}</p>')
    with adds:
        told = _("adds {gain}", gain=share(gain))
        piece = f'<i style="left:0;width:{min(gain, 1):.1%};background:{colour}"></i>'
        st.html(f'<div class="gc-number">{safe(told)}</div><div class="gc-track">{piece}</div>')


def _contact_line(found: WhomToWinAtClient, person_id: str) -> str:
    contacts = found.contacts(person_id)
    if not contacts:
        return _("Nobody of ours is in contact.")
    last = max((tie.last_contact for tie in contacts if tie.last_contact), default=None)
    people = ", ".join(tie.employee_name for tie in contacts)
    if last is None:
        return _("in contact: {people}, last contact not known", people=people)
    return _("in contact: {people}, last on {day}", people=people, day=day(last))


def _reason(found: WhomToWinAtClient, reason: Reason) -> None:
    facts = []
    for fact in reason.facts:
        if fact.kind == "tie" and fact.id in found.evidence:
            facts.append(tie_line(found.evidence[fact.id]))
        elif fact.code:
            facts.append(f"<li>{safe(sentence(fact.code, fact.params))}</li>")
    said = f"<strong>+{safe(share(reason.contribution))}</strong> {safe(sentence(reason.code, reason.params))}"
    proof = f'<ul class="gc-proof">{"".join(dict.fromkeys(facts))}</ul>' if facts else ""
    st.html(f"<p>{said}</p>{proof}")


def _further(found: WhomToWinAtClient) -> None:
    further = found.answer.further
    if not further:
        return
    st.markdown(f"**{plain(_('What each further person would add'))}**")
    for place, (person_id, gain) in enumerate(further):
        name, bar = st.columns([2, 3], vertical_alignment="center")
        with name:
            person_link(found.structure.names[person_id], person_id)
        with bar:
            colour = SHADES[place % len(SHADES)]
            piece = f'<i style="left:0;width:{min(gain, 1):.1%};background:{colour}"></i>'
            st.html(f'<div class="gc-number">+{safe(share(gain))}</div><div class="gc-track">{piece}</div>')


def _own_group(found: WhomToWinAtClient, place: str) -> None:
    st.markdown(f"**{plain(_('A group of your own'))}**")
    st.caption(_("Choose people in the table: what they would reach together is shown below it."))
    ids = tuple(person for person, _gain in found.answer.alone)
    ui_state().pages[f"win-rows-{place}"] = ids
    rows = [_row(found, person, gain) for person, gain in found.answer.alone]
    st.dataframe(
        rows,
        hide_index=True,
        key=f"win-people-{place}",
        on_select="rerun",
        selection_mode="multi-row",
        height="auto" if len(rows) <= 10 else 400,
        column_config={_("Adds alone"): st.column_config.NumberColumn(format=PERCENT)},
    )
    if found.answer.tried is not None:
        _card(found, found.answer.tried, _("Your own group"), f"{place}-own")


def _row(found: WhomToWinAtClient, person_id: str, gain: float) -> dict[str, object]:
    person = found.structure.by_id[person_id]
    contacts = found.contacts(person_id)
    return {
        _("Name"): person.name,
        _("Title"): person.title or "",
        _("Roles"): _role_names(sorted(person.roles)),
        _("Attitude to us"): VOCABULARY.value_name("support", person.support, language()),
        _("In contact"): ", ".join(tie.employee_name for tie in contacts),
        _("Adds alone"): round(100 * gain),
    }


def _role_names(roles: Sequence[str]) -> str:
    return ", ".join(VOCABULARY.value_name("role", role, language()) for role in roles)


def _computed(found: WhomToWinAtClient) -> None:
    how_computed(
        found.asked,
        _(
            "The reach of a group is the share of the say in purchase and payment that its members hold or sway: the "
            "chance that at least one chain of influences from at least one of them works (independent cascade, "
            "strength times confidence), weighted by how much each decider has to say. Somebody is with us, and a veto "
            "answered, when they belong to the group or are swayed with a chance of one half or more. Up to 25 people "
            "who matter, every group is ruled out or found by branch and bound; beyond, the group grows by whoever "
            "adds most (lazy greedy) and a bound says how much better any other could be."
        ),
        key="whom-to-win",
    )
