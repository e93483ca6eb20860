"""One person or firm twice: find them, show why, merge them with every tie kept, or remember that they are two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Literal, TypeVar

from graphcrm.database.connection import Database, Transaction
from graphcrm.domain.changes import ChangeSet, Difference, TieChange, unlike
from graphcrm.domain.duplicates import Pair, PersonRecord, likely_people
from graphcrm.domain.duplicates_firms import FirmRecord, likely_firms
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import EditConflict, Forbidden, InvalidInput, NotFound
from graphcrm.ingest.rows import derived_tie_id
from graphcrm.queries import changes as change_queries
from graphcrm.queries import duplicates as queries
from graphcrm.queries import ingest as stored
from graphcrm.services._change_words import sensitivity_of, value_words
from graphcrm.services._merging import (
    BOTH,
    MERGED_KINDS,
    Both,
    disagreeing,
    merge_changes,
    moved_ties,
    require_no_circle,
)
from graphcrm.services._saving import Prepared, Saved, save
from graphcrm.services._sensitivity import tie_visible
from graphcrm.vocabulary import VOCABULARY, Property

__all__ = [
    "BOTH",
    "Comparison",
    "Field",
    "Likely",
    "MergeOrder",
    "compare",
    "likely_duplicates",
    "merge",
    "newest_change",
    "not_same",
    "value_words",
]

Kind = Literal["Person", "Organization"]
PAGE = 1_000
_UNTIED = frozenset({"NOT_SAME", "CHANGED"})
Row = TypeVar("Row", queries.PersonCandidate, queries.FirmCandidate)


@dataclass(frozen=True, slots=True)
class Likely:
    """A pair that is likely one, with the names under which the two are recorded."""

    pair: Pair
    one_name: str
    other_name: str


@dataclass(frozen=True, slots=True)
class Field:
    """One column of two records side by side. ``disagrees``: a merge must choose; ``long``: it may keep both."""

    prop: Property
    keep: Any
    gone: Any
    disagrees: bool

    @property
    def long(self) -> bool:
        """Whether both texts can be kept."""
        return self.prop.type == "longtext"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two records side by side, and what a merge would do.

    Attributes:
        fields: the columns that the viewer may see and one of the two holds.
        moved, united, ended: type of tie -> how many would be moved, united with a tie that says the same, end.
        state: tells whether anything of it has changed since.
        whole: the viewer sees all that a merge would touch; only then may they merge.
    """

    kind: str
    keep_id: str
    gone_id: str
    keep_name: str
    gone_name: str
    fields: tuple[Field, ...]
    moved: Mapping[str, int]
    united: Mapping[str, int]
    ended: Mapping[str, int]
    state: str
    whole: bool


@dataclass(frozen=True, slots=True)
class MergeOrder:
    """What is to be merged. ``choices``: column -> keep, gone or both. ``seen``: what the page showed, if it did."""

    keep_id: str
    gone_id: str
    choices: Mapping[str, str] = field(default_factory=dict)
    seen: Comparison | None = None


def likely_duplicates(db: Database, viewer: Viewer, kind: Kind = "Person") -> list[Likely]:
    """The pairs that are likely one, the likeliest first. What the viewer may not see is no evidence."""
    if kind == "Person":
        people = [
            _person(row, viewer) for row in _all(db, queries.person_candidates)
            if not row.is_family or viewer.sees("family")
        ]  # fmt: skip
        names, pairs = {one.id: next(iter(one.names), one.id) for one in people}, likely_people(people)
    else:
        firms = [_firm(row, viewer) for row in _all(db, queries.firm_candidates)]
        names, pairs = {one.id: next(iter(one.names), one.id) for one in firms}, likely_firms(firms)
    return [Likely(pair, names[pair.one_id], names[pair.other_id]) for pair in pairs]


def newest_change(db: Database) -> str | None:
    """The id of the newest change made by hand: as long as it is the same, what was found is still so."""
    rows = change_queries.recent_changes(db, most=1)
    return rows[0].id if rows else None


def _all(db: Database, page_of: Callable[..., list[Row]]) -> Iterator[Row]:
    after = ""
    while page := page_of(db, after=after, most=PAGE):
        yield from page
        after = page[-1].id


