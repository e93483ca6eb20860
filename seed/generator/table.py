"""The rows of all CSV files while they are being made, and how they are written."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from graphcrm.vocabulary import VOCABULARY


class Tables:
    """Rows by file stem, in the order in which they were added. Columns are those of the vocabulary."""

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, str]]] = {}
        self._ids: dict[str, str] = {}

    def add(self, stem: str, cells: Mapping[str, Any]) -> str:
        """Add a row and return its id ("" for a tie, whose id follows from its ends).

        Raises:
            KeyError: a column that the vocabulary does not know.
            ValueError: an id that some row of any file has already.
        """
        unknown = set(cells) - set(columns_of(stem))
        if unknown:
            raise KeyError(f"{stem}: {sorted(unknown)}")
        row = {name: cell_text(value) for name, value in cells.items()}
        identity = row.get("id", "")
        if identity and identity in self._ids:
            raise ValueError(f"{stem}: {identity} is taken by {self._ids[identity]}")
        if identity:
            self._ids[identity] = stem
        self._rows.setdefault(stem, []).append(row)
        return identity

    def rows(self, stem: str) -> list[dict[str, str]]:
        """The rows of one file. Cells that were not given are absent."""
        return self._rows.get(stem, [])

    def has(self, identity: str) -> bool:
        """Is the id taken?"""
        return identity in self._ids

    def write(self, folder: Path) -> dict[str, int]:
        """Write every file that has rows; returns file name -> number of rows."""
        written = {}
        for stem in sorted(self._rows):
            with (folder / f"{stem}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns_of(stem), restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(self._rows[stem])
            written[f"{stem}.csv"] = len(self._rows[stem])
        return written


def columns_of(stem: str) -> tuple[str, ...]:
    """The columns of a file, from the vocabulary."""
    kind = VOCABULARY.node_of_file(stem) or VOCABULARY.tie_of_file(stem)
    if kind is None:
        raise KeyError(f"no file is called {stem}")
    return kind.columns


def cell_text(value: Any) -> str:
    """A value as it stands in a cell: lists joined by ``|``, days as ISO, numbers without needless zeros."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "|".join(cell_text(one) for one in value)
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return value.isoformat() if isinstance(value, date) else str(value)
