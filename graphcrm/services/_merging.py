"""What a merge changes: two stored records and all their ties in, one change set out. Not a service itself.

Every tie of the record that goes is kept, moved to the one that stays. There are two exceptions, and the merge tells
them: a tie between the two would lead from a record to itself, so it ends with the merge; a tie that says what another
says already (same type, ends and key, no value that differs) is united with it, and what only one of them knew is kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphcrm.domain.changes import BOOK_KEEPING, ChangeSet, NodeChange, TieChange, unlike
from graphcrm.errors import InvalidInput
from graphcrm.ingest.cycles import find_cycles
from graphcrm.ingest.labels import labels_by_property
from graphcrm.ingest.rows import Row, derived_tie_id
from graphcrm.ingest.snapshot import TieState
from graphcrm.ingest.tables import RawRow
from graphcrm.queries.duplicates import AnyTie
from graphcrm.queries.ingest import StoredNode
from graphcrm.vocabulary import VOCABULARY, NodeKind, Property

MERGED_KINDS = ("Person", "Organization")
_PROVENANCE = frozenset({"recorded_at", "recorded_by"})
BOTH = "both"


@dataclass(frozen=True, slots=True)
class Both:
    """Two records with all their ties as they are stored."""

    kind: NodeKind
    keep: StoredNode
    gone: StoredNode
    ties: tuple[AnyTie, ...]
    naming: tuple[AnyTie, ...] = ()

    @property
    def state(self) -> str:
        """A number for all of it: another one as soon as anybody changes a value or a tie."""
        nodes = sorted([node.id, sorted(_own(node.properties).items())] for node in (self.keep, self.gone))
        ties = sorted([tie.id, tie.start_id, tie.end_id, sorted(_own(tie.properties).items())] for tie in self.ties)
        text = json.dumps([nodes, ties], default=str, ensure_ascii=False)
        return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


@dataclass(slots=True)
class Moves:
    """What becomes of the ties of the record that goes."""

    moved: list[AnyTie] = field(default_factory=list)
    united: list[AnyTie] = field(default_factory=list)
    ended: list[AnyTie] = field(default_factory=list)
    changes: list[TieChange] = field(default_factory=list)


def _own(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name not in BOOK_KEEPING}


def disagreeing(both: Both) -> list[str]:
    """The columns of which both hold a value, and not the same; lists are united, so they never disagree."""
    keep, gone = both.keep.properties, both.gone.properties
    return [
        name
        for name, prop in both.kind.properties.items()
        if not prop.many and name in keep and name in gone and unlike({name: keep[name]}, gone)
    ]


def merged_values(both: Both, choices: Mapping[str, str]) -> dict[str, Any]:
    """The properties that the kept record has afterwards. ``choices``: column -> keep, gone or both (long texts)."""
    keep, gone = _own(both.keep.properties), _own(both.gone.properties)
    values = {**gone, **keep}
    for name, prop in both.kind.properties.items():
        if name in keep and name in gone:
            values[name] = _one_value(prop, keep[name], gone[name], choices.get(name, "keep"))
    lost = [gone.get("name"), keep.get("name"), gone.get("latin_name"), keep.get("latin_name")]
    known = {values.get("name"), values.get("latin_name"), values.get("legal_name"), None}
    others = [*values.get("other_names", []), *(name for name in lost if name not in known)]
    if others:
        values["other_names"] = list(dict.fromkeys(others))
    return values


def _one_value(prop: Property, kept: Any, gone: Any, choice: str) -> Any:
    if prop.many:
        return list(dict.fromkeys([*kept, *gone]))
    if choice == BOTH and prop.type == "longtext":
        return kept if gone in kept else f"{kept}\n{gone}"
    return gone if choice == "gone" else kept


def merge_changes(both: Both, choices: Mapping[str, str]) -> tuple[ChangeSet, Moves]:
    """The change set of the merge, and what it does to the ties."""
    moves = moved_ties(both)
    return ChangeSet(tuple(_node_changes(both, choices)), tuple(moves.changes)), moves


def _node_changes(both: Both, choices: Mapping[str, str]) -> Iterable[NodeChange]:
    values, keep = merged_values(both, choices), both.keep
    names = [name for name, value in values.items() if unlike({name: keep.properties.get(name)}, {name: value})]
    has, lacks = labels_by_property(both.kind, values)
    added, dropped = sorted(has - {*keep.labels}), sorted(lacks & {*keep.labels})
    if names or added or dropped:
        before = {name: keep.properties.get(name) for name in names}
        after = {name: values[name] for name in names}
        yield NodeChange(keep.id, both.kind.label, "update", before, after, tuple(added), tuple(dropped))
    yield NodeChange(both.gone.id, both.kind.label, "delete", _own(both.gone.properties))


def moved_ties(both: Both) -> Moves:
    """Every tie of the record that goes, led to the one that stays."""
    keep, gone, moves = both.keep.id, both.gone.id, Moves()
    standing = [tie for tie in both.ties if gone not in (tie.start_id, tie.end_id)]
    single = {reference.tie for reference in both.kind.references.values() if not reference.many}
    ids = {tie.id for tie in both.ties}
    for tie in both.ties:
        if gone not in (tie.start_id, tie.end_id):
            continue
        start, end = (keep if one == gone else one for one in (tie.start_id, tie.end_id))
        moves.changes.append(_deleted(tie))
        if start == end:
            moves.ended.append(tie)
            continue
        if _symmetric(tie.type) and end < start:
            start, end = end, start
        own = _renamed(_own(tie.properties), gone, keep)
        twin = next((one for one in standing if _says_the_same(one, tie.type, start, end, own)), None)
        held = tie.type in single and start == keep and any(one.type == tie.type for one in standing)
        if twin is not None:
            moves.united.append(tie)
            standing[standing.index(twin)] = _enriched(twin, own, moves)
            continue
        if held:  # a firm lies in one region: that of the kept record stays
            moves.ended.append(tie)
            continue
        new_id = _new_id(tie, start, end, own, ids)
        ids.add(new_id)
        moves.moved.append(tie)
        moves.changes.append(TieChange(new_id, tie.type, start, end, "create", {}, own))
        standing.append(AnyTie(new_id, tie.type, start, end, own))
    moves.changes += _renamed_elsewhere(both)
    return moves


def _deleted(tie: AnyTie) -> TieChange:
    return TieChange(tie.id, tie.type, tie.start_id, tie.end_id, "delete", _own(tie.properties))


def _renamed(properties: dict[str, Any], gone: str, keep: str) -> dict[str, Any]:
    return {name: keep if value == gone and name in ("recorded_by", "by") else value
            for name, value in properties.items()}  # fmt: skip


def _renamed_elsewhere(both: Both) -> Iterable[TieChange]:
    """Ties between others, and those of the kept record, that name who goes."""
    for tie in both.naming:
        if both.gone.id in (tie.start_id, tie.end_id):
            continue
        after = _renamed(tie.properties, both.gone.id, both.keep.id)
        names = [name for name in after if after[name] != tie.properties[name]]
        before = {name: tie.properties[name] for name in names}
        yield TieChange(
            tie.id, tie.type, tie.start_id, tie.end_id, "update", before, {name: after[name] for name in names}
        )


def _symmetric(tie_type: str) -> bool:
    return tie_type in VOCABULARY.ties and VOCABULARY.ties[tie_type].symmetric


def _says_the_same(one: AnyTie, tie_type: str, start: str, end: str, values: Mapping[str, Any]) -> bool:
    if (one.type, one.start_id, one.end_id) != (tie_type, start, end):
        return False
    kind = VOCABULARY.ties.get(tie_type)
    key = kind.key if kind else ()
    same_key = not unlike({name: one.properties.get(name) for name in key}, values)
    shared = {name: value for name, value in _own(one.properties).items() if name in values and name not in _PROVENANCE}
    ended = {name: one.properties.get(name) for name in ("valid_from", "valid_to")}
    return same_key and not unlike(shared, values) and not unlike(ended, values)


def _enriched(twin: AnyTie, values: Mapping[str, Any], moves: Moves) -> AnyTie:
    """The tie that stays, with what only the other knew."""
    new = {name: value for name, value in values.items() if name not in twin.properties}
    if not new:
        return twin
    together = {**twin.properties, **new}
    for place, change in enumerate(moves.changes):
        if change.id == twin.id and change.action == "create":
            moves.changes[place] = TieChange(
                twin.id, twin.type, twin.start_id, twin.end_id, "create", {}, _own(together)
            )
            break
    else:
        before = dict.fromkeys(new)
        moves.changes.append(TieChange(twin.id, twin.type, twin.start_id, twin.end_id, "update", before, new))
    return AnyTie(twin.id, twin.type, twin.start_id, twin.end_id, together)


def _new_id(tie: AnyTie, start: str, end: str, values: Mapping[str, Any], taken: set[str]) -> str:
    """The tie's own id; of one whose id was made of its ends, the id that its new ends make, if nobody has it."""
    kind = VOCABULARY.ties.get(tie.type)
    key = [_text(values.get(name)) for name in kind.key] if kind else []
    if tie.id != derived_tie_id(tie.type, tie.start_id, tie.end_id, key):
        return tie.id
    derived = derived_tie_id(tie.type, start, end, key)
    return derived if derived not in taken else tie.id


def _text(value: Any) -> str:
    return "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)


def require_no_circle(moves: Moves, lines: Mapping[str, Sequence[AnyTie]], gone_id: str) -> None:
    """``lines``: type of tie -> all lines above the two.

    Raises:
        InvalidInput: merged, somebody would be their own boss or their own ancestor.
    """
    for tie_type, above in lines.items():
        new = [change for change in moves.changes if change.type == tie_type and change.action == "create"]
        rows = [
            Row("", VOCABULARY.ties[tie_type], RawRow(0, ()), one.id, dict(one.after), start=one.start, end=one.end)
            for one in new
        ]
        stored = [
            TieState(tie.id, tie.type, tie.start_id, tie.end_id, tie.properties)
            for tie in above
            if gone_id not in (tie.start_id, tie.end_id)
        ]
        for circle, _rows in find_cycles(rows, stored):
            raise InvalidInput(
                "They cannot be merged: the line of bosses or parents would lead in a circle ({ids}).",
                mend="End or take away one of those ties first.",
                ids=", ".join(circle),
            )
