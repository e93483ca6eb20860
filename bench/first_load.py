"""The first load of a large clientele: Neo4j's offline import, indexes ready; graphcrm's ordinary import beside it."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from bench.clientele import write_folder
from bench.graph import digest, own_server
from bench.harness import Line, Report, Say, agree, processor_seconds, seconds
from bench.offline import load, write_files
from graphcrm.database.connection import Database
from graphcrm.domain.viewer import OWNER
from graphcrm.services.importing import import_folder

LARGE = 1_000_000
ORDINARY = 100_000
"""The ordinary import is timed on so many people at most, and its rate told."""


def run(work: Path, most: int, say: Say) -> Report:
    """One size: a million people, or ``most``."""
    people, fewer = min(LARGE, most), min(ORDINARY, most // 10)
    report = Report("first-load", "First load of a large clientele")
    offline, rows, ready = _offline(work, people, say)
    say(f"first load: ordinary import of {fewer:,} people")
    folder = write_folder(work / "csv", fewer)
    with own_server(work / "ordinary", heap="2g", page_cache="512m") as (db, _):
        before, began = processor_seconds(), time.perf_counter()
        import_folder(db, OWNER, folder)
        taken, worked = time.perf_counter() - began, processor_seconds() - before
        ordinary = digest(db)
    count = ordinary["nodes"] + ordinary["ties"]
    agree({"ordinary": ordinary, "offline": _offline_digest(work, fewer)})
    scaled = worked / count * rows
    report.lines = [
        Line(f"{people:,} people, {rows:,} nodes and ties", "`AdminTool database import`, then indexes",
             f"{seconds(scaled)} of work (from {fewer:,} people: {seconds(taken)}, {seconds(worked)} of work)",
             f"{seconds(offline[0])} ({seconds(offline[1])} of work), indexes ready after {seconds(ready)} more",
             f"{scaled / (offline[1] + ready):.3g} of its work", "1.25", scaled / (offline[1] + ready) <= 1.25)
    ]  # fmt: skip
    report.remarks = [
        "graphcrm has no offline load of its own: the check of every cell and reference alone costs more than the "
        "offline tool takes. The line tells how far the ordinary, checked import is from it.",
        f"Compared: the hash of the graph of {fewer:,} people, loaded the one way and the other.",
    ]
    return report


def _offline(work: Path, people: int, say: Say) -> tuple[tuple[float, float], int, float]:
    """((seconds, seconds of work) of the tool, nodes and ties, seconds until the indexes are ready)."""
    say(f"first load: {people:,} people offline")
    nodes, ties = write_files(work / "files", people)
    home = work / "offline" / "neo4j"
    home.mkdir(parents=True)
    before, began = processor_seconds(), time.perf_counter()
    load(home, work / "files")
    offline = (time.perf_counter() - began, processor_seconds() - before)
    shutil.rmtree(work / "files")
    with own_server(work / "offline", heap="2g", page_cache="1g", schema=False) as (db, _):
        before = processor_seconds()
        _build_indexes(db)
        ready = processor_seconds() - before
        found = db.counts()
        assert found[0] >= nodes, found
        assert found[1] == ties, found
    shutil.rmtree(work / "offline")
    return offline, nodes + ties, ready


def _build_indexes(db: Database) -> None:
    from graphcrm.database.migrations import migrate

    migrate(db)
    db.read("CALL db.awaitIndexes(600)", timeout=700)


def _offline_digest(work: Path, people: int) -> dict[str, object]:
    write_files(work / "few", people)
    home = work / "few-data" / "neo4j"
    home.mkdir(parents=True)
    load(home, work / "few")
    with own_server(work / "few-data") as (db, _):
        return digest(db)
