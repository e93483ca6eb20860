"""Lists of contacts that name each one's boss (C1.8): the chart comes with the list, and changes with the next one."""

from datetime import date
from pathlib import Path

import pytest

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import OWNER
from graphcrm.services import editing
from graphcrm.services._importing import ImportPlan, apply_plan, check_folder
from graphcrm.services.editing import RowEdit

TODAY = date.today()
LIST = """ФИО,Организация,Должность,Руководитель
Анна Берг,Верфь,Директор,Анна Берг
Борис Линд,Верфь,Инженер,Анна  берг
Вера Гусева,Верфь,Юрист,Борис Линд
Анна Берг,Завод,Главный бухгалтер,
Глеб Ром,Завод,Бухгалтер,Анна Берг
Дарья Сон,Завод,Кассир,Борис Линд
Егор Тан,Завод,Кассир,Некто Такой
"""
CHART = """MATCH (p:Person)-[line:REPORTS_TO]->(b:Person)-[:WORKS_AT]->(f:Organization)
RETURN p.name AS who, b.name AS boss, f.name AS firm, line.valid_from AS since, line.valid_to AS until"""


def imported(db: Database, folder: Path, text: str) -> ImportPlan:
    file = folder / "people.csv"
    file.write_text(text, "utf-8")
    plan = check_folder(db, OWNER, file, new_organizations="client")
    apply_plan(db, OWNER, plan, today=TODAY)
    return plan


def chart(db: Database) -> set[tuple]:
    return {tuple(row.values()) for row in db.read(CHART)}


@pytest.fixture
def listed(database, tmp_path) -> Database:
    imported(database, tmp_path, LIST)
    return database


FIRST = {
    ("Борис Линд", "Анна Берг", "Верфь", None, None),
    ("Вера Гусева", "Борис Линд", "Верфь", None, None),
    ("Глеб Ром", "Анна Берг", "Завод", None, None),
    ("Дарья Сон", "Борис Линд", "Верфь", None, None),
}


def test_the_chart_comes_with_the_list_and_who_is_not_found_is_told(database, tmp_path):
    plan = imported(database, tmp_path, LIST)
    assert chart(database) == FIRST
    told = [note.describe() for note in plan.notes if note.code == "no_boss"]
    assert told == ["Bosses not taken over, for nobody in the list, or more than one, is called so: Некто Такой (1)."]


def test_the_same_list_again_changes_nothing(listed, tmp_path):
    plan = imported(listed, tmp_path, LIST)
    assert (plan.changes, chart(listed)) == (0, FIRST)


def test_another_boss_ends_the_former_line(listed, tmp_path):
    plan = imported(listed, tmp_path, LIST.replace("Юрист,Борис Линд", "Юрист,Анна Берг"))
    assert chart(listed) == FIRST - {("Вера Гусева", "Борис Линд", "Верфь", None, None)} | {
        ("Вера Гусева", "Борис Линд", "Верфь", None, TODAY),
        ("Вера Гусева", "Анна Берг", "Верфь", TODAY, None),
    }
    counts = plan.counts["reports_to"]
    assert (counts.create, counts.update, counts.unchanged) == (1, 1, 3)


def test_an_old_list_does_not_undo_what_was_corrected_since(listed, tmp_path):
    (line,) = listed.read(
        "MATCH (p:Person {name: 'Вера Гусева'})-[l:REPORTS_TO]->(b) RETURN l.id AS id, p.id AS p, b.id AS b"
    )
    (anna,) = listed.read("MATCH (p:Person {name: 'Анна Берг'})-[:WORKS_AT]->({name: 'Верфь'}) RETURN p.id AS id")
    ended = RowEdit("REPORTS_TO", line["id"], {"person_id": line["p"], "boss_id": line["b"], "valid_to": TODAY})
    begun = RowEdit("REPORTS_TO", "", {"person_id": line["p"], "boss_id": anna["id"], "valid_from": TODAY})
    editing.save_edits(listed, OWNER, [ended, begun], key="k", today=TODAY)
    corrected = chart(listed)
    assert imported(listed, tmp_path, LIST).changes == 0
    assert chart(listed) == corrected


def test_a_dotted_line_stays(listed, tmp_path):
    listed.write("MATCH ({name: 'Вера Гусева'})-[line:REPORTS_TO]->() SET line.line = 'dotted'")
    imported(listed, tmp_path, LIST.replace("Юрист,Борис Линд", "Юрист,Анна Берг"))
    assert ("Вера Гусева", "Борис Линд", "Верфь", None, None) in chart(listed)
    assert ("Вера Гусева", "Анна Берг", "Верфь", None, None) in chart(listed)


def test_by_id_and_without_organisations(database, tmp_path):
    imported(database, tmp_path, "id,name,Reports to\nann,Ann,\nbob,Bob,ann\ncy,Cy,bob\n")
    lines = database.read("MATCH (p)-[:REPORTS_TO]->(b) RETURN p.id AS p, b.id AS b ORDER BY p")
    assert [tuple(row.values()) for row in lines] == [("bob", "ann"), ("cy", "bob")]


def test_a_circle_is_refused_where_it_stands(database, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("id,name,Boss\nann,Ann,bob\nbob,Bob,ann\n", "utf-8")
    plan = check_folder(database, OWNER, file)
    assert {(one.code, one.row) for one in plan.problems} == {("cycle", 2), ("cycle", 3)}