def _person(row: queries.PersonCandidate, viewer: Viewer) -> PersonRecord:
    seen = viewer.visible(
        {"gender": row.sex, "birth_date": row.birth_date},
        {name: prop.sensitivity for name, prop in VOCABULARY.nodes["Person"].properties.items()},
    )
    return PersonRecord(
        row.id,
        tuple(row.names),
        row.family or "",
        row.given or "",
        row.second or "",
        seen.get("gender"),
        row.email,
        row.phone,
        seen.get("birth_date"),
        {str(firm): str(name) for firm, name, sensitivity in row.jobs if viewer.sees(sensitivity)},
        _tied(row.ties, viewer),
        _told_apart(row.ties),
    )


def _firm(row: queries.FirmCandidate, viewer: Viewer) -> FirmRecord:
    numbers = {"inn": row.inn, "vat": row.vat, "registry_number": row.registry_number}
    return FirmRecord(
        row.id,
        tuple(row.names),
        {kind: number for kind, number in numbers.items() if number},
        row.website,
        row.country,
        row.city,
        _tied(row.ties, viewer),
        _told_apart(row.ties),
    )


def _tied(ties: list[list[str | None]], viewer: Viewer) -> frozenset[str]:
    return frozenset(
        str(other)
        for other, kind, sensitivity in ties
        if kind not in _UNTIED and tie_visible(viewer, str(kind), sensitivity)
    )


def _told_apart(ties: list[list[str | None]]) -> frozenset[str]:
    return frozenset(str(other) for other, kind, _sensitivity in ties if kind == "NOT_SAME")


def compare(db: Database, viewer: Viewer, keep_id: str, gone_id: str) -> Comparison:
    """Two records side by side, and what merging ``gone_id`` into ``keep_id`` would do.

    Raises:
        NotFound: one of them is not there. InvalidInput: they are not two of one kind that can be merged.
    """
    return _comparison(_read(db, keep_id, gone_id), viewer)


def _comparison(both: Both, viewer: Viewer) -> Comparison:
    moves, keep, gone, choose = moved_ties(both), both.keep.properties, both.gone.properties, disagreeing(both)
    fields = tuple(
        Field(prop, keep.get(name), gone.get(name), name in choose)
        for name, prop in both.kind.properties.items()
        if viewer.sees(prop.sensitivity) and (name in keep or name in gone)
    )
    counts = (_counted(ties, viewer) for ties in (moves.moved, moves.united, moves.ended))
    names = (str(node.properties.get("name", node.id)) for node in (both.keep, both.gone))
    whole = viewer.sees(sensitivity_of(merge_changes(both, {})[0]))
    return Comparison(
        both.kind.label, both.keep.id, both.gone.id, *names, fields, *counts, state=both.state, whole=whole
    )


def _counted(ties: list[queries.AnyTie], viewer: Viewer) -> dict[str, int]:
    return dict(
        Counter(
            tie.type for tie in ties
            if tie.type not in VOCABULARY.ties or tie_visible(viewer, tie.type, tie.properties.get("sensitivity"))
        )
    )  # fmt: skip


def _read(db: Database | Transaction, keep_id: str, gone_id: str) -> Both:
    if keep_id == gone_id:
        raise InvalidInput("This is one record, not two.")
    ids = [keep_id, gone_id]
    found = {node.id: node for node in stored.stored_nodes(db, ids=ids)}  # type: ignore[arg-type]
    for one in ids:
        if one not in found:
            raise NotFound(
                "There is no record {id}: it was merged or taken away meanwhile.", mend="Search again.", id=one
            )
    kinds = [next((kind for kind in MERGED_KINDS if kind in found[one].labels), None) for one in ids]
    if None in kinds or kinds[0] != kinds[1]:
        raise InvalidInput("Only two people, or two firms, can be merged.")
    ties = tuple(queries.all_ties(db, ids=ids))  # type: ignore[arg-type]
    ours = kinds[0] == "Person" and ("Employee" in found[gone_id].labels or found[gone_id].served_us)
    naming = tuple(queries.ties_naming(db, employee=gone_id)) if ours else ()  # type: ignore[arg-type]
    return Both(VOCABULARY.nodes[kinds[0] or ""], found[keep_id], found[gone_id], ties, naming)


