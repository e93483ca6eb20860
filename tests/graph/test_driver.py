"""The connection on real Neo4j: values, routing, errors with their words. No fault of the network here."""

import threading
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic, sleep

import pytest

from graphcrm.database.connection import Counters, Database, connect
from graphcrm.errors import (
    AuthenticationFailed,
    ConfigurationError,
    DatabaseTimeout,
    DatabaseUnavailable,
    QueryFailed,
    WriteConflict,
)


def test_times_arrive_as_python_types_and_in_utc(database: Database):
    row = database.read(
        "RETURN date('1968-05-09') AS day, datetime('2026-01-02T03:04:05.678+03:00') AS moment,"
        " localtime('10:11') AS hour,"
        " duration('PT90S') AS pause, duration('P1M2D') AS month,"
        " [date('2020-02-29'), {at: date('2021-01-01')}] AS nested"
    )[0]
    assert row == {
        "day": date(1968, 5, 9),
        "moment": datetime(2026, 1, 2, 0, 4, 5, 678000, tzinfo=UTC),
        "hour": time(10, 11),
        "pause": timedelta(seconds=90),
        "month": "P1M2D",
        "nested": [date(2020, 2, 29), {"at": date(2021, 1, 1)}],
    }
    assert type(row["day"]) is date
    assert type(row["moment"]) is datetime


def test_python_dates_go_in_and_come_out_the_same(database: Database):
    given = {"day": date(2024, 2, 29), "moment": datetime(2026, 11, 1, 12, tzinfo=UTC)}
    written = database.write("CREATE (n:Probe) SET n = $p RETURN n.day AS day, n.moment AS moment", {"p": given})
    assert written.rows == [given]


def test_a_write_tells_what_it_changed_and_a_second_one_that_it_changed_nothing(database: Database):
    query = "MERGE (n:Entity {id: 'x'}) ON CREATE SET n.name = 'A' RETURN n.name AS name"
    first, second = database.write(query), database.write(query)
    assert first.rows == second.rows == [{"name": "A"}]
    assert first.counters == Counters(nodes_created=1, properties_set=2, labels_added=1)
    assert not second.counters.changed


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (n:Probe)",
        "MERGE (n:Probe {a: 1})",
        "MATCH (n:TestDatabase) SET n.a = 1",
        "CREATE INDEX i FOR (n:P) ON (n.a)",
    ],
)
def test_a_read_cannot_write(database: Database, query: str):
    before = database.counts()
    with pytest.raises(QueryFailed) as failure:
        database.read(query)
    assert "read access mode" in str(failure.value) or "not allowed" in str(failure.value)
    assert database.counts() == before


def test_a_read_sees_the_write_before_it(database: Database):
    for number in range(20):
        database.write("MERGE (n:Entity {id: 'same'}) SET n.number = $number", {"number": number})
        assert database.read("MATCH (n:Entity {id: 'same'}) RETURN n.number AS number") == [{"number": number}]


def test_explain_names_operators_notices_and_kind_without_running(database: Database):
    before = database.counts()
    told = database.explain("CREATE (n:Probe {id: $id})", {"id": "a"})
    assert (told.query_type, database.counts()) == ("w", before)
    crossed = database.explain("MATCH (a:Entity), (b:Entity) RETURN a.id AS a, b.id AS b")
    assert crossed.query_type == "r"
    assert any("cartesian product" in notice.description.lower() for notice in crossed.notifications)
    assert crossed.plan["operatorType"].startswith("ProduceResults")


def test_a_wrong_statement_is_quoted_with_neo4js_reason(database: Database):
    with pytest.raises(QueryFailed, match="Neo4j refused the statement: Variable `nobody` not defined") as failure:
        database.read("RETURN nobody")
    assert failure.value.__cause__ is not None


def test_a_value_that_fails_is_not_repeated_to_the_user(database: Database):
    with pytest.raises(QueryFailed) as failure:
        database.read("RETURN toInteger($x) / 0 AS y, date($x) AS d", {"x": "MARKER-31415"})
    assert "MARKER" not in str(failure.value)


def test_a_second_record_with_the_same_key_is_a_conflict(database: Database):
    database.write("CREATE (:Entity {id: 'MARKER-one'})")
    with pytest.raises(
        WriteConflict, match="A record with the same key is already there; nothing was saved"
    ) as failure:
        database.write("CREATE (:Entity {id: 'MARKER-one'})")
    assert "MARKER" not in str(failure.value)


def test_a_runaway_query_ends_in_time_and_the_server_with_it(database: Database):
    """faults.md: runaway query; ends at the time-out, the server's transaction too."""
    start = monotonic()
    with pytest.raises(DatabaseTimeout, match=r"ended|did not answer within 1 s"):
        database.read(
            "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b "
            "WITH a, b WHERE a + b < 0 RETURN count(*) AS n",
            timeout=1,
        )
    assert monotonic() - start < 3
    left = 1
    while left and monotonic() - start < 10:
        left = len(
            database.read("SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'UNWIND range(1, 1000'")
        )
    assert left == 0


