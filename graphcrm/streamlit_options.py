"""Streamlit's settings as options of ``streamlit run``, so that they hold in whatever folder the user stands."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any


def streamlit_options(*names: str, **changes: Any) -> list[str]:
    """``--section.name=value`` for every setting that graphcrm ships.

    Streamlit takes a list as one option per item, but the lists of a theme as one JSON text.

    Args:
        names: names under which browsers may reach the app beside those that are shipped, ``crm.example.org``.
        changes: settings to add or replace, ``server_port=8501`` for ``server.port``. None leaves one out.
    """
    shipped = tomllib.loads((files("graphcrm") / "ui" / "streamlit.toml").read_text("utf-8"))
    settings = dict(_flat(shipped)) | {name.replace("_", ".", 1): value for name, value in changes.items()}
    settings["server.allowedHosts"] = [*settings["server.allowedHosts"], *names]
    return [
        f"--{name}={_text(item)}"
        for name, value in settings.items()
        if value is not None
        for item in (value if isinstance(value, list) and not name.startswith("theme.") else [value])
    ]


def _flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _text(value: Any) -> str:
    if isinstance(value, bool | list):
        return json.dumps(value)
    return str(value)
