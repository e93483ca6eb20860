"""Neo4j is killed with ``kill -9``: what was acknowledged stays, and the next start works (faults.md, database).

``GRAPHCRM_KILL_ROUNDS`` (4 by default) are the rounds of the first test, ``GRAPHCRM_KILL_SEED`` is its seed.
"""

import os
import random
import resource
import signal
import threading
import time
from pathlib import Path

import psutil
import pytest

from bench.offline import tool
from graphcrm.database.connection import Database, connect
from graphcrm.database.local import Endpoint, LocalServer, server
from graphcrm.errors import DatabaseError, ServerCrashed

ROUNDS = int(os.environ.get("GRAPHCRM_KILL_ROUNDS", "4"))
SEED = int(os.environ.get("GRAPHCRM_KILL_SEED", time.time_ns() % 1_000_000))
WRITERS = 3
# Two nodes and a tie, so that half a write would show; CREATE and no constraint, so that a write done twice would show.
WRITE = "CREATE (:Drop {id: $id, text: $text})-[:NEXT]->(:Echo {id: $id})"
FOUND = "MATCH (d:Drop) OPTIONAL MATCH (d)-[:NEXT]->(e:Echo {id: d.id}) RETURN d.id AS id, count(e) AS echoes"


def opened(endpoint: Endpoint) -> Database:
    return connect(endpoint.uri, endpoint.username, endpoint.password)


class Stream:
    """Writers that write until the database is gone; each id that was acknowledged is a line of ``acknowledged``."""

    def __init__(self, database: Database, name: str, acknowledged: Path) -> None:
        self._database = database
        self._file = acknowledged.open("a")
        self._came = threading.Condition()
        self.count = 0
        self._threads = [threading.Thread(target=self._write, args=(f"{name}-{n}",)) for n in range(WRITERS)]
        for thread in self._threads:
            thread.start()

    def _write(self, name: str) -> None:
        number = 0
        while True:
            number += 1
            try:
                self._database.write(WRITE, {"id": f"{name}-{number}", "text": "x" * 500}, timeout=4)
            except DatabaseError:
                return
            with self._came:
                self._file.write(f"{name}-{number}\n")
                self._file.flush()
                self.count += 1
                self._came.notify_all()

    def await_count(self, count: int) -> None:
        with self._came:
            assert self._came.wait_for(lambda: self.count >= count, timeout=60), f"only {self.count} writes in a minute"

    def await_end(self) -> None:
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive(), "a writer hangs on a database that is gone"
        self._file.close()


@pytest.mark.slow
@pytest.mark.timeout(120 + 60 * ROUNDS)
def test_every_acknowledged_write_is_there_after_kill_9_and_none_twice(own_settings, new_server, tmp_path):
    """Issue 3, section 2; faults.md, first row. In the end Neo4j's own check looks at every record of the store."""
    print(f"GRAPHCRM_KILL_SEED={SEED}")
    chance = random.Random(SEED)
    acknowledged = tmp_path / "acknowledged"
    acknowledged.touch()
    for number in range(ROUNDS + 1):
        one = new_server(own_settings)
        with opened(one.start(foreground=False)) as database:
            rows = database.read(FOUND, timeout=60)
            ids = [row["id"] for row in rows]
            assert set(acknowledged.read_text().split()) - set(ids) == set(), "acknowledged, and lost"
            assert len(ids) == len(set(ids)), "written twice"
            assert {row["echoes"] for row in rows} <= {1}, "half a write, or an echo of two"
            assert database.counts() == (2 * len(ids), len(ids))
            if number == ROUNDS:
                break
            stream = Stream(database, f"round{number}", acknowledged)
            stream.await_count(chance.randrange(1, 400))
            time.sleep(chance.uniform(0, 0.02))  # the moment of the kill is what is tried
            killed = psutil.Process(one.status().pid)
            killed.kill()
            stream.await_end()
            killed.wait(60)  # what it holds is its own until it is gone, and a busy disk can keep it for a while
    print(f"{ROUNDS} kills, {len(ids)} writes found, {len(acknowledged.read_text().split())} acknowledged")
    assert len(ids) >= ROUNDS
    assert one.stop()
    tool(own_settings.data / "neo4j", "database", "check", "neo4j", f"--report-path={tmp_path}")


