"""What all tests share: one real Neo4j for the run, and no test of the promised kinds left out in silence.

Fixtures:
    neo4j_endpoint: a Neo4j for this run: graphcrm's own local server in a folder of its own, or the one that
        ``NEO4J_URI`` (with ``NEO4J_USERNAME``, ``NEO4J_PASSWORD``, ``NEO4J_DATABASE``) names. That one is refused when
        it is neither empty nor marked as a test database.
    database: a connection to it, emptied of all but the test mark, the schema up to date.
    on_database: commands and pages that run in the tests' own process talk to it.
    demo: a connection to it with the demo clientele loaded, for tests that only read. They run last, so that the
        clientele is loaded once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graphcrm import i18n
from graphcrm.bootstrap import bundled
from graphcrm.config import Settings, load_settings
from graphcrm.database.connection import Database, connect
from graphcrm.database.local import Endpoint, LocalServer
from graphcrm.database.migrations import migrate
from graphcrm.domain.viewer import OWNER
from graphcrm.services.demo import load as load_demo
from tests.commands import environment_of

HERE = Path(__file__).parent
KINDS = {"architecture", "docs", "unit", "graph", "pages", "browser"}
NEVER_SKIPPED = {"graph", "pages", "browser"}

OURS = "n:TestDatabase OR n:Migration OR n:MigrationLock"
COUNT_OTHERS = f"MATCH (n) WHERE NOT ({OURS}) RETURN count(n) AS others"
IS_MARKED = "MATCH (m:TestDatabase) RETURN count(m) AS marks"
MARK = "MERGE (m:TestDatabase {id: 'this database may be emptied by tests'})"
DELETE_SOME = f"MATCH (n) WHERE NOT ({OURS}) WITH n LIMIT 2000 DETACH DELETE n RETURN count(n) AS gone"

_skipped: list[str] = []


def pytest_configure(config: pytest.Config) -> None:
    for kind in sorted(KINDS):
        config.addinivalue_line("markers", f"{kind}: lies in tests/{kind}")


def kind_of(path: Path) -> str | None:
    """The folder below tests/ that a test lies in."""
    return path.relative_to(HERE).parts[0] if path.is_relative_to(HERE) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if (kind := kind_of(item.path)) in KINDS:
            item.add_marker(kind)
        if {"demo", "database"} <= set(getattr(item, "fixturenames", ())):
            raise pytest.UsageError(f"{item.nodeid} would empty the demo under the tests that come after it")
    items.sort(key=lambda item: "demo" in getattr(item, "fixturenames", ()))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _note_skip(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    _note_skip(report)


def _note_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and any(report.nodeid.startswith(f"{HERE.name}/{kind}") for kind in NEVER_SKIPPED):
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _skipped and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _skipped:
        terminalreporter.section("skipped, which fails the run", red=True, bold=True)
        for nodeid in _skipped:
            terminalreporter.line(nodeid)


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A command run within a test chooses a language for its process; the next test does not inherit it."""
    token = i18n._language.set(None)
    yield
    i18n._language.reset(token)


@pytest.fixture(scope="session")
def local_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a local server for this run: its own data folder and any free port, the user's cache of jars."""
    return load_settings(data=tmp_path_factory.mktemp("neo4j"), bolt_port=0, heap="512m")


@pytest.fixture(scope="session")
def neo4j_endpoint(local_settings: Settings, request: pytest.FixtureRequest) -> Iterator[Endpoint]:
    """One Neo4j for the whole run."""
    given = load_settings()
    if given.neo4j_uri is not None:
        password = given.neo4j_password.get_secret_value() if given.neo4j_password else ""
        endpoint = Endpoint(given.neo4j_uri, given.neo4j_username, password)
        with connect(endpoint.uri, endpoint.username, endpoint.password, given.neo4j_database) as there:
            claim(there)
        yield endpoint
        return
    server = LocalServer(local_settings)
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():  # the first run fetches Neo4j: say so
        endpoint = server.start(progress=_tell())
    try:
        with connect(endpoint.uri, endpoint.username, endpoint.password) as ours:
            claim(ours)
        yield endpoint
    finally:
        server.stop()


@pytest.fixture
def on_database(neo4j_endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands and pages that run in the tests' own process talk to the run's Neo4j."""
    for name, value in environment_of(neo4j_endpoint).items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def _connection(neo4j_endpoint: Endpoint) -> Iterator[Database]:
    given = load_settings()
    with connect(
        neo4j_endpoint.uri, neo4j_endpoint.username, neo4j_endpoint.password, given.neo4j_database
    ) as database:
        migrate(database)
        yield database


@pytest.fixture
def database(_connection: Database) -> Database:
    """The run's database, empty but for the schema and the test mark."""
    empty(_connection)
    return _connection


@pytest.fixture(scope="session")
def demo(_connection: Database) -> Database:
    """The run's database with ``seed/`` in it. Do not write to it."""
    empty(_connection)
    load_demo(_connection, OWNER, bundled("seed"))
    return _connection


def claim(database: Database) -> None:
    """Marks an empty database as one for tests.

    Raises:
        pytest.UsageError: it holds data and is not marked; somebody may need them.
    """
    if database.read(IS_MARKED)[0]["marks"]:
        return
    others = database.read(COUNT_OTHERS)[0]["others"]
    if others:
        pytest.exit(
            f"The database at {database.address} holds {others} nodes and is not marked as a test database. "
            f"Tests empty theirs, so they do not touch it. If it may be emptied, run there: {MARK}",
            returncode=pytest.ExitCode.USAGE_ERROR,
        )
    database.write(MARK)


def empty(database: Database) -> None:
    """Deletes all but the test mark and the record of migrations, a batch at a time."""
    while database.write(DELETE_SOME).rows[0]["gone"]:
        pass


def _tell():
    shown = -1

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal shown
        if stage == "download" and total and (percent := done * 100 // total) // 10 > shown:
            shown = percent // 10
            print(f"\rfetching Neo4j: {percent} %", end="\n" if percent == 100 else "", flush=True)

    return tell
