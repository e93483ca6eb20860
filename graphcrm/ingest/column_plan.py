"""The plan of a first load, made of whole columns: all is new, and the files hold all that they name.

Everything that ``check.py`` refuses is :class:`Doubtful` here, and some things more that are rare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graphcrm.ingest.check import wanted_labels
from graphcrm.ingest.children import child_excess, may_be_child
from graphcrm.ingest.column_graph import ColumnGraph, Named, Nodes, Numbers, Ties, make_nodes, resolve
from graphcrm.ingest.column_values import stored_column
from graphcrm.ingest.columns import Doubtful, TextTable
from graphcrm.ingest.cycles import find_cycles
from graphcrm.ingest.labels import BASE_LABEL
from graphcrm.ingest.offline import OfflineTable, gate_table, stored_text, typed_name
from graphcrm.ingest.plan import Counts, defaults_of
from graphcrm.ingest.report import Progress, no_progress
from graphcrm.ingest.rows import Row
from graphcrm.ingest.snapshot import Snapshot
from graphcrm.ingest.tables import RawRow
from graphcrm.ingest.tie_ids import derived_ids
from graphcrm.ingest.tie_labels import label_texts, labels_of_ties
from graphcrm.vocabulary import NodeKind, Property, TieKind

_ROUNDS = 100
"""After so many a chain of command is long enough to be looked at by itself."""


@dataclass(slots=True)
class ColumnPlan:
    """All that is to be loaded; nothing is wrong with it. ``counts``: by the stem of the file."""

    graph: ColumnGraph
    ties: list[Ties]
    counts: dict[str, Counts] = field(default_factory=dict)

    @property
    def nodes(self) -> int:
        """How many nodes."""
        return len(self.graph.ids)

    @property
    def tie_count(self) -> int:
        """How many ties."""
        return sum(len(some.start) for some in self.ties)


def plan_of_columns(tables: list[TextTable], *, today: date, progress: Progress = no_progress) -> ColumnPlan:
    """The plan.

    Args:
        tables: nodes before ties, as :func:`graphcrm.ingest.read.in_order` has them.
        today: the day by which somebody is a child.
        progress: told in rows, at the beginning and the end.

    Raises:
        Doubtful: something may be wrong.
    """
    rows = sum(map(len, tables))
    progress(0, rows, "check")
    graph = _nodes_of(tables)
    columns = [(table, name) for table in tables for name in _naming_columns(table)]
    named = resolve(graph, columns) if columns else []
    by_place = {(id(one.table), one.column): one for one in named}
    ties = [_ties_of(table, by_place, graph) for table in tables if isinstance(table.kind, TieKind)]
    _check_kinds(graph, named, ties)
    for some in ties:
        _check_ties(some)
        if some.kind.acyclic:
            _check_circles(some, graph)
    _check_once(pa.chunked_array([some.ids for some in ties], pa.string()))
    _check_children(graph, ties, today)
    for nodes in graph.nodes:
        ties += _reference_ties(nodes, by_place, graph)
    counts: dict[str, Counts] = {}
    for table in tables:
        counts.setdefault(table.raw.stem, Counts()).create += len(table)
    progress(rows, rows, "check")
    return ColumnPlan(graph, ties, counts)


def tables_of_columns(plan: ColumnPlan, *, today: date, now: datetime) -> Iterator[OfflineTable]:
    """What the plan makes, for the offline import. ``today``: the day by which secondary labels are set."""
    graph, ties = plan.graph, [some for some in plan.ties if len(some.start)]
    texts = label_texts(graph, BASE_LABEL, labels_of_ties(graph, ties, today))
    for place, (nodes, labels) in enumerate(zip(graph.nodes, texts, strict=True)):
        numbers = np.arange(nodes.first, nodes.first + len(nodes.ids))
        columns = {":ID": pa.array(numbers), ":LABEL": labels, "id:string": nodes.ids}
        yield OfflineTable(f"{place:03d}", columns | _properties(nodes.kind, nodes.values, len(nodes.ids)))
    if ties:
        yield gate_table(len(graph.ids))
    for place, some in enumerate(ties):
        count = len(some.start)
        columns = {
            ":START_ID": pa.array(some.start),
            ":END_ID": pa.array(some.end),
            ":TYPE": pa.repeat(pa.scalar(some.type), count),
            "id:string": some.ids,
        }
        properties = _properties(some.kind, some.values, count, is_bare=some.of_reference)
        if "recorded_at" in some.kind.properties:
            name, moment = typed_name(some.kind.properties["recorded_at"]), pa.scalar(stored_text(now))
            given = properties.get(name)
            properties[name] = pa.repeat(moment, count) if given is None else pc.fill_null(given, moment)
        yield OfflineTable(f"{place:03d}", columns | properties, is_ties=True)


def anyway(kind: NodeKind | TieKind, values: Mapping[str, pa.Array], *, is_bare: bool) -> dict[str, Any]:
    """Property -> value that each new one has where no column of the file speaks of it; a bare one has none."""
    return {} if is_bare else {name: one for name, one in defaults_of(kind).items() if name not in values}


def _properties(
    kind: NodeKind | TieKind, values: dict[str, pa.Array], count: int, *, is_bare: bool = False
) -> dict[str, pa.Array]:
    """The properties under their typed names, and the version."""
    known: dict[str, Property] = dict(kind.properties)
    named = {typed_name(known[name]): array for name, array in values.items()}
    for name, value in anyway(kind, values, is_bare=is_bare).items():
        named[typed_name(known[name])] = pa.repeat(pa.scalar(stored_text(value)), count)
    return named | {"version:long": pa.repeat(pa.scalar(1), count)}


def _nodes_of(tables: Iterable[TextTable]) -> ColumnGraph:
    nodes: list[Nodes] = []
    for table in tables:
        _check_needed(table)
        if isinstance(table.kind, NodeKind):
            nodes.append(make_nodes(table, nodes[-1].numbers().stop if nodes else 0))
    ids = pa.concat_arrays([some.ids for some in nodes]) if nodes else pa.array([], pa.string())
    _check_once(ids)
    return ColumnGraph(nodes, ids)


def _check_once(ids: pa.Array | pa.ChunkedArray) -> None:
    if pc.count_distinct(ids).as_py() < len(ids):
        raise Doubtful


def _check_needed(table: TextTable) -> None:
    """The columns without which nothing of the kind is made are there."""
    kind = table.kind
    needed = [name for name, prop in kind.properties.items() if prop.required]
    if isinstance(kind, NodeKind):
        needed += [name for name, reference in kind.references.items() if reference.required]
    if len(table) and not table.named.keys() >= set(needed):
        raise Doubtful


def _naming_columns(table: TextTable) -> Iterator[str]:
    """The columns that hold ids of other nodes."""
    kind = table.kind
    for name in table.named:
        prop = kind.properties.get(name)
        is_end = isinstance(kind, TieKind) and name in kind.columns and prop is None and name != "id"
        if is_end or (isinstance(kind, NodeKind) and name in kind.references) or (prop and prop.type == "ref"):
            yield name


def _ties_of(table: TextTable, named: dict[tuple[int, str], Named], graph: ColumnGraph) -> Ties:
    kind = table.kind
    assert isinstance(kind, TieKind), table.raw.file
    assert kind.start is not None, table.raw.file
    assert kind.end is not None, table.raw.file
    values = {name: stored_column(cells, kind, name, table.reading) for name, cells in table.named.items()
              if name in kind.properties}  # fmt: skip
    start, end = (_one_each(named[id(table), one.column], len(table)) for one in (kind.start, kind.end))
    if kind.symmetric:
        turned = pc.less(graph.ids.take(pa.array(end)), graph.ids.take(pa.array(start))).to_numpy(zero_copy_only=False)
        start, end = np.where(turned, end, start), np.where(turned, start, end)
    key = [values.get(name) for name in kind.key]
    own = stored_column(table.named["id"], kind, "id", table.reading) if "id" in table.named else None
    if own is None or own.null_count:
        made = derived_ids(kind.type, graph, (start, end), key)
        own = made if own is None else pc.coalesce(own, made)
    return Ties(kind.type, table, np.arange(len(table)), start, end, own, values)


def _one_each(named: Named, count: int) -> Numbers:
    if len(named.numbers) != count or not np.array_equal(named.rows, np.arange(count)):
        raise Doubtful
    return named.numbers


def _reference_ties(nodes: Nodes, named: dict[tuple[int, str], Named], graph: ColumnGraph) -> Iterator[Ties]:
    for name, reference in nodes.kind.references.items():
        one = named.get((id(nodes.table), name))
        if one is None:
            continue
        single = not reference.many and len(np.unique(one.rows)) < len(one.rows)
        if single or (reference.required and len(np.unique(one.rows)) < len(nodes.ids)):
            raise Doubtful
        start = nodes.first + one.rows
        ids = derived_ids(reference.tie, graph, (start, one.numbers), [])
        yield Ties(reference.tie, nodes.table, one.rows, start, one.numbers, ids, of_reference=True)


def _check_kinds(graph: ColumnGraph, named: Iterable[Named], ties: Iterable[Ties]) -> None:
    """Whoever is named is of a kind that may be named there; who works or worked for us counts as ours."""
    served = np.zeros(len(graph.ids), bool)
    for some in ties:
        if some.type == "WORKS_AT":
            served[some.start[graph.has_any(["OwnFirm"])[some.end]]] = True
    for one in named:
        wanted = wanted_labels(one.table.kind, one.column)
        fits = graph.has_any(wanted)[one.numbers]
        if "Employee" in wanted:
            fits = fits | served[one.numbers]
        if not fits.all():
            raise Doubtful


def _check_ties(ties: Ties) -> None:
    if (ties.start == ties.end).any():
        raise Doubtful
    begin, end = ties.values.get("valid_from"), ties.values.get("valid_to")
    if begin is not None and end is not None and pc.any(pc.less(end, begin)).as_py():
        raise Doubtful


def _check_circles(ties: Ties, graph: ColumnGraph) -> None:
    """What no circle can be made of is taken off, round by round; the importer's own check judges what is left."""
    left = np.arange(len(ties.start))
    for _ in range(_ROUNDS):
        goes_on, comes_in = np.zeros(len(graph.ids), bool), np.zeros(len(graph.ids), bool)
        goes_on[ties.start[left]] = True
        comes_in[ties.end[left]] = True
        kept = left[goes_on[ties.end[left]] & comes_in[ties.start[left]]]
        if len(kept) == len(left):
            break
        left = kept
    if len(left) and next(find_cycles(_rows(ties, left), ()), None):
        raise Doubtful


