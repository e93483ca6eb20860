"""Backup and verified restore, beside Neo4j's dump, load and check."""

from __future__ import annotations

from pathlib import Path

from bench.clientele import write_folder
from bench.graph import digest, empty, own_server
from bench.harness import Line, Report, Say, agree, processor_seconds, seconds
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
        began = processor_seconds()
        back_up(db, OWNER, work / "backup.zip")
        saved = processor_seconds() - began
        empty(db)
        began = processor_seconds()
        restore(db, OWNER, work / "backup.zip")
        ours = processor_seconds() - began
        agree({"before": before, "restored": digest(db)})
    steps = _of_neo4j(work)
    with own_server(work / "two") as (db, _):
        agree({"before": before, "loaded": digest(db)})
    theirs = sum(steps.values())
    report = Report("backup", "Backup and verified restore")
    report.lines = [
        Line(f"{size:,} people, {before['nodes'] + before['ties']:,} nodes and ties", "dump + load + check",
             f"{seconds(saved + ours)} of work (backup {seconds(saved)}, restore {seconds(ours)})",
             f"{seconds(theirs)} of work ({', '.join(f'{name} {seconds(taken)}' for name, taken in steps.items())})",
             f"{(saved + ours) / theirs:.2f} of its work", "1.2", (saved + ours) / theirs <= 1.2)
    ]  # fmt: skip
    report.remarks = [
        "Neo4j's tools copy the pages of a store that is stopped; graphcrm's backup reads the graph over Bolt while it "
        "runs and works on a cluster or Aura too, checks its file before and compares the graph after the restore.",
        "Compared: the hash of the graph before, after graphcrm's restore, and after Neo4j's load.",
    ]
    return report


def _of_neo4j(work: Path) -> dict[str, float]:
    """Seconds of work of each step, on the store that was just stopped."""
    one, two, dumps = work / "one" / "neo4j", work / "two" / "neo4j", work / "dumps"
    dumps.mkdir()
    two.mkdir(parents=True)
    steps = {
        "dump": (one, ("database", "dump", DATABASE, f"--to-path={dumps}")),
        "load": (two, ("database", "load", DATABASE, f"--from-path={dumps}", "--overwrite-destination=true")),
        "check": (two, ("database", "check", DATABASE, f"--report-path={dumps}")),
    }
    taken = {}
    for name, (home, arguments) in steps.items():
        began = processor_seconds()
        tool(home, *arguments)
        taken[name] = processor_seconds() - began
    return taken
