"""The same files again, and with 1 % of the rows changed, beside the first import of them."""

from __future__ import annotations

from pathlib import Path

from bench.clientele import changed_folder, write_folder
from bench.graph import digest, empty, own_server
from bench.harness import Contender, Line, Report, Say, agree, interleave
from graphcrm.database.connection import Database
from graphcrm.domain.viewer import OWNER
from graphcrm.services.importing import import_folder

SIZES = (10_000, 100_000)


def run(work: Path, most: int, say: Say) -> Report:
    """Both sizes up to ``most`` people."""
    report = Report("again", "The same files again, and 1 % of the rows changed")
    with own_server(work / "again") as (db, _):
        import_folder(db, OWNER, write_folder(work / "csv-warm", min(most, 1_000)))
        for size in [size for size in SIZES if size <= most] or [most]:
            say(f"again: {size:,} people")
            folder = write_folder(work / f"csv-{size}", size)
            changed, rows = changed_folder(folder, work / f"changed-{size}")
            report.lines += _lines(db, folder, changed, (size, rows), 2 if size < 100_000 else 1)
    report.remarks = [
        "Compared: after the same files the hash of the graph is what it was, and nothing was written; after the "
        "changed files the hash is that of a first import of the changed files into an empty database.",
    ]
    return report


def _lines(db: Database, folder: Path, changed: Path, sizes: tuple[int, int], repeats: int) -> list[Line]:
    size, rows = sizes

    def loaded() -> None:
        empty(db)
        import_folder(db, OWNER, folder)

    found = interleave(
        [
            Contender("first", lambda _: import_folder(db, OWNER, folder), lambda: empty(db), lambda _: digest(db)),
            Contender("same", lambda _: import_folder(db, OWNER, folder), loaded,
                      lambda told: (told.changed_nothing, digest(db))),
            Contender("changed", lambda _: import_folder(db, OWNER, changed), loaded,
                      lambda told: (told.updated, told.created, digest(db))),
            Contender("whole", lambda _: import_folder(db, OWNER, changed), lambda: empty(db), lambda _: digest(db)),
        ],
        repeats,
    )  # fmt: skip
    agree({"same": found["same"].answer, "first": (True, found["first"].answer)})
    agree({"changed": found["changed"].answer, "whole": (rows, 0, found["whole"].answer)})
    first, same, part, whole = (found[name] for name in ("first", "same", "changed", "whole"))
    return [
        Line(f"{size:,} people, unchanged", "the first import", same.both(), first.both(),
             f"{first.work / same.work:.2g} x as fast", "5 x", first.work / same.work >= 5),
        Line(f"{size:,} people, {rows:,} rows changed", "the whole import", part.both(), whole.both(),
             f"{part.work / whole.work:.2f} of its time", "0.25", part.work / whole.work <= 0.25),
    ]  # fmt: skip
