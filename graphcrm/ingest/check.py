"""What the rows say together, and together with the graph: ids, references, kinds at the ends, circles.

Pure: rows and a snapshot in, problems out. All problems are found, not the first; a row with a problem is ``refused``,
and so is every row that refers to it and to nothing in the graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graphcrm.ingest.children import child_excess
from graphcrm.ingest.codes import nearest
from graphcrm.ingest.contacts import is_made
from graphcrm.ingest.cycles import find_cycles
from graphcrm.ingest.gifts import gift_differences, invitation_differences
from graphcrm.ingest.labels import labels_by_property
from graphcrm.ingest.problems import Problem, shown
from graphcrm.ingest.rows import ParsedTable, Row
from graphcrm.ingest.snapshot import Snapshot
from graphcrm.vocabulary import VOCABULARY, NodeKind, TieKind

_PRIMARY = VOCABULARY.primary_of


@dataclass(slots=True)
class Checked:
    """The outcome. ``rows`` can be imported, each id once; ``refused`` cannot, each with its problems."""

    rows: list[Row]
    refused: list[tuple[Row, list[Problem]]]
    problems: list[Problem]


@dataclass(slots=True)
class _Check:
    snapshot: Snapshot
    nodes: dict[str, Row] = field(default_factory=dict)
    ties: dict[str, Row] = field(default_factory=dict)
    refused_places: dict[str, str] = field(default_factory=dict)
    found: dict[Row, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    labels: dict[str, frozenset[str]] = field(default_factory=dict)  # of the nodes of the files, as far as asked

    def refuse(self, row: Row, code: str, column: str, value: str, **fields: Any) -> None:
        row.refused = True
        self.found[row].append(Problem(code, row.file, row.line, column, shown(value), fields))


def check_rows(tables: Iterable[ParsedTable], snapshot: Snapshot, *, today: date | None = None) -> Checked:
    """Everything that is wrong with the rows of all files, seen together with what the graph holds.

    Args:
        today: the day by which somebody is a child, of whom little may be kept; None asks nothing of the kind.
    """
    tables = list(tables)
    check = _Check(snapshot)
    for table in tables:
        for row, _ in table.refused:
            if row.id and isinstance(row.kind, NodeKind):
                check.refused_places.setdefault(row.id, row.place)
    for table in tables:
        _check_table(check, table)
    if today is not None:
        _check_children(check, tables, today)
    _check_references(check, tables)
    _check_circles(check)
    _spread_refusals(check)
    good = [row for row in (*check.nodes.values(), *check.ties.values()) if not row.refused]
    own = [(row, problems) for table in tables for row, problems in table.refused]
    file_problems = [problem for table in tables for problem in table.problems]
    together = [problem for problems in check.found.values() for problem in problems]
    return Checked(good, [*own, *check.found.items()], [*file_problems, *together])


def _check_children(check: _Check, tables: Iterable[ParsedTable], today: date) -> None:
    rows = [row for table in tables if isinstance(table.raw.kind, NodeKind) and table.raw.kind.label == "Person"
            for row in table.rows]  # fmt: skip
    young = [(row, excess) for row in rows if (excess := child_excess(row, check.snapshot, today))]
    if not young:
        return
    jobs = [row for row in check.ties.values() if isinstance(row.kind, TieKind) and row.kind.type == "WORKS_AT"]
    working = {row.start for row in jobs}
    for row, excess in young:
        for column in () if row.id in working else excess:
            check.refuse(row, "child_excess", column, str(row.values[column]))


def _check_table(check: _Check, table: ParsedTable) -> None:
    """Each row by itself, and by what else has its id."""
    kind = table.raw.kind
    is_node = isinstance(kind, NodeKind)
    seen, stored = (check.nodes, check.snapshot.nodes) if is_node else (check.ties, check.snapshot.ties)
    end_column = "" if is_node or kind is None or kind.end is None else kind.end.column
    has_days = kind is not None and "valid_to" in kind.properties
    needed = _needed(kind) if kind else ()
    for row in table.rows:
        if has_days:
            _check_days(check, row)
        if end_column and row.start == row.end:
            check.refuse(row, "self_tie", end_column, row.end)
        first = seen.setdefault(row.id, row)
        if first is not row:
            _check_twice(check, first, row)
        elif row.id in stored:
            _check_stored(check, row)
        else:
            _check_needed(check, row, needed)


def _check_days(check: _Check, row: Row) -> None:
    begin, end = row.values.get("valid_from"), row.values.get("valid_to")
    if isinstance(begin, date) and isinstance(end, date) and end < begin:
        check.refuse(row, "ends_before_start", "valid_to", end.isoformat(), start="valid_from", begin=begin.isoformat())


def _check_twice(check: _Check, first: Row, row: Row) -> None:
    if first.kind is not row.kind:
        check.refuse(row, "id_used_twice", "id", row.id, place=first.place)
    elif columns := _differences(first, row):
        code, column, value = "rows_disagree" if row.has_own_id else "same_tie_twice", "id", row.id
        if is_made(row.kind, row.id):  # of which who has no column of ids knows nothing
            code, column, value = "same_name_twice", "name", str(row.values.get("name"))
        fields = {"columns": ", ".join(columns)}
        check.refuse(row, code, column, value, other=first.line, **fields)
        check.refuse(first, code, column, value, other=row.line, **fields)


def _differences(one: Row, other: Row) -> list[str]:
    ends = [] if (one.start, one.end) == (other.start, other.end) else ["the ends"]
    names = [name for name in one.values if one.values[name] != other.values.get(name)]
    return ends + names + [name for name in one.references if one.references[name] != other.references.get(name)]


def _check_stored(check: _Check, row: Row) -> None:
    if isinstance(row.kind, NodeKind):
        labels = check.snapshot.nodes[row.id].labels
        if row.kind.label not in labels:
            check.refuse(row, "id_of_another_kind", "id", row.id, found=_kind_name(labels))
        elif row.kind.label == "GoodwillAction":
            for name in gift_differences(row, check.snapshot):
                check.refuse(row, "gift_by_register", name, str(row.values.get(name, "")))
    elif (found := check.snapshot.ties[row.id].type) != row.kind.type:
        check.refuse(row, "id_of_another_kind", "id", row.id, found=found)
    elif found == "INVITED_TO":
        for name in invitation_differences(row, check.snapshot):
            check.refuse(row, "invitation_by_register", name, str(row.values.get(name, "")))


def _needed(kind: NodeKind | TieKind) -> tuple[str, ...]:
    """The columns without which nothing of this kind is made."""
    own = [name for name, prop in kind.properties.items() if prop.required]
    if isinstance(kind, NodeKind):
        own += [name for name, reference in kind.references.items() if reference.required]
    return tuple(own)


def _check_needed(check: _Check, row: Row, needed: tuple[str, ...]) -> None:
    """A file may hold a few columns to change them; to make something new, the required ones must be there."""
    for name in needed:
        if name not in row.values and name not in row.references:
            check.refuse(row, "required", name, "")


def _check_references(check: _Check, tables: list[ParsedTable]) -> None:
    served = _who_served_us(check)
    if not check.found and all(_names_well(check, table, served) for table in tables):
        return
    for row in list(_all_rows(check)):
        for column, target in row.named_ids():
            wanted = wanted_labels(row.kind, column)
            if target in check.nodes and not (check.nodes[target].refused and target not in check.snapshot.nodes):
                found = _labels_of(check, target)
            elif target in check.snapshot.nodes:
                found = check.snapshot.nodes[target].labels
            elif target in check.refused_places or target in check.nodes:
                continue  # told by _spread_refusals
            else:
                _refuse_unknown(check, row, column, target)
                continue
            if target in served:
                found |= {"Employee"}
            if found.isdisjoint(wanted):
                names = " / ".join(wanted)
                check.refuse(row, "wrong_kind", column, target, found=_kind_name(found), wanted=names)


def _names_well(check: _Check, table: ParsedTable, served: set[str]) -> bool:
    """True when all that a table names is there and of the right kind. Each id is looked at once for each column."""
    for column, targets in table.named_ids().items():
        wanted = set(wanted_labels(table.raw.kind, column))
        rest = {target for target in targets if wanted.isdisjoint(_known_labels(check, target))}
        if rest and (
            "Employee" not in wanted or any(one not in served or not _known_labels(check, one) for one in rest)
        ):
            return False
    return True


def _all_rows(check: _Check) -> Iterator[Row]:
    yield from check.nodes.values()
    yield from check.ties.values()


def wanted_labels(kind: NodeKind | TieKind, column: str) -> tuple[str, ...]:
    """The labels of which a node must have one that a reference column names."""
    if isinstance(kind, NodeKind) and column in kind.references:
        return kind.references[column].to
    if isinstance(kind, TieKind):
        for end in (kind.start, kind.end):
            if end and end.column == column:
                return end.labels
    return (kind.properties[column].ref or "",)


def _labels_of(check: _Check, node_id: str) -> frozenset[str]:
    """The labels that the node will have by its own properties, and those that it has now."""
    if node_id not in check.labels:
        check.labels[node_id] = frozenset(_coming_labels(check, node_id))
    return check.labels[node_id]


def _coming_labels(check: _Check, node_id: str) -> set[str]:
    row = check.nodes[node_id]
    assert isinstance(row.kind, NodeKind), row.place
    has, lacks = labels_by_property(row.kind, row.values)
    stored = check.snapshot.nodes.get(node_id)
    return ({*stored.labels} if stored else set()) - lacks | has | {row.kind.label}


def _who_served_us(check: _Check) -> set[str]:
    """The people who work or worked at our own firm, by the graph and by the files."""
    served = {node.id for node in check.snapshot.nodes.values() if node.served_us}
    works_at = VOCABULARY.ties["WORKS_AT"]
    for row in check.ties.values():
        if row.kind is works_at and "OwnFirm" in _known_labels(check, row.end):
            served.add(row.start)
    return served


def _known_labels(check: _Check, node_id: str) -> frozenset[str]:
    if node_id in check.nodes:
        return _labels_of(check, node_id)
    stored = check.snapshot.nodes.get(node_id)
    return stored.labels if stored else frozenset()


def _refuse_unknown(check: _Check, row: Row, column: str, target: str) -> None:
    near = nearest(target, {*check.nodes, *check.snapshot.nodes, *check.snapshot.near_ids})
    if near is None:
        check.refuse(row, "unknown_id_far", column, target)
    else:
        check.refuse(row, "unknown_id", column, target, nearest=near)


def _kind_name(labels: Iterable[str]) -> str:
    return " ".join(sorted(label for label in labels if _PRIMARY.get(label) == label)) or "?"


def _check_circles(check: _Check) -> None:
    for tie_type, kind in VOCABULARY.ties.items():
        if not kind.acyclic:
            continue
        rows = [row for row in check.ties.values() if row.kind is kind and not row.refused and row.start != row.end]
        stored = [tie for tie in check.snapshot.ties.values() if tie.type == tie_type]
        for cycle, guilty in find_cycles(rows, stored):
            names = " → ".join(_name_of(check, one) for one in (*cycle, cycle[0]))
            for row in guilty:
                column = kind.end.column if kind.end else ""
                check.refuse(row, "cycle", column, row.end, cycle=names)


def _name_of(check: _Check, node_id: str) -> str:
    row, stored = check.nodes.get(node_id), check.snapshot.nodes.get(node_id)
    name = (row.values.get("name") if row else None) or (stored.properties.get("name") if stored else None)
    return shown(name or node_id)


def _spread_refusals(check: _Check) -> None:
    """Refuse what refers to a refused row that the graph does not hold either, until nothing more is found."""
    bad = dict(check.refused_places)
    bad |= {row.id: row.place for row in check.nodes.values() if row.refused}
    bad = {one: place for one, place in bad.items() if one not in check.snapshot.nodes}
    pending = set(bad)
    if not pending:
        return
    users: dict[str, list[tuple[Row, str]]] = defaultdict(list)
    for row in _all_rows(check):
        for column, target in row.named_ids():
            users[target].append((row, column))
    while pending:
        target = pending.pop()
        for row, column in users[target]:
            if isinstance(row.kind, NodeKind) and not row.refused and row.id not in check.snapshot.nodes:
                bad[row.id] = row.place
                pending.add(row.id)
            check.refuse(row, "bad_target", column, target, place=bad[target])
