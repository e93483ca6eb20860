"""The analysts' console on real Neo4j (D3; faults.md, "Console and Cypher")."""

import os
import re
import subprocess
import sys
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphcrm.database import canary, console
from graphcrm.database.canary import Listener
from graphcrm.database.connection import Database
from graphcrm.database.statements import statement
from graphcrm.domain.console import check_text
from graphcrm.domain.console_names import FUNCTIONS
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import (
    CypherRefused,
    CypherWrong,
    DatabaseTimeout,
    Forbidden,
    InvalidInput,
    QueryFailed,
)
from graphcrm.services.console import (
    ConsoleAnswer,
    Limits,
    Node,
    Path,
    Tie,
    ask_cypher,
    console_closed,
    cut_told,
    cypher_parameters,
    shown,
)
from tests.commands import environment_of
from tests.import_folder import graph_hash

WRITES = """
CREATE (n:Person {id: 'x'})
CREATE (a:Person)-[:KNOWS]->(b:Person)
INSERT (n:Person {id: 'x'})
MERGE (n:Person {id: 'x'})
MERGE (n:Person {id: 'x'}) ON CREATE SET n.name = 'x' ON MATCH SET n.name = 'y'
MATCH (a:Kept) MERGE (a)-[:KNOWS]->(a)
MATCH (n) SET n.x = 1
MATCH (n) SET n += {x: 1}
MATCH (n) SET n = {x: 1}
MATCH (n) SET n = properties(n)
MATCH (n) SET n['x'] = 1
MATCH (n) SET n:Other
MATCH (n) SET n:$('Other')
MATCH (n) REMOVE n.id
MATCH (n) REMOVE n['id']
MATCH (n) REMOVE n:Kept
MATCH (n) DELETE n
MATCH (n) DETACH DELETE n
MATCH (n) NODETACH DELETE n
MATCH ()-[r]->() DELETE r
MATCH ()-[r]->() SET r.x = 1
FOREACH (x IN [1] | CREATE (:Person))
MATCH (n) FOREACH (x IN [1, 2] | SET n.x = x)
CALL { CREATE (n) }
CALL () { CREATE (n) } RETURN 1 AS one
UNWIND [1] AS x CALL (x) { CREATE (:Person {id: x}) } IN TRANSACTIONS
MATCH (n) CALL (n) { SET n.x = 1 } IN TRANSACTIONS OF 1 ROWS ON ERROR CONTINUE
MATCH (n) CALL (n) { SET n.x = 1 } IN 2 CONCURRENT TRANSACTIONS
MATCH (n) RETURN n UNION CREATE (n) RETURN n
OPTIONAL MATCH (n:Nowhere) WITH n CREATE (m) RETURN m
CREATE INDEX evil FOR (n:Person) ON (n.x)
CREATE TEXT INDEX evil FOR (n:Person) ON (n.x)
CREATE FULLTEXT INDEX evil FOR (n:Person) ON EACH [n.x]
CREATE CONSTRAINT evil FOR (n:Kept) REQUIRE n.x IS UNIQUE
DROP INDEX evil IF EXISTS
DROP CONSTRAINT evil IF EXISTS
CALL db.createLabel('Other')
CALL db.createProperty('other')
CALL db.createRelationshipType('OTHER')
MATCH (n) CALL db.create.setNodeVectorProperty(n, 'x', [1.0]) RETURN n
CREATE USER evil SET PASSWORD 'evil-evil-evil'
ALTER USER neo4j SET PASSWORD 'evil-evil-evil' CHANGE NOT REQUIRED
ALTER CURRENT USER SET PASSWORD FROM 'x' TO 'evil-evil-evil'
DROP USER neo4j
RENAME USER neo4j TO evil
""".strip().split("\n")
OUTSIDE = """
SHOW SETTINGS
SHOW SETTINGS YIELD name, value RETURN name
SHOW USERS
SHOW CURRENT USER
SHOW TRANSACTIONS
SHOW TRANSACTIONS YIELD transactionId AS t TERMINATE TRANSACTIONS t YIELD message RETURN message
TERMINATE TRANSACTIONS 'neo4j-transaction-1'
SHOW DATABASES
SHOW FUNCTIONS
SHOW PROCEDURES
SHOW INDEXES
SHOW CONSTRAINTS
START DATABASE neo4j
STOP DATABASE neo4j
CREATE DATABASE evil
GRANT ROLE admin TO neo4j
ENABLE SERVER 'x'
DRYRUN REALLOCATE DATABASES
USE system SHOW USERS
CALL () { USE system RETURN 1 AS x } RETURN x
CALL dbms.components()
CALL dbms.components
CALL dbms.listConfig()
CALL dbms.listConnections() YIELD connectionId RETURN connectionId
CALL dbms.killConnection('x')
CALL dbms.showCurrentUser()
CALL dbms.queryJmx('*:*')
CALL tx.setMetaData({user: 'somebody else'})
CALL tx.getMetaData()
CALL db.clearQueryCaches()
CALL db.clearQueryCaches
CALL db.stats.clear('QUERIES')
CALL db.awaitIndexes(1)
CALL apoc.help('x')
CALL apoc.load.json('http://127.0.0.1')
RETURN apoc.version() AS v
RETURN graph.byName('system') AS g
RETURN file() AS f
CALL (){ MATCH (n) RETURN n } IN TRANSACTIONS RETURN n
""".strip().split("\n")
ADDRESSES = (
    "http://127.0.0.1:{port}/x.csv",
    "HTTP://127.0.0.1:{port}/",
    "https://127.0.0.1:{port}/",
    "ftp://127.0.0.1:{port}/x.csv",
    "http://localhost:{port}/",
    "http://LOCALHOST.:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://017700000001:{port}/",
    "http://0.0.0.0:{port}/",
    "http://0:{port}/",
    "http://[::1]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://user:secret@127.0.0.1:{port}/",
    "http://127.0.0.1%2f@127.0.0.1:{port}/",
    "file:///etc/hostname",
    "file:/etc/hostname",
    "FILE:///etc/hostname",
    "file://localhost/etc/hostname",
    "jar:http://127.0.0.1:{port}/x.jar!/x.csv",
)


