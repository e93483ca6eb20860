"""Export, then import into an empty database, gives an equal graph: nodes, ties and all properties."""

import csv
import json
import os
from pathlib import Path

import pytest
from openpyxl import load_workbook

from graphcrm.bootstrap import bundled
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import FolderNotWritable, Forbidden, InvalidInput
from graphcrm.services import exporting
from graphcrm.services.exporting import export_folder, export_workbook
from graphcrm.services.importing import import_folder

HOSTILE = ["=1+1", "+49", "-5", "@x", "'=1", 'a"b', "a,b;c", "first\nsecond", "Ёж | нет", "<img src=x>", "'tis"]


def content(database) -> list[str]:
    """All nodes and ties with all properties but the version, which counts changes and is not what was said."""
    ours = "n:TestDatabase OR n:Migration OR n:MigrationLock OR n:Command OR n:LastImport"
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


def test_a_workbook_of_the_demo_gives_back_an_equal_graph(database, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(exporting, "PAGE", 97)
    import_folder(database, OWNER, bundled("seed"))
    before = content(database)
    book = tmp_path / "graph.xlsx"
    report = export_workbook(database, OWNER, book)
    assert book.stat().st_mode & 0o077 == 0
    assert import_folder(database, OWNER, book).changed_nothing
    empty(database)
    imported = import_folder(database, OWNER, book)
    assert (imported.problems, content(database)) == ((), before)
    assert len(before) > 10_000
    assert sum(report.rows.values()) > 9_000


def test_every_value_comes_back_from_a_workbook_and_none_is_a_formula(database, tmp_path: Path):
    texts = [*HOSTILE, "#REF!", "_x000D_", "_x005F_x0041_", "00123", "a\tb", "1e5", "TRUE", "2026-05-09"]
    for number, text in enumerate(texts):
        database.write(
            "CREATE (n:Entity:Organization:Client {id: $id, name: $name, kinds: ['client'], market_share: $share, "
            "latitude: -0.1, employees: 9007199254740993})",
            {"id": f"c{number}", "name": text, "share": 0.1 + 0.2 + number},
        )
    database.write(
        "CREATE (:Entity:Deal {id: 'd', name: 'D', stage: 'lead', opened: date('1899-01-01'), due: date('2026-02-28')})"
        "-[:FOR_CLIENT {id: 't'}]->(:Entity:Organization:Client {id: 'x', name: 'X', kinds: ['client']})"
    )
    before = content(database)
    book = tmp_path / "graph.xlsx"
    export_workbook(database, OWNER, book)
    sheet = load_workbook(book)["organizations"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert [c.value for c in cells if isinstance(c.value, str) and c.value.startswith(("=", "+", "-", "@", "\t"))] == []
    empty(database)
    assert import_folder(database, OWNER, book).problems == ()
    assert sorted(row for row in content(database) if "FOR_CLIENT" not in row) == sorted(
        row for row in before if "FOR_CLIENT" not in row
    )


def test_what_a_workbook_cannot_hold_is_refused_and_nothing_is_written(database, tmp_path: Path):
    database.write("CREATE (:Entity:Person {id: 'p', name: 'P', career: $text})", {"text": "x" * 40_000})
    with pytest.raises(InvalidInput, match="at most 32767 characters"):
        export_workbook(database, OWNER, tmp_path / "graph.xlsx")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "there.xlsx").write_bytes(b"")
    with pytest.raises(InvalidInput, match="exists already"):
        export_workbook(database, OWNER, tmp_path / "there.xlsx")
    with pytest.raises(Forbidden, match="Only who sees everything"):
        export_workbook(database, Viewer("m", "Manager", "manager"), tmp_path / "graph.xlsx")


def test_export_and_import_of_a_workbook_by_the_command(command, database, tmp_path: Path):
    database.write("CREATE (:Entity:Person {id: 'p', name: '=Anna', version: 1})")
    code, said = command("export", "graph.xlsx")
    assert (code, "1 row in 1 sheet" in said, (tmp_path / "graph.xlsx").is_file()) == (0, True, True)
    code, said = command("import", "graph.xlsx")
    assert code == 0
    assert database.read("MATCH (p:Person) RETURN p.name AS name") == [{"name": "=Anna"}]
