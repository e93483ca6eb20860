"""The offline first load on real stores of its own (issue 4, section 4): what comes out is what the importer makes."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

import psutil
import pytest

from graphcrm.config import Settings
from graphcrm.database.connection import Database, connect
from graphcrm.database.local import Endpoint, LocalServer, offline
from graphcrm.database.local.offline import require_empty
from graphcrm.database.migrations import migrate, pending
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import AlreadyRunning, ConfigurationError, Forbidden, ImportRefused, InvalidInput, LoadFailed
from graphcrm.ingest.column_plan import ColumnPlan
from graphcrm.ingest.plan import Plan
from graphcrm.services.importing import apply_plan, check_folder, import_folder
from graphcrm.services.loading import check_load, load_plan
from graphcrm.vocabulary import VOCABULARY
from tests.import_folder import write_folder

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)
CHANGES_EACH_TIME = {"recorded_at", "batch"}


def opened(endpoint: Endpoint) -> Database:
    return connect(endpoint.uri, endpoint.username, endpoint.password)


def whole_graph(db: Database) -> Counter:
    """Every node with all labels and every tie, values with their types; moments of writing by their type alone."""
    nodes = db.read("MATCH (n) WHERE NOT (n:Migration OR n:MigrationLock OR n:LastImport) "
                    "RETURN labels(n) AS labels, properties(n) AS held", timeout=60)  # fmt: skip
    ties = db.read("MATCH (a)-[r]->(b) RETURN [type(r), a.id, b.id] AS labels, properties(r) AS held", timeout=60)
    found = [(*sorted(row["labels"]), "node", *sorted(map(_value, row["held"].items()))) for row in nodes]
    return Counter([*found, *((*row["labels"], *sorted(map(_value, row["held"].items()))) for row in ties)])


def _value(pair: tuple[str, object]) -> str:
    name, value = pair
    return f"{name}={type(value).__name__}" if name in CHANGES_EACH_TIME else f"{name}={value!r}"


@pytest.fixture
def two(tmp_path: Path, own_settings: Settings, new_server):
    """(settings to load into, a database to import into)."""
    other = new_server(own_settings.model_copy(update={"data": tmp_path / "other"}))
    new_server(own_settings)  # stopped in the end
    with opened(other.start()) as database:
        migrate(database)
        yield own_settings, database


NODES, TIES = VOCABULARY.nodes, VOCABULARY.ties
AWKWARD = {
    NODES["Person"].plural_ru: "id,name,birth_date,expertise,achievements\n"
    'x-a,"Anna ""the quick"", Adler",~1968-05,"say ""no""|steel, pumps|a;b","first line\nsecond, line"\n'
    "x-b,'=Boris,--05-09,\\n|\\,C:\\\\temp\\\n"
    'x-c,Ольга ♥ 你好,,|law|,"\\"" "\n'
    'x-d,"  Dora  ",1970,,\n',
    NODES["Organization"].plural_ru: "id,name,kinds,employees,market_share\nx-o,Werft,client|partner,,2.5e1\n",
    TIES["WORKS_AT"].ru: "person_id,organization_id,title,level,until\n"
    'x-a,x-o,"Head, ""sales""",2,~2030\nx-b,x-o,,,\nx-c,x-o,,1,2020\n',
    TIES["KNOWS"].ru: "person_id,other_id,strength,recorded_at\nx-b,x-a,3,2020-01-02T03:04:05.678+02:00\nx-a,x-c,,\n",
    TIES["SIBLING_OF"].ru: "person_id,sibling_id\nx-d,x-a\n",
}
"""Under other names than the files of the demo, so that both are loaded together."""


@pytest.mark.slow
def test_a_load_of_the_demo_and_of_awkward_cells_equals_their_import(two, tmp_path):
    settings, database = two
    folder = tmp_path / "all"
    folder.mkdir()
    for path in (ROOT / "seed").glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    for name, text in AWKWARD.items():
        (folder / f"{name}.csv").write_text(text, "utf-8", newline="")
    apply_plan(database, OWNER, check_folder(database, OWNER, folder), today=TODAY)
    plan = check_load(settings, OWNER, folder, today=TODAY)
    assert isinstance(plan._content, ColumnPlan), "it was checked by whole columns"
    report = load_plan(settings, OWNER, plan)
    with opened(LocalServer(settings).endpoint()) as loaded:
        found, wanted = whole_graph(loaded), whole_graph(database)
        assert (found - wanted, wanted - found) == (Counter(), Counter())
        assert pending(loaded) == []
        states = loaded.read("SHOW INDEXES YIELD state, populationPercent RETURN DISTINCT state, populationPercent")
        assert [tuple(row.values()) for row in states] == [("ONLINE", 100.0)]
        assert import_folder(loaded, OWNER, folder).changed_nothing, "the importer finds all of it there"
        assert loaded.counts()[1] == report.ties


