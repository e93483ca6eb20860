"""What a change set says, in words: kind, field, value before and after. Shared; not a service itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from graphcrm import formats
from graphcrm.database.connection import Database, Transaction
from graphcrm.domain.changes import ChangeSet, NodeChange, TieChange
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.queries import changes as queries
from graphcrm.queries._change_record import ChangeRecord
from graphcrm.vocabulary import VOCABULARY, NodeKind, Property, TieKind

SENSITIVITIES = ("business", "personal", "family", "restricted")
"""From what everybody may see to what nearly nobody may."""
_UNTOLD = frozenset({"recorded_at", "recorded_by"})


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of a change as people read it.

    Attributes:
        what: the kind and whom it concerns ("works at: Anna Berg → Nordwerft").
        field: the name of the property, or "" when the whole came or went.
        before, after: in words; "" for not known. action: create, update or delete.
    """

    what: str
    field: str
    before: str
    after: str
    action: str
    sensitivity: str


def change_lines(changes: ChangeSet, names: Mapping[str, str], viewer: Viewer) -> list[ChangeLine]:
    """The lines of a change that the viewer may see, in the language in use. ``names``: of the nodes, by id."""
    lines = [line for node in changes.nodes for line in _node_lines(node, names)]
    lines += [line for tie in changes.ties for line in _tie_lines(tie, names)]
    return [line for line in lines if viewer.sees(line.sensitivity)]


def sensitivity_of(changes: ChangeSet) -> str:
    """The most delicate of all that a change set touches."""
    found = [line.sensitivity for node in changes.nodes for line in _node_lines(node, {})]
    found += [line.sensitivity for tie in changes.ties for line in _tie_lines(tie, {})]
    return max(found, key=SENSITIVITIES.index, default="business")


def _node_lines(change: NodeChange, names: Mapping[str, str]) -> Iterator[ChangeLine]:
    kind = VOCABULARY.nodes[change.label]
    name = change.after.get("name") or change.before.get("name") or names.get(change.id) or change.id
    what = f"{kind.name_in(language())}: {name}"
    if change.action != "update":
        yield ChangeLine(what, "", "", "", change.action, "business")
    if change.action != "delete":
        yield from _value_lines(what, kind, change.before, change.after, "business")


def _tie_lines(change: TieChange, names: Mapping[str, str]) -> Iterator[ChangeLine]:
    kind = VOCABULARY.ties[change.type]
    start, end = names.get(change.start, change.start), names.get(change.end, change.end)
    own = change.after.get("sensitivity") or change.before.get("sensitivity") or "business"
    floor = max((own, kind.sensitivity), key=SENSITIVITIES.index)
    what = f"{start} {kind.name_in(language())} {end}"
    if change.action != "update":
        yield ChangeLine(what, "", "", "", change.action, floor)
    if change.action != "delete":
        yield from _value_lines(what, kind, change.before, change.after, floor)


def _value_lines(
    what: str, kind: NodeKind | TieKind, before: Mapping[str, Any], after: Mapping[str, Any], floor: str
) -> Iterator[ChangeLine]:
    for column in dict.fromkeys((*before, *after)):
        prop = kind.properties.get(column)
        if prop is None or column in _UNTOLD or (column == "name" and not before):
            continue
        sensitivity = max((floor, prop.sensitivity), key=SENSITIVITIES.index)
        was, now = value_words(prop, before.get(column)), value_words(prop, after.get(column))
        yield ChangeLine(what, prop.name_in(language()), was, now, "update", sensitivity)


def value_words(prop: Property, value: Any) -> str:
    """A stored value as people read it, in the language in use; "" for None."""
    if value is None or value == []:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(value_words(prop, one) for one in value)
    if prop.enum:
        return VOCABULARY.value_name(prop.enum, str(value), language())
    return _plain_words(prop, value)


def _plain_words(prop: Property, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return formats.moment(value) if isinstance(value, datetime) else formats.day(value)
    return formats.partial_day(value) if prop.type == "partial_date" else str(value)


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change as a viewer may see it.

    Attributes:
        lines: what it did; empty for a change that came with a file: then ``what``, ``before``, ``after`` tell.
        can_be_undone: it was made here, and its values are kept.
    """

    id: str
    at: datetime
    by: str | None
    action: str
    lines: tuple[ChangeLine, ...]
    what: str
    before: str | None
    after: str | None
    can_be_undone: bool


def may_read(viewer: Viewer, record: ChangeRecord, unknown: str = "business") -> bool:
    """Whether a viewer may read a change. A rating of an attitude is told to its author only: ratings are given blind.

    Args:
        unknown: the sensitivity of a change that tells none of its own.
    """
    rating = '"StanceRating"' in (record.operations or "")
    return record.by == viewer.name if rating else viewer.sees(record.sensitivity or unknown)


def change_view(db: Database, viewer: Viewer, record: ChangeRecord) -> ChangeView:
    """A recorded change in words, in the language in use."""
    lines: tuple[ChangeLine, ...] = ()
    if record.operations is not None:
        changes = ChangeSet.from_json(record.operations)
        lines = tuple(change_lines(changes, names_by_id(db, changes), viewer))
    action = record.action or "do"
    undoable = record.operations is not None and action == "do"
    return ChangeView(
        record.id, record.at, record.by, action, lines, record.what, record.before, record.after, undoable
    )


def names_by_id(db: Database | Transaction, changes: ChangeSet) -> dict[str, str]:
    """The names of all nodes that a change set names; of those that are not there, the name that they had."""
    found = {node.id: node.name for node in queries.names_of(db, ids=list(changes.entity_ids))}  # type: ignore[arg-type]
    for node in changes.nodes:
        name = node.after.get("name") or node.before.get("name")
        if node.id not in found and name:
            found[node.id] = name
    return found
