"""A workbook of a client as somebody keeps it, into real Neo4j; also through the real command (issue 4, section 2)."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from graphcrm.domain.viewer import OWNER
from graphcrm.services.importing import check_folder
from tests.import_folder import graph_content, put
from tests.workbooks import Shown, workbook

MESSY = {
    "Организации": [
        ["Справочник клиентов"],
        [],
        ["Ид", "Название", "Виды", "Страна", "Численность"],
        ["c1", "Верфь", "Клиент", "Россия", 120.0],
    ],
    "Люди": [
        ["Ид", "Имя", "Дата рождения", "Телефон", "Пол"],
        ["p1", "Анна Белова", datetime(1968, 5, 9), 74951234567.0, "Женский"],
        ["p2", "Борис Лукин", Shown(datetime(2000, 2, 29), "DD.MM"), None, "мужской"],
        [None, None],
    ],
    "Работает в": [
        ["Человек", "Организация", "Должность", "Уровень"],
        ["p1", "c1", "Директор", 1.0],
        ["p2", None, "Снабженец", 2],
    ],
    "reports_to": [["person_id", "boss_id", "confidence"], ["p2", "p1", Shown(0.8, "0%")]],
}
MERGED = {"Работает в": ["B2:B3"], "Организации": ["A1:E1"]}
SAME = {
    "organizations.csv": "id,name,kinds,country,employees\nc1,Верфь,client,RU,120\n",
    "people.csv": "id,name,birth_date,phone,gender\np1,Анна Белова,1968-05-09,74951234567,female\n"
    "p2,Борис Лукин,--02-29,,male\n",
    "works_at.csv": "person_id,organization_id,title,level\np1,c1,Директор,1\np2,c1,Снабженец,2\n",
    "reports_to.csv": "person_id,boss_id,confidence\np2,p1,0.8\n",
}


def entities(database):
    return database.read("MATCH (n:Entity) RETURN count(n) AS n")[0]["n"]


def test_a_messy_workbook_gives_the_same_graph_as_clean_csv_files_and_twice_changes_nothing(database):
    book = {"clients.xlsx": workbook(MESSY, MERGED)}
    report = put(database, book)
    assert [note.code for note in report.notes] == ["rows_above_header"]
    assert put(database, book).changed_nothing
    assert put(database, SAME).changed_nothing
    from_book = graph_content(database)
    database.write("MATCH (n:Entity) DETACH DELETE n")
    put(database, SAME)
    assert graph_content(database) == from_book


FLAT = {
    "Организации": [["Название", "Виды"], ["ООО «Верфь»", "Клиент"]],
    "Люди": [
        ["Имя", "Организация", "Должность", "Дата рождения"],
        ["Анна Белова", "Верфь, ООО", "Директор", 1968],
        ["Борис Лукин", "верфь", None, "скоро"],
        ["Вера Гусева", "Верфи", "Юрист", None],
        ["Глеб Дронов", None, None, None],
    ],
}


def test_a_list_of_contacts_without_ids_finds_the_organisation_by_its_name(database):
    """Legal form, quotes and case do not count; a name that nobody has is told where it stands, with the nearest."""
    report = put(database, {"list.xlsx": workbook(FLAT)}, skip_bad_rows=True)
    assert [(problem.place, problem.code) for problem in report.problems] == [
        ("list.xlsx:Люди:3:Дата рождения", "bad_partial_date"),
        ("list.xlsx:Люди:4:Организация", "unknown_organization"),
    ]
    jobs = database.read("MATCH (p:Person)-[w:WORKS_AT]->(o:Client) RETURN p.name AS who, o.name AS firm, w.title AS t")
    assert jobs == [{"who": "Анна Белова", "firm": "ООО «Верфь»", "t": "Директор"}]
    assert {row["n"] for row in database.read("MATCH (p:Person) RETURN p.name AS n")} == {
        "Анна Белова",
        "Глеб Дронов",
    }
    ((name, content),) = report.refused_files.items()
    book = load_workbook(BytesIO(content))
    sheet = book["Люди"]
    assert [cell.value for cell in sheet["A"]] == ["Имя", "Борис Лукин", "Вера Гусева"]
    sheet["D2"], sheet["B3"] = 1971, "Верфь"
    mended = BytesIO()
    book.save(mended)
    assert put(database, {name: mended.getvalue()}).problems == ()
    assert database.read("MATCH (:Person)-[:WORKS_AT]->(:Client) RETURN count(*) AS n") == [{"n": 3}]
    assert database.read("MATCH (p:Person) RETURN count(p) AS n") == [{"n": 4}], "nobody twice"
    whole = {**FLAT, "Люди": [*FLAT["Люди"][:2], ["Борис Лукин", "верфь", None, 1971], FLAT["Люди"][4]]}
    assert put(database, {"list.xlsx": workbook(whole)}).changed_nothing


def test_the_same_organisation_by_name_is_not_made_twice(database):
    put(database, {"organizations.csv": "id,name,kinds\nverf,Верфь,client\n"})
    put(database, {"list.xlsx": workbook({"organizations": [["name", "kinds"], ['ООО "Верфь"', "client"]]})})
    assert database.read("MATCH (o:Organization) RETURN o.id AS id, o.name AS name") == [
        {"id": "verf", "name": 'ООО "Верфь"'}
    ]


def test_two_organisations_of_one_name_are_told(database):
    put(database, {"organizations.csv": "id,name,kinds\na,Верфь,client\nb,ООО Верфь,partner\n"})
    people = BytesIO("id,name,organization\np,A,«Верфь»\n".encode())
    plan = check_folder(database, OWNER, [("people.csv", people)])
    assert [problem.describe() for problem in plan.problems] == [
        "Several organisations are called «Верфь»: Верфь (a); ООО Верфь (b). "
        "Write the whole name of the right one, or its id."
    ]
    named = {
        "people.csv": "id,name,organization\np,A,b\n",
        "works_at.csv": "person_id,organization_id,title,note\np,a,Head,n\n",
    }
    assert put(database, named).problems == ()
    titles = database.read("MATCH (:Person)-[w:WORKS_AT]->(o {id: 'a'}) RETURN w.title AS title, w.note AS note")
    assert titles == [{"title": "Head", "note": "n"}], "a file of ties that has a title too is no list of contacts"
    database.write("MATCH (:Person)-[w:WORKS_AT]->({id: 'a'}) DELETE w")
    assert database.read("MATCH (:Person)-[:WORKS_AT]->(o) RETURN o.id AS id") == [{"id": "b"}]


def test_a_name_as_it_is_written_goes_before_one_that_is_like_it(database):
    """The usual order of a list: two firms that may be one stand in it, and each person names one of them exactly."""
    put(
        database,
        {
            "list.xlsx": workbook(
                {
                    "Организации": [["Наименование", "Тип"], ["ООО «Ромашка»", "Клиент"], ["Romashka LLC", "Партнер"]],
                    "Люди": [["ФИО", "Компания"], ["Анна", "ООО «Ромашка» "], ["Boris", "romashka llc"], [" ", "x"]],
                }
            )
        },
        skip_bad_rows=True,
    )
    jobs = database.read("MATCH (p:Person)-[:WORKS_AT]->(o) RETURN p.name AS who, o.name AS firm ORDER BY who")
    assert jobs == [{"who": "Boris", "firm": "Romashka LLC"}, {"who": "Анна", "firm": "ООО «Ромашка»"}]


def test_two_rows_of_one_person_that_disagree_are_told_by_the_name(database):
    """The made id stands in no file, so it is not told; two rows that agree are one."""
    rows = "ФИО,Телефон\nАнна Белова,+7 495 1234567\nАнна Белова,+7 495 1234568\nБорис,\nБорис,\n"
    plan = check_folder(database, OWNER, [("people.csv", BytesIO(rows.encode()))])
    assert [(problem.place, problem.code, problem.value) for problem in plan.problems] == [
        ("people.csv:2:ФИО", "same_name_twice", "Анна Белова"),
        ("people.csv:3:ФИО", "same_name_twice", "Анна Белова"),
    ]


def test_a_row_without_a_name_is_told_once(database):
    """Its id would have been made of the name: that it is missing too is no news to who has no column of ids."""
    plan = check_folder(database, OWNER, [("people.csv", BytesIO("ФИО,Должность\n ,Юрист\n".encode()))])
    assert [problem.place for problem in plan.problems] == ["people.csv:2:ФИО"]


def test_skip_mend_the_refused_rows_and_import_them_by_the_command(command, database, tmp_path: Path):
    """faults.md, "row rejected with line number, the rest goes in", through the real command."""
    bad = {**MESSY, "Люди": [*MESSY["Люди"][:3], ["p3", "Вера Гусева", "soon", None, None]]}
    book = tmp_path / "clients.xlsx"
    book.write_bytes(workbook(bad, MERGED))
    code, said = command("import", book, "--dry-run")
    assert (code, "clients.xlsx:Люди:4:Дата рождения" in said, entities(database)) == (1, True, 0)
    code, said = command("import", book)
    assert (code, "nothing was written" in said, entities(database)) == (1, True, 0)
    code, said = command("import", book, "--skip-bad-rows")
    refused = tmp_path / "rejected" / "clients.xlsx"
    assert (code, "Refused rows" in said, refused.is_file()) == (0, True, True)
    assert database.read("MATCH (p:Person) RETURN count(p) AS n") == [{"n": 2}]
    mended = load_workbook(refused)
    mended["Люди"]["C2"] = "1971"
    mended.save(refused)
    code, said = command("import", refused)
    assert (code, "2 nodes" in said or "1 nodes" in said) == (0, True)
    assert database.read("MATCH (p:Person {id: 'p3'}) RETURN p.birth_date AS born") == [{"born": "1971"}]
    code, said = command("import", refused)
    assert (code, "Nothing was changed" in said) == (0, True)


def test_what_is_no_file_and_no_folder_is_told_in_one_sentence(command, tmp_path: Path):
    code, said = command("import", tmp_path / "nowhere.xlsx")
    assert (code, "is neither a folder nor a file" in said) == (1, True)
