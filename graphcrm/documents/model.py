"""What a document says, before it has a form: a title and lines, each of a style."""

from __future__ import annotations

import re
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

_TORN = re.compile(r"(?<=[0-9]) (?=(?:г\.|%))")

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


SIGNS = 84
"""Signs in a row of a table on an upright page, its margins among them; broad Cyrillic letters."""
BESIDE = 3
"""Signs that the margins of a cell take."""
LONGEST_WORD = 24
"""A word with more signs may be broken: no column is kept wide for it."""


def widths(rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """The share of each column of a table, 0-1: sentences get more room than names, and no word has to be broken.

    Where the longest words of all columns do not fit beside each other, each gets room in proportion to its own.
    """
    columns = list(zip(*rows, strict=True))
    weights = [min(max(*map(len, column), 8), 70) ** 0.5 for column in columns]
    least = [(_longest_word(column) + BESIDE) / SIGNS for column in columns]
    if sum(least) >= 1:
        return tuple(room / sum(least) for room in least)
    shares, kept = [0.0] * len(columns), set[int]()
    while True:
        free = [place for place in range(len(columns)) if place not in kept]
        left, whole = 1 - sum(least[place] for place in kept), sum(weights[place] for place in free)
        shares = [least[place] if place in kept else weights[place] * left / whole for place in range(len(columns))]
        narrow = {place for place in free if shares[place] < least[place]}
        if not narrow:
            return tuple(shares)
        kept |= narrow


def is_tight(rows: Sequence[Sequence[str]]) -> bool:
    """Whether some word of a table does not fit into its column, so that words may be broken there."""
    columns = list(zip(*rows, strict=True))
    return sum(_longest_word(column) + BESIDE for column in columns) > SIGNS or any(
        len(word) > LONGEST_WORD for row in rows for cell in row for word in cell.split()
    )


def _longest_word(column: Sequence[str]) -> int:
    return min(max((len(word) for cell in column for word in cell.split()), default=0), LONGEST_WORD)


def held_together(text: str) -> str:
    """``text`` with a number and its sign on one line: the year and its "г." of a Russian date, a share and its "%"."""
    return _TORN.sub("\u00a0", text)
