"""Whether the demo's data have been loaded, so that a second start keeps what the user has made of them."""

from __future__ import annotations

from dataclasses import dataclass

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class DemoState:
    """``loading`` is "started" or "done", None when the demo was never loaded; ``is_empty``: there are no data."""

    loading: str | None
    is_empty: bool


@cypher
def demo_state(db: Database) -> DemoState | None: ...
@cypher(write=True)
def mark_demo(db: Database, *, loading: str) -> None: ...