@pytest.fixture
def kept(database: Database) -> Database:
    """The run's database with two records and a tie."""
    database.write("CREATE (a:Kept {id: 'a', name: 'Ада'})-[:KNOWS {since: 2020}]->(b:Kept {id: 'b'})")
    return database


@pytest.fixture
def gate_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is looked at before it is run."""
    for name in ("check_text", "check_plan"):
        monkeypatch.setattr(f"graphcrm.services.console.{name}", lambda *_: None)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was run, not only explained."""
    seen: list[str] = []
    original = console.stream

    def watched(db, cypher, *others):
        seen.append(cypher)
        return original(db, cypher, *others)

    monkeypatch.setattr(console, "stream", watched)
    return seen


def ask(db: Database, cypher: str, **limits) -> ConsoleAnswer:
    return ask_cypher(db, OWNER, cypher, limits=Limits(**limits))


def test_an_answer_keeps_nodes_ties_and_paths(kept):
    """D3: what was found can be drawn as a picture and as a table."""
    asked = (
        "MATCH p = (a:Kept {id: $id})-[r]->(b) "
        "RETURN a, r, p, [a.name, 1] AS list, {m: b} AS map, date('2026-11-23') AS day"
    )
    answer = ask_cypher(kept, OWNER, asked, {"id": "a"})
    assert answer.columns == ("a", "r", "p", "list", "map", "day")
    ((a, r, p, listed, mapped, day),) = answer.rows
    assert (type(a), a.labels, a.properties) == (Node, ("Kept",), {"id": "a", "name": "Ада"})
    assert (type(r), r.type, r.start, r.properties) == (Tie, "KNOWS", a.id, {"since": 2020})
    assert isinstance(p, Path)
    assert (p.nodes[0], p.ties, p.nodes[1].id) == (a, (r,), r.end)
    assert (listed, mapped, day.isoformat()) == (["Ада", 1], {"m": p.nodes[1]}, "2026-11-23")
    assert answer.cut == ()
    assert answer.seconds > 0


