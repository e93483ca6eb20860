"""Fields that questions help to fill: a role, an attitude, a political status. What is suggested is never forced."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from graphcrm.domain.guidance import Advice, Answer, advise
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.ui.components.edit_fields import meanings
from graphcrm.ui.components.formats import plain, safe
from graphcrm.vocabulary import VOCABULARY, Guide, Property

ANSWERS: tuple[Answer, ...] = ("yes", "no", "unknown")


def is_guided(prop: Property) -> bool:
    """Whether questions help to fill it."""
    return any(guide.enumeration == prop.enum for guide in VOCABULARY.guides.values())


def guided_field(prop: Property, value: Any, nonce: str) -> Any:
    """The widget of a guided property, and below it what the chosen values mean; its value.

    It stands outside a ``st.form``: the meaning follows the choice at once, and a suggestion can be put into it.
    """
    key, label = _key(nonce, prop.name), prop.name_in(language()) + (" *" if prop.required else "")
    codes: list[Any] = list(VOCABULARY.enumerations[prop.enum or ""].values)
    if key not in st.session_state:
        st.session_state[key] = list(value or []) if prop.many else value
    held = st.session_state[key] if prop.many else [st.session_state[key]]
    codes += [one for one in held if one not in codes and one is not None]

    def shown(code: str | None) -> str:
        return VOCABULARY.value_name(prop.enum or "", code, language()) or _("not known")

    if prop.many:
        chosen: Any = st.multiselect(
            label, codes, format_func=shown, placeholder=_("not known"), help=meanings(prop), key=key
        )
    else:
        chosen = st.selectbox(
            label, codes, None, format_func=shown, placeholder=_("not known"), help=meanings(prop), key=key
        )
    told = [_meaning(prop, code, named=prop.many) for code in (chosen if prop.many else [chosen])]
    # The line of a single choice is always there: what stands below does not move while somebody reaches for it.
    st.html(f'<p class="gc-note">{"<br>".join(filter(None, told)) or "&nbsp;"}</p>')
    return chosen


def _meaning(prop: Property, code: str | None, *, named: bool) -> str:
    value = VOCABULARY.enumerations[prop.enum or ""].values.get(code or "")
    if value is None or not value.help_in(language()):
        return ""
    told = safe(value.help_in(language()))
    return f"<b>{safe(value.name_in(language()))}</b>: {told}" if named else told


def _key(nonce: str, name: str) -> str:
    return f"{nonce}-{name}"


def help_to_choose(properties: Iterable[Property], nonce: str) -> None:
    """Questions that lead to a value of these properties; a suggestion is put into the form by a click."""
    asked = [
        (guide, prop) for prop in properties for guide in VOCABULARY.guides.values() if guide.enumeration == prop.enum
    ]
    if not asked:
        return
    with st.expander(_("Help me choose"), icon=":material/help_center:"):
        st.caption(_("Answer what you have seen yourself. What you do not know is worth finding out."))
        chosen = st.pills(
            _("What to choose"),
            range(len(asked)),
            default=0,
            format_func=lambda place: asked[place][0].name_in(language()),
            key=f"{nonce}-guide",
            required=True,
        )
        guide, prop = asked[chosen or 0]
        answers = {question: _answer(guide, question, nonce) for question in guide.questions}
        _tell(guide, prop, advise(guide, answers), nonce)
        if guide.source:
            st.caption(_("After: {source}", source=plain(guide.source)))


def _answer(guide: Guide, question: str, nonce: str) -> Answer:
    names = {"yes": _("Yes"), "no": _("No"), "unknown": _("Not known")}
    said = st.radio(
        guide.questions[question].name_in(language()),
        ANSWERS,
        index=ANSWERS.index("unknown"),
        format_func=names.__getitem__,
        horizontal=True,
        key=f"{nonce}-{guide.name}-{question}",
    )
    return said or "unknown"


def _tell(guide: Guide, prop: Property, advice: Advice, nonce: str) -> None:
    values = VOCABULARY.enumerations[guide.enumeration].values
    for one in advice.suggestions:
        value = values[one.value]
        with st.container(horizontal=True, vertical_alignment="center", gap="small", border=True):
            said = f"**{plain(value.name_in(language()))}**: {plain(value.help_in(language()))}"
            st.markdown(said, width="stretch")
            st.button(
                _("Put it into the form"),
                icon=":material/south:",
                key=f"{nonce}-take-{guide.name}-{one.value}",
                on_click=_take,
                args=(prop, one.value, nonce),
            )
    if advice.contradictory:
        st.warning(
            _("These answers do not fit together. Look for a proof of each before you choose."),
            icon=":material/balance:",
        )
    elif not advice.suggestions and advice.unanswered:
        st.info(_("Not enough is known to suggest a value. Find out what is not known yet."), icon=":material/search:")
    elif not advice.suggestions:
        st.info(_("None of these fits. Leave the field as it is."), icon=":material/block:")


def _take(prop: Property, value: str, nonce: str) -> None:
    key = _key(nonce, prop.name)
    if not prop.many:
        st.session_state[key] = value
    elif value not in (held := list(st.session_state.get(key) or [])):
        st.session_state[key] = [*held, value]