@pytest.mark.slow
def test_a_server_in_the_foreground_is_started_again_and_stays(own_settings, new_server, monkeypatch):
    """faults.md: restarted by the watchdog; whoever was writing sees it go on at the same address."""
    monkeypatch.setattr(server, "RESTARTS", 1)
    one = new_server(own_settings)
    with opened(one.start()) as database:
        database.write(WRITE, {"id": "before", "text": ""})
        first = one.status().pid
        *_, watchdog = [thread for thread in threading.enumerate() if thread.name == "neo4j-watchdog"]  # the newest
        os.kill(first, signal.SIGKILL)
        database.write(WRITE, {"id": "after", "text": ""}, timeout=90, patience=90)
        assert {row["id"] for row in database.read(FOUND)} == {"before", "after"}
        second = psutil.Process(one.status().pid)
        assert second.pid != first
        watchdog.join(30)
        assert not watchdog.is_alive()
        # Its starter is gone, its parent is not: it must go on.
        with pytest.raises(psutil.TimeoutExpired):
            second.wait(2)
        assert database.counts() == (4, 2)
    assert one.stop()


@pytest.mark.slow
def test_a_log_that_takes_half_a_record_only_is_recovered(own_settings, new_server):
    """faults.md, disk full: the write fails loud, nothing is lost, and the store opens again.

    The limit on the size of files stops the write in its middle, as a full disk does, and needs no disk of its own.
    An orderly shutdown after that writes the torn record's rest behind it, and Neo4j cannot open the store any more.
    """
    one = new_server(own_settings)
    with opened(one.start()) as database:
        database.write(WRITE, {"id": "before", "text": ""})
        first = one.status().pid
        log = own_settings.data / "neo4j" / "data" / "transactions" / "neo4j" / "neostore.transaction.db.0"
        _, hard = resource.prlimit(first, resource.RLIMIT_FSIZE)
        resource.prlimit(first, resource.RLIMIT_FSIZE, (log.stat().st_size + 1000, hard))
        with pytest.raises(DatabaseError):
            database.write(WRITE, {"id": "torn", "text": "y" * 20_000}, timeout=10)
        while one.status().pid == first:  # nothing announces its end, and waiting for it would take it from its parent
            time.sleep(0.05)
        database.write(WRITE, {"id": "after", "text": ""}, timeout=90, patience=90)
        assert {row["id"] for row in database.read(FOUND)} == {"before", "after"}
        assert one.status().pid != first


@pytest.mark.slow
def test_killed_while_it_starts_it_is_one_sentence_and_the_next_start_works(own_settings, new_server, monkeypatch):
    """Issue 3, section 2: a crashed child. The first kill leaves half a store, the second falls on the greeting."""
    seen: list[Exception] = []

    def start() -> None:
        try:
            new_server(own_settings).start()
        except Exception as error:
            seen.append(error)

    began = time.monotonic()
    starting = threading.Thread(target=start)
    starting.start()
    store = own_settings.data / "neo4j" / "data" / "databases" / "system"
    while not store.exists():  # the process has begun to make its store; nothing announces it
        assert starting.is_alive(), seen
        time.sleep(0.02)
    os.kill(LocalServer(own_settings).status().pid, signal.SIGKILL)
    starting.join(20)
    assert not starting.is_alive()
    assert [type(error) for error in seen] == [ServerCrashed]
    sentence = f"Neo4j ended while it was starting: signal 9. The whole story is in {own_settings.data / 'server.log'}."
    assert str(seen[0]) == f"{sentence} Nothing that was saved is lost."
    assert time.monotonic() - began < 40

    greet = LocalServer._greet

    def kill_then_greet(self: LocalServer, endpoint: Endpoint) -> None:
        os.kill(self.status().pid, signal.SIGKILL)
        began = time.monotonic()
        try:
            greet(self, endpoint)
        finally:
            assert time.monotonic() - began < 15

    with monkeypatch.context() as patched:
        patched.setattr(LocalServer, "_greet", kill_then_greet)
        with pytest.raises(ServerCrashed, match="signal 9"):
            new_server(own_settings).start()

    lost = (own_settings.data / "password").read_text()
    (own_settings.data / "password").unlink()  # a new one is made, and is the true one
    with opened(new_server(own_settings).start()) as database:
        database.write(WRITE, {"id": "now", "text": ""})
        assert database.counts() == (2, 1)
    assert (own_settings.data / "password").read_text() != lost
