"""Circles in ties that must not make one (reports to, parent of), within the days on which all of them hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import networkx as nx

from graphcrm.ingest.rows import Row
from graphcrm.ingest.snapshot import TieState


@dataclass(frozen=True, slots=True)
class _Line:
    start: str
    end: str
    begins: date
    ends: date
    row: Row | None

    def holds_on(self, day: date) -> bool:
        return self.begins <= day < self.ends


def find_cycles(rows: Iterable[Row], stored: Iterable[TieState]) -> Iterator[tuple[list[str], list[Row]]]:
    """(the ids on the circle in order, the rows of the files that make it) for each circle, until none is left.

    Args:
        rows: ties of one type from the files; a row replaces the stored tie of its id.
        stored: ties of that type in the graph; circles among these alone are not the file's fault and not told.
    """
    given = list(rows)
    replaced = {row.id for row in given}
    lines = [_line(row.start, row.end, row.values, row) for row in given]
    lines += [_line(tie.start, tie.end, tie.properties, None) for tie in stored if tie.id not in replaced]
    while found := _one_cycle(lines):
        cycle, on_it = found
        guilty = [line.row for line in on_it if line.row is not None]
        if guilty:
            yield cycle, guilty
        gone = {id(line) for line in on_it if line.row is not None or not guilty}
        lines = [line for line in lines if id(line) not in gone]


def _line(start: str, end: str, values: Any, row: Row | None) -> _Line:
    begins, ends = values.get("valid_from"), values.get("valid_to")
    return _Line(start, end, begins or date.min, ends or date.max, row)


def _one_cycle(lines: list[_Line]) -> tuple[list[str], list[_Line]] | None:
    """A circle whose lines all hold on one day. Such a day is among the first days of its lines."""
    graph = nx.DiGraph((line.start, line.end) for line in lines)
    knots = [knot for knot in nx.strongly_connected_components(graph) if len(knot) > 1]
    knots += [{node} for node in nx.nodes_with_selfloops(graph)]
    for knot in sorted(knots, key=min):
        inside = [line for line in lines if line.start in knot and line.end in knot]
        for day in sorted({line.begins for line in inside}):
            valid = [line for line in inside if line.holds_on(day)]
            try:
                edges = nx.find_cycle(nx.DiGraph(sorted((line.start, line.end) for line in valid)))
            except nx.NetworkXNoCycle:
                continue
            on_it = [line for line in valid if (line.start, line.end) in set(edges)]
            return [start for start, _ in edges], on_it
    return None
