"""An import that follows another looks at what differs from it alone, if nobody has written since; and never wrongly.

The judge in all of these: an import that knows of no other, which compares every row with the graph.
"""

import random
from io import BytesIO
from pathlib import Path

import pytest

from graphcrm.database.position import position
from graphcrm.database.snapshot import read_all
from graphcrm.domain.viewer import OWNER
from graphcrm.ingest import lookup
from graphcrm.services._last_import import last_rows
from graphcrm.services.importing import apply_plan, apply_plan_together, check_folder, import_folder
from tests.conftest import empty
from tests.import_folder import graph_content, write_folder

ROWS = 151


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "clientele")


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """The ids of the nodes that an import reads."""
    ids: list[str] = []
    read = lookup.queries.held_nodes

    def listening(db, *, ids: list[str], seen=ids):
        seen += ids
        return read(db, ids=ids)

    monkeypatch.setattr(lookup.queries, "held_nodes", listening)
    return ids


def known(database) -> int:
    return len(last_rows(database, position(database)))


def by_another_program(database, statement: str) -> bool:
    """Write without the bookmarks of ``database``; True if anything was changed."""
    return database._driver.execute_query(statement, database_=database.name).summary.counters.contains_updates


def forget(database) -> None:
    database.write("MATCH (m:LastImport) DELETE m")


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_the_same_files_again_ask_for_nothing_and_write_nothing(database, folder, asked):
    import_folder(database, OWNER, folder)
    assert known(database) == ROWS
    stood, asked[:] = position(database), []
    for _ in range(2):
        report = import_folder(database, OWNER, folder)
        assert (report.created, report.updated, report.unchanged) == (0, 0, ROWS)
    assert asked == []
    assert position(database) == stood


def test_somebody_has_asked_neo4j_about_itself_meanwhile(database, folder, asked):
    """From then on each bookmark tells of the database system, too."""
    database.read("SHOW DATABASES YIELD name RETURN name")
    import_folder(database, OWNER, folder)
    assert known(database) == ROWS


def test_of_a_changed_row_only_what_it_names_is_read(database, folder, asked):
    import_folder(database, OWNER, folder)
    replace(folder / "influences.csv", "p4,p1,3", "p4,p1,9")
    asked[:] = []
    report = import_folder(database, OWNER, folder)
    assert (report.created, report.updated, report.unchanged) == (0, 1, ROWS - 1)
    assert asked == ["p1", "p4"]
    assert known(database) == ROWS
    content = graph_content(database)
    empty(database)
    import_folder(database, OWNER, folder)
    assert graph_content(database) == content


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (p {id: 'p7'}) SET p.name = 'Somebody else'",
        "MATCH (p {id: 'p7'}) DETACH DELETE p",
        "MATCH (p {id: 'verf'}) REMOVE p:Partner",
        "MATCH (:Person {id: 'p4'})-[r:INFLUENCES]->() SET r.strength = 1",
        "MATCH (:Deal {id: 'd1'})-[r]->(:Client) DELETE r",
    ],
)
def test_what_anybody_changed_by_cypher_is_won_back(database, folder, statement):
    import_folder(database, OWNER, folder)
    before = graph_content(database)
    assert by_another_program(database, statement)
    assert known(database) == 0
    import_folder(database, OWNER, folder)
    assert graph_content(database) == before


@pytest.mark.parametrize("phase", ["plan", "nodes", "ties", "labels"])
def test_what_anybody_changes_during_an_import_is_won_back_by_the_next(database, folder, phase):
    def change(done, total, at):
        if at == phase and done == total:
            database.write("MERGE (p:Entity {id: 'p7'}) SET p.name = 'Somebody else', p:Person")

    apply_plan(database, OWNER, check_folder(database, OWNER, folder), progress=change)
    assert known(database) == 0
    import_folder(database, OWNER, folder)
    assert database.read("MATCH (p {id: 'p7'}) RETURN p.name AS name") == [{"name": "Person p7"}]


def test_one_who_writes_between_the_end_of_an_import_and_its_note_makes_the_note_worthless(
    database, folder, monkeypatch
):
    from graphcrm.services import _last_import

    def late(kept, pack=_last_import.packed):
        database.write("MATCH (p {id: 'p7'}) SET p.name = 'Somebody else'")
        return pack(kept)

    with monkeypatch.context() as patch:
        patch.setattr(_last_import, "packed", late)
        import_folder(database, OWNER, folder)
    assert known(database) == 0
    import_folder(database, OWNER, folder)
    assert database.read("MATCH (p {id: 'p7'}) RETURN p.name AS name") == [{"name": "Person p7"}]


def test_another_folder_in_between_is_undone_by_the_first(database, folder, tmp_path):
    import_folder(database, OWNER, folder)
    before = graph_content(database)
    other = tmp_path / "other"
    other.mkdir()
    (other / "people.csv").write_text("id,name\np7,Somebody else\n")
    import_folder(database, OWNER, other)
    assert known(database) == 1
    assert import_folder(database, OWNER, folder).updated == 1
    assert graph_content(database) == before


