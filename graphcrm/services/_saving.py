"""One edit as one transaction: checked, written, recorded as a change. Shared by the services that edit.

Every save goes through one gate (a lock on a node of our own), so what a save reads nobody else changes before it has
written. Each has a key: a double click, a retry after a deadlock or after a link that was cut at COMMIT finds
the change that is there already and answers with it. Why a gate: docs/decisions/editing.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextvars import copy_context
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Literal

from graphcrm.database.connection import Database, Transaction
from graphcrm.domain.changes import ChangeSet, Difference, unlike
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import EditConflict, Forbidden, InvalidInput, OutcomeUnknown
from graphcrm.i18n import use_language
from graphcrm.ingest.apply import Applied, apply_writes
from graphcrm.ingest.changeset import plan_of, with_properties
from graphcrm.queries import changes as queries
from graphcrm.queries import ingest as stored
from graphcrm.services._change_words import ChangeLine, change_lines, names_by_id, sensitivity_of

SAVE_SECONDS = 30.0
REGISTER, REGISTER_TIE = "GiftEntry", "ENTRY_OF"
KEPT_CHARACTERS = 4_000
"""Of the words of a change; the operations are kept whole."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did. ``change_id`` is None when there was nothing to change."""

    change_id: str | None
    entity_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a transaction is to write, made from what it has read. ``register``: it is never taken back."""

    changes: ChangeSet
    action: Literal["do", "undo", "redo", "register"] = "do"
    undoes: str | None = None


def require_writer(viewer: Viewer) -> None:
    """Raises Forbidden when the viewer may not change anything."""
    if not viewer.may_write:
        raise Forbidden("Your role ({role}) may not edit.", mend="Ask the owner of the data.", role=viewer.role)


def save(
    db: Database, viewer: Viewer, key: str, prepare: Callable[[Transaction], Prepared], *, today: date | None = None
) -> Saved:
    """Write what ``prepare`` makes of the graph as it is, and record it; all of it or nothing.

    Args:
        key: names the user's action. The same key again changes nothing and gives the first answer.
        prepare: reads from the transaction and says what is to be written. It may be called again.
        today: the day by which secondary labels are set; the computer's own if not given.

    Raises:
        Forbidden: the viewer may not write.
        DatabaseError: nothing was saved, or it is not known (OutcomeUnknown): the same key can be sent again.
        EditRefused, EditConflict: what ``prepare`` raises.
    """
    require_writer(viewer)

    def work(tx: Transaction) -> Saved:
        done = queries.enter_gate(tx, key=f"save:{key}")  # type: ignore[arg-type]
        if done is not None:
            return Saved(done)
        prepared = prepare(tx)
        return _write(tx, viewer, f"save:{key}", prepared, today or date.today())

    return _until_known(db, work)


def save_apart(
    db: Database, viewer: Viewer, key: str, write: Callable[[Transaction], tuple[str, str, str] | None]
) -> Saved:
    """Write in the gate what is no fact of the clientele, and record it; owners see the record, nobody takes it back.

    Args:
        key: names the user's action, as in :func:`save`.
        write: reads and writes in the transaction; gives what was changed, the value before and after, in English, or
            None when there was nothing to change. It may be called again.

    Raises:
        Forbidden, DatabaseError: as :func:`save`; and what ``write`` raises.
    """
    require_writer(viewer)
    command = f"save:{key}"

    def work(tx: Transaction) -> Saved:
        done = queries.enter_gate(tx, key=command)  # type: ignore[arg-type]
        words = write(tx) if done is None else None
        if words is None:
            return Saved(done)
        told = {"what": words[0], "before": words[1], "after": words[2], "sensitivity": "restricted"}
        who = _by(viewer, datetime.now(UTC)) | {"action": "register"}
        change_id = _change_id(command)
        record = {"key": command, "change_id": change_id, "properties": told | who}
        queries.record_change(tx, **record, entity_ids=[])  # type: ignore[arg-type]
        return Saved(change_id)

    return _until_known(db, work)


def _until_known(db: Database, work: Callable[[Transaction], Saved]) -> Saved:
    try:
        return db.together(work, timeout=SAVE_SECONDS)
    except OutcomeUnknown:
        # The same key tells: if it was saved it is found, else it is saved now.
        return db.together(work, timeout=SAVE_SECONDS)


def _by(viewer: Viewer, at: datetime) -> dict[str, Any]:
    return {"at": at, "by": viewer.name, "by_id": viewer.id}


def _change_id(command: str) -> str:
    return f"change-{hashlib.blake2b(command.encode(), digest_size=12).hexdigest()}"


def _write(tx: Transaction, viewer: Viewer, key: str, prepared: Prepared, today: date) -> Saved:
    changes = _with_all_that_goes(tx, prepared.changes)
    if not changes:
        return Saved(None)
    require_register_kept(prepared)
    now = datetime.now(UTC)
    going = [node.id for node in changes.nodes if node.action == "delete"]
    names = names_by_id(tx, changes)
    apply_writes(tx, plan_of(changes), Applied(), today=today, now=now)  # type: ignore[arg-type]
    if set(queries.delete_nodes(tx, ids=going)) != set(going):  # type: ignore[arg-type]
        raise EditConflict(
            "It has got new ties since and cannot be taken away.", mend="Take those ties away first, or close them."
        )
    if prepared.action in ("undo", "redo"):
        coming = [node.id for node in changes.nodes if node.action == "create"]
        queries.relink_changes(tx, ids=coming)  # type: ignore[arg-type]
    change_id = _change_id(key)
    properties = _record(viewer, replace(prepared, changes=changes), names, now)
    queries.record_change(
        tx,  # type: ignore[arg-type]
        key=key,
        change_id=change_id,
        properties=properties,
        entity_ids=list(changes.entity_ids),
    )
    return Saved(change_id, changes.entity_ids)


def require_register_kept(prepared: Prepared) -> None:
    """The register of gifts is only added to, and only by the steps of a gift.

    Raises:
        InvalidInput: the changes would alter it or take something away.
    """
    nodes = [node for node in prepared.changes.nodes if node.label == REGISTER]
    ties = [tie for tie in prepared.changes.ties if tie.type == REGISTER_TIE]
    if any(one.action != "create" or prepared.action != "register" for one in (*nodes, *ties)):
        raise InvalidInput("The register of gifts can only be added to.", mend="Record a further step of the gift.")


def _with_all_that_goes(tx: Transaction, changes: ChangeSet) -> ChangeSet:
    """Nodes that go are recorded with all labels and properties that they hold now."""
    going = [node.id for node in changes.nodes if node.action == "delete"]
    if not going:
        return changes
    found = {node.id: node for node in stored.stored_nodes(tx, ids=going)}  # type: ignore[arg-type]
    nodes = tuple(
        replace(with_properties(node, found[node.id].properties), removed=tuple(sorted(found[node.id].labels)))
        if node.id in found and node.action == "delete"
        else node
        for node in changes.nodes
    )
    return ChangeSet(nodes, changes.ties)


def _record(viewer: Viewer, prepared: Prepared, names: Mapping[str, str], now: datetime) -> dict[str, Any]:
    lines = copy_context().run(_lines_in_english, prepared.changes, names)
    return {
        "what": _cut("; ".join(dict.fromkeys(_heading(line) for line in lines))),
        "before": _cut("; ".join(f"{line.field}: {line.before}" for line in lines if line.field and line.before)),
        "after": _cut("; ".join(f"{line.field}: {line.after}" for line in lines if line.field and line.after)),
        **_by(viewer, now),
        "action": prepared.action,
        "undoes": prepared.undoes,
        "operations": prepared.changes.to_json(),
        "sensitivity": sensitivity_of(prepared.changes),
    }


def _lines_in_english(changes: ChangeSet, names: Mapping[str, str]) -> list[ChangeLine]:
    """For whoever asks in Cypher; the app words the operations anew in the reader's language."""
    use_language("en")
    return change_lines(changes, names, OWNER)


