"""The app on a Neo4j that it did not start, by address and password, as docker-compose.yml runs it; the way there."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest
import yaml

from graphcrm.config import load_settings
from graphcrm.database.connection import connect
from graphcrm.database.local import LocalServer
from graphcrm.database.local.settings_file import Sizes, neo4j_settings
from graphcrm.database.migrations import migrate
from graphcrm.domain.viewer import OWNER
from graphcrm.queries.power_map import save_places
from graphcrm.services import history
from graphcrm.services.editing import RowEdit, save_edits
from graphcrm.services.importing import import_folder
from tests.commands import environment_of
from tests.conftest import empty
from tests.graph.test_backup import dump
from tests.import_folder import write_folder
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]


def test_the_settings_of_the_compose_file_are_neo4js_own(database):
    """The image makes ``a.b_c`` of ``NEO4J_a_b__c`` and does not start with a name that Neo4j does not know."""
    given = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]["neo4j"]["environment"]
    names = {
        name.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_")
        for name in given
        if name != "NEO4J_AUTH"
    }
    known = {row["name"] for row in database.read("SHOW SETTINGS YIELD name RETURN name")}
    # Neo4j lists none of its internal settings; but the local server starts with these, under strict validation.
    known |= neo4j_settings(ROOT, 0, Sizes("1g", "1g")).keys()
    assert len(names) > 5
    assert names - known == set()


def websocket(port: int, name: str) -> int:
    """The app's status for the WebSocket of a browser that calls it by this name, through a proxy."""
    lines = [
        "GET /_stcore/stream HTTP/1.1", f"Host: {name}", f"Origin: https://{name}", "Upgrade: websocket",
        "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    ]  # fmt: skip
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        return int(line.recv(64).split()[1])


def test_up_uses_the_server_of_the_address_and_leaves_it_running(database, neo4j_endpoint, tmp_path):
    port = free_port()
    environment = {
        **os.environ,
        **environment_of(neo4j_endpoint),
        "GRAPHCRM_DATA": str(tmp_path / "data"),
        "GRAPHCRM_UI_HOST": "127.0.0.1",
        "GRAPHCRM_UI_NAMES": "crm.example.org",
    }
    command = [sys.executable, "-m", "graphcrm", "up", "--port", str(port)]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            line = next(line for line in process.stderr if "graphcrm is at" in line)
            assert f"http://127.0.0.1:{port}" in line
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as answer:
                assert answer.status == 200
            named = {name: websocket(port, name) for name in ("127.0.0.1", "crm.example.org", "other.example.org")}
            assert named == {"127.0.0.1": 101, "crm.example.org": 101, "other.example.org": 403}
            children = psutil.Process(process.pid).children(recursive=True)
            assert not [child for child in children if "graphcrm.database.local.child" in child.cmdline()]
            assert all(neo4j_endpoint.password not in " ".join(child.cmdline()) for child in children)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
    assert process.returncode == 130
    end = time.monotonic() + 10
    while time.monotonic() < end and any(child.is_running() for child in children):
        time.sleep(0.1)
    assert not any(child.is_running() for child in children)
    assert not (tmp_path / "data").exists(), "no database of its own was made"
    assert database.read("RETURN 1 AS one") == [{"one": 1}]


def graphcrm(environment: dict[str, str], *arguments: str) -> str:
    """What the command says; it must end well."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "GRAPHCRM_"))}
    ran = subprocess.run(
        [sys.executable, "-m", "graphcrm", *arguments],
        env={**kept, "COLUMNS": "200", "GRAPHCRM_LANGUAGE": "en", **environment},
        cwd=ROOT, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, (arguments, ran.stdout, ran.stderr)
    return ran.stdout + ran.stderr


def lay_bare(database) -> None:
    """As a server is that nobody has used: no schema of ours, not even its record."""
    empty(database)
    database.write("MATCH (m) WHERE m:Migration OR m:MigrationLock DETACH DELETE m")
    for kind in ("CONSTRAINTS", "INDEXES"):
        names = database.read(f"SHOW {kind} YIELD name, type WHERE type <> 'LOOKUP' RETURN name")
        for row in names:
            database.write(f"DROP {kind[: -2 if kind == 'INDEXES' else -1]} `{row['name']}` IF EXISTS")


@pytest.mark.slow
def test_from_a_laptop_to_a_server_by_backup_and_restore(database, neo4j_endpoint, tmp_path):
    """docs/how-to/server.md: the local server's graph, with its changes and the places of cards, on another server."""
    laptop = {"GRAPHCRM_DATA": str(tmp_path / "data"), "GRAPHCRM_HEAP": "384m", "GRAPHCRM_PAGE_CACHE": "32m"}
    there = {
        **environment_of(neo4j_endpoint),
        "GRAPHCRM_DATA": str(tmp_path / "none"),
    }
    file = tmp_path / "clientele.zip"
    local = LocalServer(load_settings(data=tmp_path / "data", bolt_port=0, heap="384m", neo4j_uri=None))
    endpoint = local.start(foreground=False)
    try:
        with connect(endpoint.uri, endpoint.username, endpoint.password) as own:
            migrate(own)
            import_folder(own, OWNER, write_folder(tmp_path / "clientele", people=30))
            save_edits(own, OWNER, [RowEdit("Person", "new", {"name": "Анна Берг"})], key="edited")
            save_places(own, layout_id="one", places=[{"id": "new", "x": 1.5, "y": -2.0}])
            before, rules = dump(own), schema(own)
        graphcrm(laptop, "backup", str(file))
    finally:
        local.stop()
    lay_bare(database)
    try:
        said = graphcrm(there, "restore", str(file))
        assert "restored from" in said
        assert "found equal" in said
        assert dump(database) == before
        assert schema(database) == rules
        assert any("Анна Берг" in line for line in before[0])
        assert not (tmp_path / "none").exists(), "nothing was started on the way"
        (undone,) = [change for change in history.recent(database, OWNER) if change.action == "do"][:1]
        history.undo(database, OWNER, key="there", change_id=undone.id)
        assert database.read("MATCH (p:Person {id: 'new'}) RETURN p.id AS id") == [], "changes can be taken back there"
    finally:
        empty(database)
        migrate(database)


def schema(database) -> set[str]:
    """The names of constraints and indexes."""
    return {
        row["name"]
        for kind in ("CONSTRAINTS", "INDEXES")
        for row in database.read(f"SHOW {kind} YIELD name RETURN name")
        if not row["name"].startswith("index_")
    }