def test_a_query_that_eats_memory_is_refused_once(database: Database):
    """faults.md: memory-limit query refused once, not six times."""
    asked = []
    original = database._run

    class Counting(Database):
        __slots__ = ()

        def _run(self, *args):
            asked.append(1)
            return original(*args)

    counting = Counting(database.address, database.name, database._driver, database._bookmarks)
    with pytest.raises(QueryFailed, match="needs more memory than Neo4j may use for one request"):
        counting.read("UNWIND range(1, 20000000) AS a RETURN collect(a + a) AS everything", timeout=60)
    assert len(asked) == 1
    assert database.read("RETURN 1 AS one") == [{"one": 1}]


def test_crossed_locks_end_in_two_commits(database: Database):
    """faults.md: deadlock, both commit."""
    database.write("UNWIND ['a', 'b'] AS id CREATE (:Entity {id: id, n: 0})")
    failures: list[Exception] = []

    def add(first: str, second: str) -> None:
        try:
            for _ in range(15):
                database.write(
                    "MATCH (x:Entity {id: $first}) SET x.n = x.n + 1 "
                    "WITH x UNWIND range(1, 2000) AS i WITH x, sum(i) AS s "
                    "MATCH (y:Entity {id: $second}) SET y.n = y.n + 1",
                    {"first": first, "second": second},
                )
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=add, args=pair) for pair in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert database.read("MATCH (n:Entity) WHERE n.id IN ['a', 'b'] RETURN n.n AS n") == [{"n": 30}, {"n": 30}]


@pytest.mark.parametrize(
    "uri", ["http://127.0.0.1:1", "bolt://127.0.0.1:port", "127.0.0.1:7687", "", "bolt://u:MARKER@h:1"]
)
def test_an_address_that_cannot_be_is_told_at_once(uri: str):
    with pytest.raises(ConfigurationError, match=r"cannot be used\. Write it as bolt://HOST:PORT") as failure:
        connect(uri, "neo4j", "x")
    assert "MARKER" not in str(failure.value)


def test_a_database_that_is_not_there_is_named(neo4j_endpoint):
    with (
        connect(neo4j_endpoint.uri, neo4j_endpoint.username, neo4j_endpoint.password, "nosuch") as wrong,
        pytest.raises(ConfigurationError, match=r"has no database called nosuch\. Correct NEO4J_DATABASE\."),
    ):
        wrong.read("RETURN 1 AS one")


def test_wrong_passwords_of_others_do_not_stop_us(neo4j_endpoint, database: Database):
    """faults.md: wrong password x 3 by someone else; the open pool goes on, a new connection backs off and gets in."""
    for _ in range(3):
        with (
            connect(neo4j_endpoint.uri, neo4j_endpoint.username, "wrong") as stranger,
            pytest.raises(AuthenticationFailed) as failure,
        ):
            stranger.read("RETURN 1 AS one", timeout=0.9)
        assert "refused the user name or the password" in str(failure.value) or "too many wrong passwords" in str(
            failure.value
        )
    assert database.read("RETURN 1 AS one") == [{"one": 1}]
    with connect(neo4j_endpoint.uri, neo4j_endpoint.username, neo4j_endpoint.password) as late:
        assert late.read("RETURN 1 AS one", timeout=15) == [{"one": 1}]


def test_a_routing_address_reads_and_writes(neo4j_endpoint, database: Database):
    uri = neo4j_endpoint.uri.replace("bolt://", "neo4j://")
    with connect(uri, neo4j_endpoint.username, neo4j_endpoint.password) as routed:
        assert routed.write("CREATE (n:Probe) RETURN 1 AS one").rows == [{"one": 1}]
        assert routed.read("MATCH (n:Probe) RETURN count(n) AS n") == [{"n": 1}]


def test_a_closed_database_says_so_in_time(neo4j_endpoint):
    gone = connect(neo4j_endpoint.uri, neo4j_endpoint.username, neo4j_endpoint.password)
    gone.close()
    with pytest.raises(DatabaseUnavailable):
        gone.read("RETURN 1 AS one")


def test_a_database_is_closed_while_others_ask(neo4j_endpoint):
    """Ctrl-C ends the demo while its first pages are being warmed up: leaving must not fail (issue 3, section 1)."""

    def ask(database):
        with suppress(Exception):  # whatever the closed connection says to the one who was asking
            for _question in range(200):
                database.read("UNWIND range(1, 2000) AS i RETURN i, 'x' + i AS text")

    for number in range(40):
        one = connect(neo4j_endpoint.uri, neo4j_endpoint.username, neo4j_endpoint.password)
        threads = [threading.Thread(target=ask, args=(one,), daemon=True) for _ in range(2)]
        for thread in threads:
            thread.start()
        sleep(number / 400)  # the moment of leaving is what is tried
        one.close()
        for thread in threads:
            thread.join(6)
