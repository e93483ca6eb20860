"""What a document says, before it has a form: a title and lines, each of a style."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Style = Literal[
    "fact",  # standing of the whole
    "section",
    "question",
    "value",
    "item",
    "missing",  # what is not known
    "helper",  # who could find it out
    "note",
    "figure",  # a key figure
    "reason",
    "proof",  # a tie behind a reason
    "gap",
    "picture",
    "table",
]

DASH = "–"
"""Stands in an empty cell of a table."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that a document holds.

    Attributes:
        svg: the picture, closed: it loads nothing. width, height: its size in pixels.
        words: the same in words, for who cannot see it: (depth, text) of each line.
    """

    svg: str
    width: float
    height: float
    words: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line, without control characters. A picture's text is its title.

    Attributes:
        rows: of a table, the first one its heading; all have the same number of cells.
    """

    style: Style
    text: str
    drawing: Drawing | None = None
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document in one language ("en" or "ru"), as of a day."""

    title: str
    language: str
    as_of: date
    lines: tuple[Line, ...]


def flat(text: str) -> str:
    """One line of printable text: a name cannot forge a line, talk to a terminal or turn the writing round."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Line:
    """A table as a line. An empty cell is a dash."""
    cells = (tuple(flat(cell) or DASH for cell in row) for row in (heading, *rows))
    return Line("table", "", rows=tuple(cells))


def widths(rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """The share of each column of a table, 0-1: sentences get more room than names, and no name is squeezed."""
    longest = (max(len(cell) for cell in column) for column in zip(*rows, strict=True))
    weights = [min(max(signs, 8), 70) ** 0.5 for signs in longest]
    return tuple(weight / sum(weights) for weight in weights)
