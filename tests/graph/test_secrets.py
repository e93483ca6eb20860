"""A password is where it belongs and nowhere else (faults.md, "Secret in repo, log, error, process list ...")."""

import os
import subprocess
import sys
import traceback
from pathlib import Path

import psutil
import pytest

from graphcrm.config import load_settings
from graphcrm.database.connection import Database, connect
from graphcrm.errors import GraphcrmError

ROOT = Path(__file__).resolve().parents[2]
SECRET = "only-a-test-may-know-this-4711"


def all_that_is_told(error: BaseException) -> str:
    """The error in every form in which it could come into a log."""
    return "\n".join([str(error), repr(error), *traceback.format_exception(error)])


@pytest.mark.parametrize("wrong", ["password", "name", "address"])
def test_no_error_tells_a_password(neo4j_endpoint, wrong: str):
    uri = "bolt://127.0.0.1:1" if wrong == "address" else neo4j_endpoint.uri
    with connect(uri, "neo4j", SECRET, "nosuch" if wrong == "name" else "neo4j") as database:
        assert SECRET not in repr(database)
        with pytest.raises(GraphcrmError) as caught:
            database.read("RETURN 1 AS one", timeout=3)
    assert SECRET not in all_that_is_told(caught.value)


def test_a_value_of_a_query_is_in_no_error_for_users(database: Database):
    with pytest.raises(GraphcrmError) as caught:
        database.read("RETURN date($x) AS d", {"x": SECRET})
    assert SECRET not in str(caught.value)
    assert SECRET not in repr(caught.value)


def test_settings_hide_it():
    settings = load_settings(neo4j_uri="bolt://127.0.0.1:1", neo4j_password=SECRET)
    assert SECRET not in repr(settings) + str(settings) + settings.model_dump_json()


@pytest.mark.parametrize("command", [["db", "status"], ["db", "shell-info"], ["changes"], ["export", "out"]])
def test_no_command_tells_it_and_it_is_in_no_command_line(neo4j_endpoint, tmp_path: Path, command: list[str]):
    """With a wrong password, so that each of them has something to complain of."""
    environment = {**os.environ, "NEO4J_URI": neo4j_endpoint.uri, "NEO4J_PASSWORD": SECRET,
                   "GRAPHCRM_DATA": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)}  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-m", "graphcrm", *command],
        env=environment, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        lines = [" ".join(one.cmdline()) for one in family]
        told, _ = process.communicate(timeout=120)
    assert "Traceback" not in told
    assert SECRET not in told
    assert all(SECRET not in line for line in lines)
    assert [path for path in tmp_path.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()] == []