def test_a_row_that_went_from_the_files_and_came_back_is_looked_at(database, folder):
    import_folder(database, OWNER, folder)
    whole = (folder / "people.csv").read_text()
    replace(folder / "people.csv", "p7,Person p7,~1956\n", "p7,Somebody else,~1956\n")
    import_folder(database, OWNER, folder)
    (folder / "people.csv").write_text(whole)
    assert import_folder(database, OWNER, folder).updated == 1


def codes(database, folder) -> list[tuple[str, int, str]]:
    return [(one.file, one.row, one.code) for one in check_folder(database, OWNER, folder).problems]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("people.csv", "e1,Emil,\n", "e1,Emil,\np7,Somebody else,~1956\n", "rows_disagree"),
        ("organizations.csv", "client|partner", "partner", "wrong_kind"),
        ("reports_to.csv", "p2,p1,0.8", "p2,p1,0.8\np1,p2,0.8", "cycle"),
        ("influences.csv", "p4,p1,3", "p4,nobody,3", "unknown_id_far"),
        ("people.csv", "~1956\n", "~1956-13\n", "bad_partial_date"),
    ],
)
def test_the_same_problems_are_found_as_without_the_import_before(database, folder, file, old, new, code):
    import_folder(database, OWNER, folder)
    replace(folder / file, old, new)
    assert known(database) == ROWS
    found = codes(database, folder)
    forget(database)
    assert found == codes(database, folder)
    assert code in {one for _, _, one in found}


def test_of_an_import_with_refused_rows_nothing_is_kept(database, folder):
    replace(folder / "people.csv", "p7,Person p7,~1956", "p7,Person p7,~1956-13")
    import_folder(database, OWNER, folder, skip_bad_rows=True)
    assert known(database) == 0


def test_what_was_imported_in_one_transaction_is_known_too(database, folder):
    apply_plan_together(database, OWNER, check_folder(database, OWNER, folder))
    assert known(database) == ROWS
    plan = check_folder(database, OWNER, folder)
    assert (plan.changes, plan.unchanged) == (0, ROWS)


def test_one_who_writes_after_the_check_is_seen_when_the_plan_is_applied(database, folder):
    import_folder(database, OWNER, folder)
    plan = check_folder(database, OWNER, folder)
    assert by_another_program(database, "MATCH (p {id: 'p7'}) SET p.name = 'Somebody else'")
    assert apply_plan(database, OWNER, plan).updated == 1


def test_a_mapping_that_gives_the_columns_another_meaning_is_no_longer_the_same_file(database):
    streams = lambda: [("people.csv", BytesIO(b"id,name,phone\nx1,+49 30 1234567,+49 30 7654321\n"))]  # noqa: E731
    apply_plan(database, OWNER, check_folder(database, OWNER, streams()))
    assert known(database) == 1
    swapped = [("people.csv", BytesIO(b"id,phone,name\nx1,+49 30 1234567,+49 30 7654321\n"))]
    assert apply_plan(database, OWNER, check_folder(database, OWNER, swapped)).updated == 1


def test_a_backup_holds_nothing_of_it(database, folder):
    import_folder(database, OWNER, folder)
    labels = set()

    class Sink:
        def start(self):
            labels.clear()

        def node(self, row):
            labels.update(row["labels"])

        def tie(self, row):
            pass

    read_all(database, Sink())
    assert "Person" in labels
    assert "LastImport" not in labels


EDITS = (
    "MATCH (p:Person) WITH p ORDER BY p.id SKIP $n LIMIT 1 SET p.name = p.name + '!'",
    "MATCH (p:Person) WITH p ORDER BY p.id SKIP $n LIMIT 1 DETACH DELETE p",
    "MATCH ()-[r:REPORTS_TO|INFLUENCES]->() WITH r ORDER BY r.id SKIP $n LIMIT 1 DELETE r",
    "MATCH ()-[r:REPORTS_TO|INFLUENCES]->() WITH r ORDER BY r.id SKIP $n LIMIT 1 SET r.confidence = 0.1",
)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_came_before_a_comparison_of_all_finds_nothing_left_to_do(database, folder, tmp_path, seed):
    chance = random.Random(seed)
    folders = [folder, write_folder(tmp_path / "more", people=50), write_folder(tmp_path / "fewer", people=30)]
    for _ in range(6):
        chosen = chance.choice(folders)
        for _ in range(chance.choice((0, 0, 1))):
            database.write(chance.choice(EDITS), {"n": chance.randrange(20)})
        if chance.random() < 0.5:
            file = chosen / chance.choice(("people.csv", "influences.csv"))
            header, *lines = file.read_text().splitlines()
            place = chance.randrange(len(lines))
            first, second, _ = lines[place].split(",")
            lines[place] = f"{first},{second},{chance.randrange(11) if file.stem == 'influences' else '~1971'}"
            file.write_text("\n".join([header, *lines]) + "\n")
        import_folder(database, OWNER, chosen)
        if chance.random() < 0.3:
            import_folder(database, OWNER, chosen)
        if chance.random() < 0.5:
            forget(database)
            assert import_folder(database, OWNER, chosen).changed_nothing
