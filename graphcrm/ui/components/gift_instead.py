"""Where no gift is fitting: why, and what is, each started by a click; nothing of it is chosen (C2.5, C3.5)."""

from __future__ import annotations

import secrets
from datetime import date

import streamlit as st

from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services.gift_choice import GiftChoice, barred_words
from graphcrm.services.goodwill_methods import WordsPlan, plan_words
from graphcrm.ui import session
from graphcrm.ui.components.errors import guarded
from graphcrm.ui.components.formats import day, safe
from graphcrm.ui.components.gift_acting import acting_as
from graphcrm.ui.components.goodwill_reasons import mark_chips
from graphcrm.ui.components.reasons import sentence
from graphcrm.ui.places import place
from graphcrm.ui.state import ui_state
from graphcrm.vocabulary import VOCABULARY

ICONS = {"words": "call", "card": "mail", "useful": "article", "condolence": "sentiment_sad"}


def no_gift(choice: GiftChoice, on: date, kept: dict[str, str]) -> None:
    """Draw it.

    Args:
        kept: the occasion as :class:`WordsPlan` keeps it.
    """
    person_id = choice.receiver.id
    with st.container(border=True, gap="xsmall", key=f"gift-none-{person_id}"):
        reasons = [safe(sentence(one.code, one.params)) for one in choice.unfit]
        reasons += [f"{safe(sentence(one.reason.code, one.reason.params))}<small>{safe(barred_words(one))}</small>"
                    for one in choice.bars]  # fmt: skip
        items = "".join(f"<li>{one}</li>" for one in reasons)
        st.html(f'<b>{safe(_("No gift is fitting."))}</b><ul class="gc-proof">{items}</ul>')
        if not choice.instead:
            st.html(f'<p class="gc-note">{safe(_("Nor is anything else correct on this day."))}</p>')
            return
        st.html(f"<b>{safe(_('What is correct on {date}', date=day(on)))}</b>")
        for method, verdict in choice.instead:
            name = VOCABULARY.value_name("goodwill_method", method.code, language())
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.html(f"{safe(name)} {mark_chips(verdict)}", width="content")
                if session.current_viewer().may_write:
                    st.button(_("Plan"), icon=f":material/{ICONS[method.code]}:", key=f"gift-instead-{method.code}",
                              on_click=open_form, args=(person_id, method.code))  # fmt: skip
            if form_is_open(person_id, method.code):
                _form(WordsPlan(person_id, method.code, on, **kept))
    if ui_state().pages.pop("gift-instead-planned", None):
        st.success(_("Planned: it stands in the week of who does it."), icon=":material/check:")
        st.page_link(place("week"), label=_("Look at My week"), icon=":material/event:")


def open_form(person_id: str, what: str) -> None:
    """Open the form under a gift or a method, or close it; another that is open closes."""
    pages = ui_state().pages
    pages["gift-plan"] = None if form_is_open(person_id, what) else (person_id, what)
    pages["gift-plan-key"] = secrets.token_hex(8)
    pages["gift-plan-twin"] = False


def form_is_open(person_id: str, what: str) -> bool:
    """Whether the form under a gift or a method is open."""
    return ui_state().pages.get("gift-plan") == (person_id, what)


@guarded
def _form(plan: WordsPlan) -> None:
    """Who does it, and the button that plans it."""
    pages = ui_state().pages
    key = pages["gift-plan-key"]
    actor = acting_as(f"gift-actor-{key}")
    if not st.button(_("Plan it for {date}", date=day(plan.on)), type="primary", key=f"gift-send-{key}"):
        return
    if actor is None:
        st.warning(_("Choose first as whom you act."), icon=":material/person:")
        return
    app = session.current_app()
    plan_words(app.database, session.current_viewer(), plan, actor, key=key, today=app.today())
    pages["gift-plan"], pages["gift-instead-planned"] = None, True
    st.rerun()
