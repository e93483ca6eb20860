"""The scenarios that are kept beside a client's map. They are no facts: nothing that reads the graph follows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.queries.binder import cypher


@dataclass(frozen=True, slots=True)
class KeptScenario:
    """A scenario; ``changes`` is JSON, ``by`` who kept it."""

    id: str
    name: str
    changes: str
    by: str | None
    saved_at: datetime | None


@cypher
def scenarios(db: Database, *, client_id: str, prefix: str) -> list[KeptScenario]: ...


@cypher(write=True)
def save_scenario(db: Database, *, scenario_id: str, key: str, properties: dict[str, Any]) -> bool | None: ...


@cypher(write=True)
def forget_scenario(db: Database, *, scenario_id: str, client_id: str) -> int | None: ...
