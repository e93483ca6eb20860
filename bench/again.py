"""The same files again, and with 1 % of the rows changed, beside the first import of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.clientele import changed_folder, write_folder
from bench.graph import Emptied, NewServer, digest, own_server
from bench.harness import Contender, Line, Report, Say, agree, faster, interleave, ratio, share
from bench.imports import LARGE, WARM_SIZE, warmed_up
from graphcrm.domain.viewer import OWNER
from graphcrm.services.importing import import_folder

SIZES = (10_000, 100_000)


def run(work: Path, most: int, say: Say) -> Report:
    """Both sizes up to ``most`` people."""
    report = Report("again", "The same files again, and 1 % of the rows changed")
    warm = warmed_up(write_folder(work / "csv-warm", min(most, WARM_SIZE)))
    sizes = [size for size in SIZES if size <= most] or [most]
    with own_server(work / "again") as (db, endpoint):
        warm(db, endpoint)
        for size in [size for size in sizes if size < LARGE]:
            say(f"again: {size:,} people")
            report.lines += _lines(Emptied(db, endpoint), work, size, 2)
    for size in [size for size in sizes if size >= LARGE]:
        say(f"again: {size:,} people")
        with NewServer(work / f"again-{size}", warm) as server:
            report.lines += _lines(server, work, size, 1)
    report.remarks = [
        "Compared: after the same files the hash of the graph is what it was, and nothing was written; after the "
        "changed files the hash is that of a first import of the changed files into an empty database.",
    ]
    return report


def _lines(server: Emptied | NewServer, work: Path, size: int, repeats: int) -> list[Line]:
    folder = write_folder(work / f"csv-{size}", size)
    changed, rows = changed_folder(folder, work / f"changed-{size}")
    hashes: dict[str, Any] = {}

    def keep(name: str) -> None:
        if name not in hashes:
            hashes[name] = digest(server.database)

    def steps() -> Iterator[Contender]:
        """Each goes on where the one before it has ended; ``keep`` looks at the graph in between, untimed."""
        yield Contender("whole", lambda _: import_folder(server.database, OWNER, changed), server)
        yield Contender(
            "first", lambda _: import_folder(server.database, OWNER, folder), lambda: (keep("whole"), server())
        )
        yield Contender("same", lambda _: import_folder(server.database, OWNER, folder), lambda: keep("first"))
        yield Contender("changed", lambda _: import_folder(server.database, OWNER, changed), lambda: keep("same"))

    found = interleave(list(steps()), repeats, turn_round=False)
    keep("changed")
    same, part = found["same"], found["changed"]
    assert same.answer.changed_nothing
    agree({"told": [part.answer.updated, part.answer.created], "true": [rows, 0]})
    agree({"first": hashes["first"], "same": hashes["same"]})
    agree({"whole": hashes["whole"], "changed": hashes["changed"]})
    first, whole = found["first"], found["whole"]
    return [
        Line(f"{size:,} people, unchanged", "the first import", same.both(), first.both(),
             faster(same, first), "5 x", ratio(same, first) >= 5),
        Line(f"{size:,} people, {rows:,} rows changed", "the whole import", part.both(), whole.both(),
             share(part, whole), "0.25", ratio(whole, part) <= 0.25),
    ]  # fmt: skip