@pytest.mark.parametrize("role", ["manager", "analyst", "reader"])
def test_only_who_sees_everything_may_ask(database, role):
    """faults.md: the console shows locked people; masking in free Cypher cannot be sound, so the role is asked."""
    viewer = Viewer("v", "V", role)
    with pytest.raises(Forbidden):
        ask_cypher(database, viewer, "RETURN 1 AS one")
    with pytest.raises(Forbidden):
        cypher_parameters(database, viewer, "RETURN $one AS one")


@pytest.mark.parametrize(
    "dressed",
    [
        "{}",
        "/* RETURN 1 */ {}",
        "// RETURN 1\n{}",
        "CYPHER 5 {}",
        "  \t\r\n{};",
        "PROFILE {}",
        "EXPLAIN {}",
        "CYPHER 5 PROFILE {}",
        "RETURN 1 AS x; {}",
        "{}; RETURN 1 AS x",
    ],
)
def test_every_write_form_is_refused_and_nothing_is_changed(kept, runs, dressed):
    """faults.md: every write form (30+), behind comments, versions, PROFILE, other statements."""
    before = graph_hash(kept)
    let_through = []
    for write in WRITES if dressed == "{}" else WRITES[::5]:
        for form in {write, write.lower() if "'" not in write else write, write.replace(" ", " /**/\n")}:
            try:
                let_through.append((form, ask(kept, dressed.format(form)).rows))
            except (CypherRefused, CypherWrong):
                continue
    assert let_through == []
    assert runs == [], "nothing came as far as being run"
    assert graph_hash(kept) == before
    assert len(WRITES) >= 30


def test_letters_that_are_written_as_numbers_hide_nothing(kept, runs):
    for cypher in (r"\u0043REATE (n)", r"\u0043\u0052EATE (n)", r"MATCH (n) \u0053ET n.x = 1", r"\uu0043REATE (n)"):
        with pytest.raises(CypherRefused, match="hides a letter"):
            ask(kept, cypher)
    assert runs == []


def test_a_write_that_the_planner_leaves_out_is_refused_by_neo4j(kept):
    """Its plan is one that reads: no row would come to what writes."""
    with pytest.raises(QueryFailed, match="read access mode"):
        ask(kept, "MATCH (n) WHERE false DETACH DELETE n")


def test_without_the_gate_neo4j_itself_refuses_writes(kept, gate_off):
    """The second layer: access mode READ."""
    before = graph_hash(kept)
    for write in ("CREATE (n)", "MATCH (n) SET n.x = 1", "MATCH (n) DETACH DELETE n", "CALL db.createLabel('Other')"):
        with pytest.raises(QueryFailed):
            ask(kept, write)
    assert graph_hash(kept) == before


@pytest.mark.parametrize("cypher", OUTSIDE)
def test_what_is_not_the_graph_is_refused(database, runs, cypher):
    """faults.md: settings, users, the work of others, dbms.*, metadata, caches, APOC."""
    with pytest.raises((CypherRefused, CypherWrong)):
        ask(database, cypher)
    assert runs == []


def test_load_csv_is_refused_before_the_server_runs_it(database, runs):
    """faults.md: all spellings of an address, file, ftp; the listener counts nobody."""
    with Listener() as listener:
        for address in ADDRESSES:
            for cypher in ("LOAD CSV FROM '{}' AS r RETURN r", 'load /**/ csv with headers from "{}" as r return r'):
                with pytest.raises(CypherRefused, match="LOAD CSV"):
                    ask(database, cypher.format(address.format(port=listener.port)))
            with pytest.raises(CypherRefused, match="LOAD CSV"):
                ask_cypher(database, OWNER, "LOAD CSV FROM $u AS r RETURN r", {"u": address.format(port=listener.port)})
        assert listener.reached == 0
    assert runs == []


