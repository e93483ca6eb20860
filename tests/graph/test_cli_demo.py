"""``graphcrm demo`` from its first start to its last, and what each way to end it leaves (issue 3, section 1)."""

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from graphcrm.config import load_settings
from graphcrm.database.connection import connect
from graphcrm.database.local import LocalServer
from tests.ports import free_port

GRAPHCRM = Path(sys.executable).with_name("graphcrm")
FULL_START = 150.0
"""Seconds for Neo4j, the import of the clientele and the app, on a slow and busy computer."""


class Demo:
    """``graphcrm demo`` as the leader of a process group of its own, as a terminal runs it."""

    def __init__(self, data: Path, port: int) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "GRAPHCRM_"))}
        own = {"GRAPHCRM_DATA": str(data), "GRAPHCRM_HEAP": "512m", "GRAPHCRM_LANGUAGE": "en", "COLUMNS": "300"}
        self.process = subprocess.Popen(
            [str(GRAPHCRM), "demo", "--port", str(port)],
            env={**kept, **own, "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said: list[str] = []
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def address(self) -> str:
        """The address that it prints when all is up."""
        until = time.monotonic() + FULL_START
        while (line := self._lines.get(timeout=max(0.1, until - time.monotonic()))) is not None:
            self.said.append(line)
            if found := re.search(r"graphcrm is at (\S+)", line):
                return found[1]
        pytest.fail("it ended:\n" + "".join(self.said))

    def end(self, number: signal.Signals) -> int:
        """Signals the leader, as a supervisor does, and gives the exit code; prints what it said to the end."""
        self.process.send_signal(number)
        code = self.process.wait(30)
        while (line := self._lines.get(timeout=10)) is not None:
            self.said.append(line)
        print("".join(self.said))
        return code


def left(data: Path) -> list[psutil.Process]:
    """Processes that were started for this data folder: the environment is handed down to all of them."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("GRAPHCRM_DATA") == str(data) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    yield folder
    for process in left(folder):
        process.kill()


def healthy(address: str) -> bool:
    with urllib.request.urlopen(f"{address}/_stcore/health", timeout=10) as answer:
        return answer.status == 200


def clients(data: Path) -> int:
    endpoint = LocalServer(load_settings(data=data)).endpoint()
    with connect(endpoint.uri, endpoint.username, endpoint.password) as database:
        return database.read("MATCH (c:Client) RETURN count(c) AS clients")[0]["clients"]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_demo_starts_ends_starts_again_and_outlives_kill_9(data):
    port = free_port()
    first = Demo(data, port)
    address = first.address()
    assert address == f"http://127.0.0.1:{port}"
    assert healthy(address)
    assert clients(data) >= 14
    assert re.search(r"Demo clientele loaded: [\d,]+ nodes and ties\.", "".join(first.said))
    assert len(left(data)) >= 3  # the command, Neo4j, the app
    with_all = clients(data)
    assert first.end(signal.SIGINT) == 130
    assert left(data) == []

    began = time.monotonic()
    second = Demo(data, port)
    assert healthy(second.address())
    print(f"second start: {time.monotonic() - began:.1f} s")
    assert "The data are kept as they were." in "".join(second.said)
    assert clients(data) == with_all
    orphans = left(data)
    assert second.end(signal.SIGKILL) == -signal.SIGKILL

    third = Demo(data, port)  # at once, while Neo4j and the app find out that they are alone
    assert healthy(third.address())
    assert "left running" not in "".join(third.said), "it leans on a Neo4j that is about to end"
    assert clients(data) == with_all
    _, alive = psutil.wait_procs(orphans, timeout=20)
    assert [process.cmdline() for process in alive] == []
    assert third.end(signal.SIGTERM) == 130
    assert left(data) == []
