"""Scenarios that are kept beside a client's map (C1.8, D1). Only ids are kept: they tell nobody what they may not see.

They are no facts: they are not exported, leave no change behind, and whoever reads the graph does not meet them. A
backup holds them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from graphcrm.database.connection import Database
from graphcrm.domain.scenario import MOST_CHANGES, Change, from_rows, to_rows
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import InvalidInput, NotFound
from graphcrm.queries import what_if as queries
from graphcrm.services._saving import require_writer
from graphcrm.services._structure import known_client

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario that is kept. ``by``: who kept it, and when."""

    id: str
    name: str
    changes: tuple[Change, ...]
    by: str | None
    saved_at: datetime | None


def scenarios(db: Database, client_id: str) -> tuple[Scenario, ...]:
    """The scenarios of a client by name, for whoever may open the client."""
    rows = queries.scenarios(db, client_id=client_id, prefix=_prefix(client_id))
    return tuple(Scenario(row.id, row.name, _changes(row.changes), row.by, row.saved_at) for row in rows)


def save_scenario(
    db: Database, viewer: Viewer, client_id: str, name: str, changes: Sequence[Change], *, key: str
) -> str:
    """Keep a scenario under a name; its id.

    Args:
        key: names the user's action: the same key again keeps nothing twice.

    Raises:
        Forbidden: the viewer may not write.
        NotFound: there is no such client.
        InvalidInput: no name, no changes, too many of either, or the name is taken by another scenario.
    """
    require_writer(viewer)
    title = " ".join(name.split())
    if not title or len(title) > LONGEST_NAME:
        raise InvalidInput("A scenario needs a name of up to {most} characters.", most=LONGEST_NAME)
    if not 0 < len(changes) <= MOST_CHANGES:
        raise InvalidInput("A scenario needs between 1 and {most} changes.", most=MOST_CHANGES)
    known_client(db, client_id)
    scenario_id = _prefix(client_id) + hashlib.blake2b(title.casefold().encode(), digest_size=8).hexdigest()
    kept = queries.save_scenario(
        db,
        scenario_id=scenario_id,
        key=key,
        properties={
            "client_id": client_id,
            "name": title,
            "changes": json.dumps(to_rows(changes), ensure_ascii=False),
            "by": viewer.name,
        },
    )
    if not kept:
        raise InvalidInput(
            "A scenario of the name {name} is kept already.",
            mend="Choose another name, or delete that one first.",
            name=title,
        )
    return scenario_id


def forget_scenario(db: Database, viewer: Viewer, client_id: str, scenario_id: str) -> None:
    """Delete a scenario.

    Raises:
        Forbidden: the viewer may not write.
        NotFound: there is no such scenario at this client.
    """
    require_writer(viewer)
    if not queries.forget_scenario(db, scenario_id=scenario_id, client_id=client_id):
        raise NotFound("There is no such scenario.", mend="It may have been deleted meanwhile.")


def _prefix(client_id: str) -> str:
    return f"scenario:{client_id}:"


def _changes(text: str) -> tuple[Change, ...]:
    try:
        return from_rows(json.loads(text))
    except (ValueError, TypeError, InvalidInput):
        return ()  # kept by a newer version, or changed by hand: shown as empty, and can be deleted
