"""What is imported: files of a folder, one file, named streams of an upload. Refused here what need not be read."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from graphcrm.errors import InvalidInput
from graphcrm.ingest.limits import LIMITS, MEGABYTE, Limits
from graphcrm.ingest.problems import Problem
from graphcrm.ingest.workbook_guard import workbook_fault

TABLES, WORKBOOKS, CARDS = (".csv",), (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls"), (".vcf", ".vcard")
"""How the names of the files end that are taken, and of the workbooks that are refused with a word of their own."""

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

    @property
    def suffix(self) -> str:
        """``.csv`` of ``People.CSV``."""
        return Path(self.name).suffix.lower()

    def open(self) -> BinaryIO:
        """The bytes, from the beginning. Raises OSError."""
        return self.path.open("rb") if self.path else io.BytesIO(self.content)


def path_sources(path: Path) -> list[Source]:
    """One file, or the CSV files, workbooks and address cards directly in a folder.

    Raises:
        InvalidInput: it is neither, or cannot be listed.
    """
    if path.is_file():
        return [Source(path.name, path.stat().st_size, path)]
    if not path.is_dir():
        raise InvalidInput(
            "{folder} is neither a folder nor a file.",
            mend="Give a workbook, a file of address cards, or the folder that holds people.csv and the like.",
            folder=path,
        )
    try:
        found = sorted(one for one in path.iterdir() if one.suffix.lower() in _TAKEN and one.name[:1] not in (".", "~"))
        return [Source(one.name, one.stat().st_size if one.is_file() else 0, one) for one in found]
    except OSError as error:
        raise InvalidInput("{folder} cannot be listed: {reason}.", folder=path, reason=error.strerror) from error


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


def usable_sources(sources: Iterable[Source], limits: Limits = LIMITS) -> tuple[list[Source], list[Problem]]:
    """(the sources that can be read; what is wrong with the others)."""
    given = sorted(sources, key=lambda source: source.name)
    problems = [*_problems_of_all(given, limits)]
    if problems:
        return [], problems
    usable: list[Source] = []
    for source in given:
        fault = _problem_of(source, limits) or _problem_beside(source, usable)
        if fault:
            problems.append(fault)
        else:
            usable.append(source)
    return usable, problems


def _problems_of_all(sources: list[Source], limits: Limits) -> Iterator[Problem]:
    total = sum(source.size for source in sources)
    if not sources:
        yield Problem("no_files", "")
    elif total > limits.total_bytes:
        fields = {"megabytes": total // MEGABYTE, "limit": limits.total_bytes // MEGABYTE}
        yield Problem("total_too_large", "", fields=fields)


def _problem_beside(source: Source, others: Iterable[Source]) -> Problem | None:
    """Two files of one name, and two CSV files of one kind, are one too many."""
    for other in others:
        if source.name == other.name or (source.suffix == other.suffix == ".csv" and source.stem == other.stem):
            return Problem("two_files", source.name, fields={"other": other.name})
    return None


def _problem_of(source: Source, limits: Limits) -> Problem | None:
    if source.suffix not in _TAKEN:
        return Problem("not_csv", source.name)
    most = {WORKBOOKS: limits.workbook_bytes, CARDS: limits.card_bytes}.get(_family(source), limits.file_bytes)
    if source.size > most:
        fields = {"megabytes": source.size // MEGABYTE, "limit": most // MEGABYTE}
        return Problem("too_large", source.name, fields=fields)
    try:
        if source.path and not source.path.is_file():
            return Problem("unreadable", source.name, fields={"reason": "not a plain file"})
        with source.open() as stream:
            head = stream.read(16)
            if source.suffix in WORKBOOKS:
                return workbook_fault(source.name, stream, limits)
    except OSError as error:
        return Problem("unreadable", source.name, fields={"reason": error.strerror or str(error)})
    return Problem("not_csv", source.name) if head.startswith(_SIGNATURES) else None


def _family(source: Source) -> tuple[str, ...]:
    return next(family for family in (TABLES, WORKBOOKS, CARDS) if source.suffix in family)


_TAKEN = (*TABLES, *WORKBOOKS, *CARDS)
