"""Mappings of columns: kept in the graph by the header, used by the app and the command (issue 4, section 2)."""

from io import BytesIO
from pathlib import Path

import pytest

from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import Forbidden, InvalidInput
from graphcrm.services.importing import apply_plan, check_folder, forget_mapping, keep_mapping, kept_mappings
from tests.workbooks import workbook

SHEETS = {
    "Наши": [["Кто", "Где трудится", "Чем занят", "Секрет"], ["Анна Белова", "Верфь", "Директор", "=1+1"]],
    "organizations": [["id", "name", "kinds", "Note `}) DETACH DELETE n"], ["verf", "Верфь", "client", "x"]],
}
COLUMNS = {"Кто": "name", "Где трудится": "organization", "Чем занят": "title", "Секрет": ""}


def check(database, content=None, viewer=OWNER, **more):
    return check_folder(database, viewer, [("clients.xlsx", BytesIO(content or workbook(SHEETS)))], **more)


def test_columns_are_mapped_once_and_the_mapping_is_found_again(database):
    plan = check(database)
    assert {header.name: header.known for header in plan.headers} == {"Наши": False, "organizations": True}
    by_name = {header.name: header for header in plan.headers}
    keep_mapping(database, OWNER, by_name["Наши"], "people", COLUMNS)
    keep_mapping(database, OWNER, by_name["organizations"], "organizations", {"Note `}) DETACH DELETE n": ""})
    again = check(database)
    assert (again.headers, again.problems) == ((), ())
    assert {note.code for note in again.notes} == {"mapping_kept", "columns_left_out", "ids_made"}
    apply_plan(database, OWNER, again)
    assert database.read("MATCH (p:Person)-[w:WORKS_AT]->(o) RETURN p.name AS who, o.id AS firm, w.title AS title") == [
        {"who": "Анна Белова", "firm": "verf", "title": "Директор"}
    ]
    other = {"Лист7": [["Чем занят", "Секрет", "Кто", "Где трудится"], ["Юрист", "", "Борис Лукин", "verf"]]}
    assert check(database, workbook(other)).problems == (), "the order of the columns does not matter"
    assert len(kept_mappings(database, OWNER)) == 2
    keep_mapping(database, OWNER, by_name["Наши"], "", {})
    left = check(database)
    assert "kept_left_out" in {note.code for note in left.notes}
    assert len(kept_mappings(database, OWNER)) == 2, "the later word replaces the earlier"
    for one in kept_mappings(database, OWNER):
        forget_mapping(database, OWNER, one.shape)
    assert len(check(database).headers) == 2


def test_a_mapping_makes_no_label_and_no_property_of_what_a_header_says(database):
    """faults.md: "Header or label with back-tick ..."; the labels and keys are counted before and after."""

    def tokens():
        keys = {row["k"] for row in database.read("CALL db.propertyKeys() YIELD propertyKey AS k RETURN k")}
        return keys | {row["l"] for row in database.read("CALL db.labels() YIELD label AS l RETURN l")}

    (header,) = [one for one in check(database).headers if one.known]
    keep_mapping(database, OWNER, header, "organizations", {})  # makes the tokens that every mapping has
    before = tokens()
    hostile = ["`}) DETACH DELETE n //", "\\u0060name", "_lock", "version", "a b", "@cmd"]
    plan = check(database, workbook({"people": [["id", "name", *hostile], ["p", "Anna", *"123456"]]}))
    (found,) = plan.headers
    assert set(hostile) <= set(found.unknown)
    keep_mapping(database, OWNER, found, "people", dict(zip(hostile, ["email", "", "phone", "", "", ""], strict=True)))
    empty = workbook({"people": [["id", "name", *hostile], ["p", "Anna", *[""] * 6]]})
    apply_plan(database, OWNER, check(database, empty))
    assert tokens() == before | {"email", "phone", "Person"} & tokens()
    for wrong in ("version", "_lock", "`x`"):
        with pytest.raises(InvalidInput, match="was not kept"):
            keep_mapping(database, OWNER, found, "people", {"a b": wrong})
    with pytest.raises(InvalidInput, match="was not kept"):
        keep_mapping(database, OWNER, found, "people", {"a b": "email", "@cmd": "email"})
    with pytest.raises(InvalidInput, match="was not kept"):
        keep_mapping(database, OWNER, found, "nothing", {})


@pytest.mark.parametrize("role", ["analyst", "reader"])
def test_who_may_not_import_may_not_keep_a_mapping(database, role):
    viewer = Viewer("v", "V", role)
    header = check(database).headers[0]
    for call in (
        lambda: keep_mapping(database, viewer, header, "people", {}),
        lambda: kept_mappings(database, viewer),
        lambda: forget_mapping(database, viewer, "x"),
    ):
        with pytest.raises(Forbidden):
            call()


def test_the_command_uses_the_kept_mapping_and_takes_one_from_a_file(command, database, tmp_path: Path):
    book = tmp_path / "clients.xlsx"
    book.write_bytes(workbook(SHEETS))
    code, said = command("import", book, "--dry-run")
    assert code == 1
    assert "--mapping FILE" in said
    assert "Где трудится:" in said
    told = tmp_path / "columns.yaml"
    told.write_text(
        "Наши:\n  kind: people\n  columns: {Кто: name, Где трудится: organization, Чем занят: title, Секрет: }\n"
        "organizations:\n  columns: {'Note `}) DETACH DELETE n': }\n",
        "utf-8",
    )
    code, said = command("import", book, "--mapping", told, "--dry-run")
    assert (code, "Columns were read as columns.yaml says: Кто → name" in said) == (0, True)
    for header in check(database).headers:
        columns = COLUMNS if header.name == "Наши" else {header.unknown[0]: ""}
        keep_mapping(database, OWNER, header, "people" if header.name == "Наши" else "organizations", columns)
    code, said = command("import", book)
    assert (code, "as the mapping kept for such a header says" in said) == (0, True)
    assert database.read("MATCH (p:Person)-[:WORKS_AT]->(:Client) RETURN p.name AS who") == [{"who": "Анна Белова"}]
    told.write_text("Наши: {kind: peple}", "utf-8")
    code, said = command("import", book, "--mapping", told)
    assert (code, "is no kind of rows" in said) == (1, True)
