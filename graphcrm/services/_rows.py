"""Edits as rows of the importer, checked and saved in one transaction. Shared by the services that write records.

Several rows can be saved together: a new person with their job and role, an event with all of its guests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from graphcrm.database.connection import Database, Transaction
from graphcrm.domain.changes import BOOK_KEEPING, ChangeSet, Difference, TieChange, unlike
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import EditConflict, Forbidden, InvalidInput
from graphcrm.ingest.cell_text import cell_text
from graphcrm.ingest.changeset import changes_of
from graphcrm.ingest.check import check_rows
from graphcrm.ingest.gifts import gifts_by_hand, invitation_counts, is_hospitality
from graphcrm.ingest.lookup import read_snapshot
from graphcrm.ingest.plan import make_plan
from graphcrm.ingest.problems import Problem
from graphcrm.ingest.rows import ParsedTable, parse_table
from graphcrm.ingest.snapshot import Snapshot
from graphcrm.ingest.tables import RawRow, RawTable
from graphcrm.queries import ingest as stored
from graphcrm.services._conflicts import changed_meanwhile
from graphcrm.services._new_record import require_sound
from graphcrm.services._saving import Prepared, Saved, save
from graphcrm.services._stance_change import keeping_the_old
from graphcrm.vocabulary import VOCABULARY, NodeKind, TieKind


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
        return VOCABULARY.kind(self.kind)


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


def save_made(
    db: Database,
    viewer: Viewer,
    make: Callable[[Transaction], Sequence[RowEdit]],
    *,
    key: str,
    today: date | None = None,
) -> Saved:
    """:func:`save_edits` of rows that follow from what is stored: ``make`` reads inside the same transaction.

    So a limit that was looked at still holds when the rows are written. ``make`` may be called again, and may refuse.
    Every new row of a node has an id of its own choice.
    """

    def prepare(tx: Transaction) -> Prepared:
        edits = list(make(tx))
        for edit in edits:
            _require_visible(viewer, edit)
        return _prepared(tx, keeping_the_old(tx, edits, today or date.today()), (), key)

    return save(db, viewer, key, prepare, today=today)


def _require_visible(viewer: Viewer, edit: RowEdit) -> None:
    hidden = [name for name in edit.cells if name in edit.words.properties
              and not viewer.sees(edit.words.properties[name].sensitivity)]  # fmt: skip
    if hidden or not viewer.sees(getattr(edit.words, "sensitivity", None)):
        raise Forbidden("Your role ({role}) may not edit this.", mend="Ask the owner of the data.", role=viewer.role)


def _prepared(tx: Transaction, edits: Sequence[RowEdit], remove: Sequence[Record], key: str) -> Prepared:
    tables = [parse_table(_table(edit, line)) for line, edit in enumerate(edits, 1)]
    require_sound([problem for table in tables for problem in table.problems])
    snapshot = read_snapshot(tx, tables)  # type: ignore[arg-type]
    require_sound([*gifts_by_hand(tables, snapshot)])
    _require_seen(tx, edits, tables, snapshot)
    _settle_new_ties(edits, tables, snapshot, key)
    gone = _gone(tx, remove)
    for change in gone.ties:
        snapshot.ties.pop(change.id, None)
    checked = check_rows(tables, snapshot, today=date.today())
    require_sound(checked.problems)
    changes = changes_of(make_plan(checked.rows, snapshot), snapshot, now=datetime.now(UTC))
    return Prepared(ChangeSet(changes.nodes, gone.ties + changes.ties))


def _table(edit: RowEdit, line: int) -> RawTable:
    columns = ("id", *edit.cells)
    cells = (edit.id, *(cell_text(value) for value in edit.cells.values()))
    return RawTable(edit.words.file or edit.kind, edit.words, columns, columns, [RawRow(line, cells)])


def _require_seen(tx: Transaction, edits: Sequence[RowEdit], tables: Sequence[ParsedTable], snapshot: Snapshot) -> None:
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
        raise changed_meanwhile(tx, differences, starts={tie.id: tie.start for tie in snapshot.ties.values()})


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
            require_sound([Problem("tie_exists", row.file, row.line, column, row.end)])
        row.id = new_id(edit.kind, key, place)
        row.has_own_id = True


def _require_no_invitation(tx: Transaction, tie: Record, values: Mapping[str, Any]) -> None:
    """An invitation that counts is not made undone: it could hide what somebody was given."""
    if tie.kind == "INVITED_TO":
        nodes = stored.stored_nodes(tx, ids=[tie.start, tie.end])  # type: ignore[arg-type]
        known = {node.id: node for node in nodes}
        if invitation_counts(values) and is_hospitality(tie.start, tie.end, known):
            raise InvalidInput("An invitation that is out is not taken away.", mend="Note that they declined.")


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
        _require_no_invitation(tx, tie, state.properties)
        before = {name: value for name, value in state.properties.items() if name not in BOOK_KEEPING}
        changes.append(TieChange(tie.id, tie.kind, tie.start, tie.end, "delete", before, {}))
    return ChangeSet((), tuple(changes))
