"""Export, then import into an empty database, gives an equal graph: nodes, ties and all properties."""

import csv
import json
import os
from pathlib import Path

import pytest

from graphcrm.bootstrap import bundled
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import FolderNotWritable, Forbidden, InvalidInput
from graphcrm.services import exporting
from graphcrm.services.exporting import export_folder
from graphcrm.services.importing import import_folder

HOSTILE = ["=1+1", "+49", "-5", "@x", "'=1", 'a"b', "a,b;c", "first\nsecond", "Ёж | нет", "<img src=x>", "'tis"]


def content(database) -> list[str]:
    """All nodes and ties with all properties but the version, which counts changes and is not what was said."""
    ours = "n:TestDatabase OR n:Migration OR n:MigrationLock OR n:Command"
    nodes = database.read(f"MATCH (n) WHERE NOT ({ours}) RETURN labels(n) AS labels, properties(n) AS properties")
    ties = database.read(
        "MATCH (a)-[r]->(b) RETURN type(r) AS type, a.id AS start, b.id AS end, properties(r) AS properties"
    )
    for row in (*nodes, *ties):
        row["properties"].pop("version", None)
        row["labels"] = sorted(row.get("labels", []))
    return sorted(json.dumps(row, sort_keys=True, ensure_ascii=False, default=str) for row in (*nodes, *ties))


def empty(database) -> None:
    while database.write(
        "MATCH (n) WHERE NOT (n:TestDatabase OR n:Migration OR n:MigrationLock) WITH n LIMIT 2000 DETACH DELETE n "
        "RETURN count(n) AS gone"
    ).rows[0]["gone"]:
        pass


def test_export_then_import_of_the_demo_is_equal(database, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(exporting, "PAGE", 97)  # many pages, so that the seams are tried too
    import_folder(database, OWNER, bundled("seed"))
    before = content(database)
    report = export_folder(database, OWNER, tmp_path / "out")
    assert len(before) > 10_000
    assert import_folder(database, OWNER, tmp_path / "out").changed_nothing
    empty(database)
    assert content(database) == []
    imported = import_folder(database, OWNER, tmp_path / "out")
    assert (imported.problems, content(database)) == ((), before)
    assert sum(report.rows.values()) == sum(
        len(list(csv.reader(path.open(encoding="utf-8-sig", newline="")))) - 1
        for path in (tmp_path / "out").glob("*.csv")
    )


def test_no_cell_is_a_formula_and_every_text_comes_back(database, tmp_path: Path):
    for number, text in enumerate(HOSTILE):
        database.write(
            "CREATE (n:Entity:Organization:Client {id: $id, name: $name, kinds: ['client'], market_share: 5.5})",
            {"id": f"c{number}", "name": text},
        )
    before = content(database)
    export_folder(database, OWNER, tmp_path / "out")
    with (tmp_path / "out" / "organizations.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    empty(database)
    import_folder(database, OWNER, tmp_path / "out")
    assert content(database) == before


def test_a_folder_with_files_is_refused_and_left_alone(database, tmp_path: Path):
    (tmp_path / "people.csv").write_text("id,name\n", "utf-8")
    with pytest.raises(InvalidInput, match="is not an empty folder; nothing was written"):
        export_folder(database, OWNER, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]


def test_a_folder_below_a_file_cannot_be_written(database, tmp_path: Path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(FolderNotWritable, match="could not be written to"):
        export_folder(database, OWNER, tmp_path / "file" / "out")


def test_a_broken_export_leaves_nothing_behind(database, tmp_path: Path, monkeypatch):
    database.write("CREATE (:Entity:Person {id: 'p', name: 'P', version: 1})")

    def full(*_: object) -> str:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(exporting, "cell_text", full)
    with pytest.raises(FolderNotWritable, match="No space left"):
        export_folder(database, OWNER, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_who_does_not_see_everything_gets_no_export(database, tmp_path: Path):
    with pytest.raises(Forbidden, match="Only who sees everything"):
        export_folder(database, Viewer("m", "Manager", "manager"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_only_the_owner_of_the_folder_can_read_it(database, tmp_path: Path):
    database.write("CREATE (:Entity:Person {id: 'p', name: 'P', version: 1})")
    export_folder(database, OWNER, tmp_path / "out")
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0