@pytest.mark.parametrize(
    "outer",
    [
        "RETURN [x IN [1] | COLLECT {{ {} }}] AS y",
        "RETURN reduce(s = [], x IN [1] | s + COLLECT {{ {} }}) AS y",
        "MATCH (n) RETURN CASE WHEN rand() < 2 THEN COLLECT {{ {} }} ELSE [] END AS y",
        "CYPHER 25 RETURN [x IN [1] | COLLECT {{ {} }}] AS y",
    ],
)
def test_what_stands_within_an_expression_is_refused_too(kept, runs, outer):
    """No operator of the plan shows it: by the plan alone each of these would be let through."""
    with Listener() as listener:
        for inner in (
            f"LOAD CSV FROM 'http://127.0.0.1:{listener.port}/' AS r RETURN r",
            "SHOW SETTINGS YIELD name RETURN name",
            "CALL dbms.components() YIELD name RETURN name",
            "CALL db.createLabel('Other')",
            "CALL () { MATCH (m) RETURN m } IN TRANSACTIONS RETURN m",
            "MATCH (m) SET m.x = 1 RETURN m",
        ):
            with pytest.raises((CypherRefused, CypherWrong)):
                ask(kept, outer.format(inner))
        assert listener.reached == 0
    assert runs == []


def test_load_csv_is_refused_by_the_server_when_the_gate_is_off(database, gate_off, runs):
    """faults.md: the second layer, by the server's settings."""
    with Listener() as listener:
        for address in ADDRESSES:
            with pytest.raises(QueryFailed):
                ask_cypher(database, OWNER, "LOAD CSV FROM $u AS r RETURN r", {"u": address.format(port=listener.port)})
        assert listener.reached == 0
    assert len(runs) == len(ADDRESSES)


def test_the_canaries_find_a_server_that_is_shut(database, monkeypatch):
    monkeypatch.setattr(canary, "_SAFE", set())
    assert console_closed(database) is None
    assert database.address in canary._SAFE


def test_a_canary_that_answers_shuts_the_console(database, monkeypatch, runs):
    """A stand-in for a server with other settings: it goes where it is told to."""
    from urllib.request import urlopen

    monkeypatch.setattr(canary, "_SAFE", set())

    def loads(_db, url, schemes=("http", "file")):
        if not url.startswith(schemes):
            return False
        with urlopen(url) as answer:
            return answer.read() == b"canary\n"

    monkeypatch.setattr(canary, "_loads", loads)
    closed = console_closed(database)
    assert "to any address" in str(closed)
    assert "internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0" in str(closed)
    with pytest.raises(type(closed)):
        ask(database, "RETURN 1 AS one")
    monkeypatch.setattr(canary, "_loads", lambda db, url: loads(db, url, "file"))
    assert "allow_csv_import_from_file_urls=false" in str(console_closed(database))
    assert runs == []


def test_the_listener_counts_who_comes_though_neo4j_says_it_failed(database, monkeypatch):
    monkeypatch.setattr(canary, "_SAFE", set())

    def comes_and_fails(_db, url):
        from urllib.request import urlopen

        if url.startswith("http"):
            urlopen(url).close()
        return False

    monkeypatch.setattr(canary, "_loads", comes_and_fails)
    assert "to any address" in str(console_closed(database))


def test_every_function_of_this_neo4j_is_known_or_left_out_on_purpose(database):
    known = {row["name"].lower() for row in database.read("SHOW FUNCTIONS YIELD name, isBuiltIn WHERE isBuiltIn")}
    assert known - FUNCTIONS == {"file", "linenumber", "graph.byelementid", "graph.byname"}


