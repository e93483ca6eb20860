"""The benchmarks run: each on a tiny clientele, with its answers compared; no time is looked at."""

import importlib.util
from pathlib import Path

import pytest

from bench.clientele import changed_folder, write_folder
from bench.graph import digest
from bench.harness import agree, percentile
from bench.peers import by_row, by_unwind
from graphcrm.database.local import Endpoint
from graphcrm.domain.viewer import OWNER
from graphcrm.services.importing import check_folder, import_folder
from tests.conftest import empty


def test_the_peers_write_the_same_graph(database, neo4j_endpoint: Endpoint, tmp_path: Path):
    folder = write_folder(tmp_path / "csv", 60)
    import_folder(database, OWNER, folder)
    answers = {"graphcrm": digest(database, batch=7)}
    for peer in (by_unwind, by_row):
        empty(database)
        peer(neo4j_endpoint, folder)
        answers[peer.__name__] = digest(database)
    agree(answers)
    assert answers["graphcrm"]["nodes"] > 60


def test_a_changed_folder_changes_as_many_rows_as_it_says(database, tmp_path: Path):
    folder = write_folder(tmp_path / "csv", 60)
    import_folder(database, OWNER, folder)
    changed, rows = changed_folder(folder, tmp_path / "changed", share=0.1)
    plan = check_folder(database, OWNER, changed)
    assert (plan.create, plan.update, plan.problems) == (0, rows, ())
    assert rows > 10


def test_the_hash_sees_a_changed_property(database, tmp_path: Path):
    import_folder(database, OWNER, write_folder(tmp_path / "csv", 30))
    before = digest(database)
    database.write("MATCH (:Person)-[r:REPORTS_TO]->(:Person) WITH r LIMIT 1 SET r.confidence = 0.123")
    with pytest.raises(AssertionError, match="disagree"):
        agree({"before": before, "after": digest(database)})


def test_the_percentile_is_that_of_the_nearest_rank():
    assert percentile(range(1, 101), 0.95) == 95
    assert percentile([3.0], 0.95) == 3.0


if importlib.util.find_spec("neomodel"):  # installed by make bench only

    def test_neomodel_writes_the_same_graph(database, neo4j_endpoint: Endpoint, tmp_path: Path):
        from bench.peer_neomodel import by_neomodel

        folder = write_folder(tmp_path / "csv", 30)
        import_folder(database, OWNER, folder)
        ours = digest(database)
        empty(database)
        by_neomodel(neo4j_endpoint, folder)
        agree({"graphcrm": ours, "neomodel": digest(database)})
