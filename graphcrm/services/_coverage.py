"""Reads who of ours is in touch with whom, with the strength of each relation. Shared; not a service itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.domain.coverage import Pair
from graphcrm.domain.relationship_strength import Contact, Stated, relationship_strength
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import coverage as queries
from graphcrm.queries.binder import Asked, asked

Key = tuple[str, str, str]
"""Ids of the client, of theirs and of ours."""


def read_pairs(db: Database, viewer: Viewer, client_ids: Sequence[str], as_of: date) -> list[Pair]:
    """Every pair that a tie or a contact of the last three years shows, by client and names.

    A tie that the viewer may not see is as if it were not there; so are contacts with somebody's relatives.
    """
    given: dict[str, Any] = {"client_ids": list(client_ids), "as_of": as_of}
    contacts: dict[Key, list[queries.CoverageContact]] = defaultdict(list)
    for row in queries.coverage_contacts(db, **given):
        if viewer.sees("family") or not row.is_family:
            contacts[row.client_id, row.person_id, row.employee_id].append(row)
    pairs = []
    seen: set[Key] = set()
    hidden: set[Key] = set()
    for tie in queries.coverage_pairs(db, **given):
        key = (tie.client_id, tie.person_id, tie.employee_id)
        if not viewer.sees(tie.sensitivity):
            hidden.add(key)
        elif key not in seen:  # the same pair twice is the same relation: the first tie tells it
            seen.add(key)
            pairs.append(_of_tie(tie, contacts.get(key, []), as_of))
    pairs += [_of_contacts(found, as_of) for key, found in contacts.items() if key not in seen | hidden]
    return sorted(pairs, key=lambda pair: (pair.client_name, pair.person_name, pair.employee_name, pair.person_id))


def pairs_asked(client_ids: Sequence[str], as_of: date) -> tuple[Asked, ...]:
    """The queries that :func:`read_pairs` asks."""
    given: dict[str, Any] = {"client_ids": list(client_ids), "as_of": as_of}
    return asked(queries.coverage_pairs, **given), asked(queries.coverage_contacts, **given)


def _of_tie(tie: queries.CoveragePair, rows: Sequence[queries.CoverageContact], as_of: date) -> Pair:
    days = [day for day in (tie.verified, tie.last_contact) if day]
    stated = Stated(tie.tie_id, tie.strength, tie.level_now, max(days, default=None))
    touched = [row.on for row in rows] + ([tie.last_contact] if tie.last_contact else [])
    return Pair(
        client_id=tie.client_id,
        client_name=tie.client_name,
        person_id=tie.person_id,
        person_name=tie.person_name,
        employee_id=tie.employee_id,
        employee_name=tie.employee_name,
        tie_id=tie.tie_id,
        coverage=tie.coverage,
        level_now=tie.level_now,
        level_wanted=tie.level_wanted,
        last_contact=max(touched, default=None),
        contacts=len(rows),
        strength=relationship_strength(stated, _contacts(rows), as_of),
        employee_leaves_on=tie.employee_leaves_on,
        confidence=tie.confidence,
        source=tie.source,
        verified=tie.verified,
    )


def _of_contacts(rows: Sequence[queries.CoverageContact], as_of: date) -> Pair:
    first = rows[0]
    return Pair(
        client_id=first.client_id,
        client_name=first.client_name,
        person_id=first.person_id,
        person_name=first.person_name,
        employee_id=first.employee_id,
        employee_name=first.employee_name,
        tie_id=None,
        coverage="unknown",
        level_now=None,
        level_wanted=None,
        last_contact=max(row.on for row in rows),
        contacts=len(rows),
        strength=relationship_strength(None, _contacts(rows), as_of),
    )


def _contacts(rows: Sequence[queries.CoverageContact]) -> list[Contact]:
    return [Contact(row.contact_id, row.on, row.kind, row.mood) for row in rows]