SIGNS = [
    "'", '"', "`", "//", "/*", "*/", "\\", "\\'", '\\"', "\n", "\r", " ", "''", "``", ",", "1", "+", "'x'", "x",
    "\x00", "\x1c", "$", "\u2028", "\u00a0", "\ufeff", "\u180e", "\u2019", "\\u2028", "/", "*",
    "no.such(1)", "no . such (1)", "`no`.such(1)", "no/**/.such(1)", "no//\n.such(1)",
]  # fmt: skip
FRAMES = [
    "RETURN {}", "RETURN '{}' + no.such(1)", "RETURN '{}', no.such(1), '{}'", "RETURN 1 // {}\n + no.such(1)",
    "RETURN `{}` + no.such(1)", "/*{}*/ RETURN no.such(1)",
    'RETURN "{}" + no.such(1)', "RETURN 'a' {} + no.such(1) {} + 'b'",
]  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(signs=st.lists(st.sampled_from(SIGNS), max_size=7), frame=st.sampled_from(FRAMES))
def test_the_gate_reads_quotes_and_comments_as_neo4j_does(database, signs, frame):
    """faults.md, fuzz: in no text that the gate lets through does Neo4j find a call of the function."""
    cypher = frame.replace("{}", "".join(signs))
    try:
        check_text(cypher)
    except (CypherRefused, InvalidInput):
        return
    said = ""
    try:
        database.explain(cypher)
    except QueryFailed as error:
        said = str(error)
    assert "Unknown function 'no" not in said


READS = """
MATCH (n:Kept) WHERE n.id IN ['a', 'b'] RETURN n ORDER BY n.id SKIP 1 LIMIT 1
MATCH p = SHORTEST 1 (a:Kept {id: 'a'})-[:KNOWS]-+(b:Kept {id: 'b'}) RETURN p
MATCH p = shortestPath((a:Kept {id: 'a'})-[*..4]-(b:Kept {id: 'b'})) RETURN p
MATCH p = (a:Kept) ((x)-[r:KNOWS WHERE r.since > 2000]->(y)){1,4} (b) RETURN p
MATCH (a:Kept) WHERE NOT EXISTS { (a)-[:KNOWS]->(:Kept) } OR a.x = 1 RETURN a
MATCH (a:Kept) RETURN COLLECT { MATCH (a)-[:KNOWS]->(c) RETURN c.id } AS x, COUNT { (a)--() } AS n
MATCH (a:Kept) RETURN [(a)-[:KNOWS]->(c) | c.id] AS x, CASE WHEN a.id = 'a' THEN 1 ELSE 2 END AS y
MATCH (a:Kept) CALL (a) { MATCH (a)-->(b) RETURN count(b) AS n } RETURN a.id, n
MATCH (a:Kept) RETURN a.id AS n UNION MATCH (c) RETURN c.id AS n
MATCH (a:Kept) OPTIONAL MATCH (a)-[:KNOWS]->(b) RETURN a, collect(b), percentileCont(1, 0.5)
MATCH (n:$any(['Kept', 'Other'])) RETURN n
MATCH ()-[r:KNOWS|LIKES]-() RETURN DISTINCT type(r)
CALL db.labels() YIELD label RETURN label
CALL db.schema.visualization()
UNWIND [1, 2] AS x WITH x WHERE x > 1 RETURN toString(x) + 'it''s' AS x
""".strip().split("\n")


@pytest.mark.parametrize("cypher", [*READS, *(f"CYPHER 5 {READS[0]}" for _ in "x")])
def test_what_reads_is_answered(kept, cypher):
    assert ask(kept, cypher.replace("it''s", "it\\'s")).columns


def test_fifty_million_rows_are_cut_at_once(database):
    """faults.md: 50 M rows; early stop, marked as cut."""
    begun = monotonic()
    answer = ask(database, "UNWIND range(1, 50000000) AS i RETURN i", rows=100)
    assert (len(answer.rows), answer.rows[-1], answer.cut) == (100, (100,), ("rows",))
    assert "the first 100 are here" in cut_told(answer)[0]
    assert monotonic() - begun < 10
    assert ask(database, "UNWIND range(1, 100) AS i RETURN i", rows=100).cut == ()


