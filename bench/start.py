"""Start to ready and clean stop of the local server, beside Neo4j's own program on the same store and settings."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.harness import Line, Report, Say, Timed, timed
from bench.offline import java
from graphcrm.config import load_settings
from graphcrm.database.connection import connect
from graphcrm.database.local import Endpoint, LocalServer
from graphcrm.database.local.settings_file import Sizes, jvm_flags, neo4j_settings, write_settings
from graphcrm.errors import DatabaseError

REPEATS = 3
HEAP, PAGE_CACHE = "768m", "128m"
PATIENCE = 180.0
AIM = 1.1
_Times = tuple[float, float]
"""Seconds on the wall and of the processor."""


@dataclass(slots=True)
class _Running:
    """What was started, and how it is stopped."""

    stop: Callable[[], None]


def run(work: Path, most: int, say: Say) -> Report:
    """An empty store, started and stopped by both in turn."""
    say(f"start: {REPEATS} starts and stops of each")
    settings = load_settings(data=work, bolt_port=_free_port(), heap=HEAP, page_cache=PAGE_CACHE)
    server = LocalServer(settings)
    endpoint = server.start()  # makes the store and the password, which both use then
    server.stop()
    starts: dict[str, Callable[[], _Running]] = {
        "graphcrm": lambda: _ours(LocalServer(settings)),
        "Neo4j": lambda: _own(work / "neo4j", endpoint),
    }
    begun: dict[str, list[_Times]] = {name: [] for name in starts}
    ended: dict[str, list[_Times]] = {name: [] for name in starts}
    for turn in range(REPEATS):
        for name in list(starts)[:: -1 if turn % 2 else 1]:
            running, times = timed(starts[name])
            begun[name].append(times)
            ended[name].append(timed(running.stop)[1])
            say(f"start: {name}, ready after {times[0]:.1f} s, stopped after {ended[name][-1][0]:.1f} s")
    report = Report("start", "Start and stop")
    report.lines = [_line("start to ready", begun), _line("clean stop", ended)]
    report.remarks = [
        "Neo4j's own: `org.neo4j.server.Neo4jCommunity` out of the same jars, on the same store, with the same "
        "settings, memory and flags, ended by SIGTERM. Ready: `RETURN 1` is answered through Bolt. An empty store, "
        f"{REPEATS} runs of each in turn.",
        "graphcrm's start holds more: the lock of the folder, a free port, the password made true, the check of the "
        "jars, and a Python process round the Java machine that ends with its parent.",
    ]
    return report


def _line(what: str, found: dict[str, list[_Times]]) -> Line:
    ours, own = (Timed(name, *zip(*found[name], strict=True), None) for name in ("graphcrm", "Neo4j"))
    ratio = ours.median / own.median
    return Line(what, "Neo4j's own", ours.both(), own.both(), f"{ratio:.2f} of its time", f"{AIM:g}", ratio <= AIM)


def _ours(server: LocalServer) -> _Running:
    endpoint = server.start()
    _answers(endpoint)
    return _Running(server.stop)


def _own(home: Path, endpoint: Endpoint) -> _Running:
    port = int(endpoint.uri.rsplit(":", 1)[1])
    sizes = Sizes(HEAP, PAGE_CACHE)
    write_settings(home, neo4j_settings(home, port, sizes))
    flags = tuple(flag for flag in jvm_flags(sizes) if flag != "-Xrs")  # its end is a signal
    places = (f"--home-dir={home}", f"--config-dir={home}")
    command = java("org.neo4j.server.Neo4jCommunity", *places, home=home, flags=flags)
    process: subprocess.Popen[Any] = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + PATIENCE
    while True:
        assert process.poll() is None, "Neo4j's own program ended"
        assert time.monotonic() < until, "Neo4j's own program does not answer"
        with suppress(DatabaseError, OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            _answers(endpoint)
            break
        time.sleep(0.05)  # nothing announces that the port is open

    def stop() -> None:
        process.terminate()
        process.wait(PATIENCE)

    return _Running(stop)


def _answers(endpoint: Endpoint) -> None:
    with connect(endpoint.uri, endpoint.username, endpoint.password) as database:
        assert database.read("RETURN 1 AS one")[0]["one"] == 1


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
