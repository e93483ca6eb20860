"""The few Cypher statements of the database layer itself, each in a file; all others belong to graphcrm/queries."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def statement(name: str) -> str:
    """The text of ``NAME.cypher`` in this folder."""
    return (files(__name__) / f"{name}.cypher").read_text("utf-8")