def _rows(ties: Ties, chosen: Numbers) -> Iterator[Row]:
    days = {name: ties.values[name].take(pa.array(chosen)).to_pylist() for name in ("valid_from", "valid_to")
            if name in ties.values}  # fmt: skip
    for place, number in enumerate(chosen.tolist()):
        values = {name: date.fromisoformat(held[place]) if held[place] else None for name, held in days.items()}
        ends = (str(ties.start[number]), str(ties.end[number]))
        yield Row("", ties.kind, RawRow(0, ()), str(number), values, {}, *ends)


def _check_children(graph: ColumnGraph, ties: Iterable[Ties], today: date) -> None:
    working = np.zeros(len(graph.ids), bool)
    for some in ties:
        if some.type == "WORKS_AT":
            working[some.start] = True
    for nodes in graph.nodes:
        if nodes.kind.label != "Person" or "birth_date" not in nodes.values:
            continue
        born = nodes.values["birth_date"].dictionary_encode()
        young = np.array([*(may_be_child(text, today) for text in born.dictionary.to_pylist()), False])
        places = pc.fill_null(born.indices, len(young) - 1).to_numpy(zero_copy_only=False)
        rows = np.flatnonzero(young[places] & ~working[nodes.numbers()])
        if len(rows) and any(child_excess(row, Snapshot(), today) for row in nodes.table.parsed(rows).rows):
            raise Doubtful
