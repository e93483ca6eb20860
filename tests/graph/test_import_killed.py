"""An import that was killed can be run again and ends in the same graph (issue 3, section 4; faults.md)."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graphcrm.domain.viewer import OWNER
from graphcrm.services.importing import import_folder
from tests.import_folder import graph_content, write_folder

ROUNDS = 6
PROGRAM = """
import sys
from datetime import date
from pathlib import Path
from graphcrm.database.connection import connect
from graphcrm.domain.viewer import OWNER
from graphcrm.ingest import apply
from graphcrm.services.importing import apply_plan, check_folder

apply.BATCH = 5  # many transactions, so that there are many moments to be killed at
uri, user, password, name, folder = sys.argv[1:]
db = connect(uri, user, password, name)
plan = check_folder(db, OWNER, Path(folder))
apply_plan(db, OWNER, plan, progress=lambda done, total, phase: print(phase, done, flush=True))
print("finished", flush=True)
"""


@pytest.mark.slow
def test_kill_9_at_random_moments_loses_nothing_and_doubles_nothing(database, neo4j_endpoint, tmp_path: Path):
    folder = write_folder(tmp_path / "clientele", people=60)
    import_folder(database, OWNER, folder)
    whole = graph_content(database)
    chance = random.Random(20261123)
    for _ in range(ROUNDS):
        database.write("MATCH (n) WHERE NOT n:TestDatabase AND NOT n:Migration AND NOT n:MigrationLock DETACH DELETE n")
        kills = 0
        while not _runs_to_its_end(neo4j_endpoint, database.name, folder, chance if kills < 3 else None):
            kills += 1
        assert kills > 0
        assert graph_content(database) == whole
        assert database.read("MATCH (n:LabelsDue) RETURN n.id AS id") == []
        assert database.read("MATCH ()-[r]->() WITH r.id AS id, count(*) AS n WHERE n > 1 RETURN id") == []
    assert import_folder(database, OWNER, folder).changed_nothing


def _runs_to_its_end(endpoint, name: str, folder: Path, chance: random.Random | None) -> bool:
    """Run an import in a process of its own; with ``chance``, kill it at a random moment. True if it got through."""
    command = [sys.executable, "-c", PROGRAM, endpoint.uri, endpoint.username, endpoint.password, name, str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        steps = chance.randrange(8, 45) if chance else 10**9
        for number, line in enumerate(process.stdout):
            if line.startswith("finished"):
                return True
            if number == steps:
                assert chance
                time.sleep(chance.random() * 0.01)  # somewhere within the next transaction, not at its edge
                process.send_signal(signal.SIGKILL)
                break
        process.wait()
        if chance is None:
            raise AssertionError("the import failed by itself")
        return False
