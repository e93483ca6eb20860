"""Saves of the pages of events: what was done is told, what was refused too; a double click saves once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import streamlit as st

from graphcrm.errors import GiftRefused
from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.services.invitations import Noted
from graphcrm.ui import session
from graphcrm.ui.components.errors import guarded_callback
from graphcrm.ui.components.reasons import sentence
from graphcrm.ui.state import ui_state


def save_button(label: str, key: str, act: Callable[..., Noted], *given: Any, **look: Any) -> None:
    """A button that saves by ``act(database, viewer, *given, key=, today=)``.

    The command's key changes only with what is saved or after it was, so that a second click changes nothing.
    """
    st.button(label, key=key, on_click=_act, args=(key, act, given), **look)


@guarded_callback
def _act(key: str, act: Callable[..., Noted], given: tuple[Any, ...]) -> None:
    app = session.current_app()
    nonces = ui_state().pages.setdefault("event-nonces", {})
    nonce = nonces.setdefault(key, secrets.token_hex(8))
    noted = act(app.database, session.current_viewer(), *given, key=nonce, today=app.today())
    del nonces[key]
    if noted.refused:
        ui_state().failure = GiftRefused("{told}", told=told(noted))
        return
    ui_state().done = told(noted)


def told(noted: Noted) -> str:
    """What a save did, in a sentence or two."""
    said = [plural("{n} entry saved.", "{n} entries saved.", noted.count) if noted.count else _("Nothing was changed.")]
    if noted.waiting:
        said.append(_("All seats are taken. On the waiting list: {names}.", names=", ".join(noted.waiting)))
    if noted.already:
        said.append(_("On the list already: {names}.", names=", ".join(noted.already)))
    return " ".join([*said, *refusals(noted)])


def refusals(noted: Noted) -> list[str]:
    """Whose invitation was refused, and why: those of the same reasons together."""
    groups: dict[str, list[str]] = {}
    for one in noted.refused:
        why = " ".join(sentence(reason.code, reason.params) for reason in one.reasons)
        groups.setdefault(why, []).append(one.name)
    return [_("{name}: refused; the try is in the register: {why}", name=", ".join(names), why=why)
            for why, names in groups.items()]  # fmt: skip
