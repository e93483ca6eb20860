"""The first load of a large clientele, from files to indexes ready: ``graphcrm load`` beside the bare import."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import psutil

from bench.clientele import write_folder
from bench.graph import digest, own_server
from bench.harness import Line, Report, Say, Timed, agree, ratio, share, timed
from bench.offline import load, write_files
from graphcrm.config import load_settings
from graphcrm.database.connection import connect
from graphcrm.database.local import LocalServer
from graphcrm.database.migrations import await_indexes, migrate
from graphcrm.domain.viewer import OWNER
from graphcrm.services.importing import import_folder
from graphcrm.services.loading import check_load, load_plan

SIZES = (100_000, 1_000_000)
COMPARED = 20_000
"""Of so many people at most the whole graphs are compared; of more the counts."""
MEMORY = {"heap": "2g", "page_cache": "1g"}


def run(work: Path, most: int, say: Say) -> Report:
    """All sizes up to ``most`` people."""
    report = Report("first-load", "First load of a large clientele")
    few = min(COMPARED, most)
    say(f"first load: comparing the graphs of {few:,} people")
    agree(_digests(work / "compared", few))
    for people in [size for size in SIZES if size <= most] or [most]:
        say(f"first load: {people:,} people, graphcrm load")
        folder = write_folder(work / "csv", people)
        ours = _Measured(lambda folder=folder: _ours(work / "ours", folder))
        shutil.rmtree(folder)
        say(f"first load: {people:,} people, the bare import")
        write_files(work / "files", people)
        bare = _Measured(lambda: _bare(work / "bare", work / "files"))
        shutil.rmtree(work / "files")
        agree({"graphcrm load": ours.timed.answer, "the bare import": bare.timed.answer})
        rows = sum(ours.timed.answer)
        report.lines.append(
            Line(f"{people:,} people, {rows:,} nodes and ties", "`AdminTool database import`, start, schema, indexes",
                 ours.told(), bare.told(), share(ours.timed, bare.timed), "1.25",
                 ratio(bare.timed, ours.timed) <= 1.25)
        )  # fmt: skip
    report.remarks = [
        "Both from their files to the last index ready, with the start of the server. graphcrm takes the files of its "
        "import and checks every cell and reference first; the bare import takes files that were written for it and "
        "checks nothing. The memory is the most that all processes held together.",
        f"Compared: the hash of the graph of {few:,} people, by the ordinary import, the load and the bare import; of "
        "more people the counts.",
    ]
    return report


class _Measured:
    """Something done once: its time by both clocks and its answer, and the most memory."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._most, self._ended = 0, threading.Event()
        watch = threading.Thread(target=self._watch, daemon=True)
        watch.start()
        answer, (wall, worked) = timed(work)
        self.timed = Timed("once", (wall,), (worked,), answer)
        self._ended.set()
        watch.join()

    def told(self) -> str:
        return f"{self.timed.both().removesuffix(')')}, {self._most / 2**30:.1f} GB)"

    def _watch(self) -> None:
        own = psutil.Process()
        while not self._ended.wait(0.25):
            held = 0
            for process in [own, *own.children(recursive=True)]:
                with suppress(psutil.Error):
                    held += process.memory_info().rss
            self._most = max(self._most, held)


def _ours(data: Path, folder: Path) -> tuple[int, int]:
    """(nodes, ties) that ``graphcrm load`` tells."""
    settings = load_settings(data=data, bolt_port=0, **MEMORY)
    plan = check_load(settings, OWNER, folder, today=date.today())
    assert not plan.problems, plan.problems[:3]
    report = load_plan(settings, OWNER, plan)
    del plan
    LocalServer(settings).stop()
    shutil.rmtree(data)
    return report.nodes, report.ties


def _bare(data: Path, files: Path) -> tuple[int, int]:
    """The same of Neo4j's own import, with the schema made afterwards."""
    home = data / "neo4j"
    home.mkdir(parents=True)
    load(home, files)
    with own_server(data, schema=False, **MEMORY) as (db, _):
        found = db.counts()
        migrate(db)
        await_indexes(db)
    shutil.rmtree(data)
    return found


def _digests(work: Path, people: int) -> dict[str, object]:
    folder, found = write_folder(work / "csv", people), {}
    with own_server(work / "imported") as (db, _):
        import_folder(db, OWNER, folder)
        found["import"] = digest(db)
    settings = load_settings(data=work / "loaded", bolt_port=0, **MEMORY)
    load_plan(settings, OWNER, check_load(settings, OWNER, folder, today=date.today()))
    endpoint = LocalServer(settings).endpoint()
    with connect(endpoint.uri, endpoint.username, endpoint.password) as db:
        found["load"] = digest(db)
    LocalServer(settings).stop()
    write_files(work / "files", people)
    home = work / "bare" / "neo4j"
    home.mkdir(parents=True)
    load(home, work / "files")
    with own_server(work / "bare") as (db, _):
        found["bare import"] = digest(db)
    return found
