"""Pages of a large clientele, by name: which one is shown, and the way to the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.services.clients import PAGE, WHOLE, Filters, Part
from graphcrm.ui.components.errors import guarded_callback
from graphcrm.ui.components.formats import number, plain
from graphcrm.ui.state import ui_state


@dataclass(slots=True)
class _Place:
    """Where a session is in the pages: the filters that it leafs through, and the client before each page so far."""

    part: Part
    before: list[tuple[str, str]]


def chosen_part(key: str, filters: Filters | None = None) -> Part:
    """The page that the session is at; other filters begin again with the first."""
    wanted = filters or Filters()
    part = Part(search=wanted.search, industries=wanted.industries, countries=wanted.countries, stages=wanted.stages)
    place = ui_state().pages.get(_state(key))
    if place is None or place.part != part:
        place = ui_state().pages[_state(key)] = _Place(part, [])
    return replace(part, after=place.before[-1]) if place.before else part


def show_pages(key: str, clients: Mapping[str, str], total: int, *, more: bool, search: str = "") -> None:
    """What is shown of how many, and the buttons; nothing while the clientele is shown whole.

    Args:
        clients: id -> name of those shown, by name.
    """
    if total <= WHOLE:
        return
    place = ui_state().pages.get(_state(key)) or _Place(Part(), [])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_words(list(clients.values()), total, more=more, search=search))
        if search:
            return
        last_id, last_name = next(reversed(clients.items()), ("", ""))
        back = place.before[:-1]
        onward = [*place.before, (last_name, last_id)]
        st.button(_("Previous"), key=f"{key}_back", disabled=not place.before, on_click=_go, args=(place, back))
        st.button(_("Next"), key=f"{key}_on", disabled=not more, on_click=_go, args=(place, onward))


def searched_part(key: str, *, large: bool) -> Part | None:
    """A search box over a large clientele, and the page that the session is at; None while all are shown."""
    if not large:
        return None
    search = st.text_input(
        _("Search"), placeholder=_("Client, person"), type="search", key=f"{key}_search", persist_state="session"
    )
    return chosen_part(key, Filters(search=search or ""))


@guarded_callback
def _go(place: _Place, before: list[tuple[str, str]]) -> None:
    place.before = before


def _words(names: list[str], total: int, *, more: bool, search: str) -> str:
    everything = number(total)
    if search and more:
        return _(
            "The {shown} best matches of {total} clients. Give more letters for fewer.", shown=PAGE, total=everything
        )
    if search or not names:
        return _("{shown} of {total} clients.", shown=len(names), total=everything)
    return _(
        "Clients by name, from {first} to {last}; {total} in all.",
        first=plain(names[0]), last=plain(names[-1]), total=everything,
    )  # fmt: skip


def _state(key: str) -> str:
    return f"{key}_pages"
