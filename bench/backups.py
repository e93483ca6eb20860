"""Backup and verified restore, beside Neo4j's dump, load and check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bench.clientele import write_folder
from bench.graph import digest, own_server
from bench.harness import Line, Report, Say, Timed, agree, seconds, share, timed
from bench.offline import DATABASE, tool
from graphcrm.domain.viewer import OWNER
from graphcrm.services.backup import back_up, restore
from graphcrm.services.importing import import_folder

SIZE = 100_000


def run(work: Path, most: int, say: Say) -> Report:
    """One size: 100,000 people, or ``most``."""
    size = min(SIZE, most)
    folder = write_folder(work / "csv", size)
    say(f"backup: {size:,} people")
    with own_server(work / "one") as (db, _):
        import_folder(db, OWNER, folder)
        before = digest(db)
        saved = _step("backup", lambda: back_up(db, OWNER, work / "backup.zip"))
    with own_server(work / "restored") as (db, _):
        restored = _step("restore", lambda: restore(db, OWNER, work / "backup.zip"))
        agree({"before": before, "restored": digest(db)})
    steps = _of_neo4j(work)
    with own_server(work / "two") as (db, _):
        agree({"before": before, "loaded": digest(db)})
    ours, theirs = _together(saved, restored), _together(*steps)
    report = Report("backup", "Backup and verified restore")
    report.lines = [
        Line(f"{size:,} people, {before['nodes'] + before['ties']:,} nodes and ties", "dump + load + check",
             _told(ours, saved, restored), _told(theirs, *steps), share(ours, theirs), "1.2",
             ours.median / theirs.median <= 1.2)
    ]  # fmt: skip
    report.remarks = [
        "Neo4j's tools copy the pages of a store that is stopped; graphcrm's backup reads the graph over Bolt while it "
        "runs and works on a cluster or Aura too, checks its file before and compares the graph after the restore.",
        "Compared: the hash of the graph before, after graphcrm's restore, and after Neo4j's load.",
    ]
    return report


def _step(name: str, do: Callable[[], object]) -> Timed:
    _, (wall, work) = timed(do)
    return Timed(name, (wall,), (work,), None)


def _together(*steps: Timed) -> Timed:
    return Timed("all", (sum(one.median for one in steps),), (sum(one.work for one in steps),), None)


def _told(whole: Timed, *steps: Timed) -> str:
    return f"{whole.both()}: {', '.join(f'{one.name} {seconds(one.median)}' for one in steps)}"


def _of_neo4j(work: Path) -> list[Timed]:
    """Each step, on the store that was just stopped."""
    one, two, dumps = work / "one" / "neo4j", work / "two" / "neo4j", work / "dumps"
    dumps.mkdir()
    two.mkdir(parents=True)
    steps = {
        "dump": (one, ("database", "dump", DATABASE, f"--to-path={dumps}")),
        "load": (two, ("database", "load", DATABASE, f"--from-path={dumps}", "--overwrite-destination=true")),
        "check": (two, ("database", "check", DATABASE, f"--report-path={dumps}")),
    }
    return [_step(name, lambda given=given: tool(given[0], *given[1])) for name, given in steps.items()]
