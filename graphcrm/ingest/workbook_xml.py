"""What openpyxl's quick reader does not tell of a sheet: merged cells, and formulas that were saved without value."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import column_index_from_string

_CHUNK = 1024 * 1024
_LONGEST_CELL = 40_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]{0,100}?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^<>]{1,100})>\s{0,9}<(?:\w+:)?f(?:\s[^<>]{0,200})?(?:/>|>[^<]{0,9000}</(?:\w+:)?f>)\s{0,9}"
    rb"(?:<(?:\w+:)?v\s?/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s{0,9}</(?:\w+:)?c>"
)
"""A cell with a formula and nothing as its value. One of the type "str" holds an empty text, which is a value."""
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
MOST_MERGED = 100_000


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """``merged``: first row -> (column, last row) of cells merged downwards in one column. ``unsaved``: row -> columns.

    Rows and columns are counted from 1.
    """

    merged: Mapping[int, list[tuple[int, int]]] = field(default_factory=dict)
    unsaved: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def told(self) -> Container[int]:
        """The rows with a formula that has no value: they look empty."""
        return self.unsaved


def sheet_facts(sheet: Any) -> SheetFacts:
    """Read through the XML of a sheet once, in chunks."""
    merged: dict[int, list[tuple[int, int]]] = defaultdict(list)
    unsaved: dict[int, set[int]] = defaultdict(set)
    known = 0
    with sheet._get_source() as source:
        rest = b""
        while chunk := source.read(_CHUNK):
            text = rest + chunk
            for left, top, right, bottom in _MERGED.findall(text):
                if left == right and top != bottom and known < MOST_MERGED:
                    span = (column_index_from_string(left.decode()), int(bottom))
                    if span not in merged[int(top)]:
                        merged[int(top)].append(span)
                        known += 1
            for attributes in _FORMULA.findall(text) if b"<f" in text or b":f" in text else ():
                place = _PLACE.search(attributes)
                if place and b't="str"' not in attributes:
                    unsaved[int(place[2])].add(column_index_from_string(place[1].decode()))
            rest = text[-_LONGEST_CELL:]
    return SheetFacts(merged, {row: tuple(sorted(columns)) for row, columns in unsaved.items()})