@pytest.mark.slow
def test_nothing_is_loaded_where_it_cannot_be_or_with_problems(own_settings, new_server, tmp_path, monkeypatch):
    """Each refusal is one sentence with its mend, and leaves an empty store that starts."""
    folder = write_folder(tmp_path / "files", people=8)
    server = new_server(own_settings)
    with pytest.raises(Forbidden):
        check_load(own_settings, Viewer("v", "V", "viewer"), folder, today=TODAY)
    with pytest.raises(ConfigurationError, match="only the local database"):
        require_empty(own_settings.model_copy(update={"neo4j_uri": "neo4j://there"}))
    plan = check_load(own_settings, OWNER, folder, today=TODAY)
    refused_plan(own_settings, folder)
    monkeypatch.setattr(offline, "HEAP", "1k")  # Java does not even start
    with pytest.raises(LoadFailed, match="gave up"):
        load_plan(own_settings, OWNER, plan)
    monkeypatch.undo()
    with opened(server.start(foreground=False)) as database:
        assert database.counts() == (0, 0), "as empty as before"
        with pytest.raises(AlreadyRunning, match="graphcrm db stop"):
            check_load(own_settings, OWNER, folder, today=TODAY)
        with pytest.raises(AlreadyRunning):
            load_plan(own_settings, OWNER, plan)
        database.write("CREATE (:Entity {id: 'x'})")
    server.stop()
    with pytest.raises(InvalidInput, match="used since"):
        load_plan(own_settings, OWNER, plan)
    with pytest.raises(InvalidInput, match=r"not empty \(1 nodes\)"):
        check_load(own_settings, OWNER, folder, today=TODAY)
    assert sorted(path.name for path in own_settings.data.iterdir() if path.is_dir()) == ["neo4j"], "no leftovers"


def refused_plan(settings: Settings, folder: Path) -> None:
    """The problems are those that the importer tells, word for word."""
    with (folder / "people.csv").open("a") as people:
        people.write("p1,Twice,\np99,Someone,1968-13\n")
    with (folder / "works_at.csv").open("a") as jobs:
        jobs.write("p77,verf,Ghost,\n")
    plan = check_load(settings, OWNER, folder, today=TODAY)
    assert {(p.code, p.place) for p in plan.problems} >= {
        ("bad_partial_date", "people.csv:12:birth_date"),
        ("unknown_id", "works_at.csv:11:person_id"),
    }
    with pytest.raises(ImportRefused):
        load_plan(settings, OWNER, plan)


@pytest.mark.slow
def test_a_load_that_is_killed_leaves_the_empty_store_and_can_be_done_again(own_settings, new_server, tmp_path):
    """It is killed while Neo4j's import runs: that ends by itself, and holds the lock until then."""
    folder = write_folder(tmp_path / "files", people=8)
    with (folder / "people.csv").open("a") as people:
        people.write('p9,A "quick" one,\n')  # not plain: it is checked row by row
    server = new_server(own_settings)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    command = [sys.executable, "-m", "graphcrm", "load", str(folder), "--data", str(own_settings.data)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while not (children := psutil.Process(process.pid).children()) and time.monotonic() < end:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    psutil.wait_procs(children, timeout=60)
    assert (own_settings.data / "loading").exists(), "it was killed too late to try anything"
    with opened(server.start()) as database:
        assert database.counts() == (0, 0)
    server.stop()
    plan = check_load(own_settings, OWNER, folder, today=TODAY)
    assert isinstance(plan._content, Plan)
    assert load_plan(own_settings, OWNER, plan).nodes == 17
    with opened(server.endpoint()) as database:
        assert import_folder(database, OWNER, folder).changed_nothing
        labels = database.read("MATCH (p:Person&(DecisionMaker|Executive|Employee|LabelsDue)) RETURN count(p) AS n")
        assert labels == [{"n": 9}], "eight on the levels 1 and 2, one of ours; nobody waits"
    assert not (own_settings.data / "loading").exists()
