"""A dialog that is filled by a function; what goes wrong in it is told in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from graphcrm.ui.components.errors import guarded


def open_dialog(title: str, draw: Callable[..., None], *args: Any) -> None:
    """Open a wide dialog and call ``draw(*args)`` in it."""
    st.dialog(title, width="large")(guarded(draw))(*args)
