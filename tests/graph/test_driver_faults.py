"""faults.md, "Database and network": what the link to Neo4j may do, and what graphcrm says. A relay plays the link."""

import socket
import subprocess
import sys
import textwrap
import threading
from time import monotonic

import pytest

from graphcrm.database.connection import Database, connect
from graphcrm.errors import DatabaseTimeout, DatabaseUnavailable, OutcomeUnknown
from tests.graph.relay import COMMIT, Relay

ONE = "RETURN 1 AS one"
SAVE = "MERGE (c:Command {key: $key}) SET c.saved = true RETURN c.key AS key"


def is_saved(database: Database, key: str) -> int:
    return database.read("MATCH (c:Command {key: $key}) RETURN count(c) AS n", {"key": key})[0]["n"]


def deadline_threads() -> int:
    return sum(thread.name == "graphcrm-deadline" for thread in threading.enumerate())


def test_neo4j_is_down():
    """Message within 3 s, with the mend."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        uri = f"bolt://127.0.0.1:{free.getsockname()[1]}"
        start = monotonic()
        with connect(uri, "neo4j", "x") as database, pytest.raises(DatabaseUnavailable) as failure:
            database.read(ONE)
    assert monotonic() - start < 3.5
    assert str(failure.value) == (
        f"Neo4j does not answer at {uri}. Start it (graphcrm db start), or correct NEO4J_URI if the address is wrong."
    )


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_the_port_is_silent(scheme: str):
    """A listener that never answers: the same message, in the same time."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        start = monotonic()
        uri = f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
        with (
            connect(uri, "neo4j", "x") as database,
            pytest.raises(DatabaseUnavailable, match="Neo4j does not answer at"),
        ):
            database.read(ONE)
    assert monotonic() - start < 4


def test_it_comes_back_alone(through_relay: Database, relay: Relay):
    assert through_relay.read(ONE) == [{"one": 1}]
    relay.refuse()
    with pytest.raises(DatabaseUnavailable):
        through_relay.read(ONE)
    relay.admit()
    assert through_relay.read(ONE) == [{"one": 1}]


def test_a_pooled_connection_that_was_cut_is_replaced_unseen(through_relay: Database, relay: Relay):
    through_relay.read(ONE)
    relay.cut()
    assert through_relay.read(ONE) == [{"one": 1}]
    assert relay.seen == 2


@pytest.mark.parametrize("kind", ["read", "write"])
def test_a_frozen_link_ends_at_the_deadline_and_frees_the_thread(through_relay: Database, relay: Relay, kind: str):
    """Frozen in use: the driver alone would wait for ever."""
    through_relay.read(ONE)
    relay.freeze()
    call, asked = {"read": (through_relay.read, ONE), "write": (through_relay.write, SAVE)}[kind]
    start = monotonic()
    with pytest.raises(
        DatabaseTimeout, match=r"did not answer within 1 s; the request was ended and nothing was saved"
    ):
        call(asked, {"key": "frozen"}, timeout=1)
    assert monotonic() - start < 1.8
    relay.cut()
    relay.thaw()
    assert through_relay.read(ONE) == [{"one": 1}]
    assert is_saved(through_relay, "frozen") == 0
    until = monotonic() + 2
    while deadline_threads() and monotonic() < until:
        threading.Event().wait(0.01)
    assert deadline_threads() == 0


def test_frozen_in_the_middle_of_an_answer(through_relay: Database, relay: Relay):
    through_relay.read(ONE)
    relay.delay = 0.05
    threading.Timer(0.4, relay.freeze).start()
    start = monotonic()
    with pytest.raises(DatabaseTimeout):
        through_relay.read(
            "UNWIND range(1, 3000000) AS i RETURN i AS i, 'some text to fill the pipe ' + i AS t", timeout=2
        )
    assert monotonic() - start < 3


def test_cut_before_the_commit_arrives(through_relay: Database, relay: Relay):
    """Nothing is there; saying it again saves once. The driver cannot know on which side of COMMIT it was cut."""
    through_relay.read(ONE)
    relay.cut_at(COMMIT, "before")
    with pytest.raises(OutcomeUnknown, match=r"the change may or may not be there\. Look whether"):
        through_relay.write(SAVE, {"key": "early"})
    assert relay.triggered.wait(5)
    assert is_saved(through_relay, "early") == 0
    through_relay.write(SAVE, {"key": "early"})
    assert is_saved(through_relay, "early") == 1


