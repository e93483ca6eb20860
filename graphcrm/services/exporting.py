"""The whole graph as CSV files or as one workbook that the importer reads: exported and imported, it is equal."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import FolderNotWritable, Forbidden, InvalidInput
from graphcrm.ingest.cell_text import cell_text, cell_value
from graphcrm.ingest.workbook_out import WorkbookWriter
from graphcrm.queries.export import ExportedNode, ExportedTie, export_nodes, export_ties
from graphcrm.queries.gifts import last_gift_entry
from graphcrm.vocabulary import VOCABULARY, NodeKind, TieKind

PAGE = 2_000
"""Nodes of one step; their ties come with them."""

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written.

    Attributes:
        rows: by the stem of the file or the sheet, in the vocabulary's order.
        register: so many entries of the register of gifts were left out.
    """

    folder: Path
    rows: dict[str, int]
    register: int = 0


def export_folder(db: Database, viewer: Viewer, folder: Path, *, progress: Progress | None = None) -> ExportReport:
    """Write every node and tie of the vocabulary into ``folder``, one CSV file per kind; all of it or nothing.

    Left out is what belongs to the program and not to the clientele: places of cards on a map, records of changes. The
    register of gifts is left out, too: nothing that an import could write may pass for it. A backup carries it.
    The nodes are read page by page: what others write meanwhile may or may not be in it.

    Args:
        folder: a folder that does not exist yet, or is empty: old files would be imported along with the new ones.
        progress: told (nodes done, nodes in all, "export").

    Raises:
        Forbidden: the viewer does not see everything; a part would pass for the whole.
        InvalidInput: the folder is not empty.
        FolderNotWritable: as it says.
    """
    _require_all_seen(viewer)
    try:
        _require_empty(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))  # mode 0700: it holds families
        try:
            with _Files(aside) as files:
                rows = _write_all(db, files, progress or (lambda *_: None))
            aside.replace(folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise FolderNotWritable(
            "The export could not be written to {folder}: {reason}.",
            mend="Free some space there, make it writable for you, or name another folder.",
            folder=folder,
            reason=error.strerror or str(error),
        ) from error
    return ExportReport(folder, rows, _register_entries(db))


def export_workbook(db: Database, viewer: Viewer, file: Path, *, progress: Progress | None = None) -> ExportReport:
    """:func:`export_folder` into one workbook with a sheet per kind; all of it or nothing.

    Raises:
        Forbidden: the viewer does not see everything; a part would pass for the whole.
        InvalidInput: the file exists, or a workbook cannot hold what is in the graph.
        FolderNotWritable: as it says.
    """
    _require_all_seen(viewer)
    if file.exists():
        raise InvalidInput("{file} exists already; nothing was written.", mend="Name a new file.", file=file)
    sheets = _Sheets()
    try:
        rows = _write_all(db, sheets, progress or (lambda *_: None))
    finally:
        content = sheets.content()  # also when it fails: openpyxl's files must be closed
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)  # mode 0600: it holds families
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(aside).replace(file)
        finally:
            Path(aside).unlink(missing_ok=True)
    except OSError as error:
        raise FolderNotWritable(
            "The export could not be written to {folder}: {reason}.",
            mend="Free some space there, make it writable for you, or name another folder.",
            folder=file.parent,
            reason=error.strerror or str(error),
        ) from error
    return ExportReport(file, rows, _register_entries(db))


def _require_all_seen(viewer: Viewer) -> None:
    if not viewer.may_see >= OWNER.may_see:
        raise Forbidden("Only who sees everything may export the graph.", mend="Ask the owner for an export.")


def _require_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidInput(
            "{folder} is not an empty folder; nothing was written.",
            mend="Name a new folder: files of an earlier export would be imported along with these.",
            folder=folder,
        )


def _register_entries(db: Database) -> int:
    last = last_gift_entry(db)
    return last.number if last else 0


def _write_all(db: Database, files: _Written, progress: Progress) -> dict[str, int]:
    total, _ = db.counts()
    done, after = 0, ""
    while page := export_nodes(db, after=after, most=PAGE):
        ties = export_ties(db, ids=[node.id for node in page])
        _write_page(files, page, ties)
        after = page[-1].id
        done += len(page)
        progress(done, max(done, total), "export")
    return files.rows


def _write_page(files: _Written, nodes: Iterable[ExportedNode], ties: Iterable[ExportedTie]) -> None:
    targets: dict[tuple[str, str], list[str]] = defaultdict(list)
    for tie in ties:
        kind = VOCABULARY.ties.get(tie.type)
        if kind and kind.file and kind.start and kind.end:
            ends = {kind.start.column: tie.start_id, kind.end.column: tie.end_id}
            files.write(kind, {**tie.properties, **ends, "id": tie.id})
        else:
            targets[tie.start_id, tie.type].append(tie.end_id)
    for node in nodes:
        kind = next((VOCABULARY.nodes[label] for label in node.labels if label in VOCABULARY.nodes), None)
        if kind and kind.file:
            named = {name: targets[node.id, reference.tie] for name, reference in kind.references.items()}
            files.write(kind, {**node.properties, **named, "id": node.id})


class _Written:
    """Counts the rows of each kind; where they go its heirs say."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    @property
    def rows(self) -> dict[str, int]:
        """File's stem -> number of rows, in the vocabulary's order."""
        kinds = (*VOCABULARY.nodes.values(), *VOCABULARY.ties.values())
        return {kind.file: self._counts[kind.file] for kind in kinds if kind.file in self._counts}

    def write(self, kind: NodeKind | TieKind, values: dict[str, Any]) -> None:
        """One row of the kind."""
        stem = kind.file or ""
        if stem not in self._counts:
            self._begin(stem, kind.columns)
        self._add(stem, [values.get(column) for column in kind.columns])
        self._counts[stem] = self._counts.get(stem, 0) + 1

    def _begin(self, stem: str, columns: tuple[str, ...]) -> None:
        raise NotImplementedError

    def _add(self, stem: str, values: list[Any]) -> None:
        raise NotImplementedError


class _Files(_Written):
    """One CSV file per kind, opened at its first row. UTF-8 with a byte order mark, for spreadsheets' sake."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._stack = ExitStack()
        self._writers: dict[str, Any] = {}

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _begin(self, stem: str, columns: tuple[str, ...]) -> None:
        path = self._folder / f"{stem}.csv"
        stream = self._stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
        self._writers[stem] = csv.writer(stream, lineterminator="\n")
        self._writers[stem].writerow(columns)

    def _add(self, stem: str, values: list[Any]) -> None:
        self._writers[stem].writerow(map(cell_text, values))


class _Sheets(_Written):
    """One sheet per kind of a workbook."""

    def __init__(self) -> None:
        super().__init__()
        self._book = WorkbookWriter()

    def content(self) -> bytes:
        """The finished workbook."""
        return self._book.content()

    def _begin(self, stem: str, columns: tuple[str, ...]) -> None:
        self._book.begin(stem, columns)

    def _add(self, stem: str, values: list[Any]) -> None:
        self._book.add(stem, map(cell_value, values))
