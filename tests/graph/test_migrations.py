"""The schema's steps on real Neo4j (faults.md: fails half-way, run twice, two at once, changed file, newer base)."""

import threading

import pytest

from graphcrm.database import migrations as module
from graphcrm.database.connection import Database, connect
from graphcrm.database.migrations import Migration, known_migrations, migrate, pending
from graphcrm.errors import MigrationError

FIRST = Migration("9001_first", "// One.\nMERGE (:Step {n: 1});\n// Two; not the end.\nMERGE (:Step {n: 2});\n")
SECOND = Migration("9002_second", "MATCH (s:Step {n: 2}) SET s.seen = true;\n")


@pytest.fixture
def bare(database: Database):
    """The database as if no step had ever been applied; put in order again afterwards."""
    clear = "MATCH (m) WHERE m:Migration OR m:MigrationLock OR m:Step DETACH DELETE m"
    database.write(clear)
    yield database
    database.write(clear)
    migrate(database)


def steps(database: Database) -> list[int]:
    return [row["n"] for row in database.read("MATCH (s:Step) RETURN s.n AS n ORDER BY n")]


def test_all_are_applied_once_in_order(bare: Database):
    assert migrate(bare, [FIRST, SECOND]) == ["9001_first", "9002_second"]
    assert bare.read("MATCH (s:Step {seen: true}) RETURN s.n AS n") == [{"n": 2}]
    assert migrate(bare, [FIRST, SECOND]) == []
    recorded = bare.read(
        "MATCH (m:Migration) RETURN m.name AS name, m.finished_at IS NOT NULL AS finished ORDER BY name"
    )
    assert recorded == [{"name": "9001_first", "finished": True}, {"name": "9002_second", "finished": True}]


def test_the_released_steps_make_ids_unique(bare: Database):
    assert migrate(bare) == [migration.name for migration in known_migrations()]
    rows = bare.read(
        "SHOW CONSTRAINTS YIELD labelsOrTypes, properties, type RETURN labelsOrTypes[0] + '.' + properties[0] AS of"
    )
    assert {"Entity.id", "Command.key"} <= {row["of"] for row in rows}


def test_statements_are_split_at_semicolons_that_end_lines():
    assert FIRST.statements == ("MERGE (:Step {n: 1})", "MERGE (:Step {n: 2})")
    commented = Migration(FIRST.name, "// A better comment.\n" + FIRST.text)
    assert commented.checksum == FIRST.checksum != Migration(FIRST.name, FIRST.text.replace("1", "3")).checksum


def test_one_that_fails_half_way_goes_on_from_there(bare: Database):
    broken = Migration("9001_first", "CREATE (:Step {n: 1});\nMERGE (:Step {n: 1 / 0});\nCREATE (:Step {n: 3});\n")
    with pytest.raises(
        MigrationError, match=r"9001_first stopped at statement 2 of 3: .*When the reason is mended, start again"
    ):
        migrate(bare, [broken, SECOND])
    assert steps(bare) == [1]
    assert pending(bare, [broken, SECOND]) == [(broken, 1), (SECOND, 0)]
    with pytest.raises(MigrationError):
        migrate(bare, [broken, SECOND])
    assert steps(bare) == [1]  # the statement that was done is not done again


def test_a_half_done_step_may_be_mended(bare: Database):
    broken = Migration("9001_first", "MERGE (:Step {n: 1});\nMERGE (:Step {n: 1 / 0});\n")
    with pytest.raises(MigrationError):
        migrate(bare, [broken])
    assert migrate(bare, [FIRST]) == ["9001_first"]
    assert steps(bare) == [1, 2]


def test_a_recorded_step_that_was_altered_is_refused(bare: Database):
    migrate(bare, [FIRST])
    altered = Migration(FIRST.name, FIRST.text.replace("n: 2", "n: 4"))
    with pytest.raises(MigrationError, match=r"9001_first is not the one that was applied.*needs a new numbered file"):
        migrate(bare, [altered, SECOND])
    assert steps(bare) == [1, 2]


def test_a_database_newer_than_the_program_is_refused(bare: Database):
    migrate(bare, [FIRST, SECOND])
    with pytest.raises(MigrationError, match=r"newer graphcrm \(schema step 9002_second\); nothing was changed"):
        migrate(bare, [FIRST])


def test_a_step_may_not_come_in_before_an_applied_one(bare: Database):
    migrate(bare, [SECOND])
    with pytest.raises(MigrationError, match=r"9001_first is missing in this database, although the later 9002_second"):
        migrate(bare, [FIRST, SECOND])


def test_of_two_at_once_one_runs(bare: Database, neo4j_endpoint):
    counting = Migration("9001_count", "MERGE (s:Step {n: 0}) ON CREATE SET s.runs = 0 SET s.runs = s.runs + 1;\n")
    slow = Migration("9002_slow", "UNWIND range(1, 3000000) AS i WITH sum(i) AS s MATCH (x:Step) SET x.sum = s;\n")
    start, results = threading.Barrier(4), []

    def run() -> None:
        with connect(neo4j_endpoint.uri, neo4j_endpoint.username, neo4j_endpoint.password, bare.name) as own:
            start.wait()
            results.append(migrate(own, [counting, slow]))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results, key=len) == [[], [], [], ["9001_count", "9002_slow"]]
    assert bare.read("MATCH (s:Step) RETURN s.runs AS runs") == [{"runs": 1}]


def test_a_lock_left_by_a_killed_process_does_not_last(bare: Database, monkeypatch):
    bare.write("CREATE (:MigrationLock {id: 'schema', holder: 'dead', until: datetime() + duration('PT1.5S')})")
    assert migrate(bare, [FIRST]) == ["9001_first"]
    assert bare.read("MATCH (l:MigrationLock) RETURN l.holder AS holder") == [{"holder": None}]


def test_a_lock_that_is_held_too_long_is_told(bare: Database, monkeypatch):
    monkeypatch.setattr(module, "WAIT", 0.5)
    bare.write("CREATE (:MigrationLock {id: 'schema', holder: 'other', until: datetime() + duration('PT60S')})")
    with pytest.raises(
        MigrationError, match=r"Another process has been changing the schema of this database for 0\.5 s"
    ):
        migrate(bare, [FIRST])
    assert steps(bare) == []


def test_a_server_that_has_only_just_started_is_given_time(bare: Database, monkeypatch):
    """In a container with two busy cores the first answer took more than the five seconds that a page has."""
    given = []
    read = Database.read

    def recording(self, *arguments, **options):
        given.append(options.get("timeout", 5.0))
        return read(self, *arguments, **options)

    monkeypatch.setattr(Database, "read", recording)
    migrate(bare, [FIRST])
    assert given[0] == module.FIRST_ANSWER >= 30
