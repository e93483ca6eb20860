"""From the start to the first answer, and a clean stop: graphcrm's local server beside Neo4j's own entry point."""

from __future__ import annotations

import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from bench.harness import Contender, Line, Report, Say, agree, interleave
from bench.offline import java
from graphcrm.config import load_settings
from graphcrm.database.connection import connect
from graphcrm.database.local import Endpoint, LocalServer
from graphcrm.database.local.settings_file import Sizes, jvm_flags

ENTRY = "org.neo4j.server.CommunityEntryPoint"
SIZES = Sizes("768m", "128m")


def run(work: Path, most: int, say: Say) -> Report:
    """On one store, with the same settings file, heap and flags; the start that makes the store is not timed."""
    say("start and stop")
    settings = load_settings(data=work / "data", bolt_port=0, heap=SIZES.heap, page_cache=SIZES.page_cache)
    server = LocalServer(settings)
    endpoint = server.start()
    with connect(endpoint.uri, endpoint.username, endpoint.password) as db:
        db.write("MERGE (n:Entity {id: 'kept'})")
    server.stop()
    home = work / "data" / "neo4j"
    started: dict[str, Any] = {}
    found = interleave(
        [
            Contender("start", lambda _: started.update(ours=server.start()), answer=lambda _: _kept(endpoint)),
            Contender("stop", lambda _: server.stop(), answer=lambda _: None),
            Contender("their start", lambda _: started.update(theirs=_start(home, endpoint)),
                      answer=lambda _: _kept(endpoint)),
            Contender("their stop", lambda _: _stop(started["theirs"]), answer=lambda _: None),
        ],
        3,
        turn_round=False,
    )  # fmt: skip
    agree({"ours": found["start"].answer, "theirs": found["their start"].answer})
    report = Report("start", "Start to ready, clean stop")
    for ours, theirs, aim in (("start", "their start", 1.0), ("stop", "their stop", 1.1)):
        ratio = found[ours].median / found[theirs].median
        report.lines.append(
            Line(ours, "`CommunityEntryPoint` out of the same jars", found[ours].both(), found[theirs].both(),
                 f"{ratio:.2f} of its time on the wall", f"{aim:g}", ratio <= aim)
        )  # fmt: skip
    report.remarks = [
        "Ready: a query with the password was answered. graphcrm's start includes the check of all 225 jars by hash. "
        "Compared: the answer to that query, from the same store. These two lines compare times on the wall.",
    ]
    return report


def _kept(endpoint: Endpoint) -> int:
    with connect(endpoint.uri, endpoint.username, endpoint.password) as db:
        return int(db.read("MATCH (n:Entity {id: 'kept'}) RETURN count(n) AS kept", timeout=60, patience=60)[0]["kept"])


def _start(home: Path, endpoint: Endpoint) -> subprocess.Popen[bytes]:
    """Neo4j by its own entry point on the same home and settings, until it answers."""
    flags = tuple(flag for flag in jvm_flags(SIZES) if flag != "-Xrs")
    command = java(ENTRY, f"--home-dir={home}", f"--config-dir={home}", home=home, flags=flags)
    with (home.parent / "own.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    until = time.monotonic() + 180
    with GraphDatabase.driver(endpoint.uri, auth=(endpoint.username, endpoint.password)) as driver:
        while time.monotonic() < until:
            assert process.poll() is None, (home.parent / "own.log").read_text("utf-8")
            with suppress(DriverError, Neo4jError, OSError):
                driver.execute_query("RETURN 1", database_="neo4j")
                return process
            time.sleep(0.05)  # nothing announces that the port is open
    raise TimeoutError("Neo4j did not answer")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(120)
