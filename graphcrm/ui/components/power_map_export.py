"""The map as files: PNG painted by the browser, SVG and one-file HTML written here."""

from __future__ import annotations

import re
from collections.abc import Callable

import streamlit as st

from graphcrm.drawing.model import MapData
from graphcrm.drawing.svg import map_svg
from graphcrm.i18n import translate as _
from graphcrm.services.power_map import PowerMap
from graphcrm.ui.export.page import map_page


def render_export(found: PowerMap, ask: Callable[..., None], draw: Callable[[], MapData]) -> None:
    """A popover with the three downloads. ``ask`` hands a wish to the map; ``draw`` gives what is shown now."""
    name, title = file_stem(found.client_name), _("Power map: {client}", client=found.client_name)
    with st.popover(_("Export"), icon=":material/download:"):
        st.button(
            _("Picture (PNG)"),
            key="map-png",
            on_click=ask,
            kwargs={"picture": f"{name}.png"},
            width="stretch",
        )
        st.download_button(
            _("Drawing (SVG)"),
            lambda: map_svg(draw(), title),
            f"{name}.svg",
            "image/svg+xml",
            key="map-svg",
            on_click="ignore",
            width="stretch",
        )
        st.download_button(
            _("Page that opens anywhere (HTML)"),
            lambda: map_page(draw(), title),
            f"{name}.html",
            "text/html",
            key="map-html",
            on_click="ignore",
            width="stretch",
        )
        st.caption(_("The files hold names and judgements about people. Send them only to those who may know."))


def file_stem(client_name: str) -> str:
    """A file name that every system takes, from a name that may hold anything."""
    plain = re.sub(r"[^\w-]+", "-", client_name).strip("-_")[:60]
    return f"power-map-{plain}" if plain else "power-map"
