"""Add, correct and close people, firms, ties, roles and stance (C1.1-C1.8, C2.1, C2.2, D1, D3).

An edit is a row of the importer, so it passes the same checks: required fields, lists of values, dates that exist,
ends of the right kind, no circle of bosses. Several rows can be saved together: a new person with their job and role.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import NotFound
from graphcrm.queries import changes as change_queries
from graphcrm.queries import editing as queries
from graphcrm.queries import ingest as stored
from graphcrm.services._change_words import value_words
from graphcrm.services._rows import Record, RowEdit, new_id, save_edits
from graphcrm.services._saving import Saved, require_writer
from graphcrm.services._search import index_words
from graphcrm.services._sensitivity import tie_visible
from graphcrm.vocabulary import VOCABULARY, NodeKind, Property, TieKind

__all__ = [
    "EDITABLE_TIES",
    "Leaving",
    "Record",
    "RowEdit",
    "choices",
    "find",
    "labels_of",
    "leave",
    "new_id",
    "possible_ties",
    "reassign",
    "record",
    "save_edits",
    "successor",
    "tie_names",
    "ties",
    "value_words",
    "visible_properties",
]

EDITABLE_TIES = tuple(name for name, kind in VOCABULARY.ties.items() if kind.file)
"""The types of ties that carry facts of their own."""
FOUND = 50
OF_THE_PERSON = frozenset({"champion", "coach", "blocker", "influencer"})
"""Roles that somebody plays of their own; the others go with the seat."""


def visible_properties(viewer: Viewer, kind: NodeKind | TieKind) -> dict[str, Property]:
    """The columns of a form, in the vocabulary's order; ``recorded_at`` is kept by the machine."""
    return {
        name: prop for name, prop in kind.properties.items() if viewer.sees(prop.sensitivity) and name != "recorded_at"
    }


def record(db: Database, viewer: Viewer, entity_id: str) -> Record:
    """A person, firm or other node to edit.

    Raises:
        NotFound: it is not there, or of a kind that forms do not know.
    """
    rows = stored.stored_nodes(db, ids=[entity_id])
    labels = rows[0].labels if rows else []
    kind = next((one for one in VOCABULARY.nodes.values() if one.label in labels and one.file), None)
    if kind is None:
        raise NotFound("There is no such record.", mend="Reload the page.")
    values = {name: rows[0].properties[name] for name in visible_properties(viewer, kind) if name in rows[0].properties}
    types = sorted({reference.tie for reference in kind.references.values()})
    ties = stored.stored_ties(db, start_ids=[entity_id], types=types) if types else []
    for column, reference in kind.references.items():
        values[column] = [tie.end_id for tie in ties if tie.type == reference.tie]
    named = [one for column in kind.references for one in values[column]]
    named += _referred(kind, values)
    return Record(entity_id, kind.label, rows[0].properties.get("name", entity_id), values, names=_names(db, named))


def ties(db: Database, viewer: Viewer, entity_id: str) -> list[Record]:
    """All ties of a record that forms can change and the viewer may see, by type and name of the far end."""
    found = []
    for tie in queries.ties_of_entity(db, entity_id=entity_id, types=list(EDITABLE_TIES)):
        if not tie_visible(viewer, tie.type, tie.properties.get("sensitivity")):
            continue
        kind = VOCABULARY.ties[tie.type]
        values = {name: tie.properties[name] for name in visible_properties(viewer, kind) if name in tie.properties}
        found.append(Record(tie.id, tie.type, tie.other_name, values, tie.start_id, tie.end_id))
    return found


def successor(db: Database, viewer: Viewer, tie_type: str, ends: tuple[str, str]) -> Record | None:
    """The tie that holds now between two records, where the one that was looked at has been ended meanwhile."""
    wanted = (tie_type, *ends)
    holding = [tie for tie in ties(db, viewer, ends[0]) if tie.values.get("valid_to") is None]
    return next((tie for tie in holding if (tie.kind, tie.start, tie.end) == wanted), None)


def tie_names(db: Database, tie: Record) -> dict[str, str]:
    """id -> name of all that a tie refers to: its ends, its source, who recorded it."""
    return _names(db, [tie.start, tie.end, *_referred(VOCABULARY.ties[tie.kind], tie.values)])


def find(db: Database, text: str, kinds: Iterable[str]) -> list[queries.Found]:
    """Records whose names have words that begin like those of ``text``; at most 50, the best first."""
    words = index_words(text)
    return queries.find_by_name(db, words=words, labels=sorted(kinds), most=FOUND) if words else []


def _referred(kind: NodeKind | TieKind, values: Mapping[str, Any]) -> list[str]:
    found = [values.get(name) for name, prop in kind.properties.items() if prop.type == "ref"]
    return [one for value in found if value for one in (value if isinstance(value, list) else [value])]


def _names(db: Database, ids: Sequence[str]) -> dict[str, str]:
    return {node.id: node.name for node in change_queries.names_of(db, ids=list(dict.fromkeys(ids)))} if ids else {}


def choices(db: Database, kinds: Iterable[str]) -> dict[str, str]:
    """id -> name of all records of small kinds (sources, employees), at most 500 of each, by name."""
    return {found.id: found.name for kind in kinds for found in queries.list_of_kind(db, label=kind)}


def possible_ties(labels: Iterable[str]) -> list[tuple[str, bool]]:
    """(type, whether the record is its start) of all ties that a record with these labels can have."""
    own = {*labels}
    found = []
    for name in EDITABLE_TIES:
        kind = VOCABULARY.ties[name]
        assert kind.start is not None
        assert kind.end is not None
        if own & {*kind.start.labels}:
            found.append((name, True))
        if own & {*kind.end.labels} and not kind.symmetric:
            found.append((name, False))
    return found


