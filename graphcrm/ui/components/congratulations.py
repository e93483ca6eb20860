"""One congratulation at a time: whom, why, the draft, and what to do with it (C3.1-C3.4)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date

import streamlit as st

from graphcrm.documents.mail import mailto, message_file
from graphcrm.errors import EditConflict, EditRefused, InvalidInput
from graphcrm.formats import spoken_language
from graphcrm.i18n import language, plural
from graphcrm.i18n import translate as _
from graphcrm.services import congratulations as service
from graphcrm.services.congratulations import CongratulationLine, Outgoing
from graphcrm.ui import session
from graphcrm.ui.components.chips import chip, value_chip
from graphcrm.ui.components.errors import guarded_callback
from graphcrm.ui.components.formats import day, days_from, plain, safe
from graphcrm.ui.components.person_link import client_link, person_link
from graphcrm.ui.components.reasons import sentence
from graphcrm.ui.state import ui_state
from graphcrm.vocabulary import VOCABULARY

PLACE = "congratulations_place"
TURN = "congratulations_turn"
OPEN = "open"
SHOWN = 30
STATES = {"due": "#2f7fb8", "missed": "#b3322e", "sent": "#2e7d4f", "refused": "#7a828c"}


def state_word(line: CongratulationLine) -> str:
    """Its state in a word or two."""
    if line.state == "sent" and line.sent is not None:
        return _("sent {date}", date=day(line.sent.on))
    planned = line.sent is not None and not line.sent.done
    names = {"due": _("planned") if planned else _("to send"), "missed": _("missed"), "refused": _("not to be sent")}
    return names[line.state]


def review(open_lines: Sequence[CongratulationLine], as_of: date) -> None:
    """The one in turn, with its draft. Skipping goes to the next; at the end it begins anew."""
    if not open_lines:
        st.html(f'<p class="gc-missing">{safe(_("Nothing is left to send in these days."))}</p>')
        return
    place = ui_state().pages.get(PLACE, 0) % len(open_lines)
    line = open_lines[place]
    with st.container(border=True, gap="small", key="congratulation"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.html(f"<span>{safe(_('{place} of {total}', place=place + 1, total=len(open_lines)))}</span>")
            st.button(_("Skip"), icon=":material/skip_next:", type="tertiary", key="skip", on_click=_go, args=(1,))
        _head(line, as_of)
        _draft(line)


def _head(line: CongratulationLine, as_of: date) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        person_link(line.person.name, line.person.id)
        client_link(line.client_name, line.client_id, icon=":material/domain:")
    when = line.entry.when
    chips = [chip(f"{day(when.act_on)} · {days_from(when.act_on, as_of)}", STATES[line.state]),
             chip(line.occasion, "#a8577a")]  # fmt: skip
    if line.level:
        chips.append(value_chip("relationship_level", line.level))
    st.html(f'<div class="gc-chips">{"".join(chips)}</div>')
    st.html("".join(f'<div class="gc-note">{safe(text)}</div>' for text in _notes(line)))


def _notes(line: CongratulationLine) -> list[str]:
    when, notes = line.entry.when, []
    if line.why_not:
        notes.append(sentence(line.why_not, line.why_params))
    if when.on != when.act_on:
        notes.append(_("The day itself: {day}", day=day(when.on)))
    by = line.employee_name or _("nobody of ours covers them")
    notes.append(_("By whom: {who}", who=by))
    channel = VOCABULARY.value_name("channel", line.channel, language())
    notes.append(_("How: {channel}. {why}", channel=channel, why=sentence(line.why_channel, {})))
    if line.card_name:
        notes.append(_("On the envelope: {name}", name=line.card_name))
    if line.hour is not None:
        notes.append(_("A call at their 10 o'clock is one at {hour} ours.", hour=line.hour.strftime("%H:%M")))
    if not line.in_own_language:
        spoken = spoken_language(line.person.language)
        notes.append(_("Their language is {language}; there are no texts in it, so this one is in English.",
                       language=spoken))  # fmt: skip
    return notes


def _draft(line: CongratulationLine) -> None:
    if not line.drafts:
        st.caption(_("There is no text that they have not had before. Write one of your own."))
    drafts = line.drafts or (service.Draft("own.0.0", line.occasion, ""),)
    turn = ui_state().pages.get(TURN, 0) % len(drafts)
    draft, key = drafts[turn], f"draft-{line.id}-{turn}"
    subject = st.text_input(_("Subject"), value=draft.subject, key=f"{key}-subject")
    text = st.text_area(_("Text"), value=draft.body, height=230, key=f"{key}-text")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        link = mailto(line.person.address, subject, text)
        if link:
            st.link_button(_("Open in my mail program"), link, icon=":material/outgoing_mail:", type="primary")
        st.download_button(
            _("Mail file (.eml)"),
            data=lambda: message_file(line.person.address, line.person.name, subject, text),
            file_name="congratulation.eml",
            mime="message/rfc822",
            icon=":material/draft:",
            on_click="ignore",
            key=f"{key}-eml",
        )
        if len(drafts) > 1:
            st.button(_("Another text"), icon=":material/autorenew:", key=f"{key}-other", on_click=_turn)
    _record(line, Outgoing(draft.key, subject, text, line.channel), key)


def _record(line: CongratulationLine, outgoing: Outgoing, key: str) -> None:
    if not session.current_viewer().may_write:
        return
    codes = list(VOCABULARY.enumerations["channel"].values)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        channel = st.selectbox(
            _("Sent by"),
            codes,
            index=codes.index(outgoing.channel) if outgoing.channel in codes else 0,
            format_func=lambda code: VOCABULARY.value_name("channel", code, language()),
            key=f"{key}-channel",
            width=220,
        )
        sent = Outgoing(outgoing.text_key, outgoing.subject, outgoing.text, channel)
        # One key for one showing of the draft: a second click on the same button records nothing more.
        nonce = st.session_state.setdefault(f"nonce-{line.id}", secrets.token_hex(8))
        st.button(
            _("Record as sent"), icon=":material/check:", key=f"{key}-sent", on_click=_sent, args=(line, sent, nonce)
        )


@guarded_callback
def _sent(line: CongratulationLine, outgoing: Outgoing, nonce: str) -> None:
    app, viewer = session.current_app(), session.current_viewer()
    try:
        service.record_congratulation(app.database, viewer, line, outgoing, key=nonce, today=app.today())
    except (EditRefused, EditConflict, InvalidInput) as error:
        ui_state().failure = error
        return
    st.session_state.pop(f"nonce-{line.id}", None)
    ui_state().pages[TURN] = 0
    ui_state().done = _("Recorded as sent.")


def _go(step: int) -> None:
    state = ui_state().pages
    state[PLACE], state[TURN] = state.get(PLACE, 0) + step, 0


def _turn() -> None:
    ui_state().pages[TURN] = ui_state().pages.get(TURN, 0) + 1


def overview(lines: Sequence[CongratulationLine], open_lines: Sequence[CongratulationLine]) -> None:
    """All of them, with their state; one that is open can be taken up."""
    places = {line.id: place for place, line in enumerate(open_lines)}
    with st.container(gap="xxsmall"):
        for line in lines[:SHOWN]:
            with st.container(horizontal=True, vertical_alignment="center", gap="small",
                              key=f"gc-row-{line.id}"):  # fmt: skip
                if line.id in places:
                    st.button(plain(line.person.name), type="tertiary", icon=":material/edit:", help=_("Write"),
                              key=f"open-{line.id}", on_click=_take, args=(places[line.id],))  # fmt: skip
                else:
                    person_link(line.person.name, line.person.id)
                st.html(_row(line))
    if len(lines) > SHOWN:
        st.caption(plural("{n} more", "{n} more", len(lines) - SHOWN))


def _row(line: CongratulationLine) -> str:
    why = f' <span class="gc-note">{safe(sentence(line.why_not, line.why_params))}</span>' if line.why_not else ""
    told = safe(" · ".join((day(line.entry.when.act_on), line.client_name, line.occasion)))
    return f'<div class="gc-chips">{chip(state_word(line), STATES[line.state])} <span>{told}</span>{why}</div>'


def take_named(open_lines: Sequence[CongratulationLine]) -> None:
    """Begin with the one that a link names; once, so that skipping works."""
    named = st.query_params.get(OPEN)
    if named is not None:
        del st.query_params[OPEN]
        for place, line in enumerate(open_lines):
            if line.id == named:
                _take(place)


def _take(place: int) -> None:
    ui_state().pages[PLACE], ui_state().pages[TURN] = place, 0


def reset() -> None:
    """Begin with the first: the choice of whom and what has changed."""
    ui_state().pages[PLACE] = ui_state().pages[TURN] = 0
