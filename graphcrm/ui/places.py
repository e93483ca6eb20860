"""The pages as places to go to: one table of their addresses, for the frame, for links and for clicks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

import streamlit as st

# Module in graphcrm.ui.pages -> address.
ADDRESSES = {
    "clients": "clients",
    "client": "client",
    "person": "person",
    "coverage": "coverage",
    "partner_loss": "partners",
    "week": "week",
    "calendar": "calendar",
    "congratulations": "congratulations",
    "events": "events",
    "gifts": "gifts",
    "import_files": "import",
    "contacts_import": "contacts-import",
    "duplicates": "duplicates",
    "queries": "queries",
}


def place(name: str, **options: Any) -> st.Page:
    """The page in module ``name``, for ``st.navigation``, ``st.switch_page`` and ``st.page_link``."""
    return st.Page(_drawer(name), url_path=ADDRESSES[name], **({"title": name} | options))


def home(**options: Any) -> st.Page:
    """The list of clients at the bare address, where the app begins.

    Streamlit gives its first page no address of its own, so that ``/clients`` is a page beside it that draws the same.
    """
    return st.Page(_drawer("clients"), url_path="", default=True, **({"title": "clients"} | options))


@cache
def _drawer(name: str) -> Callable[[], None]:
    """Draws the page, importing it when it is first opened: the first page is up sooner."""

    def draw() -> None:
        import_module(f"graphcrm.ui.pages.{name}").page()

    draw.__name__ = name
    return draw
