"""The scenario of a client's tab "What if": what goes, what is added, what is kept; all in the session until kept."""

from __future__ import annotations

import secrets
from dataclasses import replace

import streamlit as st

from graphcrm.domain.scenario import Change
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services import scenarios as kept
from graphcrm.services.what_if import Choice, WhatIfAtClient, change_words, leavers, tie_choices
from graphcrm.ui import session
from graphcrm.ui.components.errors import guarded_callback
from graphcrm.ui.components.formats import plain
from graphcrm.ui.state import ui_state
from graphcrm.vocabulary import VOCABULARY


def chosen_changes(client_id: str) -> tuple[Change, ...]:
    """The scenario of this session at a client."""
    return ui_state().pages.get(_key(client_id), ())


def render_scenario(found: WhatIfAtClient) -> None:
    """Draw what can be changed and what has been; a change is computed at once."""
    _kept(found)
    _leavers(found)
    goes, ties = st.columns(2, gap="medium")
    with goes:
        _take_away(found, found.choices, _("Take away a person, one of ours or a partner"), "goes")
    with ties:
        _take_away(found, tie_choices(found), _("Take away a tie"), "tie")
    _add(found)
    _chosen(found)


def _key(client_id: str) -> str:
    return f"what-if-{client_id}"


def _put(client_id: str, changes: tuple[Change, ...]) -> None:
    ui_state().pages[_key(client_id)] = tuple(dict.fromkeys(changes))


def _take_away(found: WhatIfAtClient, choices: tuple[Choice, ...], label: str, kind: str) -> None:
    gone = {change.id for change in chosen_changes(found.client_id)}
    by_id = {choice.id: choice for choice in choices if choice.id not in gone}
    st.selectbox(
        label,
        list(by_id),
        index=None,
        format_func=lambda one: _choice_words(by_id[one]) if one in by_id else one,
        key=f"what-if-{kind}-{found.client_id}",
        placeholder=_("choose"),
        on_change=_take,
        args=(found.client_id, f"what-if-{kind}-{found.client_id}", choices),
    )


@guarded_callback
def _take(client_id: str, key: str, choices: tuple[Choice, ...]) -> None:
    wanted = st.session_state.get(key)
    choice = next((one for one in choices if one.id == wanted), None)
    if choice is not None:
        _put(client_id, (*chosen_changes(client_id), Change(choice.kind, choice.id)))
    st.session_state[key] = None


def _choice_words(choice: Choice) -> str:
    if choice.kind == "tie":
        return f"{choice.name} ({VOCABULARY.ties[choice.note].name_in(language())})"
    note = {"employee": _("ours"), "partner": _("partner")}.get(choice.kind, choice.note)
    return f"{choice.name} ({note})" if note else choice.name


def _leavers(found: WhatIfAtClient) -> None:
    """A button for everybody of whom it is known that they leave: the likeliest of all scenarios."""
    gone = {change.id for change in chosen_changes(found.client_id)}
    leaving = [one for one in leavers(found) if one.id not in gone]
    if not leaving:
        return
    with st.container(horizontal=True, gap="small"):
        for one in leaving:
            told = _("Without {person}, who leaves on {day}", person=one.name, day=one.note)
            st.button(
                plain(told),
                icon=":material/person_off:",
                key=f"what-if-leaver-{found.client_id}-{one.id}",
                on_click=_put,
                args=(found.client_id, (*chosen_changes(found.client_id), Change(one.kind, one.id))),
            )


def _add(found: WhatIfAtClient) -> None:
    people = {one.id: one.name for one in found.structure.people if not one.is_vacant}
    sources = people | {one.id: one.name for one in found.structure.outsiders}
    ours = {one.id: one.name for one in found.ours}
    client_id = found.client_id
    if not people:
        return
    with st.popover(_("Add a tie"), icon=":material/add_link:", key=f"what-if-add-{client_id}"):
        with st.form(f"what-if-contact-{client_id}", border=False):
            st.markdown(f"**{plain(_('A contact'))}**")
            one = st.selectbox(_("One of ours"), list(ours), format_func=lambda key: ours.get(key, key))
            other = st.selectbox(_("With"), list(people), format_func=lambda key: people.get(key, key))
            if st.form_submit_button(_("Add the contact")) and one and other:
                _put(client_id, (*chosen_changes(client_id), Change("contact", "", one, other)))
                st.rerun()
        with st.form(f"what-if-influence-{client_id}", border=False):
            st.markdown(f"**{plain(_('An influence'))}**")
            one = st.selectbox(_("Who influences"), list(sources), format_func=lambda key: sources.get(key, key))
            other = st.selectbox(_("Whom"), list(people), format_func=lambda key: people.get(key, key))
            strength = st.slider(_("Strength"), 1, 10, 5)
            if st.form_submit_button(_("Add the influence")) and one and other:
                _put(client_id, (*chosen_changes(client_id), Change("influence", "", one, other, float(strength))))
                st.rerun()


def _chosen(found: WhatIfAtClient) -> None:
    changes = chosen_changes(found.client_id)
    if not changes:
        return
    with st.container(border=True, gap="xsmall", key=f"what-if-changes-{found.client_id}"):
        st.markdown(f"**{plain(_('The scenario'))}**")
        for place, change in enumerate(found.changes):
            said, away = st.columns([6, 1], vertical_alignment="center")
            said.markdown(plain(change_words(found, change)))
            away.button(
                _("Take out"),
                type="tertiary",
                key=f"what-if-out-{found.client_id}-{place}",
                on_click=_put,
                args=(found.client_id, tuple(replace(one, name="") for one in changes if one != changes[place])),
            )
        for change in found.result.missing:
            st.warning(plain(_("Does not apply: {change}", change=change_words(found, change))))
        _keep(found)


def _keep(found: WhatIfAtClient) -> None:
    client_id = found.client_id
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        if session.current_viewer().may_write:
            st.text_input(
                _("Name of the scenario"),
                key=f"what-if-name-{client_id}",
                max_chars=kept.LONGEST_NAME,
                placeholder=_("for example: after New Year"),
            )
            st.button(
                _("Keep it"), icon=":material/bookmark_add:", on_click=_save, args=(client_id, secrets.token_hex(8))
            )
        st.button(_("Back to today"), icon=":material/undo:", on_click=_put, args=(client_id, ()))


@guarded_callback
def _save(client_id: str, key: str) -> None:
    app, viewer = session.current_app(), session.current_viewer()
    name = st.session_state.get(f"what-if-name-{client_id}", "")
    kept.save_scenario(app.database, viewer, client_id, name, chosen_changes(client_id), key=key)
    ui_state().done = _("The scenario is kept.")


def _kept(found: WhatIfAtClient) -> None:
    client_id = found.client_id
    saved = {one.id: one for one in kept.scenarios(session.current_app().database, client_id)}
    if not saved:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        wanted = st.selectbox(
            _("Kept scenarios"),
            list(saved),
            format_func=lambda one: saved[one].name if one in saved else one,
            key=f"what-if-kept-{client_id}",
            width=420,
        )
        if wanted not in saved:
            return
        st.button(_("Open"), key=f"what-if-open-{client_id}", on_click=_put, args=(client_id, saved[wanted].changes))
        if session.current_viewer().may_write:
            st.button(_("Delete"), key=f"what-if-forget-{client_id}", on_click=_forget, args=(client_id, wanted))


@guarded_callback
def _forget(client_id: str, scenario_id: str) -> None:
    kept.forget_scenario(session.current_app().database, session.current_viewer(), client_id, scenario_id)
    ui_state().done = _("The scenario is deleted.")
