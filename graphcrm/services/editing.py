"""Add, correct and close people, firms, ties, roles and stance (C1.1-C1.8, C2.1, C2.2, D1, D3).

An edit is a row of the importer, so it passes the same checks: required fields, lists of values, dates that exist,
ends of the right kind, no circle of bosses. Several rows can be saved together: a new person with their job and role.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from graphcrm.database.connection import Database, Transaction
from graphcrm.domain.changes import BOOK_KEEPING, ChangeSet, Difference, TieChange, unlike
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import EditConflict, EditRefused, Forbidden, NotFound
from graphcrm.ingest.cell_text import cell_text
from graphcrm.ingest.changeset import changes_of
from graphcrm.ingest.check import check_rows
from graphcrm.ingest.lookup import read_snapshot
from graphcrm.ingest.plan import make_plan
from graphcrm.ingest.problems import Problem
from graphcrm.ingest.rows import ParsedTable, parse_table
from graphcrm.ingest.snapshot import Snapshot
from graphcrm.ingest.tables import RawRow, RawTable
from graphcrm.queries import changes as change_queries
from graphcrm.queries import editing as queries
from graphcrm.queries import ingest as stored
from graphcrm.services._change_words import value_words
from graphcrm.services._saving import Prepared, Saved, save
from graphcrm.services._sensitivity import tie_visible
from graphcrm.services._stance_change import keeping_the_old
from graphcrm.vocabulary import VOCABULARY, NodeKind, Property, TieKind

__all__ = [
    "EDITABLE_TIES",
    "Record",
    "RowEdit",
    "choices",
    "find",
    "labels_of",
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


@dataclass(frozen=True, slots=True)
class RowEdit:
    """One record to make or to change.

    Attributes:
        kind: primary label or type of tie.
        id: "" for something new (its id is made up).
        cells: column -> value (text, number, date, list of codes; None empties it). Only these are changed.
        seen: column -> value that the form showed; None for something new. What differs from it now is a conflict.
        correction: of a stance, it was so all along; else the old one is ended and kept, and a new one begins.
    """

    kind: str
    id: str = ""
    cells: Mapping[str, Any] = field(default_factory=dict)
    seen: Mapping[str, Any] | None = None
    correction: bool = False

    @property
    def words(self) -> NodeKind | TieKind:
        """The kind in the vocabulary."""
        return VOCABULARY.nodes.get(self.kind) or VOCABULARY.ties[self.kind]


@dataclass(frozen=True, slots=True)
class Record:
    """A record as a form shows it: only the columns that the viewer may see.

    Attributes:
        kind: primary label, or type of the tie. start, end: of a tie, else "".
        values: column -> stored value; columns without one are not in it.
        names: id -> name, of what the values refer to.
    """

    id: str
    kind: str
    name: str
    values: Mapping[str, Any]
    start: str = ""
    end: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


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
    words = " AND ".join(f"{word}*" for word in _words(text))
    return queries.find_by_name(db, words=words, labels=sorted(kinds), most=FOUND) if words else []


def _words(text: str) -> list[str]:
    """The words of a search, without the signs that mean something to the index."""
    return "".join(sign if sign.isalnum() else " " for sign in text.lower()).split()[:8]


def _referred(kind: NodeKind | TieKind, values: Mapping[str, Any]) -> list[str]:
    found = [values.get(name) for name, prop in kind.properties.items() if prop.type == "ref"]
    return [one for value in found if value for one in (value if isinstance(value, list) else [value])]


def _names(db: Database, ids: Sequence[str]) -> dict[str, str]:
    return {node.id: node.name for node in change_queries.names_of(db, ids=list(dict.fromkeys(ids)))} if ids else {}


def new_id(kind: str, key: str, place: int = 0) -> str:
    """The id of something that a form makes: the same for the same action."""
    digest = hashlib.blake2b(f"{key}/{place}".encode(), digest_size=8).hexdigest()
    return f"{kind.lower().replace('_', '-')}-{digest}"


def save_edits(
    db: Database,
    viewer: Viewer,
    edits: Sequence[RowEdit],
    *,
    key: str,
    remove: Sequence[Record] = (),
    today: date | None = None,
) -> Saved:
    """Save rows and take ties away, all in one transaction.

    Args:
        edits: what is made or changed.
        key: names the user's action, so that a double click saves once.
        remove: ties to take away as if they had never been (a tie that ended is closed by its ``valid_to``).

    Raises:
        EditRefused: with every problem, each with its column. EditConflict: with what somebody else changed.
        Forbidden, DatabaseError: as ``save``.
    """
    for edit in edits:
        _require_visible(viewer, edit)
    named = tuple(edit if edit.id or edit.kind in VOCABULARY.ties else replace(edit, id=new_id(edit.kind, key, place))
                  for place, edit in enumerate(edits))  # fmt: skip

    def prepare(tx: Transaction) -> Prepared:
        return _prepared(tx, keeping_the_old(tx, named, today or date.today()), remove, key)

    return save(db, viewer, key, prepare, today=today)


def _require_visible(viewer: Viewer, edit: RowEdit) -> None:
    hidden = [name for name in edit.cells if name in edit.words.properties
              and not viewer.sees(edit.words.properties[name].sensitivity)]  # fmt: skip
    if hidden or not viewer.sees(getattr(edit.words, "sensitivity", None)):
        raise Forbidden("Your role ({role}) may not edit this.", mend="Ask the owner of the data.", role=viewer.role)


def _prepared(tx: Transaction, edits: Sequence[RowEdit], remove: Sequence[Record], key: str) -> Prepared:
    tables = [parse_table(_table(edit, line)) for line, edit in enumerate(edits, 1)]
    _refuse([problem for table in tables for problem in table.problems])
    snapshot = read_snapshot(tx, tables)  # type: ignore[arg-type]
    _require_seen(edits, tables, snapshot)
    _settle_new_ties(edits, tables, snapshot, key)
    gone = _gone(tx, remove)
    for change in gone.ties:
        snapshot.ties.pop(change.id, None)
    checked = check_rows(tables, snapshot)
    _refuse(checked.problems)
    changes = changes_of(make_plan(checked.rows, snapshot), snapshot, now=datetime.now(UTC))
    return Prepared(ChangeSet(changes.nodes, gone.ties + changes.ties))


def _table(edit: RowEdit, line: int) -> RawTable:
    columns = ("id", *edit.cells)
    cells = (edit.id, *(cell_text(value) for value in edit.cells.values()))
    return RawTable(edit.words.file or edit.kind, edit.words, columns, columns, [RawRow(line, cells)])


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise EditRefused("Nothing was saved: {count} to mend.", problems=tuple(problems), count=len(problems))


def _require_seen(edits: Sequence[RowEdit], tables: Sequence[ParsedTable], snapshot: Snapshot) -> None:
    """What the forms showed is what is stored. A value that somebody else made what is wanted anyway is no conflict."""
    differences = []
    for edit, table in zip(edits, tables, strict=True):
        if edit.seen is None:
            continue
        (row,) = table.rows
        state = snapshot.ties.get(row.id) if isinstance(edit.words, TieKind) else snapshot.nodes.get(row.id)
        if state is None:
            differences.append(Difference(edit.id, edit.kind, "", True, None))
            continue
        now = {**state.properties, **_reference_values(edit, row.id, snapshot)}
        wanted = {**row.values, **{name: list(ids) for name, ids in row.references.items()}}
        for name in unlike(edit.seen, now):
            if name not in wanted or unlike({name: wanted[name]}, now):
                differences.append(Difference(edit.id, edit.kind, name, edit.seen[name], now.get(name)))
    if differences:
        raise EditConflict(
            "Somebody else changed this since you opened it. Nothing was saved; what you entered is still here.",
            mend="Look at what changed, then save again to put yours in its place.",
            differences=tuple(differences),
        )


def _reference_values(edit: RowEdit, node_id: str, snapshot: Snapshot) -> dict[str, list[str]]:
    if not isinstance(edit.words, NodeKind):
        return {}
    return {
        column: [tie.end for tie in snapshot.ties.values() if tie.start == node_id and tie.type == reference.tie]
        for column, reference in edit.words.references.items()
    }


def _settle_new_ties(edits: Sequence[RowEdit], tables: Sequence[ParsedTable], snapshot: Snapshot, key: str) -> None:
    """A new tie like one that has ended (or now ends) gets an id of its own; one like a tie that holds is refused."""
    ending = {row.id for table in tables for row in table.rows if row.values.get("valid_to") is not None}
    for place, (edit, table) in enumerate(zip(edits, tables, strict=True)):
        if edit.id or not isinstance(edit.words, TieKind):
            continue
        (row,) = table.rows
        stored_tie = snapshot.ties.get(row.id)
        if stored_tie is None:
            continue
        if stored_tie.properties.get("valid_to") is None and row.id not in ending:
            column = edit.words.end.column if edit.words.end else ""
            _refuse([Problem("tie_exists", row.file, row.line, column, row.end)])
        row.id = new_id(edit.kind, key, place)
        row.has_own_id = True


def _gone(tx: Transaction, remove: Sequence[Record]) -> ChangeSet:
    if not remove:
        return ChangeSet()
    rows = stored.stored_ties(
        tx,  # type: ignore[arg-type]
        start_ids=sorted({tie.start for tie in remove}),
        types=sorted({tie.kind for tie in remove}),
    )
    found = {tie.id: tie for tie in rows}
    changes = []
    for tie in remove:
        state = found.get(tie.id)
        if state is None or unlike(tie.values, state.properties):
            raise EditConflict(
                "Somebody else changed or took away this tie since you opened it.", mend="Look at it again."
            )
        before = {name: value for name, value in state.properties.items() if name not in BOOK_KEEPING}
        changes.append(TieChange(tie.id, tie.kind, tie.start, tie.end, "delete", before, {}))
    return ChangeSet((), tuple(changes))


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
