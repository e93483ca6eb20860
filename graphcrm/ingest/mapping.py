"""Columns under other names: which column of ours each of theirs is, told once by hand and found again by the header.

Pure. A mapping only ever names columns of the vocabulary; what a header says stays plain data.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from rapidfuzz import fuzz, process

from graphcrm.ingest.codes import LEAST_LIKENESS
from graphcrm.ingest.contacts import PROBLEM_COLUMN, columns_taken
from graphcrm.ingest.names import (
    Kind,
    column_labels,
    columns_by_name,
    kind_named,
    kind_of,
    kind_of_table,
    plain_name,
)

SAFE_LENGTH = 4
"""Shorter words are found inside of others that have nothing to do with them, as in "Как заПОЛнять"."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What the columns of a table are.

    Attributes:
        stem: the kind of the rows by its file (``people``); "" to leave the whole table out.
        columns: plain name of a column -> column of ours; "" to leave it out.
        origin: the file that says so; "" for what is kept in the graph.
    """

    stem: str
    columns: Mapping[str, str]
    origin: str = ""


@dataclass(frozen=True, slots=True)
class FoundHeader:
    """A header that has columns, or a table that has a name, under which nothing is known.

    Attributes:
        file, sheet: where. header: as it stands. stem: the kind when it is known, else the likeliest or "".
        known: True when the name of the file or sheet tells the kind.
        unknown: the columns that need a word. samples: the first rows, to know the columns by.
    """

    file: str
    sheet: str
    header: tuple[str, ...]
    stem: str
    known: bool
    unknown: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...] = ()

    @property
    def name(self) -> str:
        """What the sheet, or the file without its ending, is called."""
        return self.sheet or PurePath(self.file).stem

    @property
    def shape(self) -> str:
        """Under which the mapping is kept."""
        return header_shape(self.stem if self.known else "", self.header)


def header_shape(stem: str, header: Iterable[str]) -> str:
    """What tells one header from another: its names, whatever their order, case and signs, and the kind if known."""
    names = sorted({plain_name(cell) for cell in header} - {"", PROBLEM_COLUMN})
    text = json.dumps([stem, names], ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Naming:
    """How an import names things. ``given`` (by name of file or sheet) goes before ``kept`` (by shape).

    ``new_organizations``: the kind (code of ``organization_kind``) as which organisations are made that lists of
    contacts name and nobody knows; "" to refuse the rows that name them.
    """

    kept: Mapping[str, ColumnMapping] = field(default_factory=dict)
    given: Mapping[str, ColumnMapping] = field(default_factory=dict)
    new_organizations: str = ""

    def find(self, name: str, header: tuple[str, ...]) -> ColumnMapping | None:
        """The mapping of a table called ``name`` with this header, or None."""
        given = self.given.get(plain_name(name))
        if given and (not given.columns or set(given.columns) & {plain_name(cell) for cell in header}):
            return given
        kind = kind_of_table(name, header)
        return self.kept.get(header_shape((kind.file or "") if kind else "", header))


PLAIN = Naming()
"""No mappings at all."""


def suggest_columns(kind: Kind, header: Iterable[str]) -> dict[str, str]:
    """Each name of the header -> the nearest column of the kind, "" when none is near. No column is offered twice."""
    names = [name for name in dict.fromkeys(header) if plain_name(name)]
    known = columns_by_name(kind.file or "")
    found: dict[str, str] = {}
    for name in names:
        if (column := known.get(plain_name(name))) and column not in found.values():
            found[name] = column
    rest = [name for name in names if name not in found]
    ranked = sorted(
        ((score, name, known[word]) for name in rest for word, score in _near(plain_name(name), known)),
        key=lambda one: (-one[0], names.index(one[1]), one[2]),
    )
    for _, name, column in ranked:
        if name not in found and column not in found.values():
            found[name] = column
    return {name: found.get(name, "") for name in names}


def _near(name: str, known: Mapping[str, str]) -> list[tuple[str, float]]:
    hits = process.extract(name, known.keys(), scorer=fuzz.WRatio, score_cutoff=LEAST_LIKENESS + 15, limit=5)
    return [(word, score) for word, score, _ in hits if len(word) >= SAFE_LENGTH or word in name.split()]


def suggest_kind(name: str, header: Iterable[str], kinds: Iterable[Kind]) -> str:
    """The stem of the kind whose columns explain the header best, "" when none does.

    The name of the table decides between equals.
    """
    plain = [plain_name(cell) for cell in header if plain_name(cell)]
    named = kind_named(name)

    def fit(kind: Kind) -> tuple[float, float]:
        known = columns_by_name(kind.file or "")
        exact = sum(cell in known for cell in plain)
        near = sum(bool(_near(cell, known)) for cell in plain if cell not in known)
        return exact + 0.5 * near + 0.25 * (kind is named), fuzz.ratio(plain_name(name), plain_name(kind.file or ""))

    best = max(kinds, key=fit)
    return (best.file or "") if fit(best)[0] >= 1 else ""


def allowed_columns(stem: str, language: str) -> dict[str, str]:
    """Column -> its name in ``language``: all that a table of the kind ``stem`` may have."""
    kind = kind_of(stem)
    if kind is None:
        return {}
    labels = column_labels(kind, language)
    return {column: labels[column] for column in columns_taken(kind)}
