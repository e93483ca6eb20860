"""A change of stance ends the old stake and opens a new one, so that nothing of how it went is lost. Not a service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from graphcrm.database.connection import Transaction
from graphcrm.domain.changes import BOOK_KEEPING, unlike
from graphcrm.queries import ingest as stored

Edit = TypeVar("Edit")
STANCE = frozenset(
    {"roles", "support", "political_status", "interest", "agenda_business", "agenda_personal", "decision_criteria"}
)
NOT_CARRIED = BOOK_KEEPING | {"source", "valid_to", "recorded_at", "last_verified_at"}
"""Whoever said the old stance did not say the new one, so its source and day stay with the old stake."""


def keeping_the_old(tx: Transaction, edits: Sequence[Edit], today: date) -> list[Edit]:
    """The edits, with each change of a stance that was known made into an end of the old stake and a new one.

    What was not known and now is, a correction (``edit.correction``), a stake that began today: changed in place.
    """
    found: list[Edit] = []
    for edit in edits:
        old = _stored(tx, edit)
        found += [edit] if old is None or not _is_change(edit, old, today) else _split(edit, old, today)
    return found


def _stored(tx: Transaction, edit: Any) -> Mapping[str, Any] | None:
    if edit.kind != "STAKEHOLDER_IN" or not edit.id or edit.correction or not edit.cells.keys() & STANCE:
        return None
    start_ids = [edit.cells["person_id"]] if edit.cells.get("person_id") else []
    ties = stored.stored_ties(tx, start_ids=start_ids, types=[edit.kind])  # type: ignore[arg-type]
    return next((tie.properties for tie in ties if tie.id == edit.id), None)


def _is_change(edit: Any, old: Mapping[str, Any], today: date) -> bool:
    if "valid_to" in edit.cells or old.get("valid_to") is not None or (old.get("valid_from") or date.min) >= today:
        return False
    known = {name: old[name] for name in STANCE & edit.cells.keys() if old.get(name) not in (None, [], "", "unknown")}
    return bool(unlike(known, edit.cells))


def _split(edit: Any, old: Mapping[str, Any], today: date) -> list[Any]:
    ends = {name: edit.cells[name] for name in ("person_id", "subject_id")}
    kept = {name: value for name, value in old.items() if name not in NOT_CARRIED}
    new = {**kept, "last_verified_at": today, **edit.cells, "valid_from": today}
    ended = replace(edit, cells={**ends, "valid_to": today})
    return [ended, replace(edit, id="", cells=new, seen=None)]