def test_cut_after_the_commit_arrived(through_relay: Database, relay: Relay):
    """The command's key tells that it was saved; there is one."""
    through_relay.read(ONE)
    relay.cut_at(COMMIT, "after")
    with pytest.raises(OutcomeUnknown):
        through_relay.write(SAVE, {"key": "late"})
    assert relay.triggered.wait(10)
    assert is_saved(through_relay, "late") == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_reading_cut_at_its_commit_is_asked_again(through_relay: Database, relay: Relay, when: str):
    """Nothing was being saved, so nobody is told that a change may or may not be there."""
    through_relay.read(ONE)
    relay.cut_at(COMMIT, when)
    assert through_relay.read(ONE) == [{"one": 1}]
    assert relay.triggered.wait(10)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
@pytest.mark.parametrize("code", ["Cluster.NotALeader", "General.ForbiddenOnReadOnlyDatabase"])
def test_a_leader_that_is_none_any_more_is_left_for_the_new_one(relay: Relay, neo4j_endpoint, database, scheme, code):
    """A cluster has chosen another leader: the write is sent again, and is there once."""
    uri = relay.uri.replace("bolt://", f"{scheme}://")
    with connect(uri, neo4j_endpoint.username, neo4j_endpoint.password, database.name) as cluster:
        cluster.read(ONE)
        relay.fail_at(b"MERGE (c:Command", f"Neo.ClientError.{code}")
        cluster.write(SAVE, {"key": "led"})
        assert relay.triggered.is_set()
        assert cluster.read("MATCH (c:Command {key: 'led'}) RETURN count(c) AS n") == [{"n": 1}], "by bookmark"


def test_the_deadline_during_commit_is_an_unknown_outcome_too(through_relay: Database, relay: Relay):
    """Frozen exactly at COMMIT: "nothing was saved" would be a lie."""
    through_relay.read(ONE)
    relay.freeze_at(COMMIT)
    with pytest.raises(OutcomeUnknown):
        through_relay.write(SAVE, {"key": "held"}, timeout=1.5)
    relay.cut()
    relay.thaw()


def test_a_link_of_200_ms_works(relay: Relay, neo4j_endpoint, database: Database):
    relay.delay = 0.1  # each way
    with connect(relay.uri, neo4j_endpoint.username, neo4j_endpoint.password) as far:
        assert far.read(ONE) == [{"one": 1}]
        far.write(SAVE, {"key": "far"})
    assert is_saved(database, "far") == 1


def test_a_link_of_2_s_ends_in_a_message_or_an_answer_in_time(relay: Relay, neo4j_endpoint, database: Database):
    """Too slow for a page, which is told in time; a caller with patience is served, and a write is there once."""
    relay.delay = 1.0
    with connect(relay.uri, neo4j_endpoint.username, neo4j_endpoint.password) as far:
        start = monotonic()
        with pytest.raises((DatabaseTimeout, DatabaseUnavailable)):
            far.read(ONE)
        assert monotonic() - start < 6
        far.write("CREATE (c:Command {key: $key})", {"key": "farther"}, timeout=40, patience=30)
    assert is_saved(database, "farther") == 1


def test_something_else_lives_on_the_port():
    """A web server instead of Neo4j: told so, within the usual time."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            try:
                while True:
                    client, _ = listener.accept()
                    client.recv(100)
                    client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    client.close()
            except OSError:
                return

        threading.Thread(target=greet, daemon=True).start()
        start = monotonic()
        uri = f"bolt://127.0.0.1:{listener.getsockname()[1]}"
        with connect(uri, "neo4j", "x") as web, pytest.raises(DatabaseUnavailable, match="Neo4j"):
            web.read(ONE)
        listener.shutdown(socket.SHUT_RDWR)
    assert monotonic() - start < 4


def test_a_client_killed_during_a_query_leaves_no_transaction(neo4j_endpoint, database: Database):
    """The server ends the transaction of a process that is gone."""
    script = f"""
        from graphcrm.database.connection import connect
        database = connect({neo4j_endpoint.uri!r}, {neo4j_endpoint.username!r}, {neo4j_endpoint.password!r})
        database.write("CREATE (n:Victim) WITH n UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b "
                       "WITH n, a, b WHERE a + b < 0 RETURN count(*) AS n", timeout=60)
    """
    client = subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)])
    try:
        _wait_for(lambda: _running(database) == 1, 20)
    finally:
        client.kill()
        client.wait()
    _wait_for(lambda: _running(database) == 0, 20)
    assert database.read("MATCH (n:Victim) RETURN count(n) AS n") == [{"n": 0}]


def _running(database: Database) -> int:
    return len(
        database.read("SHOW TRANSACTIONS YIELD currentQuery AS q WHERE q STARTS WITH 'CREATE (n:Victim)' RETURN q AS q")
    )


def _wait_for(true, seconds: float) -> None:
    until = monotonic() + seconds
    while not true():
        assert monotonic() < until, "it did not happen in time"
        threading.Event().wait(0.1)
