"""Short hashes of the rows of files: by them an import tells which rows the one before it has brought already.

A row's hash covers its cells and all that gives them their meaning: what the table is of, its columns after any
mapping, how its numbers are written, and the program that reads them. 64 bits: that one of a million new rows has the
hash of one of a million old ones by chance happens once in 18 million such imports.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from graphcrm.ingest.tables import RawTable
from graphcrm.vocabulary import NodeKind, TieKind

PART = 250_000
"""Rows whose hashes are kept in one piece: 4 MB."""
_BETWEEN = "\x1f"


def row_hashes(raw: RawTable) -> list[int]:
    """The hash of each row of a table, in its order."""
    what = (_program(), raw.stem, raw.columns, raw.delimiter == ",")
    begin = hashlib.blake2b(repr(what).encode(), digest_size=8)
    found = []
    for row in raw.rows:
        text = _BETWEEN.join(row.cells)
        if text.count(_BETWEEN) >= len(row.cells) > 1:
            text = repr(row.cells)  # a cell holds the separator
        one = begin.copy()
        one.update(text.encode(errors="surrogatepass"))
        found.append(int.from_bytes(one.digest()))
    return found


def id_hash(kind: NodeKind | TieKind, named: str) -> int:
    """A hash of what a row's id names: a node or a tie."""
    text = f"{isinstance(kind, NodeKind):d}{named}"
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


@cache
def _program() -> str:
    """A hash of the vocabulary and of the code that reads files: another version may read the same cell otherwise."""
    whole = hashlib.blake2b()
    for package in ("graphcrm.vocabulary", "graphcrm.ingest", "graphcrm.domain"):
        for file in sorted(_files(files(package)), key=lambda one: one.name):
            whole.update(file.name.encode())
            whole.update(file.read_bytes())
    return whole.hexdigest()


def _files(folder: Traversable) -> Iterable[Traversable]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _files(one) if one.name != "__pycache__" else ()
        else:
            yield one


def packed(rows: Mapping[int, int]) -> list[bytes]:
    """Hash of the row -> hash of its id, as it is kept: 16 bytes a row, in parts."""
    numbers = [number for pair in rows.items() for number in pair]
    size = 2 * PART
    pieces = (numbers[at : at + size] for at in range(0, len(numbers), size))
    return [struct.pack(f"<{len(piece)}Q", *piece) for piece in pieces]


def unpacked(parts: Iterable[bytes]) -> dict[int, int]:
    """What :func:`packed` was given."""
    numbers = [number for part in parts for number in struct.unpack(f"<{len(part) // 8}Q", part)]
    return dict(zip(numbers[::2], numbers[1::2], strict=True))