def test_a_cell_of_100_mb_does_not_come_into_memory(database):
    """faults.md: 100 MB cell; cut, marked, memory flat."""
    import tracemalloc

    # 2^26 signs: Neo4j holds them well, and sends them as one record.
    cypher = "UNWIND ['small', reduce(s = 'x', i IN range(1, 26) | s + s), 'after'] AS s RETURN s"
    ask(database, "RETURN 1 AS one")
    tracemalloc.start()
    answer = ask(database, cypher, bytes=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (answer.rows, answer.cut) == ((("small",),), ("bytes",))
    assert peak < 8_000_000, f"{peak:,}"
    assert "larger than 1 MB" in cut_told(answer)[0]
    assert ask(database, "RETURN 1 AS one").rows == ((1,),), "the next question is answered"


def test_long_values_are_cut_short(database):
    answer = ask(
        database,
        "RETURN reduce(s = 'x', i IN range(1, 12) | s + s) AS text, range(1, 5000) AS list, 'short' AS short, "
        "[x IN range(1, 500) | {a: 'bcdefgh'}] AS maps",
        cell=1000,
    )
    ((text, listed, short, maps),) = answer.rows
    assert (text, short) == ("x" * 1000 + "…", "short")
    assert listed == list(range(1, len(listed) + 1))
    assert len(listed) < 200
    assert len(maps) < 200
    assert answer.cut == ("cell",)
    assert "longer than 1,000 signs" in cut_told(answer)[0]


NESTED = "RETURN reduce(x = [], i IN range(1, $levels) | [x]) AS x"


@pytest.mark.parametrize("levels", [40, 200])
def test_what_is_nested_deeply_is_cut(database, levels):
    """Else whoever draws it or writes it as JSON would go down as deep, and fall."""
    answer = ask_cypher(database, OWNER, NESTED, {"levels": levels})
    assert answer.cut == (() if levels < 50 else ("cell",))
    assert 40 <= shown(answer.rows[0][0]).count("[") < 60


def test_a_small_stack_is_enough(database, neo4j_endpoint):
    """The driver goes down into nested lists past Python: 3,000 levels ended a process whose threads are as macOS's."""
    script = (
        "import threading\n"
        "from graphcrm.bootstrap import open_app\n"
        "from graphcrm.config import load_settings\n"
        "from graphcrm.domain.viewer import OWNER\n"
        "from graphcrm.services.console import ask_cypher\n"
        "def ask():\n"
        "    with open_app(load_settings()) as app:\n"
        f"        print(ask_cypher(app.database, OWNER, {NESTED!r}, {{'levels': 3000}}).cut)\n"
        "threading.stack_size(512 * 1024)\n"
        "thread = threading.Thread(target=ask)\n"
        "thread.start()\n"
        "thread.join()\n"
    )
    environment = os.environ | environment_of(neo4j_endpoint)
    ran = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "('cell',)\n"), ran.stderr


def test_the_name_of_the_database_may_be_in_other_letters(kept):
    again = Database(kept.address, kept.name.upper(), kept._driver)
    assert ask(again, "MATCH (n:Kept) RETURN count(n) AS n").rows == ((2,),)


def test_many_rows_of_long_values_are_cut_by_bytes(database):
    answer = ask(
        database, "UNWIND range(1, 1000) AS i RETURN reduce(s = 'x', j IN range(1, 12) | s + s) AS s", bytes=100_000
    )
    assert 10 < len(answer.rows) < 30
    assert answer.cut == ("bytes",)


def test_a_query_over_the_limit_of_memory_is_asked_once(database, runs):
    """faults.md: refused once, not six times."""
    with pytest.raises(QueryFailed, match="needs more memory than Neo4j may use for one request"):
        ask(database, "UNWIND range(1, 20000000) AS a RETURN collect(a + a) AS everything")
    assert len(runs) == 1
    assert ask(database, "RETURN 1 AS one").rows == ((1,),)


