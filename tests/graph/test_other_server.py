"""The app on a Neo4j that it did not start, by address and password, as docker-compose.yml runs it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import yaml

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
    assert len(names) > 5
    assert names - known == set()


def test_up_uses_the_server_of_the_address_and_leaves_it_running(database, neo4j_endpoint, tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "NEO4J_URI": neo4j_endpoint.uri,
        "NEO4J_USERNAME": neo4j_endpoint.username,
        "NEO4J_PASSWORD": neo4j_endpoint.password,
        "GRAPHCRM_DATA": str(tmp_path / "data"),
        "GRAPHCRM_UI_HOST": "127.0.0.1",
    }
    command = [sys.executable, "-m", "graphcrm", "up", "--port", str(port)]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            line = next(line for line in process.stderr if "graphcrm is at" in line)
            assert f"http://127.0.0.1:{port}" in line
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as answer:
                assert answer.status == 200
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
