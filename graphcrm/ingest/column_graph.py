"""Nodes and ties of whole files as arrays: ids become numbers, labels become masks over the numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graphcrm.ingest.column_values import stored_column
from graphcrm.ingest.columns import Doubtful, TextTable
from graphcrm.ingest.labels import labelling_properties, labels_by_property
from graphcrm.ingest.rows import SEPARATOR
from graphcrm.vocabulary import VOCABULARY, NodeKind, TieKind

Numbers = np.ndarray


@dataclass(slots=True)
class Nodes:
    """The nodes of one file.

    Attributes:
        first: the number of the first; the others follow in the order of the file.
        values: property -> its values as the offline import reads them.
        labels: the sets of labels that occur, without the one of all entities. codes: which of them each node has.
    """

    table: TextTable
    kind: NodeKind
    first: int
    ids: pa.Array
    values: dict[str, pa.Array]
    labels: list[frozenset[str]]
    codes: Numbers

    def numbers(self) -> slice:
        """Where these nodes are among all."""
        return slice(self.first, self.first + len(self.ids))


@dataclass(slots=True)
class Ties:
    """Ties of one type: of a file, or of a reference column of a file of nodes. Ends are the numbers of nodes.

    ``rows``: the row of the file in which each stands, counted from 0.
    """

    type: str
    table: TextTable
    rows: Numbers
    start: Numbers
    end: Numbers
    ids: pa.Array
    values: dict[str, pa.Array] = field(default_factory=dict)
    of_reference: bool = False

    @property
    def kind(self) -> TieKind:
        """As the vocabulary knows it."""
        return VOCABULARY.ties[self.type]


@dataclass(slots=True)
class Named:
    """The nodes that one column names: ``numbers`` of nodes, named by the ``rows`` of the same places."""

    table: TextTable
    column: str
    rows: Numbers
    numbers: Numbers


@dataclass(slots=True)
class ColumnGraph:
    """All nodes of the files. Ids of ``ids`` stand at the numbers of their nodes."""

    nodes: list[Nodes]
    ids: pa.Array
    masks: dict[frozenset[str], Numbers] = field(default_factory=dict)
    encoded_ids: pa.Array | None = None  # as JSON writes them, once they were asked for

    def has_any(self, labels: Iterable[str]) -> Numbers:
        """True at each node that has one of these labels by its kind and its own properties."""
        wanted = frozenset(labels)
        if wanted not in self.masks:
            mask = np.zeros(len(self.ids), bool)
            for some in self.nodes:
                mask[some.numbers()] = np.array([not wanted.isdisjoint(one) for one in some.labels])[some.codes]
            self.masks[wanted] = mask
        return self.masks[wanted]


def make_nodes(table: TextTable, first: int) -> Nodes:
    """The nodes of a file whose first one gets a number. Raises Doubtful."""
    kind = table.kind
    assert isinstance(kind, NodeKind), table.raw.file
    values = {name: stored_column(cells, kind, name, table.reading) for name, cells in table.named.items()
              if name in kind.properties}  # fmt: skip
    ids = stored_column(table.named["id"], kind, "id", table.reading)
    labels, codes = _labels(kind, values, len(table))
    return Nodes(table, kind, first, ids, values, labels, codes)


def _labels(kind: NodeKind, values: dict[str, pa.Array], count: int) -> tuple[list[frozenset[str]], Numbers]:
    labels, codes = [frozenset({kind.label})], np.zeros(count, np.int64)
    for name in labelling_properties(kind.label):
        if name not in values:
            continue
        coded = values[name].dictionary_encode()
        own = [_brought(kind, name, text) for text in coded.dictionary.to_pylist()] + [frozenset()]
        places = pc.fill_null(coded.indices, len(own) - 1).to_numpy(zero_copy_only=False)
        pairs, codes = np.unique(codes * len(own) + places, return_inverse=True)
        labels = [labels[pair // len(own)] | own[pair % len(own)] for pair in pairs.tolist()]
    return labels, codes


def _brought(kind: NodeKind, name: str, text: str) -> frozenset[str]:
    value = text.split(SEPARATOR) if kind.properties[name].many else text
    return frozenset(labels_by_property(kind, {name: value})[0])


def resolve(graph: ColumnGraph, columns: list[tuple[TextTable, str]]) -> list[Named]:
    """Which nodes the cells of these columns name.

    Raises:
        Doubtful: an id that no file has, or one twice in a cell.
    """
    found = _look_up(graph, columns, [table.named[name] for table, name in columns])
    again = [place for place, one in enumerate(found) if one is None]
    if again:
        # With spaces round them, with an apostrophe before them: as the importer's own parser reads them.
        some = [columns[place] for place in again]
        read = [stored_column(table.named[name], table.kind, name, table.reading) for table, name in some]
        for place, one in zip(again, _look_up(graph, some, read), strict=True):
            found[place] = one
    if any(one is None for one in found):
        raise Doubtful
    return [Named(*column, *one) for column, one in zip(columns, found, strict=True) if one is not None]


def _look_up(
    graph: ColumnGraph, columns: list[tuple[TextTable, str]], cells: list[pa.Array]
) -> list[tuple[Numbers, Numbers] | None]:
    """(rows, numbers) for each column with these cells; None for one that has cells which are no ids as they stand."""
    holds_many = [_holds_many(table, name) for table, name in columns]
    split = [_split(one, many) for one, many in zip(cells, holds_many, strict=True)]
    numbers = pc.index_in(pa.concat_arrays([ids for _, ids in split]), value_set=graph.ids)
    everywhere = pc.fill_null(numbers, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    found: list[tuple[Numbers, Numbers] | None] = []
    at = 0
    for one, many, (rows, ids) in zip(cells, holds_many, split, strict=True):
        own = everywhere[at : at + len(ids)]
        at += len(ids)
        guarded = pc.any(pc.starts_with(one, "'")).as_py()
        twice = many and len(np.unique(rows * len(graph.ids) + own)) < len(own)
        found.append(None if guarded or twice or (own < 0).any() else (rows, own))
    return found


def _holds_many(table: TextTable, name: str) -> bool:
    kind = table.kind
    if isinstance(kind, NodeKind) and name in kind.references:
        return kind.references[name].many
    return name in kind.properties and kind.properties[name].many


def _split(cells: pa.Array, many: bool) -> tuple[Numbers, pa.Array]:
    """(row of each id, id): an empty cell names nothing, another one id or, where it may, several."""
    rows, ids = pa.array(np.arange(len(cells))), cells
    if many:
        lists = pc.split_pattern(cells, SEPARATOR)
        rows, ids = pc.list_parent_indices(lists), pc.list_flatten(lists)
    there = pc.fill_null(pc.greater(pc.binary_length(ids), 0), False)
    return rows.filter(there).to_numpy(zero_copy_only=False).astype(np.int64), ids.filter(there)