def merge(db: Database, viewer: Viewer, order: MergeOrder, *, key: str, today: date | None = None) -> Saved:
    """Merge one record into another as one transaction, recorded as a change; undo takes all of it back.

    Args:
        key: names the user's action, so that a double click merges once.

    Raises:
        Forbidden: the viewer may not write, or does not see all that would be merged.
        NotFound, InvalidInput: as :func:`compare`; also where bosses or parents would go in a circle.
        EditConflict: somebody changed one of the two since the page showed them. Nothing was merged.
    """

    def prepare(tx: Transaction) -> Prepared:
        both = _read(tx, order.keep_id, order.gone_id)
        now = _comparison(both, viewer)
        if not now.whole:
            raise Forbidden(
                "Your role ({role}) does not see all that would be merged.",
                mend="Ask the owner of the data.",
                role=viewer.role,
            )
        _require_seen(order, now)
        _require_choices(order, both)
        changes, moves = merge_changes(both, order.choices)
        require_no_circle(moves, _lines_above(tx, both), order.gone_id)
        return Prepared(changes)

    return save(db, viewer, key, prepare, today=today)


def _require_seen(order: MergeOrder, now: Comparison) -> None:
    if order.seen is None or order.seen.state == now.state:
        return
    was, found = ({one.prop.name: one for one in seen.fields} for seen in (order.seen, now))
    differences = []
    for name in dict.fromkeys((*was, *found)):
        then, one = was.get(name), found.get(name)
        for own_id, before, after in (
            (now.keep_id, then and then.keep, one and one.keep),
            (now.gone_id, then and then.gone, one and one.gone),
        ):
            if unlike({name: before}, {name: after}):
                differences.append(Difference(own_id, now.kind, name, before, after))
    raise EditConflict(
        "Somebody else changed one of the two since you opened them. Nothing was merged.",
        mend="Look at them again.",
        differences=tuple(differences),
    )


def _require_choices(order: MergeOrder, both: Both) -> None:
    for name, choice in order.choices.items():
        prop = both.kind.properties.get(name)
        if prop is None or choice not in ("keep", "gone", BOTH) or (choice == BOTH and prop.type != "longtext"):
            raise InvalidInput(
                "{choice} cannot be chosen for {column}.", mend="Choose keep or gone.", choice=choice, column=name
            )


def _lines_above(tx: Transaction, both: Both) -> dict[str, list[queries.AnyTie]]:
    """Type of tie that must not circle -> all such ties on the way up from the two."""
    found: dict[str, list[queries.AnyTie]] = {}
    for kind in VOCABULARY.ties.values():
        if not kind.acyclic or not any(tie.type == kind.type for tie in both.ties):
            continue
        lines: list[queries.AnyTie] = []
        seen: set[str] = set()
        frontier = {both.keep.id, both.gone.id}
        while frontier:
            seen |= frontier
            rows = stored.stored_ties(tx, start_ids=sorted(frontier), types=[kind.type])  # type: ignore[arg-type]
            lines += [queries.AnyTie(row.id, row.type, row.start_id, row.end_id, row.properties) for row in rows]
            frontier = {row.end_id for row in rows} - seen
        found[kind.type] = lines
    return found


def not_same(db: Database, viewer: Viewer, one_id: str, other_id: str, *, key: str) -> Saved:
    """Remember that two records are two people or two firms: the pair is not shown again. It can be undone.

    Raises as :func:`compare` and ``save``. Said twice, it changes nothing.
    """

    def prepare(tx: Transaction) -> Prepared:
        both = _read(tx, one_id, other_id)
        start, end = sorted((both.keep.id, both.gone.id))
        if any(tie.type == "NOT_SAME" and {tie.start_id, tie.end_id} == {start, end} for tie in both.ties):
            return Prepared(ChangeSet())
        tie_id = derived_tie_id("NOT_SAME", start, end, [])
        made = TieChange(tie_id, "NOT_SAME", start, end, "create", {}, {"recorded_at": datetime.now(UTC)})
        return Prepared(ChangeSet((), (made,)))

    return save(db, viewer, key, prepare)
