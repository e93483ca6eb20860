"""What is imported: the CSV files of a folder, or named streams from an upload. Refused here what need not be read."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from graphcrm.errors import InvalidInput
from graphcrm.ingest.codes import nearest
from graphcrm.ingest.limits import LIMITS, MEGABYTE, Limits
from graphcrm.ingest.problems import Problem, shown
from graphcrm.vocabulary import VOCABULARY, NodeKind, TieKind

KNOWN_STEMS = tuple(kind.file for kind in (*VOCABULARY.nodes.values(), *VOCABULARY.ties.values()) if kind.file)
"""The names of all files that are imported, without ``.csv``, nodes before ties: the order in which they are read."""

_SIGNATURES = (
    b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"\x28\xb5\x2f\xfd",
    b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"PAR1", b"SQLite", b"\x7fELF",
)  # fmt: skip
"""How archives, workbooks and other files begin that are no text, whatever their name says."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file to be imported: a path, or the bytes of an upload."""

    name: str
    size: int
    path: Path | None = None
    content: bytes = b""

    @property
    def stem(self) -> str:
        """``people`` of ``People.CSV``."""
        return Path(self.name).stem.lower()

    def open(self) -> BinaryIO:
        """The bytes, from the beginning. Raises OSError."""
        return self.path.open("rb") if self.path else io.BytesIO(self.content)


def folder_sources(folder: Path) -> list[Source]:
    """The CSV files directly in ``folder``.

    Raises:
        InvalidInput: it is not a folder, or cannot be listed.
    """
    if not folder.is_dir():
        raise InvalidInput(
            "{folder} is not a folder.", mend="Give the folder that holds people.csv and the like.", folder=folder
        )
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv" and path.name[0] != ".")
        return [Source(path.name, path.stat().st_size if path.is_file() else 0, path) for path in paths]
    except OSError as error:
        raise InvalidInput("{folder} cannot be listed: {reason}.", folder=folder, reason=error.strerror) from error


def stream_sources(streams: Iterable[tuple[str, BinaryIO]], limits: Limits = LIMITS) -> list[Source]:
    """Named byte streams (an upload) as sources. What is too large, alone or together, is measured and not read."""
    given = [(Path(name.replace("\\", "/")).name, stream, _size_of(stream)) for name, stream in streams]
    if sum(size for _, _, size in given) > limits.total_bytes:
        return [Source(name, size) for name, _, size in given]
    return [
        Source(name, size, None, stream.read(size) if size <= limits.file_bytes else b"")
        for name, stream, size in given
    ]


def _size_of(stream: BinaryIO) -> int:
    stream.seek(0, os.SEEK_END)
    size = stream.tell()
    stream.seek(0)
    return size


def kind_of(stem: str) -> NodeKind | TieKind | None:
    """What the rows of ``stem``.csv are."""
    return VOCABULARY.node_of_file(stem) or VOCABULARY.tie_of_file(stem)


def usable_sources(sources: Iterable[Source], limits: Limits = LIMITS) -> tuple[list[Source], list[Problem]]:
    """(the sources that can be read, in the order in which to read them; what is wrong with the others)."""
    given = sorted(sources, key=lambda source: source.name)
    problems = [*_problems_of_all(given, limits)]
    if problems:
        return [], problems
    usable: dict[str, Source] = {}
    for source in given:
        fault = _problem_of(source, limits)
        if fault is None and source.stem in usable:
            fault = Problem("two_files", source.name, fields={"other": usable[source.stem].name})
        if fault:
            problems.append(fault)
        else:
            usable[source.stem] = source
    return [usable[stem] for stem in KNOWN_STEMS if stem in usable], problems


def _problems_of_all(sources: list[Source], limits: Limits) -> Iterator[Problem]:
    total = sum(source.size for source in sources)
    if not sources:
        yield Problem("no_files", "")
    elif total > limits.total_bytes:
        fields = {"megabytes": total // MEGABYTE, "limit": limits.total_bytes // MEGABYTE}
        yield Problem("total_too_large", "", fields=fields)


def _problem_of(source: Source, limits: Limits) -> Problem | None:
    if not source.name.lower().endswith(".csv"):
        return Problem("not_csv", source.name)
    if kind_of(source.stem) is None:
        best = nearest(source.stem, KNOWN_STEMS) or "people"
        return Problem("unknown_file", shown(source.name), fields={"nearest": f"{best}.csv"})
    if source.size > limits.file_bytes:
        fields = {"megabytes": source.size // MEGABYTE, "limit": limits.file_bytes // MEGABYTE}
        return Problem("too_large", source.name, fields=fields)
    try:
        if source.path and not source.path.is_file():
            return Problem("unreadable", source.name, fields={"reason": "not a plain file"})
        with source.open() as stream:
            head = stream.read(16)
    except OSError as error:
        return Problem("unreadable", source.name, fields={"reason": error.strerror or str(error)})
    return Problem("not_csv", source.name) if head.startswith(_SIGNATURES) else None
