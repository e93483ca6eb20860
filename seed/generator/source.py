"""Reads the hand-written YAML beside the generator."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SEED = Path(__file__).resolve().parents[1]

TODAY = date(2026, 11, 23)
"""The day on which the demo is told. All dates in the data lie around it; the generator never asks a clock."""


@cache
def source(name: str) -> dict[str, Any]:
    """``seed/source/NAME.yaml``. Shared: do not change what is returned."""
    return yaml.safe_load((SEED / "source" / f"{name}.yaml").read_text("utf-8"))


def literal_tables(path: Path) -> dict[str, Any]:
    """A file of tables written by hand, every cell as the text that stands there."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def texts(language: str) -> dict[str, Any]:
    """The sentences for a language area: Russian ones for Russia and Kazakhstan, English ones for the rest."""
    return source("texts_ru" if language in {"ru", "kz"} else "texts_en")