def _heading(line: ChangeLine) -> str:
    sign = {"create": "+ ", "delete": "- "}.get(line.action, "")
    return f"{sign}{line.what}" + (f" ({line.field})" if line.field else "")


def _cut(text: str) -> str:
    return text if len(text) <= KEPT_CHARACTERS else text[: KEPT_CHARACTERS - 1] + "…"


def require_unchanged(tx: Transaction, changes: ChangeSet) -> None:
    """What a change set takes to be there is there: its nodes, its ties and the values that it replaces.

    Raises:
        EditConflict: with all that is otherwise.
    """
    differences = [*_node_differences(tx, changes), *_tie_differences(tx, changes)]
    if differences:
        raise EditConflict(
            "This was changed again since, so it cannot be taken back or made again.",
            mend="Look at the newer changes; take those back first.",
            differences=tuple(differences),
        )


def _node_differences(tx: Transaction, changes: ChangeSet) -> Iterable[Difference]:
    found = {node.id: node for node in stored.stored_nodes(tx, ids=[node.id for node in changes.nodes])}  # type: ignore[arg-type]
    for node in changes.nodes:
        state = found.get(node.id)
        if (state is None) != (node.action == "create"):
            yield Difference(node.id, node.label, "", node.action != "create" or None, state is not None or None)
        elif state is not None:
            for name in unlike(node.before, state.properties):
                yield Difference(node.id, node.label, name, node.before[name], state.properties.get(name))


def _tie_differences(tx: Transaction, changes: ChangeSet) -> Iterable[Difference]:
    starts, types = {tie.start for tie in changes.ties}, {tie.type for tie in changes.ties}
    rows = stored.stored_ties(tx, start_ids=sorted(starts), types=sorted(types)) if changes.ties else []  # type: ignore[arg-type]
    found = {tie.id: tie for tie in rows}
    going = {tie.id for tie in changes.ties if tie.action == "delete"}
    for tie in changes.ties:
        state = found.get(tie.id)
        if tie.action == "create":
            if state is not None and tie.id not in going:
                yield Difference(tie.start, tie.type, "", None, True)
        elif state is None:
            yield Difference(tie.start, tie.type, "", True, None)
        else:
            for name in unlike(tie.before, state.properties):
                yield Difference(tie.start, tie.type, name, tie.before[name], state.properties.get(name))
