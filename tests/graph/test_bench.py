"""The benchmarks run: each on a tiny clientele, with its answers compared; no time is looked at."""

import importlib.util
import re
from pathlib import Path

import pytest

import graphcrm
from bench import pages
from bench.clientele import changed_folder, write_folder
from bench.graph import digest
from bench.harness import agree, percentile
from bench.peers import by_row, by_unwind
from graphcrm.database.local import Endpoint
from graphcrm.domain.viewer import OWNER
from graphcrm.queries.binder import catalogue
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


def test_every_query_of_a_page_is_measured_and_only_those_of_analysts_are_told_apart():
    """None that a page asks is hidden: of those told apart no page, command or service knows the name."""
    reading = {
        name for name, query in catalogue().items() if not query.writes and query.topic not in pages.NOT_OF_A_PAGE
    }
    assert reading == pages.questions().keys()
    assert pages.ANALYSTS.keys() | pages.SMALL_ONLY.keys() < reading
    source = Path(graphcrm.__file__).parent
    used = "\n".join(
        path.read_text("utf-8") for layer in ("services", "ui", "cli") for path in (source / layer).rglob("*.py")
    )
    assert not [name for name in pages.ANALYSTS if re.search(rf"\b{name}\b", used)]


def test_the_table_of_the_pages_tells_what_grows(database, tmp_path: Path, monkeypatch):
    import_folder(database, OWNER, write_folder(tmp_path / "csv", 60))
    asked = {"client_facts", "clients_named", *pages.SMALL_ONLY, *pages.ANALYSTS}
    known = {name: query for name, query in pages.questions().items() if name in asked}
    monkeypatch.setattr(pages, "questions", lambda: known)
    text = pages.report(pages.measure({60: database, 61: database}, calls=2)).markdown()
    for said in ("1 queries of the pages", "0 of the 1 queries", "`clients_named: one letter`", "`knowledge_counts`"):
        assert said in text