def test_a_runaway_query_ends_at_the_time_out_and_the_server_is_idle(database):
    """faults.md: cross product; ends at the time-out."""
    cypher = (
        "UNWIND range(1, 1000000) AS runaway UNWIND range(1, 1000000) AS b "
        "WITH runaway, b WHERE runaway + b < 0 RETURN count(*)"
    )
    begun = monotonic()
    with pytest.raises(DatabaseTimeout):
        ask(database, cypher, seconds=1.5)
    assert monotonic() - begun < 4
    going = (
        "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'UNWIND' "
        "AND currentQuery CONTAINS 'AS runaway'"
    )
    while database.read(going) and monotonic() - begun < 12:
        pass
    assert database.read(going) == []


@pytest.mark.parametrize(
    ("cypher", "line", "column", "words"),
    [
        ("RETRN 1", 1, 1, "Invalid input 'RETRN'"),
        ("MATCH (n\nRETURN n", 2, 1, "Invalid input 'RETURN'"),
        ("MATCH (n:Kept)\n  RETURN n.id, m.id", 2, 16, "`m` not defined"),
        ("MATCH (n) RETURN nonsense", 1, 18, "`nonsense` not defined"),
        ("RETURN 1 AS a, 2 AS a", 1, None, "same name"),
    ],
)
def test_a_mistake_is_told_in_neo4js_words_with_its_place(database, cypher, line, column, words):
    with pytest.raises(CypherWrong) as caught:
        ask(database, cypher)
    assert words in str(caught.value)
    assert caught.value.line == line
    assert column is None or caught.value.column == column
    assert "EXPLAIN" not in str(caught.value)


@pytest.mark.parametrize(("cypher", "words"), [("RETURN 1 / 0 AS x", "/ by zero"), ("RETURN date('x') AS x", "parsed")])
def test_a_value_that_stops_a_query_is_told(database, cypher, words):
    with pytest.raises(CypherWrong, match=words):
        ask(database, cypher)


def test_parameters(kept):
    cypher = "MATCH (n:Kept {id: $id}) WHERE n.name <> $`an other` RETURN n.id LIMIT $most // $not"
    assert cypher_parameters(kept, OWNER, cypher) == ("id", "an other", "most")
    assert cypher_parameters(kept, OWNER, "RETURN '$text' AS x") == ()
    with pytest.raises(InvalidInput, match="needs a value for an other, most"):
        ask_cypher(kept, OWNER, cypher, {"id": "a"})
    answer = ask_cypher(kept, OWNER, cypher, {"id": "a", "an other": "x", "most": 1, "unused": [1, {"a": None}]})
    assert answer.rows == (("a",),)


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, "\ud800", [{"a": 2**80}]])
def test_a_value_that_neo4j_cannot_hold_is_told(database, value):
    with pytest.raises(InvalidInput, match="cannot hold the value of x"):
        ask_cypher(database, OWNER, "RETURN $x AS x", {"x": value})


def test_what_the_planner_says_is_a_hint(kept):
    hints = ask(kept, "MATCH (n:Kepd), (m:Kept) RETURN n, m").hints
    assert any("Kepd" in hint and "spelling" in hint for hint in hints)
    assert any("artesian product" in hint for hint in hints)
    assert ask(kept, "MATCH (n:Kept) RETURN n").hints == ()


def test_the_gate_costs_one_question(kept, monkeypatch):
    """Speed: EXPLAIN once, the query once, nothing else."""
    ask(kept, "RETURN 1 AS one")
    explained = []
    original = Database.explain
    monkeypatch.setattr(Database, "explain", lambda *a, **k: explained.append(1) or original(*a, **k))
    read = []
    monkeypatch.setattr(Database, "read", lambda *a, **k: read.append(1))
    ask(kept, "MATCH (n:Kept) RETURN n")
    assert (len(explained), read) == (1, [])


def test_the_canary_asks_what_the_gate_refuses():
    assert re.match("LOAD CSV", statement("canary_csv"))
