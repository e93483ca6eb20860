"""``graphcrm db`` as a user runs it: processes of their own, one data folder, a real Neo4j (issue 3, section 2)."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from graphcrm.config import load_settings
from graphcrm.database.connection import connect
from graphcrm.database.local import LocalServer

GRAPHCRM = Path(sys.executable).with_name("graphcrm")


class CommandLine:
    """``graphcrm`` on a data folder of its own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "GRAPHCRM_"))}
        own = {"GRAPHCRM_DATA": str(data), "GRAPHCRM_HEAP": "384m", "GRAPHCRM_PAGE_CACHE": "32m"}
        self.environment = {**kept, **own, "GRAPHCRM_LANGUAGE": "en", "COLUMNS": "300", "NO_COLOR": "1"}

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        command = [str(GRAPHCRM), *arguments]
        return subprocess.Popen(command, env=self.environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True)

    def __call__(self, *arguments: str, code: int = 0, answer: str = "") -> str:
        """What the command said, on both channels; the exit code is checked."""
        process = self.begin(*arguments)
        out, error = process.communicate(answer, timeout=120)
        assert process.returncode == code, (out, error)
        assert "Traceback" not in error
        return out + error


@pytest.fixture
def graphcrm(tmp_path):
    made = CommandLine(tmp_path / "data")
    yield made
    LocalServer(load_settings(data=made.data)).stop()


def table(text: str) -> dict[str, str]:
    """The two columns of a status or of shell-info."""
    rows = (re.split(r"\s{2,}", line.strip(), maxsplit=1) for line in text.splitlines())
    return {row[0]: row[1] for row in rows if len(row) == 2}


def add(shown: dict[str, str]) -> None:
    """Writes one node as any tool of Neo4j would, with what shell-info --password printed."""
    with connect(shown["Address"], shown["User"], shown["Password"], shown["Database"]) as database:
        database.write("MERGE (:Thing {id: 'one'})")


@pytest.mark.slow
def test_start_twice_look_connect_and_stop(graphcrm):
    """Two starts at one time end in one server; each command says what a user wants to know of it."""
    both = [graphcrm.begin("db", "start") for _ in range(2)]
    said = ["".join(process.communicate(timeout=120)) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    status = table(graphcrm("db", "status"))
    uri, pid = status["Address"], status["Process"]
    assert re.fullmatch(r"bolt://127\.0\.0\.1:\d+", uri)
    assert sorted(("runs at" in one, "already runs" in one) for one in said) == [(False, True), (True, False)], said
    assert all(uri in one for one in said)

    again = graphcrm("db", "start")
    assert again.strip().startswith(f"Neo4j already runs on {graphcrm.data}: process {pid}, at {uri}.")

    known = LocalServer(load_settings(data=graphcrm.data)).status()
    assert status["Neo4j"] == f"{known.version} community"
    assert (status["Nodes"], status["Ties"]) == ("0", "0")
    assert re.search(r"^\d+\.\d MB$", status["Memory"])
    assert re.fullmatch(rf"{re.escape(str(graphcrm.data))} \(\d+\.\d MB\)", status["Data"])
    assert re.search(r"neo4j-\S+ \(1\d\d\.\d MB\)$", status["Fetched files"])

    password = (graphcrm.data / "password").read_text().strip()
    plain = graphcrm("db", "shell-info")
    assert password not in plain
    assert str(graphcrm.data / "password") in plain
    assert f"cypher-shell -a {uri} -u neo4j -d neo4j" in plain
    shown = table(graphcrm("db", "shell-info", "--password"))
    assert (shown["Address"], shown["Password"]) == (uri, password)
    add(shown)
    assert table(graphcrm("db", "status"))["Nodes"] == "1"

    assert graphcrm("db", "stop").strip() == "Neo4j is stopped."
    stopped = graphcrm("db", "status", code=1)
    assert f"{known.version}, not running" in stopped
    assert "Process" not in stopped
    assert "No Neo4j was running" in graphcrm("db", "stop")
    assert f"No Neo4j runs on the data folder {graphcrm.data}." in graphcrm("db", "shell-info", code=1)


@pytest.mark.slow
def test_reset_asks_first_and_then_leaves_an_empty_database(graphcrm):
    assert "There is no database in" in graphcrm("db", "reset")
    graphcrm("db", "start")
    add(table(graphcrm("db", "shell-info", "--password")))
    asked = graphcrm("db", "reset", code=1, answer="n\n")
    assert f"Delete the database in {graphcrm.data}" in asked
    assert "for good? [y/N]" in asked
    assert table(graphcrm("db", "status"))["Nodes"] == "1"
    assert "is deleted" in graphcrm("db", "reset", "--yes")
    assert not (graphcrm.data / "neo4j").exists()
    graphcrm("db", "status", code=1)
    graphcrm("db", "start")
    assert table(graphcrm("db", "status"))["Nodes"] == "0"


def test_somebody_elses_database_is_not_touched(graphcrm):
    """With NEO4J_URI set, nothing here may start, stop or delete."""
    graphcrm.environment |= {"NEO4J_URI": "bolt://127.0.0.1:1", "NEO4J_PASSWORD": "not-to-be-told"}
    for command in (["start"], ["stop"], ["reset", "--yes"]):
        said = graphcrm("db", *command, code=1)
        assert "NEO4J_URI is set to bolt://127.0.0.1:1: that database is not started, stopped or deleted" in said
    assert "bolt://127.0.0.1:1" in graphcrm("db", "status", code=1)
    assert "not-to-be-told" not in graphcrm("db", "shell-info")
    assert not graphcrm.data.exists()


def test_refusals_are_one_line_and_no_traceback(graphcrm, tmp_path):
    (tmp_path / "file").touch()
    said = graphcrm("db", "start", "--data", str(tmp_path / "file" / "data"), code=1)
    assert said.strip().count("\n") == 0
    assert "cannot be written (Not a directory). Make it writable for you, or choose another" in said
    graphcrm("db", "status", "--data", str(tmp_path / "file" / "data"), code=1)
