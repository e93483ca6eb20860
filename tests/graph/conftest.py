"""Fixtures of the tests on real Neo4j: a relay before it, and local servers that a test may break."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graphcrm.cli import app
from graphcrm.config import Settings, load_settings
from graphcrm.database.connection import Database, connect
from graphcrm.database.local import Endpoint, LocalServer
from tests.commands import caller_of, environment_of
from tests.graph.relay import Relay


@pytest.fixture
def relay(neo4j_endpoint: Endpoint) -> Iterator[Relay]:
    """A relay before the run's Neo4j."""
    where = urlsplit(neo4j_endpoint.uri)
    assert where.hostname
    assert where.port
    with Relay(where.port, where.hostname) as made:
        yield made


@pytest.fixture
def through_relay(relay: Relay, neo4j_endpoint: Endpoint, database: Database) -> Iterator[Database]:
    """The emptied database, reached through the relay."""
    with connect(relay.uri, neo4j_endpoint.username, neo4j_endpoint.password, database.name) as reached:
        yield reached


@pytest.fixture
def own_settings(tmp_path: Path) -> Settings:
    """Settings of a local server that belongs to one test, small."""
    return load_settings(data=tmp_path / "data", bolt_port=0, heap="384m", page_cache="32m")


@pytest.fixture
def new_server() -> Iterator[Callable[[Settings], LocalServer]]:
    """Makes local servers and stops them all in the end."""
    made: list[LocalServer] = []

    def make(settings: Settings) -> LocalServer:
        made.append(LocalServer(settings))
        return made[-1]

    yield make
    for server in made:
        server.stop()


@pytest.fixture
def run(on_database: None) -> Callable[..., str]:
    """Runs ``graphcrm`` in this process; gives what it printed, or raises the error that it prints."""
    return caller_of(app)


@pytest.fixture
def command(database: Database, neo4j_endpoint: Endpoint, tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Runs ``graphcrm`` as a user does; gives (exit code, what it printed)."""
    environment = os.environ | environment_of(neo4j_endpoint)

    def run(*arguments: object) -> tuple[int, str]:
        ran = subprocess.run(
            [sys.executable, "-m", "graphcrm", *map(str, arguments)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert "Traceback" not in ran.stderr
        return ran.returncode, ran.stdout + ran.stderr

    return run