def labels_of(db: Database, entity_id: str) -> list[str]:
    """The labels of a record; empty when it is not there."""
    rows = change_queries.names_of(db, ids=[entity_id])
    return rows[0].labels if rows else []


def reassign(db: Database, viewer: Viewer, line: tuple[str, str], *, key: str, today: date, now: bool = True) -> Saved:
    """Let a person report to another boss: the solid line that holds is ended, or taken away as an error.

    Args:
        line: ids of the person and of the new boss.
        now: the old line held until ``today``; else it never did.

    Raises as :func:`save_edits`.
    """
    require_writer(viewer)
    person_id, boss_id = line
    old = [
        tie
        for tie in ties(db, viewer, person_id)
        if (tie.kind, tie.start) == ("REPORTS_TO", person_id)
        and tie.values.get("line") in (None, "solid")
        and tie.values.get("valid_to") is None
        and tie.end != boss_id
    ]
    new: dict[str, Any] = {"person_id": person_id, "boss_id": boss_id, "line": "solid"}
    if not now:
        return save_edits(db, viewer, [RowEdit("REPORTS_TO", "", new)], key=key, remove=old, today=today)
    ended = [
        RowEdit("REPORTS_TO", tie.id, {"person_id": tie.start, "boss_id": tie.end, "valid_to": today}, tie.values)
        for tie in old
    ]
    edits = [*ended, RowEdit("REPORTS_TO", "", {**new, "valid_from": today})]
    return save_edits(db, viewer, edits, key=key, today=today)


@dataclass(frozen=True, slots=True)
class Leaving:
    """How somebody leaves.

    Attributes:
        day: the first on which they are no longer there.
        seat: what the vacant seat is called that takes their place in the chart, with title, level, roles and lines;
            None when there is none: who reported to them then reports to their boss.
    """

    day: date
    seat: str | None


def leave(db: Database, viewer: Viewer, job: Record, leaving: Leaving, *, key: str, today: date) -> Saved:
    """End a job and what hangs on it: lines of reporting and stakes. What somebody knows, and sways, stays as it is.

    Args:
        job: the tie WORKS_AT as it was shown.

    Raises as :func:`save_edits`.
    """
    require_writer(viewer)
    day = leaving.day
    planned = job.values.get("valid_to") == day
    held = [tie for tie in ties(db, viewer, job.start) if _holds(tie, day, planned=planned)]
    colleagues = {tie.start for tie in ties(db, viewer, job.end) if tie.kind == "WORKS_AT"}
    elsewhere = any(tie.kind == "WORKS_AT" and tie.end != job.end for tie in held)
    lines = [tie for tie in held if tie.kind == "REPORTS_TO" and (not elsewhere or {tie.start, tie.end} <= colleagues)]
    stakes = [tie for tie in held if tie.kind == "STAKEHOLDER_IN" and (not elsewhere or tie.end == job.end)]
    edits = [_ended(tie, day) for tie in (job, *lines, *stakes)]
    if leaving.seat is None:
        edits += _reports_passed_on(job.start, lines, day)
    else:
        edits += _vacant_seat(job, lines, stakes, (new_id("Person", key), leaving.seat), day)
    return save_edits(db, viewer, edits, key=key, today=today)


def _holds(tie: Record, day: date, *, planned: bool) -> bool:
    """Whether a tie holds on ``day``; where it was planned that all ends on that day, whether it ends then."""
    begin, end = tie.values.get("valid_from"), tie.values.get("valid_to")
    return (begin is None or begin <= day) and (end is None or end > day or (planned and end == day))


def _ended(tie: Record, day: date) -> RowEdit:
    kind = VOCABULARY.ties[tie.kind]
    assert kind.start is not None
    assert kind.end is not None
    cells = {kind.start.column: tie.start, kind.end.column: tie.end, "valid_to": day}
    return RowEdit(tie.kind, tie.id, cells, tie.values)


def _line(person_id: str, boss_id: str, line: str | None, day: date) -> RowEdit:
    cells = {"person_id": person_id, "boss_id": boss_id, "line": line or "solid", "valid_from": day}
    return RowEdit("REPORTS_TO", "", cells)


def _reports_passed_on(person_id: str, lines: Sequence[Record], day: date) -> list[RowEdit]:
    solid = [tie for tie in lines if tie.values.get("line") in (None, "solid")]
    boss = next((tie.end for tie in solid if tie.start == person_id), None)
    return [_line(tie.start, boss, "solid", day) for tie in solid if boss and tie.end == person_id]


def _vacant_seat(
    job: Record, lines: Sequence[Record], stakes: Sequence[Record], seat: tuple[str, str], day: date
) -> list[RowEdit]:
    seat_id, name = seat
    place = {column: job.values[column] for column in ("title", "level") if column in job.values}
    moved = [(seat_id, tie.end, tie) if tie.start == job.start else (tie.start, seat_id, tie) for tie in lines]
    return [
        RowEdit("Person", seat_id, {"name": name, "presence": "vacant"}),
        RowEdit("WORKS_AT", "", {"person_id": seat_id, "organization_id": job.end, **place, "valid_from": day}),
        *(_line(start, end, tie.values.get("line"), day) for start, end, tie in moved),
        *(
            RowEdit("STAKEHOLDER_IN", "", {"person_id": seat_id, "subject_id": tie.end,
                                           "roles": roles, "valid_from": day})
            for tie in stakes
            if (roles := [role for role in tie.values.get("roles") or () if role not in OF_THE_PERSON])
        ),
    ]  # fmt: skip
